"""The board, one mission, the tabs in one's hands."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.bot.answers import LILAS, MENTHE, Answer, Work
from tractage.bot.asker import Asker, page
from tractage.bot.controls import Control, Link, Menu, Option, Push, Style
from tractage.bot.replies.figures import moment, short_seat
from tractage.domain.elections.seats import seat
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.selectors import works_by_seat
from tractage.hq.missions import claims
from tractage.hq.missions.models import Brief, Claim
from tractage.hq.missions.selectors import (
    Board,
    BoardFilter,
    Notice,
    brief_for,
    first_missions,
    held_by,
    offered_to,
    open_briefs,
    tabs_of,
)
from tractage.hq.people.models import Craft, Standing
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require

PAGE = 8


def board(craft: str = "", number: int = 0) -> Work:
    """A page of the open missions, what is missing most first."""

    def work(asker: Asker) -> Answer:
        member = asker.member
        require(member, "missions.see_board")
        wanted = (craft,) if craft in Craft.values else ()
        newcomer = member.standing == Standing.NEWCOMER
        found = Board(asker.campaign, BoardFilter(wanted), works_by_seat, newcomer)
        start = max(0, min(number, (len(found) - 1) // PAGE)) * PAGE
        notices = found[start : start + PAGE]
        if not notices:
            return Answer(_("No mission is open here for now. Another craft, perhaps?"), colour=LILAS)
        controls: list[Control] = [_menu(notices)]
        if start:
            controls.append(Push("board", f"{craft}.{start // PAGE - 1}", _("Previous page"), row=1))
        if start + PAGE < len(found):
            controls.append(Push("board", f"{craft}.{start // PAGE + 1}", _("Next page"), row=1))
        controls.append(Link(page(reverse("board")), _("The board on the site"), row=1))
        lines = [f"**{one.brief.title}**\n{_hint(one)}" for one in notices]
        counted = ngettext("%(n)s open mission", "%(n)s open missions", len(found)) % {"n": len(found)}
        return Answer("\n\n".join(lines), counted, controls=tuple(controls))

    return work


def mission(pk: int) -> Work:
    """One mission, all that it says, and what the asker can do with it."""

    def work(asker: Asker) -> Answer:
        return _mission(asker, _brief(asker, pk))

    return work


def take(pk: int) -> Work:
    """Tear off a tab."""

    def work(asker: Asker) -> Answer:
        claim = claims.claim_brief(asker.member, _brief(asker, pk))
        words = _("It is yours. The tab is held until %(until)s (%(left)s).")
        told = words % {"until": moment(claim.until), "left": moment(claim.until, "R")}
        return _mission(asker, claim.brief) + told

    return work


def mine(asker: Asker) -> Answer:
    """The tabs in the asker's hands, and those that others hold out."""
    member = asker.member
    held, offers = list(held_by(member)), list(offered_to(member))
    fields, controls = [], []
    for claim in held:
        told = _("held until %(until)s, %(left)s") % {
            "until": moment(claim.until),
            "left": moment(claim.until, "R"),
        }
        if claim.offered_to:
            told += "\n" + _("held out to %(name)s") % {"name": claim.offered_to.pseudonym}
        fields.append((claim.brief.title, told))
    for claim in offers[:5]:
        who = claim.member.pseudonym if claim.member else _("somebody")
        fields.append((claim.brief.title, _("%(name)s holds it out to you") % {"name": who}))
        controls.append(Push("offer_take", str(claim.pk), _("Take"), Style.success))
        controls.append(Push("offer_leave", str(claim.pk), _("Leave")))
    if held:
        menu = Menu("mission", "", _("Open a mission"), [_option(c.brief) for c in held], row=4)
        return Answer("", _("Your missions"), tuple(fields), (*controls, menu))
    if offers:
        return Answer("", _("Your missions"), tuple(fields), tuple(controls))
    button = Push("board", ".0", _("See the board"), Style.primary)
    return Answer(_("Your hands are free."), _("Your missions"), controls=(button,), colour=LILAS)


def give_back(pk: int) -> Work:
    """Give a tab back."""

    def work(asker: Asker) -> Answer:
        claim = claims.release_claim(asker.member, _claim(pk))
        return _mission(asker, claim.brief) + _("Given back. Nobody asks why.")

    return work


def give_back_brief(brief: int) -> Work:
    """Give back the tab of a mission."""

    def work(asker: Asker) -> Answer:
        claim = held_by(asker.member).filter(brief=brief).first()
        if claim is None:
            raise Refused(_("You do not hold this mission."))
        return give_back(claim.pk)(asker)

    return work


def keep(pk: int) -> Work:
    """Hold out no longer."""

    def work(asker: Asker) -> Answer:
        claim = claims.withdraw_offer(asker.member, _claim(pk))
        return _mission(asker, claim.brief) + _("It stays with you.")

    return work


def accept(pk: int) -> Work:
    """Take the tab that is held out."""

    def work(asker: Asker) -> Answer:
        claim = claims.accept_offer(asker.member, _claim(pk))
        return _mission(asker, claim.brief) + _("It is yours now, with a whole time of its own.")

    return work


def decline(pk: int) -> Work:
    """Leave the tab where it is."""

    def work(asker: Asker) -> Answer:
        claims.decline_offer(asker.member, _claim(pk))
        return mine(asker)

    return work


