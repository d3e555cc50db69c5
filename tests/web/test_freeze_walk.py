# ruff: noqa: F811
"""Inside the silence nothing new goes out, whoever asks and by whatever address, form or task."""

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_tasks.base import Task
from tests.conftest import PARIS, _member
from tests.hq.library.conftest import bring  # noqa: F401 - a fixture used by name
from tests.web.matrix import ANYONE, MATRIX, STANDINGS
from tests.web.walk import SKIPPED, addresses, fixtures_of_the_matrix, forms, patterns

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library.models import Press, Status, Work
from tractage.hq.people.services import accept_charter

globals().update(fixtures_of_the_matrix())
QUICK = (ANYONE, "coordinator")
WALKED = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in STANDINGS]
"""The two that differ most; the others are walked by make test-slow."""
SATURDAY = datetime(2027, 4, 17, 12, tzinfo=PARIS)
MONDAY = datetime(2027, 4, 19, 12, tzinfo=PARIS)
SOURCE = Path(__file__).parents[2] / "src/tractage"
WAYS_OUT = {"work.release", "work.share", "server.announce", "operation.publish"}
"""Audit verbs of what reaches the public or the community's server."""
STAYS_IN = {
    "claim.release": "a tab is given back",
    "analysis.publish": "a report on other people's posts, by two persons: no propaganda",
}
OUTWARD = re.compile(r"\.(?:release|share|announce|publish|post|send|feed|broadcast)$")
ARGUMENTS = {"work": lambda made: made["accepted"].pk}
"""How to call a task, by the name of its argument; others are called with a number that exists nowhere."""


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def made(
    objects: dict[str, Any], bring: Callable[..., Work], make_work: Callable[..., Work], bob: Any
) -> Any:
    """Works at every step that leads out: ready to be released, due since yesterday, read once, a draft."""
    ready = {"author": bob, "status": Status.ACCEPTED, "press": Press.DONE}
    accepted, due, once, draft = (
        bring(title="Prête"),
        bring(title="Due"),
        bring(title="Lue"),
        bring(sent=False),
    )
    Work.objects.filter(pk=accepted.pk).update(**ready)
    Work.objects.filter(pk=due.pk).update(**ready, release_after=SATURDAY - timedelta(days=1))
    return {"accepted": accepted, "due": due, "once": once, "draft": draft, "public": make_work()}


def test_every_outward_verb_is_known() -> None:
    verbs = {
        verb
        for file in SOURCE.rglob("*.py")
        for verb in re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)+)[\"']", file.read_text())
        if OUTWARD.search(verb)
    }
    assert verbs >= {"work.release", "work.share"}
    named = {verb for verb in verbs if re.search(rf"write_audit_line\([^)]*{re.escape(verb)}", code())}
    assert named - WAYS_OUT - set(STAYS_IN) == set(), "say in WAYS_OUT or STAYS_IN what these are"


def code() -> str:
    return "\n".join(file.read_text() for file in SOURCE.rglob("*.py"))


def feeds() -> list[str]:
    """Every address under web/feeds that anyone may read."""
    inside = [one for one in patterns() if one.callback.__module__.startswith("tractage.web.feeds")]
    return [reverse(str(one.name)) for one in inside if not MATRIX[str(one.name)].args]


def outside() -> dict[str, Any]:
    """What a stranger and the log see: released works, bytes of the feeds, lines of what went out."""
    stranger = Client()
    return {
        "works": sorted(Work.objects.filter(status=Status.RELEASED).values_list("pk", "released_at")),
        "feeds": {path: stranger.get(path).content for path in feeds()},
        "lines": sorted(AuditLine.objects.filter(verb__in=WAYS_OUT).values_list("pk", flat=True)),
    }


