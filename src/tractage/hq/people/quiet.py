"""What would reach the public now waits for the end of a silence."""

from django.utils.translation import gettext as _

from tractage.domain.law.pack import rule
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.people.refusals import Refused


def refuse_during_silence(campaign: Campaign) -> None:
    """Raise Refused, with the article, while the law holds back what the whole country would read."""
    status = freeze(campaign)
    if status.frozen:
        words = _("During the electoral silence nothing new goes public (%(article)s). Keep it for after.")
        raise Refused(words % {"article": rule(status.rules[0]).article})
