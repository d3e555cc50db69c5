"""Coming in: the charter, a pseudonym, crafts, a first mission."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from tractage.bot.answers import MENTHE, SAUMON, Answer, Work
from tractage.bot.asker import Asker, page, told
from tractage.bot.controls import Control, Link, Menu, Option, Push, Style
from tractage.bot.replies.missions import first_menu
from tractage.hq.people.discord_links import (
    door_to_enter,
    door_to_link,
    free_pseudonym,
    join_from_discord,
    unlink_discord,
)
from tractage.hq.people.models import Craft
from tractage.hq.people.refusals import Refused
from tractage.hq.people.selectors import has_accepted
from tractage.hq.people.services import accept_charter, change_profile

PAGE_LETTERS = 1500


def doorway(asker: Asker) -> Answer:
    """Where somebody stands: outside (the charter), before a new charter, or in."""
    if asker.known is None or not has_accepted(asker.known, asker.campaign):
        return charter(0)(asker)
    words = _("You are in, %(name)s. The missions wait: /mission liste.") % {"name": asker.known.pseudonym}
    return Answer(words, controls=(_desk_button(asker),), colour=MENTHE)


def charter(number: int) -> Work:
    """One page of the charter; the last one offers to accept it."""

    def work(asker: Asker) -> Answer:
        pages = _pages(asker.campaign.charter)
        at = max(0, min(number, len(pages) - 1))
        controls: list[Control] = []
        if at:
            controls.append(Push("charter_page", str(at - 1), _("Previous page")))
        if at < len(pages) - 1:
            controls.append(Push("charter_page", str(at + 1), _("Read on"), Style.primary))
        elif asker.known is None:
            controls += [
                Push("join_name", "", _("I accept, choose my pseudonym"), Style.primary),
                Link(page(reverse("discord_link", args=[door_to_link(asker.uid)])), _("I have an account")),
            ]
        else:
            controls.append(Push("charter_accept", "", _("I accept"), Style.primary))
        count = f" ({at + 1}/{len(pages)})" if len(pages) > 1 else ""
        lead = _("A few lines, the same for everyone.") if asker.known is None else _("The charter changed.")
        return Answer(lead, _("What we promise each other") + count, pages[at], tuple(controls))

    return work


def proposed_name(asker: Asker) -> Answer:
    """A pseudonym that is free, to start from. Raises Refused for who has joined."""
    if asker.known is not None:
        raise Refused(_("You have joined already."))
    return Answer(free_pseudonym(asker.name))


def joined(pseudonym: str) -> Work:
    """Make the member; then their crafts."""

    def work(asker: Asker) -> Answer:
        try:
            member = join_from_discord(asker.campaign, asker.uid, " ".join(pseudonym.split()))
        except ValidationError as error:
            again = Push("join_name", "", _("Choose another pseudonym"), Style.primary)
            return Answer(told(error), controls=(again,), colour=SAUMON)
        asker.known = member
        words = _("Welcome, %(name)s. What do you like to do? Choose one craft or several.")
        return Answer(words % {"name": member.pseudonym}, controls=(_craft_menu([]),), colour=MENTHE)

    return work


def accepted(asker: Asker) -> Answer:
    """Write down that a member accepts the new charter."""
    if asker.known is None:
        raise Refused(_("You have not joined yet: /rejoindre takes two minutes."))
    accept_charter(asker.known, asker.campaign)
    return doorway(asker)


def crafts_chosen(crafts: list[str]) -> Work:
    """Keep the crafts; then the first missions, those of these crafts first."""

    def work(asker: Asker) -> Answer:
        member = asker.member
        change_profile(member, member, crafts=crafts, availability=member.availability, shown=member.shown)
        menu = first_menu(asker.campaign, crafts)
        if menu is None:
            return Answer(_("Noted. No first mission is open now: /mission liste shows the board."))
        words = _("Noted. Here is what can be done in ten minutes: choose a first mission.")
        return Answer(words, _("A first mission"), controls=(menu,), colour=MENTHE)

    return work


def account(asker: Asker) -> Answer:
    """Who one is here, the door to the desk, and how to go."""
    member = asker.member
    lines = [
        _("Pseudonym: %(name)s") % {"name": member.pseudonym},
        _("Standing: %(standing)s") % {"standing": member.get_standing_display()},
        _("The button opens the desk once, for ten minutes: keep it for yourself."),
    ]
    controls = (
        _desk_button(asker),
        Push("crafts_again", "", _("Change my crafts")),
        Push("unlink", "", _("Unlink this account")),
    )
    return Answer("\n".join(lines), _("Your account"), controls=controls)


def crafts_again(asker: Asker) -> Answer:
    """The menu of crafts, those known already chosen."""
    return Answer(_("Choose one craft or several."), controls=(_craft_menu(asker.member.crafts),))


def unlinked(asker: Asker) -> Answer:
    """Let this Discord account speak for nobody; the member stays."""
    member = asker.member
    if not member.has_usable_password():
        raise Refused(_("First choose a password on the desk: without it, nobody could come in any more."))
    unlink_discord(member, member)
    return Answer(_("Done: this Discord account speaks for nobody here. Your account on the site stays."))


def desk_link(asker: Asker, path: str = "") -> str:
    """The address that opens the desk for the asker, once, at `path`."""
    door = page(reverse("discord_enter", args=[door_to_enter(asker.member, asker.uid)]))
    return f"{door}?next={path}" if path else door


def _desk_button(asker: Asker) -> Link:
    return Link(desk_link(asker), _("Open the desk"))


def _craft_menu(chosen: list[str]) -> Menu:
    options = [Option(craft.value, str(craft.label), chosen=craft.value in chosen) for craft in Craft]
    return Menu("crafts", "", _("Your crafts"), options, most=len(options))


def _pages(articles: list[dict[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    pages: list[list[tuple[str, str]]] = [[]]
    for article in articles:
        length = sum(len(title) + len(text) for title, text in pages[-1])
        if pages[-1] and (length + len(article["text"]) > PAGE_LETTERS or len(pages[-1]) >= 8):
            pages.append([])
        pages[-1].append((article["title"], article["text"]))
    return [tuple(one) for one in pages]
