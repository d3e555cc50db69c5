"""Why a link or a number is not taken, in the words of the site."""

from django.utils.translation import gettext as _

from tractage.domain.reach.links import LinkError
from tractage.domain.reach.views import ViewsError
from tractage.hq.people.refusals import Refused


class FieldRefused(Refused):
    """A refusal that belongs beside one field of the form."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def link_refusal(error: LinkError) -> FieldRefused:
    """What is wrong with a link and what to do instead."""
    words = {
        "shortened": _(
            "This link is shortened: the same post could count twice. "
            "Open it, then paste the address that your browser shows."
        ),
        "private": _("This place is not public: only posts that everyone can see are counted."),
        "not-a-post": _(
            "This is a profile or a whole site, not one post. Open the post itself and copy its link."
        ),
        "no-link": _("This is not a link: it looks like https://www.tiktok.com/@name/video/123."),
    }
    return FieldRefused("link", words[error.code])


def views_refusal(error: ViewsError) -> FieldRefused:
    """What is wrong with a number of views."""
    words = {
        "negative": _("A number of views is never negative. Leave it empty if you cannot read it."),
        "unreadable": _("Write the number as the platform shows it: 3456, 12 k or 1,2 M. Or leave it empty."),
        "too-many": _("No post has that many views: read it again, or leave it empty."),
    }
    return FieldRefused("views", words[error.code])
