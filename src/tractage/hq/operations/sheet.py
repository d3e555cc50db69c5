"""The briefing sheet of an operation: all that one needs that evening, on paper, printed once a change."""

import base64
import hashlib
import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from markupsafe import Markup

from tractage.domain.law.pack import rule
from tractage.domain.law.zones import find
from tractage.domain.studio.kits import Kit
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.library.kit import brand_kit
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.operations.hours import local_windows
from tractage.hq.operations.models import Operation
from tractage.hq.operations.sheet_page import SheetText, pieces, sheet_pages, sheet_pdf
from tractage.hq.operations.window import care

log = logging.getLogger(__name__)
LAYOUT = "2"
"""Changes with the look of the sheet, so that old ones are printed again."""
A_ROW, MOST_WORKS = 5, 10
NARROW = "\u202f"
CLOCK = f"G{NARROW}\\h{NARROW}i"
SHORT_DAY = f"D j, {CLOCK}"


def sheet_of(operation: Operation) -> bytes:
    """The sheet as PDF, in French; printed when what it says has changed, else the one that is kept."""
    with translation.override("fr"):
        said, facts = _said(operation), _facts(operation)
        key = hashlib.sha256(
            json.dumps([LAYOUT, said.head, said.foot, facts], default=str, sort_keys=True).encode()
        ).hexdigest()
        if key == operation.sheet_key and operation.sheet:
            try:
                with operation.sheet.open("rb") as kept:
                    return bytes(kept.read())
            except FileNotFoundError:
                log.warning("sheet of operation %s is gone: printed again", operation.pk)
        kit = brand_kit(operation.campaign)
        pdf = sheet_pdf(sheet_pages(list(_blocks(operation, facts, kit)), said, kit), said)
    old = operation.sheet.name
    operation.sheet.save(f"operation-{operation.pk}-{key[:12]}.pdf", ContentFile(pdf), save=False)
    Operation.objects.filter(pk=operation.pk).update(sheet=operation.sheet.name, sheet_key=key)
    operation.sheet_key = key
    if old and old != operation.sheet.name:
        operation.sheet.storage.delete(old)
    return pdf


def _said(operation: Operation) -> SheetText:
    silence = rule("L49")
    foot = _(
        "Everyone posts in their own name, with their own words, unpaid. Nothing during the electoral "
        "silence (%(article)s). Never against a person."
    ) % {"article": silence.article}
    head = (operation.campaign.name, _("Briefing sheet, for those who take part"))
    return SheetText(operation.title, head, foot)


def _facts(operation: Operation) -> dict[str, Any]:
    steps = operation.steps.select_related("assigned").all()
    works = operation.works.filter(status=Status.RELEASED).order_by("pk")[:MOST_WORKS]
    rules = care(campaign_rounds(operation.campaign), operation.where, operation.starts_at, operation.ends_at)
    return {
        "title": operation.title,
        "slogan": operation.slogan,
        "goal": operation.goal,
        "from": localtime(operation.starts_at).isoformat(),
        "to": localtime(operation.ends_at).isoformat(),
        "do": operation.do,
        "dont": operation.dont,
        "works": [(work.pk, work.title, work.credit) for work in works],
        "steps": [
            (step.text, step.done_at is not None, _who(step), str(step.due_at or "")) for step in steps
        ],
        "places": _places(operation),
        "local": _local(operation),
        "care": [(found.fr, found.article) for found in rules],
        "guests": [str(guest) for guest in operation.guests.filter(withdrawn_at__isnull=True)],
        "colours": operation.campaign.kit,
    }


def _who(step: Any) -> str:
    who = step.assigned.pseudonym if step.assigned else _("whoever comes first")
    if step.due_at is None:
        return str(who)
    return f"{who}, {format_date(localtime(step.due_at), SHORT_DAY)}"


def _places(operation: Operation) -> str:
    """Where, when fewer than all places are meant."""
    from tractage.domain.elections.seats import seat

    if operation.zones:
        return ", ".join(zone.fr for name in operation.zones if (zone := find(name)))
    return ", ".join(seat(code).label.replace(" circonscription", "") for code in operation.seats)


def _local(operation: Operation) -> list[str]:
    """« En Martinique : mardi 20 h – mardi 23 h. », for the zones that have another clock than Paris."""
    pattern = f"l {CLOCK}"
    return [
        _("%(place)s: %(start)s – %(end)s.")
        % {
            "place": one.zone.fr,
            "start": format_date(one.start, pattern),
            "end": format_date(one.end, pattern),
        }
        for one in local_windows(operation)
    ]


def _blocks(operation: Operation, facts: dict[str, Any], kit: Kit) -> Iterator[Markup]:
    made = pieces(kit)
    start, end = localtime(operation.starts_at), localtime(operation.ends_at)
    hours = f"{_clock(start)} – {_clock(end)}"
    if start.date() != end.date():
        hours = _("%(from)s, until %(to)s") % {
            "from": _clock(start), "to": format_date(end, SHORT_DAY)
        }  # fmt: skip
    length = len(operation.title)
    yield made.opening(
        {
            "title": operation.title,
            "slogan": operation.slogan,
            "size": 11 if length < 28 else 9 if length < 50 else 7.2,
            "weekday": format_date(start, "l"),
            "day": start.day,
            "month": format_date(start, "F Y"),
            "hours": hours + " " + _("(Paris)"),
        }
    )
    yield made.goal(operation.goal.splitlines())
    if facts["places"]:
        yield made.note(" ".join([_("Where: %(places)s.") % {"places": facts["places"]}, *facts["local"]]))
    if operation.do or operation.dont:
        yield made.frame(operation.do, operation.dont, {"do": _("Do"), "dont": _("Do not")})
    yield from _works(facts, made)
    yield from _checklist(facts, made)
    if facts["guests"]:
        yield made.note(_("With %(names)s, who agreed, unpaid.") % {"names": ", ".join(facts["guests"])})
    for words, article in facts["care"]:
        yield made.note(f"{words} {article}.")


def _checklist(facts: dict[str, Any], made: Any) -> Iterator[Markup]:
    if not facts["steps"]:
        return
    lines = [made.line({"text": text, "done": done, "who": who}) for text, done, who, _due in facts["steps"]]
    # The heading never stays alone at the foot of a page.
    yield made.heading(_("Checklist")) + lines[0]
    yield from lines[1:]
    yield made.gap()


def _works(facts: dict[str, Any], made: Any) -> Iterator[Markup]:
    numbers = [number for number, _title, _credit in facts["works"]]
    found = {work.pk: work for work in Work.objects.filter(pk__in=numbers).prefetch_related("editions")}
    shown = [
        {"title": work.title, "credit": work.credit, "picture": _picture(work)}
        for number in numbers
        if (work := found.get(number))
    ]
    rows = [shown[first : first + A_ROW] for first in range(0, len(shown), A_ROW)]
    if rows:
        yield made.heading(_("Works to draw on, never to copy in series")) + made.works(rows[0])
        yield from (made.works(row) for row in rows[1:])


def _picture(work: Work) -> str:
    """A small preview as a data address, or nothing when the file does not open."""
    from PIL import Image

    previews = sorted((one for one in work.editions.all() if one.preview), key=lambda one: one.width or 0)
    preview: Edition | None = previews[0] if previews else None
    if preview is None:
        return ""
    try:
        with preview.file.open("rb") as file, Image.open(file) as opened:
            image = opened.convert("RGB")
    except OSError:
        return ""
    image.thumbnail((480, 480))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def _clock(moment: datetime) -> str:
    return format_date(moment, CLOCK if moment.minute else f"G{NARROW}\\h")
