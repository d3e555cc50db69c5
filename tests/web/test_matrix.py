"""Every view × every standing × own and other's object, from the table of matrix.py."""

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.conftest import QUIET_DAY, _member
from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414 - a fixture of this file too
from tests.web.desk.safety_objects import safety_objects
from tests.web.desk.seen_objects import seen_objects
from tests.web.matrix import ANYONE, MATRIX, STANDINGS, WORKS, Row

ADMIN = "admin"
"""Django's own admin: for those who run the instance, whatever their standing; one test below."""


def names(resolver: URLResolver) -> Iterator[str]:
    """Every name of the project's addresses; one without a name gives its pattern."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
        elif one.namespace != ADMIN:
            yield from names(one)


def test_every_view_is_in_the_table_and_nothing_else() -> None:
    found = list(names(get_resolver()))
    assert len(found) > 30
    assert sorted(set(found) - set(MATRIX) - set(WORKS)) == [], "views without a row in tests/web/matrix.py"
    assert sorted((set(MATRIX) | set(WORKS)) - set(found)) == [], "rows without a view"


@pytest.fixture
def objects(
    make_work: Callable[..., Any],
    make_brief: Callable[..., Any],
    campaign: Any,
    make_analysis: Callable[..., Any],
) -> dict[str, Any]:
    """What addresses are built from; two people who hold a tab and are offered it."""
    from tractage.hq.missions.claims import claim_brief, offer_claim
    from tractage.hq.people.calendar_keys import make_calendar_key
    from tractage.hq.people.discord_links import door_to_enter, door_to_link
    from tractage.hq.people.services import accept_charter

    work = make_work()
    edition = work.editions.get(preview=False)
    brief = make_brief(versions=50)
    holder, other = _member("Hélène", "member"), _member("Omar", "member")
    for person in (holder, other):
        accept_charter(person, campaign)
    claim = offer_claim(holder, claim_brief(holder, brief), other)
    return {
        "seat": "24-03",
        "slug": work.slug,
        "edition": edition.pk,
        "prefix": edition.sha256[:12],
        "filename": edition.filename,
        "revision": campaign.revision,
        "dan": _member("Dan", "newcomer").pk,
        "brief": brief.pk,
        "claim": claim.pk,
        **shelf_objects(campaign),
        "calendar_secret": make_calendar_key(holder, holder),
        "door": door_to_enter(holder, "900000000000000100"),
        "link_door": door_to_link("900000000000000101"),
        **safety_objects(other),
        "holder": holder,
        "other": other,
        "analysis": make_analysis(public=True).pk,
        **operation_objects(campaign, holder),
        **team_objects(campaign, holder),
        **call_objects(campaign),
        **poll_objects(campaign),
        "analysis_file": "edges.csv",
        **seen_objects(campaign, holder, work),
    }


def poll_objects(campaign: Any) -> dict[str, Any]:
    """A table of polls that is shown, with one trend."""
    from datetime import date

    from django.core.files.base import ContentFile

    from tractage.hq.polls.models import PollTable

    table = PollTable(campaign=campaign, name="t.csv", layout="long format", credit="Nous", licence="MIT")
    table.sha256, table.polls, table.shown, table.brought_at = "0" * 64, 3, True, QUIET_DAY
    table.rows.save("t.csv", ContentFile(b""))
    result: dict[str, Any] = {"candidates": [], "institutes": [], "mentions": [], "polls": []}
    trend = table.trends.create(
        line_up="r1-3-abcdef",
        round=1,
        polls=3,
        until=date(2027, 2, 1),
        result=result | {"first": "2027-01-01"},
        drawing="<svg/>",
    )
    return {"poll_table": table.pk, "line_up": trend.line_up}


def operation_objects(campaign: Any, holder: Any) -> dict[str, Any]:
    """An operation that runs and is public; the holder takes part and has a line in hand."""
    from datetime import date, timedelta

    from tractage.hq.operations.services import OperationContent, plan_operation, set_public
    from tractage.hq.operations.taking_part import add_guest, add_step, join_operation

    content = OperationContent("Une soirée", "Passer.", QUIET_DAY, QUIET_DAY + timedelta(hours=3))
    operation = set_public(None, plan_operation(None, campaign, content), True)
    join_operation(holder, operation)
    guest = add_guest(
        None, operation, "Ondine M.", agreed_on=date(2027, 2, 1), declared="unpaid", attested=True
    )
    step = add_step(None, operation, "Relire", assigned=holder)
    return {"operation": operation.pk, "guest": guest.pk, "step": step.pk}


def shelf_objects(campaign: Any) -> dict[str, Any]:
    """A series with an episode; the address of a print that is not there."""
    from tractage.hq.campaigns.clock import now
    from tractage.hq.exchange.models import Peer
    from tractage.hq.shelves.services import EpisodeContent, keep_episode, open_series

    series = open_series(None, campaign, "Le feuilleton")
    episode = keep_episode(None, series, EpisodeContent(1, "Le premier"))
    names = {"series": series.pk, "series_slug": series.slug, "episode": episode.pk}
    peer = Peer.objects.create(
        campaign=campaign, key="ed25519:x", name="Ailleurs", site="https://ailleurs.example", trusted_at=now()
    )
    return names | {"album_part": "tout", "album_key": "0" * 12, "peer": peer.pk}


def call_objects(campaign: Any) -> dict[str, Any]:
    """A call that the jury reads, with one poster."""
    from tests.hq.calls.conftest import open_a_call, send

    from tractage.hq.calls.services import move_call

    call = open_a_call(campaign)
    entry, token = send(call)
    move_call(None, call, "jury")
    return {"call": call.pk, "entry": entry.pk, "entry_token": token, "blank": "portrait"}


def team_objects(campaign: Any, holder: Any) -> dict[str, Any]:
    """A team's request, open, which the holder took and handed a file over for."""
    from tests.hq.requests.conftest import ask_for, clean_picture

    from tractage.hq.requests import services

    request, token = ask_for(campaign)
    services.triage_request(_member("Trieuse", "coordinator"), request, "open")
    services.take_request(holder, request, services.Point.values)
    delivery = services.deliver(holder, request, "Une affiche", file=clean_picture())
    return {"team_request": request.pk, "token": token, "delivery": delivery.pk}


