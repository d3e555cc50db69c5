"""Why a table of polls is not taken, or a poll of it is left out, in the words of the site."""

from django.utils.formats import localize
from django.utils.translation import gettext as _

from tractage.adapters.polls.rows import TableError
from tractage.hq.people.refusals import Refused


def table_refusal(error: TableError) -> Refused:
    """What is wrong with a table, where, and what is expected there."""
    whole = {
        "not-text": _("%(file)s is not a text file in UTF-8: a table of polls in CSV is expected."),
        "folder": _("%(file)s is a folder: a table of polls in CSV is expected."),
        "empty": _("%(file)s is empty: a table of polls in CSV is expected."),
        "layout": _(
            "%(file)s: its columns (%(columns)s…) are not those of a table of MieuxVoter, of nsppolls, or of "
            "the long format (poll, institute, sponsor, start, end…)."
        ),
        "cells": _("%(file)s, line %(line)d: it has %(found)d cells, and the first line has %(expected)d."),
    }
    if error.code in whole:
        return Refused(whole[error.code] % error.values)
    expected = {
        "day": _("a date such as 2027-03-31 is expected"),
        "number": _("a number from %(low)g to %(high)g is expected"),
        "candidate": _("each candidate comes once in a poll"),
        "order": _("the poll ends on %(last)s, so it begins on that day at the latest"),
        "round": _("a first or second round is expected"),
    }[error.code] % error.values
    where = _("%(file)s, line %(line)d, column %(column)s: “%(found)s” was found;") % error.values
    return Refused(f"{where} {expected}.")


def left_out_words(kept: dict[str, str]) -> str:
    """Why a poll of a table was set aside; a table brought long ago keeps its reason as it was written."""
    words = {
        "part": _("asked a part of the population only (%(value)s)"),
        "wishes": _("asked for wishes, not intentions"),
        "sum": _("its shares sum to %(value)s%%"),
    }
    code = kept.get("code", "")
    if code not in words:
        return kept["reason"]
    value = localize(float(kept["value"])) if code == "sum" else kept["value"]
    return words[code] % {"value": value}
