"""In English, no page says a French sentence of ours: lazy texts, data of the code, languages of formats."""

import html as markup
import json
import re
from collections.abc import Callable
from typing import Any

import ahocorasick_rs
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.web.desk.conftest import CONTENT
from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414 - fixtures of this file too
from tests.web.matrix import ANYONE, MATRIX
from tests.web.test_matrix import objects as objects  # noqa: PLC0414
from tests.web.test_messages import _entries

from tractage.domain.studio.formats import formats

SHORTEST = 9
FRENCH = re.compile(r"[éèêàçœ]|\u202f| (?:le|la|les|des|une|est|pour|avec|vous) ")


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """The French of our catalogues: what is long enough, differs from its English, and has no hole."""
    found = {
        text
        for entry in _entries()
        for text in ([entry.msgstr, *entry.msgstr_plural.values()])
        if len(text) >= SHORTEST and text != entry.msgid and "%(" not in text and FRENCH.search(text)
    }
    return sorted(found)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return ""
    return markup.unescape(answer.content.decode())


def test_no_page_speaks_french_in_english(
    objects: dict[str, Any], campaign: Any, fanny: Any, sentences: list[str]
) -> None:
    from tractage.hq.people.services import accept_charter

    accept_charter(fanny, campaign)
    inside, outside = Client(), Client()
    inside.force_login(fanny)
    for client in (inside, outside):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    data = [campaign.charter, campaign.costs, campaign.publisher, CONTENT]
    theirs = json.dumps(data, ensure_ascii=False)
    find = ahocorasick_rs.AhoCorasick(sentences).find_matches_as_strings
    leaks, seen = [], 0
    for name, row in MATRIX.items():
        if row.method != "GET" or name == "export":
            continue
        client = outside if row.least == ANYONE else inside
        text = said(client, reverse(name, args=[objects[part] for part in row.args]))
        seen += bool(text)
        leaks += [(name, one) for one in set(find(text)) if one not in theirs]
    assert seen > 60
    assert leaks == []


def test_every_format_has_its_english() -> None:
    for one in formats().values():
        assert one.placement_en or not FRENCH.search(f" {one.placement} "), one.name


def test_a_work_names_its_formats_in_english(make_work: Callable[..., Any], client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Post 4:5" in client.get(make_work().get_absolute_url()).content.decode()
