"""Someone says that they posted a work: what is kept, what is refused, what can be taken back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.conftest import PARIS

from tractage.conf.worker import make_rounds
from tractage.domain.studio.wording import Level, Source
from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library.ideas import caption_ideas
from tractage.hq.library.models import Share, Work
from tractage.hq.library.refusals import Frozen
from tractage.hq.library.services import recall_work
from tractage.hq.library.sharing import (
    SHARES,
    Posted,
    log_share,
    nearness_of,
    token_holds,
    undo_share,
    undo_token,
)
from tractage.hq.library.tasks import forget_shares
from tractage.hq.people.personal import everything_about, keepers
from tractage.hq.people.refusals import Refused, TooManyAttempts

HOME = "192.0.2.7"
SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)
OWN = "Dans mon village on est trois cent douze, faites le calcul avec moi."


def test_a_supporter_says_so_and_no_word_is_kept(make_work: Callable[..., Work]) -> None:
    work = make_work()
    said = Posted("x", "https://twitter.com/quelquun/status/1234567890?s=20", OWN)
    share = log_share(None, work, said, HOME).share
    assert (share.member, share.platform) == (None, "x")
    assert share.address == "https://x.com/i/status/1234567890"
    assert share.shingles
    row = str(Share.objects.values().get())
    assert not [word for word in ("village", "calcul", HOME) if word in row]
    line = AuditLine.objects.get(verb="work.share")
    assert (line.actor, line.details["work"]) == (None, work.pk)
    assert not {"views", "likes", "token", "password"} & {field.name for field in Share._meta.get_fields()}


def test_one_post_is_counted_once_whoever_brings_it(make_work: Callable[..., Work], bob: Any) -> None:
    work = make_work()
    first = log_share(None, work, Posted("x", "https://x.com/a/status/1234567890"), HOME)
    again = log_share(bob, work, Posted("x", "https://mobile.twitter.com/b/status/1234567890"), HOME)
    assert (first.new, again.new) == (True, False)
    assert again.share == first.share
    assert Share.objects.get().member is None


@pytest.mark.parametrize(
    "address",
    ["pas un lien", "https://bit.ly/abc", "https://www.instagram.com/direct/t/1", "https://x.com/nom"],
)
def test_a_link_that_leads_to_no_public_post_is_refused_in_words(
    make_work: Callable[..., Work], address: str
) -> None:
    with pytest.raises(Refused, match=r"(?i)lien|link"):
        log_share(None, make_work(), Posted("x", address), HOME)
    assert not Share.objects.exists()


def test_a_near_copy_of_an_idea_or_of_others_is_told_and_never_refused(
    make_work: Callable[..., Work],
) -> None:
    work = make_work(seats=["24-03"])
    idea = caption_ideas(work)[0]
    assert nearness_of(work, idea).source is Source.IDEA
    assert nearness_of(work, OWN).level is Level.OWN
    log_share(None, work, Posted("x", words=OWN), HOME)
    found = nearness_of(work, OWN.upper() + " #encore")
    assert (found.level, found.source) == (Level.SAME, Source.POSTED)
    assert log_share(None, work, Posted("x", words=OWN), HOME).new
    assert nearness_of(make_work(), OWN).level is Level.OWN  # another work, other words


def test_ideas_are_built_from_the_work_its_seat_and_the_day(make_work: Callable[..., Work]) -> None:
    ideas = caption_ideas(make_work(seats=["24-03"], summary="Soixante-quinze bulletins"))
    assert len(ideas) == 3
    assert ideas[0].startswith("Soixante-quinze bulletins. ")
    assert "Dordogne, 3ᵉ" in ideas[1]
    assert "2024" in ideas[1]
    assert ideas[2].endswith("…")


def test_nothing_is_logged_during_the_silence_nor_for_a_work_off_the_wall(
    make_work: Callable[..., Work], at: Callable[[datetime], None], alice: Any
) -> None:
    work, waiting, gone = make_work(), make_work(released=False), make_work()
    recall_work(alice, gone, "Le chiffre était faux.")
    for off in (waiting, gone):
        with pytest.raises(Refused):
            log_share(None, off, Posted("x"), HOME)
    at(SILENCE)
    with pytest.raises(Frozen):
        log_share(None, work, Posted("x"), HOME)
    assert not Share.objects.exists()


def test_too_many_at_once_wait(make_work: Callable[..., Work], bob: Any) -> None:
    work = make_work()
    for _number in range(SHARES.most):
        log_share(None, work, Posted("x"), HOME)
    with pytest.raises(TooManyAttempts) as refusal:
        log_share(None, work, Posted("x"), HOME)
    assert 0 < refusal.value.minutes <= SHARES.minutes
    assert log_share(bob, work, Posted("x"), HOME).new
    assert log_share(None, work, Posted("x"), "192.0.2.8").new


def test_a_share_is_taken_back_by_who_logged_it_alone(make_work: Callable[..., Work]) -> None:
    share = log_share(None, make_work(), Posted("x"), HOME).share
    assert not undo_share(f"{share.pk}")
    assert not undo_share(undo_token(share) + "x")
    token = undo_token(share)
    assert token_holds(token)
    assert undo_share(token)
    assert not token_holds(token)
    assert not undo_share(token)
    assert not Share.objects.exists()


def test_a_member_reads_what_is_kept_and_leaves_without_it(make_work: Callable[..., Work], bob: Any) -> None:
    work = make_work()
    log_share(bob, work, Posted("x", "https://x.com/a/status/1234567890", OWN), HOME)
    told = everything_about(bob)["shares"]
    assert [(one["work"], one["address"]) for one in told] == [
        (work.title, "https://x.com/i/status/1234567890")
    ]
    keepers["shares"].let_go(bob, "anonyme")
    kept = Share.objects.get()
    assert (kept.member, kept.address, kept.shingles) == (None, "", [])


def test_after_the_election_the_workers_round_forgets_where_and_how(
    make_work: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    log_share(None, make_work(), Posted("x", "https://x.com/a/status/1234567890", OWN), HOME)
    at(datetime(2027, 5, 2, 23, tzinfo=PARIS))
    assert forget_shares.call() == 0
    at(datetime(2027, 5, 3, 9, tzinfo=PARIS))
    make_rounds()
    kept = Share.objects.get()
    assert (kept.platform, kept.address, kept.shingles) == ("x", "", [])
    assert forget_shares.call() == 0
