"""« Signaler »: point a message or a person out to the moderators; « recours »: appeal."""

from django.utils.translation import gettext as _

from tractage.bot.answers import LILAS, MENTHE, Answer, Work
from tractage.bot.asker import Asker
from tractage.bot.controls import Control, Menu, Option
from tractage.bot.people import Person
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Report, ReportReason, Sanction
from tractage.hq.safety.selectors import sanctions_of
from tractage.hq.safety.services import (
    Thing,
    account_of_discord,
    appeal_sanction,
    report_message,
    report_thing,
)


def reasons(kind: str, key: str) -> Work:
    """Why is it reported?"""

    def work(_asker: Asker) -> Answer:
        options = [Option(one.value, str(one.label)) for one in ReportReason]
        menu = Menu(f"report_{kind}", key, _("Why do you report it?"), options)
        return Answer(_("Only the moderators will read it. Why do you report it?"), controls=(menu,))

    return work


def message_reported(
    reporter: Person, author: Person, text: str, reason: str, words: str, channel: str, message: str
) -> Work:
    """Hand a message to the moderators, its text sealed."""

    def work(_asker: Asker) -> Answer:
        mine, whose = reporter.account(), author.account()
        report = report_message(mine, whose, text, reason, words, channel=channel, message=message)
        return _thanks(report)

    return work


def person_reported(reporter: Person, about: Person, reason: str, words: str) -> Work:
    """Point a person out."""

    def work(asker: Asker) -> Answer:
        reporter.account()
        thing = Thing("member", about.uid, about.name)
        report = report_thing(asker.known, thing, reason, words, place=asker.uid, about=about.account())
        return _thanks(report)

    return work


def decided_about_me(asker: Asker) -> Answer:
    """What was decided about the asker, and the way to appeal."""
    found = list(sanctions_of(account_of_discord(asker.uid))[:10])
    if not found:
        return Answer(_("Nothing was decided about you."), colour=LILAS)
    fields = [(_head(one), _told(one)) for one in found]
    open_ones = [one for one in found if one.standing == "in force" and not hasattr(one, "appeal")]
    controls: tuple[Control, ...] = ()
    if open_ones:
        options = [Option(str(one.pk), _head(one)) for one in open_ones]
        controls = (Menu("appeal", "", _("Appeal"), options),)
    return Answer(
        _("Somebody who did not decide will judge an appeal."), _("About you"), tuple(fields), controls
    )


def appealed(pk: int, text: str) -> Work:
    """Appeal, once."""

    def work(asker: Asker) -> Answer:
        sanction = Sanction.objects.filter(pk=pk).first()
        if sanction is None:
            raise Refused(_("This sanction is not there any more."))
        appeal_sanction(sanction, text, account=account_of_discord(asker.uid))
        return Answer(
            _("Your appeal waits for somebody who did not decide. The answer will stand here."), colour=MENTHE
        )

    return work


def _thanks(report: Report) -> Answer:
    words = _("The moderators have it (no %(n)s). Thank you for not answering in their place.")
    return Answer(words % {"n": report.pk}, colour=MENTHE)


def _head(one: Sanction) -> str:
    return f"{one.get_kind_display()}, {one.get_standing_display()}"


def _told(one: Sanction) -> str:
    words = _("Article %(article)s of the charter.") % {"article": one.article}
    appeal = getattr(one, "appeal", None)
    if appeal is not None:
        words += f" {appeal.get_outcome_display()}. {appeal.reason}".rstrip()
    return words
