"""An analysis from the file to the figures that two persons agree to tell."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS

from tractage.domain.errors import InputError
from tractage.domain.radar.settings import Settings
from tractage.domain.radar.simulate import Attack, simulate
from tractage.hq.analyses import services
from tractage.hq.analyses.models import Analysis, State
from tractage.hq.analyses.refusals import Frozen
from tractage.hq.analyses.selectors import aggregate_of, published_analyses
from tractage.hq.analyses.tasks import run_analysis
from tractage.hq.people.refusals import Refused

pytestmark = pytest.mark.usefixtures("private_files", "quiet_day")
SATURDAY = datetime(2027, 4, 17, 12, tzinfo=PARIS)
Give = Callable[..., Analysis]


@pytest.fixture
def give(campaign: Any, rachid: Any) -> Give:
    """Give a file as Rachid, without running it: `give(b"…", "posts.csv")`."""

    def start(content: bytes, filename: str = "posts.csv", **options: Any) -> Analysis:
        look = services.Look(**options)
        return services.start_analysis(rachid, campaign, "Une semaine", filename, [content], look)

    return start


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small timeline in which 24 accounts move together."""
    path = tmp_path_factory.mktemp("posts") / "posts.csv"
    simulate(6000, 4, Attack(groups=2, size=12, targets=10)).posts.write_csv(path)
    return path.read_bytes()


def test_a_file_is_analysed_and_then_goes(give: Give, planted: bytes) -> None:
    analysis = give(planted)
    assert run_analysis.call(analysis.pk)
    analysis.refresh_from_db()
    assert analysis.state == State.DONE
    assert aggregate_of(analysis).linked == 24
    assert sorted(aggregate_of(analysis).groups) == [12, 12]
    assert not analysis.posts_path.exists()
    assert (analysis.results_path / "report.html").stat().st_size > 10_000
    assert not run_analysis.call(analysis.pk), "a second run finds nothing to do"


def test_a_wrong_file_says_so_by_its_own_name(give: Give) -> None:
    analysis = give(b"who;what\na;b\n", "semaine.csv")
    run_analysis.call(analysis.pk)
    analysis.refresh_from_db()
    assert analysis.state == State.FAILED
    assert analysis.problem.startswith("semaine.csv")
    assert str(analysis.private_folder) not in analysis.problem + str(analysis.problem_said)
    assert analysis.problem_said[1]["column"] == "'object_id'"
    assert analysis.posts_path.exists(), "nothing of the person's is lost"


@pytest.mark.parametrize(("content", "name"), [(b"", "vide.csv"), (b"x", "photo.png")])
def test_what_is_no_file_of_posts_is_not_kept(
    give: Give, private_files: Path, content: bytes, name: str
) -> None:
    with pytest.raises(InputError, match=name):
        give(content, name)
    assert not Analysis.objects.exists()
    assert not list((private_files / "analyses").iterdir())


def test_a_stopped_one_leaves_no_result_and_can_be_asked_again(
    give: Give, planted: bytes, rosa: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tractage.hq.analyses import tasks

    analysis = give(planted)
    hearing = tasks._counter(analysis.pk)

    def stop_at_once(done: int, total: int) -> bool:
        services.stop_analysis(rosa, analysis)
        return hearing(done, total)

    monkeypatch.setattr(tasks, "_counter", lambda _pk: stop_at_once)
    assert not run_analysis.call(analysis.pk)
    analysis.refresh_from_db()
    assert analysis.state == State.STOPPED
    assert [path.name for path in analysis.private_folder.iterdir()] == ["posts.csv"]
    assert services.restart_analysis(rosa, analysis).state == State.WAITING


def test_two_persons_make_it_public_and_one_takes_it_back(
    make_analysis: Give, campaign: Any, rachid: Any, rosa: Any, bob: Any
) -> None:
    analysis = make_analysis()
    with pytest.raises(PermissionDenied):
        services.agree_to_publish(bob, analysis)
    for _twice in range(2):
        assert services.agree_to_publish(rachid, analysis).published_at is None
    assert services.agree_to_publish(rosa, analysis).published_at is not None
    assert list(published_analyses(campaign)) == [analysis]
    assert services.withdraw_analysis(rachid, analysis).published_at is None
    assert not analysis.agreements.exists()


def test_nothing_is_told_during_the_silence(make_analysis: Give, at: Any, rachid: Any, rosa: Any) -> None:
    analysis = make_analysis()
    services.agree_to_publish(rachid, analysis)
    at(SATURDAY)
    with pytest.raises(Frozen, match="L49"):
        services.agree_to_publish(rosa, analysis)
    analysis.refresh_from_db()
    assert analysis.published_at is None
    assert analysis.agreements.count() == 1, "the refused agreement is not kept either"


def test_only_what_is_done_can_be_told(make_analysis: Give, rachid: Any) -> None:
    analysis = make_analysis()
    Analysis.objects.filter(pk=analysis.pk).update(state=State.FAILED)
    with pytest.raises(Refused):
        services.agree_to_publish(rachid, analysis)


def test_removal_takes_the_folder_and_is_for_who_gave_it(
    make_analysis: Give, rachid: Any, rosa: Any, django_capture_on_commit_callbacks: Any
) -> None:
    analysis = make_analysis(owner=rachid)
    folder = analysis.private_folder
    with pytest.raises(PermissionDenied):
        services.remove_analysis(rosa, analysis)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_analysis(rachid, analysis)
    assert not folder.exists()


def test_options_come_back_as_the_settings_they_were() -> None:
    chosen = Settings(window=30, min_participation=5, level=0.05)
    assert services.settings_of(services.Look(settings=chosen).kept()) == chosen
