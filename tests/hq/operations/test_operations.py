"""Operations: who may, what is refused, what can be undone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS
from tests.hq.operations.conftest import EVENING

from tractage.domain.law.zones import everywhere
from tractage.hq.campaigns.models import AuditLine
from tractage.hq.missions.persons import AimsAtPerson
from tractage.hq.operations.lessons import write_post_mortem
from tractage.hq.operations.models import Operation, OperationStatus, Participation
from tractage.hq.operations.selectors import advice, coming_operations, figures, public_operations
from tractage.hq.operations.services import (
    cancel_operation,
    change_operation,
    content_of,
    publish_operation,
    set_public,
)
from tractage.hq.operations.starter import starter_operation
from tractage.hq.operations.taking_part import (
    PaidRefused,
    add_guest,
    add_step,
    join_operation,
    leave_operation,
    remove_step,
    say_word,
    set_guest_present,
    tick_step,
)
from tractage.hq.operations.window import propose
from tractage.hq.people.personal import everything_about
from tractage.hq.people.refusals import Refused
from tractage.hq.people.services import accept_charter, erase

Make = Callable[..., Operation]


def verbs(operation: Operation) -> list[str]:
    lines = AuditLine.objects.filter(subject="operations.operation", subject_id=str(operation.pk))
    return list(lines.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("field", ["title", "goal", "slogan"])
def test_an_operation_never_aims_at_an_account(field: str, make_operation: Make) -> None:
    with pytest.raises(AimsAtPerson, match="@quelqun"):
        make_operation(**{field: "Tous chez @quelqun ce soir"})
    with pytest.raises(AimsAtPerson):
        make_operation(steps=("Inonder ses commentaires",))
    assert Operation.objects.count() == 0


def test_only_coordinators_plan_change_and_call_off(make_operation: Make, alice: Any, bob: Any) -> None:
    operation = make_operation()
    content = content_of(operation)
    for write in (
        lambda actor: change_operation(actor, operation, content),
        lambda actor: cancel_operation(actor, operation, "Orage"),
        lambda actor: publish_operation(actor, operation),
        lambda actor: set_public(actor, operation, True),
        lambda actor: add_step(actor, operation, "Relire"),
    ):
        with pytest.raises(PermissionDenied):
            write(bob)
        write(alice)
    assert verbs(operation) == [
        "operation.plan",
        "operation.change",
        "operation.cancel",
        "operation.publish",
        "operation.open",
        "operation.step",
    ]


def test_a_draft_is_seen_by_nobody_else_and_a_cancelled_one_can_be_taken_up(
    make_operation: Make, campaign: Any, alice: Any, bob: Any
) -> None:
    accept_charter(bob, campaign)
    draft = make_operation(draft=True)
    assert list(coming_operations(campaign, drafts=False)) == []
    assert list(coming_operations(campaign, drafts=True)) == [draft]
    with pytest.raises(PermissionDenied):
        join_operation(bob, draft)
    operation = publish_operation(alice, draft)
    join_operation(bob, operation)
    with pytest.raises(Refused, match=r"raison|reason"):
        cancel_operation(alice, operation, "  ")
    called_off = cancel_operation(alice, operation, "Orage annoncé")
    assert called_off.reminders.count() == 0
    with pytest.raises(Refused, match=r"meanwhile|entre-temps"):
        join_operation(bob, called_off)
    back = publish_operation(alice, called_off)
    assert (back.status, back.cancel_reason) == (OperationStatus.PLANNED, "")
    assert back.reminders.count() == 4
    assert figures(back).members == 1


def test_an_operation_whose_hour_is_past_is_not_taken_up_again(
    make_operation: Make, at: Callable[[datetime], None], alice: Any
) -> None:
    operation = cancel_operation(alice, make_operation(), "Orage")
    at(EVENING + timedelta(days=1))
    with pytest.raises(Refused):
        publish_operation(alice, operation)


def test_people_join_leave_and_come_back(
    make_operation: Make, campaign: Any, bob: Any, dan: Any, at: Callable[[datetime], None]
) -> None:
    operation = make_operation()
    with pytest.raises(PermissionDenied):
        join_operation(bob, operation)  # no charter yet
    accept_charter(bob, campaign)
    join_operation(bob, operation)
    join_operation(bob, operation)
    step = add_step(None, operation, "Relire", assigned=bob)
    leave_operation(bob, operation)
    step.refresh_from_db()
    assert step.assigned is None
    assert figures(operation).members == 0
    join_operation(bob, operation)
    assert Participation.objects.count() == 1
    assert verbs(operation).count("operation.join") == 2
    at(EVENING + timedelta(hours=3))
    accept_charter(dan, campaign)
    with pytest.raises(Refused, match=r"over|terminée|finie"):
        join_operation(dan, operation)


def test_a_line_is_ticked_by_who_holds_it_and_unticked(
    make_operation: Make, campaign: Any, alice: Any, bob: Any, dan: Any
) -> None:
    operation = make_operation()
    held, free = add_step(None, operation, "Relire", assigned=bob), add_step(None, operation, "Répondre")
    for person in (bob, dan):
        accept_charter(person, campaign)
    assert tick_step(bob, held, True).done_by == bob
    for wrong, step in ((dan, held), (dan, free), (bob, free)):
        with pytest.raises(PermissionDenied):
            tick_step(wrong, step, True)
    join_operation(dan, operation)
    assert tick_step(dan, free, True).done_at
    assert tick_step(alice, held, False).done_at is None
    assert (figures(operation).done, figures(operation).steps) == (1, 2)
    with pytest.raises(PermissionDenied):
        remove_step(dan, free)
    remove_step(alice, free)
    assert figures(operation).steps == 1


@pytest.mark.parametrize("declared", ["paid", "gift", "autre"])
def test_a_paid_or_gifted_guest_is_refused_with_the_article(
    declared: str, make_operation: Make, alice: Any
) -> None:
    operation = make_operation()
    with pytest.raises(PaidRefused, match=r"art\. L52-1"):
        add_guest(
            alice,
            operation,
            "Ondine Marchebelle",
            agreed_on=date(2027, 2, 20),
            declared=declared,
            attested=True,
        )
    assert operation.guests.count() == 0


def test_a_guest_is_attested_one_by_one_and_can_be_taken_off(
    make_operation: Make, alice: Any, bob: Any
) -> None:
    operation = make_operation()
    words: dict[str, Any] = {"agreed_on": date(2027, 2, 20), "declared": "unpaid", "attested": True}
    with pytest.raises(Refused, match=r"unpaid|bénévole|payé"):
        add_guest(alice, operation, "Ondine Marchebelle", **words | {"attested": False})
    with pytest.raises(Refused):
        add_guest(alice, operation, "Ondine Marchebelle", **words | {"agreed_on": date(2027, 5, 1)})
    with pytest.raises(AimsAtPerson):
        add_guest(alice, operation, "@ondine", **words)
    with pytest.raises(PermissionDenied):
        add_guest(bob, operation, "Ondine Marchebelle", **words)
    guest = add_guest(alice, operation, "Ondine Marchebelle", known_as="humoriste", **words)
    add_guest(alice, operation, "Camille Durouvre", **words)
    for member in (alice, bob):
        accept_charter(member, operation.campaign)
        join_operation(member, operation)
    assert guest.attested_by == alice
    for present, people in ((True, 4), (False, 3), (True, 4)):
        set_guest_present(alice, guest, present)
        assert figures(operation).people == people
        assert coming_operations(operation.campaign, drafts=True).get().people == people


def test_the_public_page_opens_by_hand_and_not_during_the_silence(
    make_operation: Make, campaign: Any, alice: Any, at: Callable[[datetime], None]
) -> None:
    sunday = datetime(2027, 4, 19, 18, tzinfo=PARIS)
    operation = make_operation(starts_at=sunday, zones=["FR"])
    assert public_operations(campaign) == []
    set_public(alice, operation, True)
    assert public_operations(campaign) == [operation]
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    assert public_operations(campaign) == []
    set_public(alice, operation, False)
    with pytest.raises(Refused, match="L49"):
        set_public(alice, operation, True)


def test_advice_counts_people_and_distinct_versions(
    make_operation: Make, make_work: Callable[..., Any], campaign: Any, at: Callable[[datetime], None]
) -> None:
    from tests.conftest import _member

    given, unreleased = make_work(), make_work(released=False)
    with pytest.raises(Refused, match=r"wall|mur"):
        make_operation(works=[unreleased])
    operation = make_operation(works=[given])
    for number in range(12):
        person = _member(f"Personne {number}", "member")
        accept_charter(person, campaign)
        join_operation(person, operation)
    found = figures(operation)
    assert (found.people, found.given, found.versions, found.made) == (12, 1, 1, 0)
    assert advice(operation, found).missing == 2
    at(EVENING)
    child = make_work()
    child.parent = given
    child.released_at = EVENING
    child.save()
    assert (figures(operation).versions, figures(operation).made) == (2, 1)


def test_words_and_post_mortem_open_with_the_window(
    make_operation: Make, campaign: Any, alice: Any, bob: Any, at: Callable[[datetime], None]
) -> None:
    operation = make_operation()
    accept_charter(bob, campaign)
    join_operation(bob, operation)
    with pytest.raises(PermissionDenied):
        say_word(bob, operation, "Très bien")
    with pytest.raises(Refused):
        write_post_mortem(alice, operation, {"lessons": "Plus de versions"})
    at(EVENING + timedelta(hours=4))
    say_word(bob, operation, "On a ri, et j’ai appris mon écart.")
    with pytest.raises(PermissionDenied):
        say_word(alice, operation, "Je n’y étais pas")
    with pytest.raises(PermissionDenied):
        write_post_mortem(bob, operation, {"lessons": "Plus de versions"})
    write_post_mortem(alice, operation, {"lessons": "Plus de versions"})
    kept = write_post_mortem(alice, operation, {"lessons": "Plus de temps", "said": "On a ri"})
    assert (kept.lessons, kept.said, kept.edited_by) == ("Plus de temps", "On a ri", alice)
    assert verbs(operation).count("operation.post_mortem") == 2


def test_what_is_kept_about_a_member_is_told_and_let_go(
    make_operation: Make, campaign: Any, bob: Any, at: Callable[[datetime], None]
) -> None:
    operation = make_operation()
    accept_charter(bob, campaign)
    join_operation(bob, operation)
    add_step(None, operation, "Relire", assigned=bob)
    at(EVENING)
    say_word(bob, operation, "Bien")
    told = everything_about(bob)["operations"]
    assert told["took_part"][0]["word"] == "Bien"
    assert told["checklist"] == [{"operation": operation.title, "text": "Relire", "done": False}]
    erase(bob, bob, "")
    assert Participation.objects.count() == 0
    assert operation.steps.get().assigned is None


def test_a_new_community_starts_with_a_lawful_evening(
    campaign: Any, make_work: Callable[..., Any], at: Callable[[datetime], None]
) -> None:
    work = make_work()
    at(datetime(2027, 4, 13, 12, tzinfo=PARIS))
    first = starter_operation(campaign)
    assert first is not None
    assert propose(campaign, everywhere(), first.starts_at, first.ends_at).lawful
    assert first.starts_at >= datetime(2027, 4, 13, 12, tzinfo=PARIS)
    assert list(first.works.all()) == [work]
    assert first.steps.count() >= 3
    assert starter_operation(campaign) is None


def test_without_a_lawful_window_there_is_no_first_evening(campaign: Any, quiet_day: None) -> None:
    campaign.election = "legislatives-2031"
    campaign.save()
    assert starter_operation(campaign) is None
