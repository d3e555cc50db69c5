"""What a seat lacks, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.hq.library.coverage import Reach, SeatCoverage


def words(row: SeatCoverage) -> str:
    """« Rien sur le mur, et rien de demandé. »"""
    if row.reach is Reach.NOTHING:
        return _("Nothing on the wall, nothing asked for.")
    if row.reach is Reach.ASKED:
        return _("Nothing on the wall. It is asked for, nobody is on it yet.")
    if row.reach is Reach.COMING:
        if row.reading:
            text = ngettext(
                "Nothing on the wall yet: %(number)s work is being read.",
                "Nothing on the wall yet: %(number)s works are being read.",
                row.reading,
            )
            return text % {"number": row.reading}
        text = ngettext(
            "Nothing on the wall yet: %(number)s person is on it.",
            "Nothing on the wall yet: %(number)s people are on it.",
            row.held,
        )
        return text % {"number": row.held}
    if row.released == 1:
        return _("One work: a second version would help.")
    return ngettext("%(number)s work on the wall.", "%(number)s works on the wall.", row.released) % {
        "number": row.released
    }
