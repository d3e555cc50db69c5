"""What the worker does for analyses: it may run twice, and a file is analysed as if it had run once."""

import shutil

from django_tasks import task

from tractage.adapters.posts.apart import Heard, StoppedError, run_apart
from tractage.adapters.posts.running import Job
from tractage.domain.errors import TractageError
from tractage.hq.analyses.models import Analysis, State
from tractage.hq.analyses.services import in_its_words, settings_of
from tractage.hq.campaigns.clock import now


@task(queue_name="studio")
def run_analysis(pk: int) -> bool:
    """Analyse a file of posts in a process of its own; False when nobody waits for it any more."""
    asked = Analysis.objects.filter(pk=pk, state__in=[State.WAITING, State.RUNNING])
    if not asked.update(state=State.RUNNING, started_at=now(), rows_done=0):
        return False
    analysis = Analysis.objects.get(pk=pk)
    try:
        told = run_apart(job_of(analysis), settings_of(analysis.options), analysis.results_path, _counter(pk))
    except StoppedError:
        return False
    except TractageError as error:
        named = in_its_words(error, analysis)
        _end(pk, State.FAILED, problem=str(named), problem_said=list(named.worded))
        return False
    if not _end(pk, State.DONE, summary=told["summary"], notes=told["notes"]):
        shutil.rmtree(analysis.results_path, ignore_errors=True)
        return False
    analysis.posts_path.unlink(missing_ok=True)
    return True


def job_of(analysis: Analysis) -> Job:
    """The job of an analysis, its pseudonyms made with a key of its own."""
    options = analysis.options
    known = {name: options[name] for name in ("platform", "account", "content", "time", "skip_bad")}
    return Job(
        analysis.posts_path,
        tuple(options["layers"]),
        **known,
        title=analysis.title,
        key=analysis.folder,
    )


def _counter(pk: int) -> Heard:
    def heard(done: int, total: int) -> bool:
        running = Analysis.objects.filter(pk=pk, state=State.RUNNING)
        return bool(running.update(rows_done=done, rows_total=total))

    return heard


def _end(pk: int, state: State, **values: object) -> bool:
    running = Analysis.objects.filter(pk=pk, state=State.RUNNING)
    return bool(running.update(state=state, ended_at=now(), **values))
