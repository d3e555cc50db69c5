"""What moderators decide from the server; rights and rules are safety's own."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.bot.answers import LILAS, MENTHE, Answer, Work
from tractage.bot.asker import Asker, page
from tractage.bot.cards import evidence_lines, level_name
from tractage.bot.controls import Control, Link, Push, Style
from tractage.bot.people import Person
from tractage.bot.replies.figures import moment
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import evidence_of
from tractage.hq.safety.models import Account, Incident, MassAction, Sanction
from tractage.hq.safety.selectors import bans_to_confirm, sanctions, timeline, waiting, waves
from tractage.hq.safety.services import (
    Wanted,
    confirm_ban,
    confirm_wave,
    contain_wave,
    from_incident,
    guard_settings,
    handle_incident,
    ladder_now,
    preview_undo,
    propose_sanction,
    refuse_ban,
    said,
    step_ladder,
    undo_sanction,
    undo_wave,
)


def decide(
    kind: Kind, who: Person, article: str, words: str, *, minutes: int = 0, emergency: bool = False
) -> Work:
    """Sanction a person: an article, what was seen, an end for a silence."""

    def work(asker: Asker) -> Answer:
        until = now() + timedelta(minutes=minutes) if minutes else None
        wanted = Wanted(kind, article, said(words, "Discord"), emergency=emergency, until=until)
        return _done(propose_sanction(asker.member, who.account(), wanted))

    return work


def decide_on_incident(kind: Kind, pk: int) -> Work:
    """Sanction the person of an incident, on its evidence."""

    def work(asker: Asker) -> Answer:
        incident = _incident(asker, pk)
        if incident.account is None:
            raise Refused(_("Nobody is named in this incident."))
        article = guard_settings().article
        wanted = Wanted(kind, article, from_incident(incident))
        return _done(propose_sanction(asker.member, incident.account, wanted, incident=incident))

    return work


def nothing_wrong(pk: int) -> Work:
    """Say that an incident was nothing."""

    def work(asker: Asker) -> Answer:
        handle_incident(asker.member, _incident(asker, pk), dismissed=True)
        return Answer(_("Written down: nothing wrong."), colour=MENTHE)

    return work


def let_in(pk: int, because: str) -> Work:
    """Undo what the guard decided on an incident."""

    def work(asker: Asker) -> Answer:
        incident = _incident(asker, pk)
        held = list(incident.sanctions.filter(standing=Standing.IN_FORCE.value))
        if not held:
            raise Refused(_("This one is no longer in force."))
        for sanction in held:
            undo_sanction(asker.member, sanction, because)
        handle_incident(asker.member, incident, dismissed=True)
        return Answer(_("Let in: roles and name are given back as they were."), colour=MENTHE)

    return work


def confirm(pk: int) -> Work:
    """Be the second person."""

    def work(asker: Asker) -> Answer:
        confirm_ban(asker.member, _sanction(pk))
        return Answer(_("Confirmed by a second person: the ban is carried out."), colour=MENTHE)

    return work


def refuse(pk: int, because: str) -> Work:
    """Say no to a ban that waits."""

    def work(asker: Asker) -> Answer:
        refuse_ban(asker.member, _sanction(pk), because)
        return Answer(_("Refused: nothing happens to this person."), colour=MENTHE)

    return work


def lift(pk: int, because: str) -> Work:
    """Undo one sanction."""

    def work(asker: Asker) -> Answer:
        require(asker.member, "safety.see_desk")
        undone = undo_sanction(asker.member, _sanction(pk), because)
        words = _("Undone: %(who)s has again what they had.") % {"who": undone.account}
        return Answer(words, colour=MENTHE)

    return work


def what_a_wave_gives_back(wave: str) -> Work:
    """Before a wave is undone: how many people, how many sanctions."""

    def work(asker: Asker) -> Answer:
        require(asker.member, "safety.see_desk")
        found = preview_undo(sanctions().filter(wave=wave), wave)
        if not found.sanctions:
            raise Refused(_("Nothing of this wave is in force."))
        words = ngettext(
            "%(n)s sanction would be undone; each person has again what they had.",
            "%(n)s sanctions would be undone; each person has again what they had.",
            found.sanctions,
        )
        button = Push("wave_undo_now", wave, _("Undo the whole wave"), Style.danger)
        return Answer(words % {"n": found.sanctions}, wave, controls=(button,))

    return work


def wave_undone(wave: str, because: str) -> Work:
    """Undo a whole wave."""

    def work(asker: Asker) -> Answer:
        action = undo_wave(asker.member, wave, because)
        words = ngettext("%(n)s person is given back", "%(n)s people are given back", action.people)
        return Answer(words % {"n": action.people}, wave, colour=MENTHE)

    return work


def wave_banned(wave: str, words: str, *, emergency: bool) -> Work:
    """Propose the ban of everybody in a wave."""

    def work(asker: Asker) -> Answer:
        require(asker.member, "safety.see_desk")
        held = Account.objects.filter(sanctions__wave=wave, sanctions__standing=Standing.IN_FORCE.value)
        accounts = list(held.distinct())
        wanted = Wanted(Kind.BAN, guard_settings().article, said(words, wave), emergency=emergency, wave=wave)
        action = contain_wave(asker.member, wave, accounts, wanted)
        told = _("A second person confirms with the button.")
        button = Push("wave_confirm", str(action.pk), _("Confirm the ban of the wave"), Style.danger)
        people = ngettext("Ban of %(n)s person proposed.", "Ban of %(n)s people proposed.", action.people)
        if emergency:
            told = _("It starts at once, and lapses in a day unless a second person confirms.")
        return Answer(f"{people % {'n': action.people}} {told}", wave, controls=(button,), colour=MENTHE)

    return work


def wave_confirmed(pk: int) -> Work:
    """Be the second person of a containment."""

    def work(asker: Asker) -> Answer:
        action = MassAction.objects.filter(pk=pk).first()
        if action is None:
            raise Refused(_("This wave is not there any more."))
        confirm_wave(asker.member, action)
        return Answer(_("Confirmed: the bans leave in lots, each once."), action.wave, colour=MENTHE)

    return work


def ladder(asker: Asker) -> Answer:
    """Where the ladder stands, and how it came there."""
    require(asker.member, "safety.see_desk")
    standing = ladder_now()
    words = _("The server stands at: %(level)s.") % {"level": level_name(standing.level)}
    if standing.until is not None:
        words += " " + _("It goes down %(when)s.") % {"when": moment(standing.until, "R")}
    fields = tuple(
        (
            f"{level_name(Level(step.before))} → {level_name(Level(step.level))}",
            f"{moment(step.at)} {step.why}\n{evidence_lines(evidence_of(step.evidence), 4)}",
        )
        for step in timeline(5)
    )
    controls = tuple(
        Push("ladder", str(int(level)), level_name(level))
        for level in (Level.CALM, Level.SLOW, Level.GATE, Level.LOCKDOWN)
        if level is not standing.level
    )
    return Answer(words, _("The ladder"), fields, controls)


def stepped(level: int, reason: str, minutes: int) -> Work:
    """Put the ladder where a person wants it."""

    def work(asker: Asker) -> Answer:
        step = step_ladder(asker.member, Level(level), reason, minutes)
        words = _("The server goes to: %(level)s.") % {"level": level_name(Level(step.level))}
        return Answer(words, _("The ladder"), colour=MENTHE)

    return work


def to_do(asker: Asker) -> Answer:
    """What waits for a moderator."""
    require(asker.member, "safety.see_desk")
    count = waiting()
    lines = [
        _("Incidents to look at: %(n)s") % {"n": count.incidents},
        _("Reports: %(n)s") % {"n": count.reports},
        _("Bans that wait for a second person: %(n)s") % {"n": count.bans},
        _("Appeals: %(n)s") % {"n": count.appeals},
    ]
    controls: list[Control] = [
        Push("ban_confirm", str(one.pk), _("Confirm: %(who)s") % {"who": one.account}, Style.danger)
        for one in bans_to_confirm()[:4]
    ]
    controls.append(Link(page("/bureau/"), _("On the desk")))
    return Answer("\n".join(lines), _("What waits"), controls=tuple(controls))


def matching_sanctions(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Sanctions in force, for who may undo them."""
    require(asker.member, "safety.see_desk")
    found = sanctions(Standing.IN_FORCE.value)[:200]
    rows = [(f"{one.pk} {one.get_kind_display()} – {one.account}", str(one.pk)) for one in found]
    return [row for row in rows if text.casefold() in row[0].casefold()]


