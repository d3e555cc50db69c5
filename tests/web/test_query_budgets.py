# ruff: noqa: F811
"""How many queries each page asks for: a budget a view, and no more of them when there is more to show."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import _member
from tests.hq.library.conftest import bring  # noqa: F401 - a fixture used by name
from tests.web.budgets import BUDGETS
from tests.web.matrix import ANYONE, FOUNDER, MATRIX, WORKS
from tests.web.walk import SKIPPED, addresses, fixtures_of_the_matrix

from tractage.hq.campaigns.services import touch_campaign
from tractage.hq.library.models import Status, Work
from tractage.hq.people.services import accept_charter

globals().update(fixtures_of_the_matrix())
CODES = {"seat", "zone", "election", "format"}
"""Columns that hold the code of something: another text would mean nothing."""
COPIES = 12
"""Of up to three rows of every table of the headquarters."""


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def shown() -> list[str]:
    """The views that are opened by GET."""
    names = [name for name, row in MATRIX.items() if row.method == "GET"]
    names += [name for name, line in WORKS.items() if line.method == "get"]
    return sorted(set(names) - set(SKIPPED))


def test_every_page_has_a_budget() -> None:
    assert sorted(set(shown()) - set(BUDGETS)) == [], "give these views a budget of queries"
    assert sorted(set(BUDGETS) - set(shown())) == [], "budgets of views that are not there"


def copy_rows() -> int:
    """Add copies of rows to every table, wherever its constraints allow; return how many."""
    made = 0
    for model in apps.get_models():
        if not model.__module__.startswith("tractage.hq."):
            continue
        alone = set(_unique(model))
        for row in list(model._base_manager.order_by("pk")[:3]):
            for number in range(COPIES):
                values = {
                    field.attname: _other(field, getattr(row, field.attname), number)
                    if field.name in alone
                    else getattr(row, field.attname)
                    for field in model._meta.concrete_fields
                    if not field.primary_key
                }
                try:
                    with transaction.atomic():
                        model._base_manager.bulk_create([model(**values)])
                        made += 1
                except IntegrityError:
                    pass
    return made


def _unique(model: type[models.Model]) -> Iterator[str]:
    yield from (field.name for field in model._meta.concrete_fields if field.unique)
    for constraint in model._meta.constraints:
        yield from getattr(constraint, "fields", ())


def _other(field: Any, value: Any, number: int) -> Any:
    if field.name in CODES:
        return value
    if isinstance(field, models.CharField) and not field.choices and value:
        return f"{value[: (field.max_length or 99) - 4]}-{number}"
    if isinstance(field, models.IntegerField) and value is not None:
        return value + 100 + number
    return value


@pytest.fixture
def paths(
    objects: dict[str, Any], bring: Callable[..., Work], make_work: Callable[..., Work]
) -> dict[str, str]:
    draft, read, accepted = (
        bring(sent=False, title="Brouillon"),
        bring(title="À lire"),
        bring(title="À publier"),
    )
    Work.objects.filter(pk=accepted.pk).update(status=Status.ACCEPTED)
    public = make_work(seats=["24-03"])
    found = addresses(objects, read)
    found["change_work"] = addresses(objects, draft)["change_work"]
    found["recall_work"] = addresses(objects, public)["recall_work"]
    return found


def counts(paths: dict[str, str], people: dict[str, Client], campaign: Any) -> dict[str, int]:
    """Queries of each page, asked twice so that what is kept in memory for good is there."""
    found = {}
    for name in shown():
        own = name in WORKS and WORKS[name].own
        who = "stranger" if name in MATRIX and MATRIX[name].least == ANYONE else "bob" if own else "founder"
        for _ in range(2):
            touch_campaign(campaign)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = people[who].get(paths[name])
            b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert answer.status_code < 500, name
        found[name] = len([one for one in asked if "SAVEPOINT" not in one["sql"]])
    return found


def test_no_page_asks_more_when_there_is_more_to_show(
    paths: dict[str, str], campaign: Any, bob: Any, django_capture_on_commit_callbacks: Any
) -> None:
    people = {"stranger": Client(), "founder": Client(), "bob": Client()}
    founder = _member("Essai", FOUNDER)
    for name, member in (("founder", founder), ("bob", bob)):
        accept_charter(member, campaign)
        people[name].force_login(member)
    few = counts(paths, people, campaign)
    assert copy_rows() > 200
    many = counts(paths, people, campaign)
    grown = {name: (few[name], many[name]) for name in few if many[name] > few[name]}
    over = {name: many[name] for name in many if many[name] > BUDGETS.get(name, 0)}
    assert grown == {}, "(with few rows, with many)"
    assert over == {}
