"""Why something waits: the article, the hour until when."""

from django.utils.translation import gettext as _

from tractage.bot.answers import LILAS, Answer
from tractage.bot.replies.figures import moment
from tractage.domain.law.freeze import Status
from tractage.domain.law.pack import rule


def hush(status: Status) -> Answer:
    """What is said instead of something that the law holds."""
    article = rule(status.rules[0]).article if status.rules else ""
    if status.until is None:
        words = _("Hush. The law pack knows no date here, so nothing leaves (%(article)s).")
        return Answer(words % {"article": article}, colour=LILAS)
    words = _("Hush. People vote: nothing new leaves until %(until)s (%(article)s).")
    told = words % {"until": moment(status.until), "article": article}
    return Answer(f"{told}\n{_('What is online already stays there, unchanged.')}", colour=LILAS)
