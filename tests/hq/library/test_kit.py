"""The kit of the closest seats: what is drawn, what is said of it, and that it comes once."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.conftest import PARIS

from tractage.hq.library.kit import import_kit, kit_plan, kit_seats, plan_size, render_kit
from tractage.hq.library.models import Status, Work


@pytest.fixture
def drawn(campaign: Any, quiet_day: None, tmp_path: Path) -> tuple[Any, Any]:
    """A kit of one seat, drawn."""
    plan = kit_plan(campaign, kit_seats(campaign, 1))
    return plan, render_kit(campaign, plan, tmp_path, jobs=1)


def test_the_plan_is_two_works_a_seat_and_three_for_the_country(campaign: Any, quiet_day: None) -> None:
    plan = kit_plan(campaign, kit_seats(campaign, 5))
    assert {template: len(rows) for template, rows in plan.items()} == {
        "carte": 5,
        "affiche-chiffre": 5,
        "affiche-rayons": 1,
        "comment-voter": 1,
        "appel": 1,
    }
    assert plan_size(plan) == 13 * 5


def test_every_seat_of_the_kit_had_a_finalist(campaign: Any, at: Callable[[datetime], None]) -> None:
    at(datetime(2024, 6, 20, 12, tzinfo=PARIS))
    campaign.results, campaign.election, campaign.method = (
        "legislatives-2022",
        "legislatives-2024",
        "expected",
    )
    rows = kit_plan(campaign, kit_seats(campaign, 10))["affiche-chiffre"]
    assert len(rows) == 10
    assert all(int(row["nombre"]) > 0 and "2022" in row["detail"] for row in rows)


def test_works_are_released_with_words_and_previews(campaign: Any, drawn: tuple[Any, Any]) -> None:
    plan, runs = drawn
    imported = import_kit(None, campaign, plan, runs)
    assert (imported.changed, imported.kept, imported.waiting) == (5, 0, 0)
    poster = Work.objects.get(origin__startswith="kit:affiche-chiffre")
    assert poster.status == Status.RELEASED
    assert poster.title == "Charente-Maritime 3ᵉ\u00a0: 63\u202fvoix"
    assert "63\u202fvoix" in poster.alt_text
    assert "Ministère de l’Intérieur" in poster.sources[0]["title"]
    widths = sorted(one.width for one in poster.editions.filter(preview=True))
    assert widths == [480, 960]
    with Image.open(poster.editions.get(format="preview-480").file) as preview:
        assert (preview.format, preview.size) == ("WEBP", (480, 600))
    card = Work.objects.get(kind="card")
    assert "Fabrice BARUSSEAU" in card.title
    assert not Work.objects.get(kind="practical").targets.exists()


def test_a_second_import_changes_nothing(campaign: Any, drawn: tuple[Any, Any]) -> None:
    plan, runs = drawn
    import_kit(None, campaign, plan, runs)
    before = list(Work.objects.order_by("pk").values("pk", "slug", "released_at"))
    again = import_kit(None, campaign, plan, runs)
    assert (again.changed, again.kept) == (0, 5)
    assert list(Work.objects.order_by("pk").values("pk", "slug", "released_at")) == before


def test_during_the_silence_only_how_to_vote_comes_out(
    campaign: Any, drawn: tuple[Any, Any], at: Callable[[datetime], None]
) -> None:
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    imported = import_kit(None, campaign, *drawn)
    assert imported.waiting == 4
    assert [work.kind for work in Work.objects.filter(status=Status.RELEASED)] == ["practical"]
