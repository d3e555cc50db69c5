"""Operations: those to come, one of them, take part."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.bot.answers import LILAS, MENTHE, Answer, Work
from tractage.bot.asker import Asker, page
from tractage.bot.controls import Control, Link, Menu, Option, Push, Style
from tractage.bot.replies.figures import moment
from tractage.hq.campaigns.clock import now
from tractage.hq.operations.models import Operation
from tractage.hq.operations.rules import takes_part
from tractage.hq.operations.selectors import coming_operations, figures, operation_for, works_to_draw_on
from tractage.hq.operations.taking_part import join_operation, leave_operation
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import is_coordinator, require

MOST = 10


def coming(asker: Asker) -> Answer:
    """Those that run or are to come."""
    member = asker.member
    require(member, "operations.list")
    found = list(coming_operations(asker.campaign, drafts=bool(is_coordinator(member)))[:MOST])
    link = Link(page(reverse("operations")), _("On the site"))
    if not found:
        return Answer(_("No operation is planned for now."), controls=(link,), colour=LILAS)
    fields = tuple((one.title, _window(one)) for one in found)
    options = [Option(str(one.pk), one.title) for one in found]
    menu = Menu("operation", "", _("Open an operation"), options)
    return Answer(
        _("Many people, distinct works, each in their own name."), _("Operations"), fields, (menu, link)
    )


def operation(pk: int) -> Work:
    """One operation: its goal, its window, its works, who comes."""

    def work(asker: Asker) -> Answer:
        return _shown(asker, _operation(asker, pk))

    return work


def take_part(pk: int) -> Work:
    """Come."""

    def work(asker: Asker) -> Answer:
        found = _operation(asker, pk)
        join_operation(asker.member, found)
        words = _("You are in. It begins %(when)s.") if found.starts_at > now() else _("You are in: it runs.")
        return _shown(asker, found) + words % {"when": moment(found.starts_at, "R")}

    return work


def leave(pk: int) -> Work:
    """Go, without a reason."""

    def work(asker: Asker) -> Answer:
        found = _operation(asker, pk)
        leave_operation(asker.member, found)
        return _shown(asker, found) + _("You no longer take part. You can come back.")

    return work


def matching_operations(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Titles and numbers of the operations to come."""
    drafts = bool(asker.known and is_coordinator(asker.known))
    if asker.known is None:
        return []
    found = coming_operations(asker.campaign, drafts=drafts).filter(title__icontains=text)[:25]
    return [(one.title, str(one.pk)) for one in found]


def _shown(asker: Asker, found: Operation) -> Answer:
    count = figures(found)
    people = ngettext("%(n)s person", "%(n)s people", count.people) % {"n": count.people}
    versions = ngettext("%(n)s distinct version", "%(n)s distinct versions", count.versions)
    works = list(works_to_draw_on(found)[:20])
    fields = [
        (_("When"), _window(found)),
        (_("Slogan"), found.slogan),
        (_("Do"), "\n".join(f"• {one}" for one in found.do)),
        (_("Do not"), "\n".join(f"• {one}" for one in found.dont)),
        (_("So far"), f"{people}, {versions % {'n': count.versions}}"),
    ]
    controls: list[Control] = []
    if takes_part(asker.member, found):
        controls.append(Push("op_leave", str(found.pk), _("No longer take part")))
    elif not found.is_over(now()):
        controls.append(Push("op_join", str(found.pk), _("Take part"), Style.primary))
    controls.append(Link(page(found.get_absolute_url()), _("On the site")))
    if works:
        options = [Option(str(one.pk), one.title, one.credit) for one in works]
        controls.append(Menu("work", "", _("Works to draw on"), options, row=1))
    colour = MENTHE if found.runs(now()) else Answer("").colour
    kept = tuple(one for one in fields if one[1])
    return Answer(found.goal, found.title, kept, tuple(controls), colour=colour)


def _operation(asker: Asker, pk: int) -> Operation:
    found = operation_for(asker.campaign, pk)
    if found is None:
        raise Refused(_("This operation is not there any more."))
    require(asker.member, "operations.see", found)
    return found


def _window(found: Operation) -> str:
    return _("from %(start)s to %(end)s") % {"start": moment(found.starts_at), "end": moment(found.ends_at)}
