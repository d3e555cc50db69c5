"""The works of the wall, and the kit with which one is passed on: file, alternative text, ideas."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tractage.bot.answers import LILAS, Answer, Attached, Work
from tractage.bot.asker import Asker, page
from tractage.bot.controls import Control, Link, Menu, Option, Push, Style
from tractage.bot.replies.figures import short_seat
from tractage.bot.replies.silence import hush
from tractage.domain.elections.seats import seat
from tractage.domain.studio.platforms import Platform, platforms
from tractage.hq.library.ideas import caption_ideas, hashtags
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Edition, Kind, Status
from tractage.hq.library.models import Work as Made
from tractage.hq.library.selectors import GalleryFilter, gallery, public_work, public_works
from tractage.hq.library.sharing import Posted, file_for, log_share
from tractage.hq.people.refusals import Refused

SHOWN, MOST_ATTACHED = 6, 9 * 2**20
"""A file above what every server takes is a link instead."""


def wall(kind: str = "", place: str = "", number: int = 0) -> Work:
    """A page of the released works."""

    def work(asker: Asker) -> Answer:
        asked = GalleryFilter(kind=kind if kind in Kind.values else "", seat=place)
        found = gallery(asker.campaign, asked)
        count = found.count()
        at = max(0, min(number, (count - 1) // SHOWN))
        works = list(found[at * SHOWN : (at + 1) * SHOWN])
        if not works:
            return Answer(_("Nothing like that is on the wall yet."), colour=LILAS)
        options = [Option(str(one.pk), one.title, f"{one.get_kind_display()}, {one.credit}") for one in works]
        controls: list[Control] = [Menu("work", "", _("See a work"), options)]
        if at:
            controls.append(Push("wall", f"{kind}.{place}.{at - 1}", _("Previous page"), row=1))
        if (at + 1) * SHOWN < count:
            controls.append(Push("wall", f"{kind}.{place}.{at + 1}", _("Next page"), row=1))
        lines = [f"**{one.title}** – {one.get_kind_display()}, {one.credit}" for one in works]
        counted = ngettext("%(n)s work on the wall", "%(n)s works on the wall", count) % {"n": count}
        return Answer("\n".join(lines), counted, controls=tuple(controls))

    return work


def one_work(pk: int) -> Work:
    """One work: what it is, who made it, how to pass it on."""

    def work(asker: Asker) -> Answer:
        made = _made(asker, pk)
        places = ", ".join(short_seat(seat(one.seat)) for one in made.targets.all())
        fields = [
            (_("By"), made.credit),
            (_("Where"), places),
            (_("Alternative text"), made.alt_text),
            (_("Sources"), ", ".join(str(one.get("title", "")) for one in made.sources)),
            (_("Licence"), made.licence),
        ]
        controls = (
            Push("share", str(made.pk), _("Pass it on"), Style.primary),
            Link(page(made.get_absolute_url()), _("On the site")),
        )
        text = made.summary or made.get_kind_display()
        return Answer(text, made.title, tuple(one for one in fields if one[1]), controls)

    return work


def where_to(pk: int) -> Work:
    """Ask on which platform the person will post it themselves."""

    def work(asker: Asker) -> Answer:
        made = _made(asker, pk)
        status = release_status(made)
        if status.frozen:
            return hush(status)
        language = get_language() or "fr"
        fitting = [one for one in platforms().values() if file_for(made, one)]
        if not fitting:
            raise Refused(_("None of its files fits a platform: take it on the site."))
        options = [Option(one.name, one.label(language)) for one in fitting]
        menu = Menu("share_on", str(made.pk), _("Where will you post it?"), options)
        return Answer(_("You post it yourself, with your own words. Where?"), made.title, controls=(menu,))

    return work


def kit(pk: int, where: str) -> Work:
    """The right file, the text for who does not see it, hashtags, ideas to rewrite. Nothing is posted."""

    def work(asker: Asker) -> Answer:
        made = _made(asker, pk)
        status = release_status(made)
        if status.frozen:
            return hush(status)
        platform = platforms().get(where)
        edition = file_for(made, platform) if platform else None
        if platform is None or edition is None:
            raise Refused(_("No file of this work fits there. Choose a platform of the list."))
        attached, link = _handed(made, edition)
        ideas = "\n".join(f"• {one}" for one in caption_ideas(made))
        fields = [
            (_("Ideas to rewrite: nobody posts them as they are"), ideas),
            (_("Alternative text to paste"), made.alt_text),
            (_("Hashtags"), hashtags(asker.campaign)),
            (_("Good to know"), _tips(platform)),
        ]
        controls: list[Control] = [
            *link,
            Push("posted", f"{made.pk}.{platform.name}", _("I have posted it"), Style.success),
        ]
        controls.append(Link(page(f"{made.get_absolute_url()}passer/"), _("From my phone")))
        text = _("The file is here, for %(where)s. You finish, post and sign.")
        told = text % {"where": platform.label(get_language() or "fr")}
        return Answer(told, made.title, tuple(one for one in fields if one[1]), tuple(controls), attached)

    return work


def posted(pk: int, where: str, address: str = "", words: str = "") -> Work:
    """Write down that the asker posted a work."""

    def work(asker: Asker) -> Answer:
        made = _made(asker, pk)
        logged = log_share(asker.known, made, Posted(where, address, words), f"discord {asker.uid}")
        if not logged.new:
            return Answer(_("This post was counted already: once is enough."), colour=LILAS)
        return Answer(_("Counted. Thank you. One tap on /vu when you see it elsewhere."))

    return work


def matching_works(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Titles and numbers of the works on the wall whose title holds `text`."""
    found = public_works(asker.campaign).filter(title__icontains=text)[:25]
    return [(f"{one.title} – {one.credit}", str(one.pk)) for one in found]


def _made(asker: Asker, pk: int) -> Made:
    slug = (
        Made.objects.filter(campaign=asker.campaign, pk=pk, status=Status.RELEASED)
        .values_list("slug", flat=True)
        .first()
    )
    found = public_work(asker.campaign, slug) if slug else None
    if found is None:
        raise Refused(_("This work is not on the wall, or no longer."))
    return found


def _handed(made: Made, edition: Edition) -> tuple[tuple[Attached, ...], list[Link]]:
    name = str(edition.file.name)
    if edition.bytes <= MOST_ATTACHED and default_storage.exists(name):
        return (Attached(edition.filename, default_storage.path(name), made.alt_text),), []
    return (), [Link(f"{settings.TRACTAGE.site_url}{edition.get_absolute_url()}", _("Take the file"))]


def _tips(platform: Platform) -> str:
    english = get_language() == "en"
    return "\n".join(f"• {tip.en if english else tip.fr}" for tip in platform.tips[:3])
