"""Writes about briefs: what they say is checked, then kept with a line in the log."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import seat as known_seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import seat_history
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.missions.models import Brief, BriefFact, BriefStatus, BriefTarget
from tractage.hq.missions.persons import refuse_persons
from tractage.hq.missions.starters import starters
from tractage.hq.people.models import Craft, Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

FIRST_MINUTES = 10


@dataclass(frozen=True)
class Target:
    """A seat by its code, or one official candidate there by their name."""

    seat: str
    candidate: str = ""


@dataclass(frozen=True)
class Fact:
    """Something that can be said, with its source."""

    text: str
    source: str
    url: str = ""


@dataclass(frozen=True)
class BriefContent:
    """All that a brief says."""

    title: str
    goal: str
    craft: str
    minutes: int
    versions: int = 5
    formats: Sequence[str] = ()
    do: Sequence[str] = ()
    dont: Sequence[str] = ()
    rights_hints: str = ""
    hold_hours: int = 22
    deadline: datetime | None = None
    first: bool = False
    targets: Sequence[Target] = ()
    facts: Sequence[Fact] = ()


PLAIN = tuple(one.name for one in fields(BriefContent) if one.name not in ("targets", "facts"))


@transaction.atomic
def write_brief(
    actor: Member | None, campaign: Campaign, content: BriefContent, *, origin: str = "", draft: bool = False
) -> Brief:
    """Make a brief. Raises Refused in words: a fact without source, an unknown target, an aim at a person."""
    require(actor, "missions.write_brief", campaign)
    _check(campaign, content)
    brief = Brief(campaign=campaign, origin=origin, author=actor)
    brief.status = BriefStatus.DRAFT if draft else BriefStatus.OPEN
    _fill(brief, content)
    write_audit_line(actor, "brief.write", brief, draft=draft)
    return brief


@transaction.atomic
def change_brief(actor: Member | None, brief: Brief, content: BriefContent) -> Brief:
    """Change what a brief says; the tabs in hand stay in hand."""
    brief = Brief.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=brief.pk)
    require(actor, "missions.write_brief", brief)
    _check(brief.campaign, content)
    _fill(brief, content)
    write_audit_line(actor, "brief.change", brief)
    return brief


@transaction.atomic
def fork_brief(actor: Member | None, parent: Brief, content: BriefContent) -> Brief:
    """Make a variant that names the brief it comes from."""
    require(actor, "missions.write_brief", parent)
    _check(parent.campaign, content)
    brief = Brief(campaign=parent.campaign, parent=parent, author=actor)
    _fill(brief, content)
    write_audit_line(actor, "brief.fork", brief, parent=parent.pk)
    return brief


@transaction.atomic
def set_brief_open(actor: Member | None, brief: Brief, opened: bool) -> Brief:
    """Open a brief, or close it: nobody can take it any more, those who hold a tab can finish."""
    require(actor, "missions.write_brief", brief)
    brief.status = BriefStatus.OPEN if opened else BriefStatus.CLOSED
    brief.save(update_fields=["status"])
    write_audit_line(actor, "brief.open" if opened else "brief.close", brief)
    return brief


@transaction.atomic
def starter_briefs(campaign: Campaign) -> list[Brief]:
    """A first mission of ten minutes at most for each craft, and one for each of the closest seats.

    Run by the operator (demo, a new community); what exists already stays as people left it.
    """
    made = []
    for origin, words in starters(campaign):
        if Brief.objects.filter(campaign=campaign, origin=origin).exists():
            continue
        content = BriefContent(
            **{key: value for key, value in words.items() if key not in ("facts", "seats")},
            targets=[Target(code) for code in words.get("seats", ())],
            facts=[Fact(**fact) for fact in words.get("facts", ())],
        )
        made.append(write_brief(None, campaign, content, origin=origin))
    return made


def content_of(brief: Brief) -> BriefContent:
    """What a brief says, to change it or to start a variant from it."""
    return BriefContent(
        **{name: getattr(brief, name) for name in PLAIN},
        targets=[Target(one.seat, one.candidate) for one in brief.targets.all()],
        facts=[Fact(one.text, one.source, one.url) for one in brief.facts.all()],
    )


def candidates_of(campaign: Campaign, code: str) -> list[str]:
    """Who was officially a candidate in a seat, at the elections whose results are out."""
    names = [
        f"{one.first_name} {one.name}"
        for year in seat_history(campaign, code)
        for turn in year.rounds
        for one in turn.candidacies
    ]
    return sorted(set(names))


def _check(campaign: Campaign, content: BriefContent) -> None:
    if content.craft not in Craft.values:
        raise Refused(_("Choose among the crafts of the list."))
    if not 1 <= content.minutes <= 600 or not 1 <= content.versions <= 500:
        raise Refused(_("An effort lies between 1 and 600 minutes, and 1 to 500 versions can be wanted."))
    if content.first and content.minutes > FIRST_MINUTES:
        raise Refused(_("A first mission takes ten minutes at most: shorten it, or leave the box empty."))
    for fact in content.facts:
        if not fact.text.strip() or not fact.source.strip():
            raise Refused(_("Each fact needs its source: who says it, where it can be read."))
        if fact.url and urlsplit(fact.url).scheme not in ("http", "https"):
            raise Refused(_("The address of a source begins with https://"))
    for target in content.targets:
        _check_target(campaign, target)
    refuse_persons(
        {
            "title": content.title,
            "goal": content.goal,
            "do": content.do,
            "dont": content.dont,
            "formats": content.formats,
            "rights_hints": content.rights_hints,
            "facts": [f"{fact.text}\n{fact.source}" for fact in content.facts],
        }
    )


def _check_target(campaign: Campaign, target: Target) -> None:
    try:
        known_seat(target.seat)
    except InputError:
        words = _("No seat is called %(seat)s: a seat is written like 24-03.")
        raise Refused(words % {"seat": target.seat}) from None
    if target.candidate and target.candidate not in candidates_of(campaign, target.seat):
        words = _("%(name)s is on no official list of candidates in %(seat)s: a mission aims at nobody else.")
        raise Refused(words % {"name": target.candidate, "seat": target.seat})


def _fill(brief: Brief, content: BriefContent) -> None:
    for name in PLAIN:
        value = getattr(content, name)
        setattr(brief, name, list(value) if isinstance(value, tuple | list) else value)
    brief.save()
    brief.targets.all().delete()
    brief.facts.all().delete()
    targets = dict.fromkeys((one.seat, one.candidate) for one in content.targets)
    BriefTarget.objects.bulk_create(
        BriefTarget(brief=brief, seat=seat, candidate=candidate) for seat, candidate in targets
    )
    BriefFact.objects.bulk_create(
        BriefFact(brief=brief, text=one.text, source=one.source, url=one.url) for one in content.facts
    )
