"""A worker that is gone leaves nothing behind: its tasks run again, lost ones are asked again."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tractage.conf.worker import STALE, make_rounds, requeue_left_tasks, worker_name
from tractage.hq.library.models import Press, Work
from tractage.hq.library.tasks import make_previews


@pytest.fixture(autouse=True)
def _kept_tasks(settings: Any) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "studio"]}
    }


def name_of_the_dead() -> str:
    """The name of a worker whose process has ended."""
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True, text=True
    )
    host, _pid, rest = worker_name().split(":")
    return f"{host}:{ended.stdout.strip()}:{rest}"


def running(names: list[str], since: timedelta = timedelta(0)) -> DBTaskResult:
    make_previews.enqueue(1)
    task = DBTaskResult.objects.get()
    task.status, task.started_at, task.worker_ids = "RUNNING", timezone.now() - since, names
    task.save()
    return task


@pytest.mark.django_db
def test_the_task_of_a_killed_worker_runs_again() -> None:
    task = running([name_of_the_dead()])
    assert requeue_left_tasks() == 1
    task.refresh_from_db()
    assert task.status == "READY"
    assert requeue_left_tasks() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", [worker_name(), f"ailleurs:{os.getpid()}:x"], ids=["ours", "elsewhere"])
def test_the_task_of_a_living_worker_is_left_alone(name: str) -> None:
    running([name])
    assert requeue_left_tasks() == 0


@pytest.mark.django_db
def test_a_task_that_never_ends_is_given_back() -> None:
    running(["ailleurs:1:x"], STALE + timedelta(minutes=1))
    assert requeue_left_tasks() == 1


@pytest.mark.django_db
def test_a_press_without_a_task_is_asked_again(bring: Callable[..., Work]) -> None:
    work = bring()  # inside the test's transaction: nothing was asked on commit
    assert not DBTaskResult.objects.exists()
    make_rounds()
    make_rounds()
    assert [one.args_kwargs["args"] for one in DBTaskResult.objects.all()] == [[work.pk]]
    work.refresh_from_db()
    assert work.press == Press.WAITING