def entered(member: Any, campaign: Any) -> SimpleCookie[str]:
    """The cookies of a browser that a member has entered by."""
    from tractage.hq.people.services import accept_charter

    accept_charter(member, campaign)
    client = Client()
    client.force_login(member)
    return client.cookies


def ask(cookies: SimpleCookie[str], name: str, row: Row, objects: dict[str, Any]) -> int:
    """The status of the view's answer, all that it wrote undone; 401 stands for being led to the login."""
    client = Client()
    client.cookies = SimpleCookie(cookies.output(header=""))
    address = reverse(name, args=[objects[part] for part in row.args])
    with transaction.atomic():
        answer = client.generic(row.method, address)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.headers["Location"].startswith("/connexion/"):
        return 401
    return answer.status_code


@pytest.mark.parametrize("standing", STANDINGS)
def test_a_standing_opens_its_views_alone(standing: str, objects: dict[str, Any], campaign: Any) -> None:
    cookies: SimpleCookie[str] = SimpleCookie()
    if standing != ANYONE:
        cookies = entered(_member(f"Essai {standing}", standing), campaign)
    wrong = []
    for name, row in MATRIX.items():
        status = ask(cookies, name, row, objects)
        enough = STANDINGS.index(standing) >= STANDINGS.index(row.least) and not row.owner
        shut = status in (401, 403) or (status == 404 and name == "member")
        if enough == shut or status >= 500:
            wrong.append((name, status))
    assert wrong == []


def test_what_belongs_to_someone_answers_to_them(objects: dict[str, Any], campaign: Any) -> None:
    owned = {name: row for name, row in MATRIX.items() if row.owner}
    assert len(owned) > 5
    people = {owner: entered(objects[owner], campaign) for owner in {row.owner for row in owned.values()}}
    said = {name: ask(people[row.owner], name, row, objects) for name, row in owned.items()}
    assert {name: status for name, status in said.items() if status not in (200, 302, 409)} == {}


@pytest.mark.parametrize("standing", [one for one in STANDINGS if one != ANYONE])
def test_the_admin_is_for_who_runs_the_instance(standing: str, campaign: Any) -> None:
    client = Client()
    client.force_login(_member("Essai", standing))
    for model in ("people/member", "missions/brief", "missions/claim", "campaigns/auditline", "library/work"):
        assert client.get(f"/admin/{model}/").status_code == 302
    operator = Client()
    operator.force_login(_member("Régie", "founder", is_staff=True, is_superuser=True))
    assert operator.get("/admin/missions/brief/").status_code == 200
