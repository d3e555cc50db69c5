"""What every test shares: settings, the cast of people, a campaign, works. All persons are invented."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tractage.hq.analyses.models import Analysis
    from tractage.hq.campaigns.models import Campaign
    from tractage.hq.library.models import Work
    from tractage.hq.people.models import Member

PARIS = ZoneInfo("Europe/Paris")
QUIET_DAY = datetime(2027, 3, 1, 12, tzinfo=PARIS)
"""A Monday on which nothing is frozen; tests of the site happen then unless they say otherwise."""


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Plain static files, files of works and messages in a folder of the session, tasks run at once."""
    from django.conf import settings
    from django.test import override_settings

    from tractage.conf.messages import compile_catalogues

    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    compile_catalogues(folder / "locale")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    immediate = {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "studio"],
    }
    with override_settings(
        BUILT_DIR=folder,
        LOCALE_PATHS=[folder / "locale"],
        MEDIA_ROOT=folder / "media",
        STATIC_ROOT=folder / "static",
        STATICFILES_DIRS=settings.STATICFILES_DIRS[:1],
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        TASKS={"default": immediate},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture
def at(settings: Any) -> Callable[[datetime], None]:
    """Set the site's clock: `at(datetime(2027, 4, 17, 12, tzinfo=PARIS))`."""

    def set_clock(moment: datetime) -> None:
        settings.TRACTAGE = replace(settings.TRACTAGE, as_of=moment)

    return set_clock


@pytest.fixture
def quiet_day(at: Callable[[datetime], None]) -> None:
    """Noon of a day without electoral silence."""
    at(QUIET_DAY)


def _member(pseudonym: str, standing: str, **fields: Any) -> "Member":
    from tractage.hq.people.models import Member

    return Member.objects.create_user(pseudonym, f"{pseudonym}-secret", standing=standing, **fields)


@pytest.fixture
def alice(db: None) -> "Member":
    """Alice coordinates."""
    return _member("Alice", "coordinator")


@pytest.fixture
def bob(db: None) -> "Member":
    """Bob makes."""
    return _member("Bob", "member")


@pytest.fixture
def chloe(db: None) -> "Member":
    """Chloé moderates."""
    return _member("Chloé", "moderator")


@pytest.fixture
def rachid(db: None) -> "Member":
    """Rachid reviews."""
    return _member("Rachid", "reviewer")


@pytest.fixture
def rosa(db: None) -> "Member":
    """Rosa reviews too."""
    return _member("Rosa", "reviewer")


@pytest.fixture
def dan(db: None) -> "Member":
    """Dan has just come and has no rights."""
    return _member("Dan", "newcomer")


@pytest.fixture
def fanny(db: None) -> "Member":
    """Fanny founded the community and runs the instance."""
    return _member("Fanny", "founder", is_staff=True, is_superuser=True)


@pytest.fixture
def campaign(db: None) -> "Campaign":
    """The campaign that ships, loaded."""
    from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
    from tractage.hq.campaigns.services import load_campaign

    return load_campaign(read_campaign_file(shipped_campaign()))


@pytest.fixture
def make_work(campaign: "Campaign", quiet_day: None) -> Callable[..., "Work"]:
    """Build a work with one small picture: `make_work(seats=["24-03"], kind="card", released=True)`."""
    from tractage.hq.library.services import EditionFile, WorkFacts, import_work, release_work

    numbers: Iterator[int] = iter(range(10**6))

    def make(*, released: bool = True, **facts: Any) -> "Work":
        number = next(numbers)
        defaults: dict[str, Any] = {
            "origin": f"test:{number}",
            "kind": "poster",
            "title": f"Affiche {number}",
            "alt_text": "Un grand nombre sur fond vert.",
            "credit": "Bob",
        }
        picture = small_png(number)
        files = [
            EditionFile("portrait", picture, "png", "image/png", 8, 10),
            EditionFile("preview-480", picture, "png", "image/png", 8, 10, preview=True),
        ]
        work = import_work(None, campaign, WorkFacts(**(defaults | facts)), files)
        return release_work(None, work) if released else work

    return make


@pytest.fixture
def private_files(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own, for what is kept outside the files of works."""
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    return tmp_path


@pytest.fixture
def make_analysis(campaign: "Campaign", quiet_day: None, private_files: Path) -> Callable[..., "Analysis"]:
    """Build an analysis that is done, with small results: `make_analysis(public=True)`."""
    from tractage.hq.analyses.models import Analysis, State
    from tractage.hq.campaigns.clock import now

    def make(*, public: bool = False, **values: Any) -> Analysis:
        layer = {"rows": 1200, "accounts": 300, "shuffled_times": 0.0}
        summary = {
            "layers": {"object_id": layer},
            "settings": {"window": 60.0, "level": 0.01},
            "strong": 45,
            "accounts": 20,
            "sizes": [12, 8],
            "fingerprint": "c0ffee" * 10,
        }
        defaults = {"title": "La semaine des invités", "filename": "posts.csv", "options": {}}
        analysis = Analysis.objects.create(
            campaign=campaign,
            state=State.DONE,
            summary=summary,
            published_at=now() if public else None,
            **(defaults | values),
        )
        analysis.results_path.mkdir(parents=True)
        (analysis.results_path / "edges.csv").write_text("account_a,account_b\n")
        (analysis.results_path / "report.html").write_text("<!doctype html><title>Rapport</title>")
        return analysis

    return make


def small_png(seed: int = 0) -> bytes:
    """A valid PNG of 8 × 10 pixels, another one for each seed."""
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 10), (seed % 256, seed // 256 % 256, 120)).save(buffer, "PNG")
    return buffer.getvalue()
