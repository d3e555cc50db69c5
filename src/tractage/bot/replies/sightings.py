"""« Vu »: note in five seconds that a post carries one of our works."""

from django.utils.translation import gettext as _

from tractage.bot.answers import MENTHE, Answer, Work
from tractage.bot.asker import Asker, page
from tractage.bot.controls import Link, Menu, Option, Push
from tractage.hq.library.models import Status
from tractage.hq.library.models import Work as Made
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.kinds import How
from tractage.hq.sightings.models import Sighting
from tractage.hq.sightings.selectors import works_to_choose
from tractage.hq.sightings.services import Seen, log_sighting, name_work, withdraw_sighting


def seen(link: str, work_pk: int, views: str, how: str) -> Work:
    """Note a post by its link; the work can be said now or by a press after."""

    def work(asker: Asker) -> Answer:
        member, made = asker.member, _made(asker, work_pk)
        chosen = how if how in (How.SELF, How.PASSING) else How.PASSING
        logged = log_sighting(member, asker.campaign, Seen(how=chosen, link=link, work=made, views=views))
        controls = [Push("unseen", str(logged.pk), _("Undo"))]
        if logged.work is None:
            options = [Option(str(one.pk), one.title, one.credit) for one in works_to_choose(asker.campaign)]
            if options:
                menu = Menu("seen_work", str(logged.pk), _("Which work is it?"), options)
                return Answer(
                    _("Noted. Which work does it carry?"), controls=(menu, *controls), colour=MENTHE
                )
            words = _("Noted: somebody will say which work it carries.")
            return Answer(words, controls=tuple(controls), colour=MENTHE)
        words = _("Noted: « %(title)s » on %(where)s.")
        told = words % {"title": logged.work.title, "where": logged.post.platform}
        return Answer(told, controls=(*controls, _page(logged.work)), colour=MENTHE)

    return work


def named(pk: int, work_pk: int) -> Work:
    """Say which work a sighting carries."""

    def work(asker: Asker) -> Answer:
        made = _made(asker, work_pk)
        if made is None:
            raise Refused(_("This work is not on the wall, or no longer."))
        sighting = name_work(asker.member, _sighting(pk), made)
        words = _("Noted: « %(title)s » on %(where)s.")
        told = words % {"title": made.title, "where": sighting.post.platform}
        return Answer(told, controls=(Push("unseen", str(pk), _("Undo")), _page(made)), colour=MENTHE)

    return work


def unseen(pk: int) -> Work:
    """Take a sighting back."""

    def work(asker: Asker) -> Answer:
        withdraw_sighting(asker.member, _sighting(pk))
        return Answer(_("Taken back: it no longer counts."))

    return work


def _made(asker: Asker, pk: int) -> Made | None:
    on_wall = Made.objects.filter(campaign=asker.campaign, status__in=[Status.RELEASED, Status.RECALLED])
    return on_wall.filter(pk=pk).first() if pk else None


def _sighting(pk: int) -> Sighting:
    found = Sighting.objects.select_related("post").filter(pk=pk).first()
    if found is None:
        raise Refused(_("This sighting is not there any more."))
    return found


def _page(made: Made) -> Link:
    return Link(page(made.get_absolute_url()), _("On the site"))
