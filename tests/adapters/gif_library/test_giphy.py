"""The upload, against a local server that speaks the documented protocol."""

import email.parser
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from tractage.adapters.gif_library import upload
from tractage.domain.errors import InputError, TractageError
from tractage.domain.studio.gif_library import Animation, checklist, read_tags, suggested_tags

ANIMATION = Animation(
    "image/gif", 100, 2.0, "Un car scolaire", ("vote", "dordogne", "75 voix"), "https://a.example/o"
)
KEY = "channel-key-of-a-test"


class Library(BaseHTTPRequestHandler):
    """Answers as the documentation says: 200 with an id, 403 for a wrong key, 429 when told to."""

    received: ClassVar[list[dict[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = email.parser.BytesParser().parsebytes(head + body)
        fields = {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
            for part in message.get_payload()  # type: ignore[union-attr]
        }
        Library.received.append(fields)
        if self.path == "/busy":
            self._answer(429, {"meta": {"status": 429, "msg": "Too Many Requests"}})
        elif fields.get("api_key") != KEY.encode():
            self._answer(403, {"meta": {"status": 403, "msg": "Forbidden"}})
        else:
            self._answer(200, {"data": {"id": "abc123"}, "meta": {"status": 200, "msg": "OK"}})

    def _answer(self, status: int, said: object) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Library.received = []
    with HTTPServer(("127.0.0.1", 0), Library) as library:
        thread = threading.Thread(target=library.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{library.server_port}"
        library.shutdown()


@pytest.fixture
def gif(tmp_path: Path) -> Path:
    path = tmp_path / "a.gif"
    frames = [Image.new("RGB", (20, 20), (level, 90, 90)) for level in (0, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    return path


def test_the_file_and_its_words_arrive(server: str, gif: Path) -> None:
    assert upload(gif, ANIMATION, KEY, username="canal", endpoint=server).id == "abc123"
    (fields,) = Library.received
    assert fields["file"] == gif.read_bytes()
    assert fields["tags"].decode() == "vote,dordogne,75 voix"
    assert fields["source_post_url"] == b"https://a.example/o"
    assert fields["username"] == b"canal"


def test_a_refusal_is_told_without_the_key(server: str, gif: Path) -> None:
    with pytest.raises(TractageError, match=r"GIPHY refused a\.gif: Forbidden") as error:
        upload(gif, ANIMATION, "wrong-key", endpoint=server)
    assert "wrong-key" not in str(error.value)
    with pytest.raises(TractageError, match="Too Many Requests"):
        upload(gif, ANIMATION, KEY, endpoint=f"{server}/busy")


def test_no_server_is_one_line(gif: Path) -> None:
    with pytest.raises(TractageError, match="could not be reached"):
        upload(gif, ANIMATION, KEY, endpoint="http://127.0.0.1:9")


def test_no_key_and_no_plain_http(gif: Path) -> None:
    with pytest.raises(InputError, match="TRACTAGE_GIPHY_KEY"):
        upload(gif, ANIMATION, " ")
    with pytest.raises(InputError, match="expected https"):
        upload(gif, ANIMATION, KEY, endpoint="http://upload.example/v1")


def test_the_command_sends_nothing_without_a_yes(
    server: str, gif: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from tractage.cli.main import mount

    monkeypatch.setenv("TRACTAGE_GIPHY_KEY", KEY)
    words = [
        "studio",
        "giphy",
        str(gif),
        "--title",
        "Un car",
        "--tags",
        "vote,car,75 voix",
        "--source",
        "https://a.example/o",
    ]
    words += ["--website", "https://a.example", "--endpoint", server]
    said = CliRunner().invoke(mount(), words, input="n\n")
    assert "Nothing was sent" in said.output
    assert not Library.received
    said = CliRunner().invoke(mount(), words, input="y\n")
    assert "uploaded: abc123" in said.output
    assert len(Library.received) == 1


def test_no_task_and_no_schedule_uploads() -> None:
    source = Path(__file__).parents[3] / "src/tractage"
    callers = [
        p for p in source.rglob("*.py") if "gif_library import" in p.read_text() and "upload" in p.read_text()
    ]
    assert {p.relative_to(source).as_posix() for p in callers} <= {
        "adapters/gif_library/__init__.py",
        "adapters/gif_library/giphy.py",
        "cli/studio_moving.py",
    }


def test_tags_and_checklist() -> None:
    assert suggested_tags("75 voix, un car scolaire", places=["Dordogne"], hashtags=["#OnVote"]) == (
        "voix", "car", "scolaire", "dordogne", "onvote",
    )  # fmt: skip
    with pytest.raises(InputError, match="at most 20"):
        read_tags(str(number) for number in range(21))
    points = checklist(ANIMATION, originals=2, website="https://a.example")
    assert [point.asked for point in points if not point.holds] == [
        "a channel with 5 original animated works"
    ]
    still = checklist(
        replace(ANIMATION, seconds=0, bytes=200_000_000), originals=5, website="https://a.example"
    )
    assert [point.asked for point in still if not point.holds] == ["at most 100 MB", "it moves"]
