"""Hostile files through the real form: refused in a sentence that one understands, or accepted, cleaned."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from benchmarks.media_fuzz import archive, mutants, samples
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from tests.web.desk.test_works_pages import SAID

from tractage.adapters.media import inspect_file
from tractage.adapters.media.refusals import MESSAGES
from tractage.hq.library.models import Status, Work

FILMS, SOUNDS, WORDS = (".mp4", ".mov", ".webm"), (".mp3", ".wav", ".m4a", ".ogg"), (".srt", ".vtt")
SECRET = b"secret words"
"""What the samples carry in their metadata."""


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def crafted() -> Iterator[tuple[str, bytes]]:
    """Files that no chance would make: disguises, a bomb, programs, nothing."""
    head = b"\x89PNG\r\n\x1a\n"

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    yield (
        "bombe.png",
        head + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 10**6)) + chunk(b"IEND", b""),
    )
    yield "affiche.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    yield "affiche.jpg", b"<!doctype html><script>alert(1)</script>"
    yield "affiche.png", b"%PDF-1.7\n1 0 obj"
    yield "affiche.png", archive()
    yield "affiche.png", b"MZ" + b"\0" * 500
    yield "affiche.png", b"\x7fELF" + b"\0" * 500
    yield "affiche.png", b"#!/bin/sh\nrm -rf /\n"
    yield "vide.png", b""
    yield "../../etc/passwd.png", samples()["a.png"]
    yield "a" * 300 + ".png", samples()["a.png"]
    yield "photo.png", samples()["a.jpg"]
    yield "double.png", samples()["a.png"] + archive()
    yield "affiche.gif", samples()["a.mp4"]
    yield "<b>gras</b>\u202egnp.exe", samples()["a.png"][:40]


def sentences() -> list[re.Pattern[str]]:
    """Every French refusal of a file, its places open."""
    with translation.override("fr"):
        texts = [gettext(text) for text in MESSAGES.values()]
        texts += [gettext("This field is required."), gettext("The submitted file is empty.")]
        texts.append(gettext("It has no file yet."))
    assert all(text not in MESSAGES.values() for text in texts), "a refusal has no French"
    return [re.compile(re.sub(r"%\\\((?:\w+)\\\)[sd]", ".+", re.escape(text)), re.DOTALL) for text in texts]


def send(client: Client, name: str, content: bytes) -> Any:
    """The form as a person sends it, the kind chosen to fit the file's name."""
    end = "." + name.rsplit(".", 1)[-1]
    said: dict[str, Any] = dict(SAID)
    if end in FILMS:
        said |= {"kind": "edit", "captions": SimpleUploadedFile("a.srt", samples()["a.srt"])}
        said["file"] = SimpleUploadedFile(name, content)
    elif end in WORDS:
        said |= {"kind": "edit", "captions": SimpleUploadedFile(name, content)}
        said["file"] = SimpleUploadedFile("a.mp4", samples()["a.mp4"])
    else:
        said["file"] = SimpleUploadedFile(name, content)
    return client.post("/bureau/oeuvres/nouvelle/", said)


def understood(page: str, known: list[re.Pattern[str]]) -> bool:
    """Whether the page says, beside a field, one of the known sentences."""
    said = re.findall(r'id="id_(?:file|captions)_error"[^>]*>(.*?)</(?:p|ul|div|span)>', page, re.DOTALL)
    texts = [unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in said]
    return bool(texts) and all(any(one.search(text) for one in known) for text in texts if text)


def throw(files: Iterator[tuple[str, bytes]], client: Client) -> tuple[int, int]:
    """Send every file; return how many were accepted and refused. Each is undone before the next."""
    known, accepted, refused, wrong = sentences(), 0, 0, []
    for number, (name, content) in enumerate(files):
        with transaction.atomic():
            answer = send(client, name, content)
            page = answer.content.decode()
            if answer.status_code == 302:
                accepted += 1
                wrong += [f"{number} {name}: {one}" for one in unclean(Work.objects.latest("pk"))]
            elif answer.status_code != 422 or "Traceback" in page or not understood(page, known):
                wrong.append(f"{number} {name}: {answer.status_code} {said_of(page)}")
            else:
                refused += 1
            transaction.set_rollback(True)
    assert wrong == []
    return accepted, refused


def said_of(page: str) -> str:
    return " ".join(re.findall(r'id="id_\w+_error"[^>]*>(.*?)</', page, re.DOTALL))[:300]


def unclean(work: Work) -> Iterator[str]:
    """What an accepted file should not be or hold."""
    if work.status != Status.SUBMITTED:
        yield f"is {work.status}"
    for edition in work.editions.all():
        with edition.file.open("rb") as stream:
            content = stream.read()
        if SECRET in content or b"<script" in content or b"PK\x03\x04" in content:
            yield f"{edition.format} keeps what was hidden in it"
        if edition.media_type.startswith(("image/", "video/")):
            inspect_file(content, name=f"x.{str(edition.file.name).rsplit('.', 1)[-1]}")


@pytest.fixture
def maker(enter: Callable[[Any], Client], bob: Any) -> Client:
    return enter(bob)


def test_disguises_bombs_and_programs(maker: Client) -> None:
    accepted, refused = throw(crafted(), maker)
    assert accepted >= 2, "the sound pictures with an odd name"
    assert refused >= 9


@pytest.mark.slow
def test_sixty_mutated_files(maker: Client) -> None:
    accepted, refused = throw(mutants(60, 7), maker)
    assert accepted + refused == 60
    assert min(accepted, refused) > 5


@pytest.mark.long
def test_a_thousand_mutated_files(maker: Client) -> None:
    accepted, refused = throw(mutants(1000, 2027), maker)
    print(f"{accepted} accepted, written again; {refused} refused in words; none otherwise")
    assert accepted + refused == 1000