def matching_waves(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Waves with something in force."""
    require(asker.member, "safety.see_desk")
    found = [one for one in waves()[:100] if one["live"] or one["proposed"]]
    rows = [(f"{one['wave']} ({one['people']})", str(one["wave"])) for one in found]
    return [row for row in rows if text.casefold() in row[0].casefold()]


def matching_articles(asker: Asker, text: str) -> list[tuple[str, str]]:
    """The articles of the charter."""
    rows = [
        (f"{number}. {article['title']}", str(number))
        for number, article in enumerate(asker.campaign.charter, 1)
    ]
    return [row for row in rows if text.casefold() in row[0].casefold()]


def _done(sanction: Sanction) -> Answer:
    if sanction.standing == Standing.PROPOSED.value:
        words = _("Proposed: a second person confirms the ban of %(who)s with the button.")
        controls = (
            Push("ban_confirm", str(sanction.pk), _("Confirm the ban"), Style.danger),
            Push("ban_refuse", str(sanction.pk), _("Refuse")),
        )
        return Answer(words % {"who": sanction.account}, _("A ban waits"), controls=controls)
    words = _("%(kind)s: %(who)s. It can be appealed (/recours), and undone.")
    told = words % {"kind": sanction.get_kind_display(), "who": sanction.account}
    undo = Push("lift", str(sanction.pk), _("Undo"))
    return Answer(told, _("Decided"), controls=(undo,), colour=LILAS)


def _incident(asker: Asker, pk: int) -> Incident:
    require(asker.member, "safety.see_desk")
    found = Incident.objects.select_related("account__member").filter(pk=pk).first()
    if found is None:
        raise Refused(_("This incident is not there any more."))
    return found


def _sanction(pk: int) -> Sanction:
    found = Sanction.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(_("This sanction is not there any more."))
    return found