def offer(brief: int, to: str) -> Work:
    """Hold a tab out to the member for whom a Discord account speaks."""

    def work(asker: Asker) -> Answer:
        from tractage.hq.people.discord_links import member_of_account

        claim = held_by(asker.member).filter(brief=brief).first()
        if claim is None:
            raise Refused(_("You do not hold this mission: take it first."))
        other = member_of_account(to)
        if other is None:
            raise Refused(_("This person has not joined yet: they can with /rejoindre."))
        claims.offer_claim(asker.member, claim, other)
        words = _("You hold « %(title)s » out to %(name)s; they answer with /mission miennes.")
        return Answer(words % {"title": claim.brief.title, "name": other.pseudonym}, colour=MENTHE)

    return work


def deliver(brief: int) -> Work:
    """The page on which a version is brought, already filled in with its mission."""

    def work(asker: Asker) -> Answer:
        from tractage.bot.replies.welcome import desk_link

        claim = held_by(asker.member).filter(brief=brief).first()
        if claim is None:
            raise Refused(_("You do not hold this mission: take it first."))
        path = f"{reverse('new_work')}%3Fmission%3D{claim.brief_id}"
        button = Link(desk_link(asker, path), _("Bring my version"))
        words = _("Files, rights and alternative text go through the desk. The button opens it once.")
        return Answer(words, claim.brief.title, controls=(button,), colour=MENTHE)

    return work


def first_menu(campaign: Campaign, crafts: Sequence[str]) -> Menu | None:
    """The first missions as a menu, those of `crafts` first; None when none is open."""
    notices = first_missions(campaign, crafts)
    return _menu(notices) if notices else None


def matching_briefs(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Titles and numbers of the open missions whose title holds `text`."""
    found = open_briefs(asker.campaign).filter(title__icontains=text).order_by("title")[:25]
    return [(brief.title, str(brief.pk)) for brief in found]


def matching_held(asker: Asker, text: str) -> list[tuple[str, str]]:
    """The same among the missions in the asker's hands."""
    if asker.known is None:
        return []
    found = held_by(asker.known).filter(brief__title__icontains=text)[:25]
    return [(claim.brief.title, str(claim.brief_id)) for claim in found]


def _mission(asker: Asker, brief: Brief) -> Answer:
    member, tabs = asker.member, tabs_of(brief)
    held = held_by(member).filter(brief=brief).first()
    fields = [
        (_("In short"), _line(brief)),
        (_("Where"), "\n".join(_place(one.seat, one.candidate) for one in brief.targets.all())),
        (_("Facts"), "\n".join(f"{one.text} ({one.source})" for one in brief.facts.all())),
        (_("Do"), "\n".join(f"• {one}" for one in brief.do)),
        (_("Do not"), "\n".join(f"• {one}" for one in brief.dont)),
        (_("Rights"), brief.rights_hints),
        (_("Versions"), _("%(made)s made, %(held)s in hand, %(left)s to take") % {
            "made": tabs.made, "held": tabs.held, "left": tabs.left}),
    ]  # fmt: skip
    controls: list[Control] = []
    key = str(brief.pk)
    if held:
        controls += [
            Push("deliver", key, _("Bring my version"), Style.success),
            Push("give_back", str(held.pk), _("Give back")),
        ]
        if held.offered_to_id:
            controls.append(Push("keep", str(held.pk), _("Keep it after all")))
    elif tabs.left and allowed(member, "missions.claim_brief", brief):
        controls.append(Push("take", key, _("Take this mission"), Style.primary))
    controls.append(Link(page(brief.get_absolute_url()), _("On the site")))
    return Answer(brief.goal, brief.title, tuple(one for one in fields if one[1]), tuple(controls))


def _brief(asker: Asker, pk: int) -> Brief:
    found = brief_for(asker.campaign, pk)
    if found is None:
        raise Refused(_("This mission is not there any more. The board has others."))
    require(asker.member, "missions.see_brief", found)
    return found


def _claim(pk: int) -> Claim:
    found = Claim.objects.select_related("brief", "brief__campaign").filter(pk=pk).first()
    if found is None:
        raise Refused(_("This tab is not there any more."))
    return found


def _menu(notices: Sequence[Notice]) -> Menu:
    return Menu("mission", "", _("Open a mission"), [_option(one.brief) for one in notices])


def _option(brief: Brief) -> Option:
    return Option(str(brief.pk), brief.title, _line(brief))


def _hint(notice: Notice) -> str:
    left = ngettext("%(n)s version to take", "%(n)s versions to take", notice.tabs.left)
    told = f"{_line(notice.brief)}, {left % {'n': notice.tabs.left}}"
    if notice.priority.seat:
        told += f" – {short_seat(seat(notice.priority.seat))}"
    return told


def _line(brief: Brief) -> str:
    told = f"{Craft(brief.craft).label}, {brief.minutes}\u202fmin"
    return f"{told}, {_('before')} {moment(brief.deadline)}" if brief.deadline else told


def _place(code: str, candidate: str) -> str:
    return f"{short_seat(seat(code))}\u00a0: {candidate}" if candidate else short_seat(seat(code))