@contextmanager
def undone(capture: Any) -> Iterator[None]:
    """Run what is inside with its tasks, let its state be looked at, then undo it, removed files too."""
    files = [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    kept = {file: file.read_bytes() for file in files}
    with transaction.atomic():
        with capture(execute=True):
            yield
        transaction.set_rollback(True)
    for file, content in kept.items():
        if not file.exists():
            file.write_bytes(content)


def asked(client: Client, address: str) -> Iterator[Any]:
    """GET, an empty POST, then every form of the page with every button; each answer."""
    shown = client.get(address)
    yield shown
    yield client.post(address)
    if shown.status_code == 200 and shown.headers["Content-Type"].startswith("text/html"):
        for form in forms(address, shown.content.decode()):
            for name, value in form.buttons or [("", "")]:
                if "/deconnexion/" not in form.action:
                    yield client.post(form.action, form.data | ({name: value} if name else {}))


@pytest.mark.parametrize("standing", WALKED)
def test_no_address_lets_anything_out(
    standing: str, objects: dict[str, Any], made: dict[str, Work], campaign: Any, at: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    client = Client(raise_request_exception=False)
    if standing != ANYONE:
        member = _member(f"Essai {standing}", standing)
        accept_charter(member, campaign)
        client.force_login(member)
    at(SATURDAY)
    before, wrong, walked = outside(), [], 0
    assert before["feeds"]
    paths = {name: path for name, path in addresses(objects, made["accepted"]).items() if name not in SKIPPED}
    for state in ("due", "once", "draft", "public"):
        paths |= {f"{name} ({state})": path for name, path in addresses(objects, made[state]).items()
                  if path not in paths.values() and name not in SKIPPED}  # fmt: skip
    for name, path in paths.items():
        with undone(django_capture_on_commit_callbacks):
            for answer in asked(client, path):
                walked += 1
                if answer.status_code >= 500:
                    wrong.append(f"{name}: {answer.status_code}")
            lines = AuditLine.objects.filter(verb__in=WAYS_OUT).exclude(pk__in=before["lines"])
            wrong += [f"{name}: {line.verb}" for line in lines]
            after = Work.objects.filter(status=Status.RELEASED).values_list("pk", "released_at")
            wrong += [] if not set(after) - set(before["works"]) else [f"{name}: a work came out"]
    assert wrong == []
    assert walked > 2 * len(paths) > 100
    assert outside() == before


def tasks() -> list[Task[Any, Any]]:
    """Every task of the headquarters and of the faces."""
    modules = [config.name for config in apps.get_app_configs() if config.name.startswith("tractage.")]
    found: dict[str, Task[Any, Any]] = {}
    for name in modules:
        if find_spec(f"{name}.tasks"):
            inside = vars(import_module(f"{name}.tasks")).values()
            found |= {one.module_path: one for one in inside if isinstance(one, Task)}
    return list(found.values())


def written_tasks() -> set[str]:
    """The path of every task that is written in the code, under whatever name the decorator goes there."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text())
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = {
            alias.asname or alias.name
            for node in imports
            if str(node.module).startswith("django_tasks")
            for alias in node.names
            if alias.name == "task"
        }
        module = ".".join(("tractage", *file.relative_to(SOURCE).with_suffix("").parts))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(_named(one) in names for one in node.decorator_list):
                found.add(f"{module}.{node.name}")
    return found


def _named(decorator: ast.expr) -> str:
    inner = decorator.func if isinstance(decorator, ast.Call) else decorator
    return inner.id if isinstance(inner, ast.Name) else ""


def test_every_task_that_is_written_is_walked() -> None:
    walked = {one.module_path for one in tasks()}
    assert written_tasks() - walked == set(), (
        "a task lives in tasks.py of an installed app, or it is not walked"
    )
    assert walked == written_tasks()


def test_no_task_lets_anything_out_and_the_next_day_does(
    made: dict[str, Work], at: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from tractage.conf.worker import make_rounds

    at(SATURDAY)
    before, called = outside(), []
    assert len(tasks()) >= 5
    for one in tasks():
        names = list(signature(one.func).parameters)
        given = [ARGUMENTS[name](made) if name in ARGUMENTS else 10**9 for name in names]
        for arguments in (given, [made["due"].pk] * len(names)):
            with undone(django_capture_on_commit_callbacks):
                one.call(*arguments)
                assert outside() == before, one.module_path
        called.append(one.module_path)
    with django_capture_on_commit_callbacks(execute=True):
        make_rounds()
    assert outside() == before
    at(MONDAY)
    with django_capture_on_commit_callbacks(execute=True):
        make_rounds()
    due = Work.objects.get(pk=made["due"].pk)
    assert (due.status, due.released_at) == (Status.RELEASED, MONDAY)
    assert Work.objects.get(pk=made["accepted"].pk).status == Status.ACCEPTED


def test_the_share_sheet_refuses_and_says_until_when(made: dict[str, Work], at: Any) -> None:
    address = reverse("share", args=[made["public"].slug])
    at(SATURDAY - timedelta(days=2))
    assert forms(address, Client().get(address).content.decode())
    at(SATURDAY)
    answer = Client().get(address)
    page = answer.content.decode()
    assert "L49" in page
    assert not [form for form in forms(address, page) if "posted" in str(form.data)]
    assert "navigator.share" not in page
