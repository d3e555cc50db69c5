"""Series: who announces, what is refused, what waits for the end of a silence."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS, QUIET_DAY

from tractage.hq.campaigns.agenda import dates
from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.people.campaign_settings import change_words, declare_partners
from tractage.hq.people.refusals import Refused
from tractage.hq.shelves.models import Series
from tractage.hq.shelves.selectors import next_episode, series_list, series_with_episodes
from tractage.hq.shelves.services import (
    EpisodeContent,
    change_series,
    keep_episode,
    open_series,
    remove_episode,
)

SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)


@pytest.fixture
def series(campaign: Any, quiet_day: None) -> Series:
    return open_series(None, campaign, "Le feuilleton", "Un épisode par semaine.")


def test_only_coordinators_write(campaign: Any, series: Series, bob: Any, alice: Any) -> None:
    episode = keep_episode(alice, series, EpisodeContent(1, "Le premier"))
    for write in (
        lambda: open_series(bob, campaign, "Autre"),
        lambda: change_series(bob, series, "Autre", "", True),
        lambda: keep_episode(bob, series, EpisodeContent(2, "Le second")),
        lambda: remove_episode(bob, episode),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert AuditLine.objects.filter(verb="series.episode", actor=alice).count() == 1


def test_addresses_never_meet(campaign: Any, series: Series) -> None:
    assert series.slug == "le-feuilleton"
    assert open_series(None, campaign, "Le feuilleton").slug == "le-feuilleton-2"


def test_a_number_is_one_episode(series: Series) -> None:
    first = keep_episode(None, series, EpisodeContent(1, "Le premier"))
    with pytest.raises(Refused):
        keep_episode(None, series, EpisodeContent(1, "Encore"))
    assert keep_episode(None, series, EpisodeContent(1, "Mieux dit"), first).title == "Mieux dit"
    for wrong in (EpisodeContent(0, "Zéro"), EpisodeContent(2, " ")):
        with pytest.raises(Refused):
            keep_episode(None, series, wrong)


def test_a_work_shows_once_released_and_goes_with_its_recall(series: Series, make_work: Any) -> None:
    from tractage.hq.library.services import recall_work, release_work

    work = make_work(released=False)
    keep_episode(None, series, EpisodeContent(1, "Le premier", QUIET_DAY + timedelta(days=2), work))
    campaign = series.campaign

    def shown() -> Any:
        found = series_with_episodes(campaign, series.slug)
        assert found
        return found[1]

    assert shown()[0].work is None
    coming = next_episode(shown(), QUIET_DAY)
    assert coming
    assert coming.number == 1
    release_work(None, work)
    assert shown()[0].work == work
    assert next_episode(shown(), QUIET_DAY) is None
    assert series_list(campaign)[0].out == 1
    recall_work(None, work, "Une erreur.")
    assert shown()[0].work is None


def test_during_a_silence_nothing_new_is_announced(
    campaign: Any, series: Series, fanny: Any, at: Any
) -> None:
    episode = keep_episode(None, series, EpisodeContent(1, "Le premier"))
    revision = Campaign.objects.get().revision
    at(SILENCE)
    for write in (
        lambda: open_series(None, campaign, "Autre"),
        lambda: change_series(None, series, "Autre", "", True),
        lambda: keep_episode(None, series, EpisodeContent(2, "Le second")),
        lambda: remove_episode(None, episode),
        lambda: change_words(fanny, campaign, name="Autre", summary="Votez.", hashtags=[], ai_policy="none"),
        lambda: declare_partners(fanny, campaign, []),
    ):
        with pytest.raises(Refused, match="L49"):
            write()
    assert Campaign.objects.get().revision == revision


def test_episodes_are_dates_of_the_calendar(series: Series) -> None:
    keep_episode(None, series, EpisodeContent(3, "Le troisième", QUIET_DAY + timedelta(days=2)))
    found = dates(series.campaign, QUIET_DAY, QUIET_DAY + timedelta(days=9), lambda _one: True, ["episodes"])
    assert [one.url for one in found] == ["/series/le-feuilleton/"]
