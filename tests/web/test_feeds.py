"""Feeds and calendar, read back by a parser."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from tractage.hq.library.services import recall_work

ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = pytest.mark.usefixtures("quiet_day")


def test_atom_lists_released_works_newest_first(client: Client, make_work: Callable[..., Any]) -> None:
    old, new = make_work(title="La première"), make_work(title="La deuxième & la suite")
    answer = client.get("/flux/oeuvres.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [new.title, old.title]
    assert entries[0].findtext(f"{ATOM}summary") == new.alt_text
    assert entries[0].findtext(f"{ATOM}id") == f"http://127.0.0.1:8000{new.get_absolute_url()}"
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "") == new.released_at


def test_json_feed_says_the_same(client: Client, make_work: Callable[..., Any]) -> None:
    work = make_work(seats=["24-03"])
    feed = json.loads(client.get("/flux/oeuvres.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["content_text"] == work.alt_text
    assert item["tags"] == ["poster", "24-03"]
    assert item["_tractage"]["ai"] == "none"


def test_a_recalled_work_leaves_the_feeds(client: Client, make_work: Callable[..., Any]) -> None:
    recall_work(None, make_work(), "Erreur.")
    assert json.loads(client.get("/flux/oeuvres.json").content)["items"] == []
    assert not ElementTree.fromstring(client.get("/flux/oeuvres.atom").content).findall(f"{ATOM}entry")


def test_calendar_has_the_silence_of_metropole(client: Client, campaign: Any) -> None:
    calendar = Calendar.from_ical(client.get("/flux/dates.ics").content)
    silences = [event for event in calendar.walk("VEVENT") if "L49" in event["categories"].to_ical().decode()]
    starts = {event["dtstart"].dt for event in silences}
    assert datetime(2027, 4, 16, 22, tzinfo=UTC) in starts  # Saturday 17 April, 00:00 in Paris


def test_manifest_robots_and_sitemap(client: Client, make_work: Callable[..., Any]) -> None:
    work = make_work()
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert manifest["name"] == "Les Mains libres"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").content.decode()
    addresses = [node.text for node in ElementTree.fromstring(client.get("/sitemap.xml").content).iter()]
    assert f"http://127.0.0.1:8000{work.get_absolute_url()}" in addresses
    assert "http://127.0.0.1:8000/sieges/2A-01/" in addresses
