"""The log, filtered, and as a file."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.people.log import OPERATOR, LogFilter, log_lines, log_verbs
from tractage.web.desk.access import for_members
from tractage.web.desk.log.sentences import sentence

PAGE = 50
SIGN = re.compile(r"\s*:$")
"""The colon that a sentence ends with where a name follows."""
PERMISSION = "people.read_log"
DESK_PAGES = {
    "missions.brief": "brief",
    "library.work": "desk_work",
    "people.member": "member",
}
"""Where a subject has a page on the desk, by its key."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def asked_of(query: QueryDict) -> tuple[LogFilter, dict[str, str]]:
    """The filter that an address asks for, and the part of it that is understood."""
    kept = {
        key: query.get(key, "").strip()[:60] for key in ("qui", "verbe", "sur", "numero") if query.get(key)
    }
    days: dict[str, date] = {}
    for key in ("du", "au"):
        try:
            days[key] = date.fromisoformat(query.get(key, ""))
        except ValueError:
            continue
        kept[key] = query.get(key, "")
    asked = LogFilter(
        who=kept.get("qui", ""),
        verb=kept.get("verbe", ""),
        subject=kept.get("sur", ""),
        subject_id=kept.get("numero", ""),
        since=days.get("du"),
        until=days.get("au"),
    )
    return asked, kept


@for_members(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """Who did what, the latest first."""
    asked, kept = asked_of(request.GET)
    page = Paginator(log_lines(asked), PAGE).get_page(request.GET.get("page"))
    lines = list(page)
    subjects = _subjects(lines)
    context = {
        "page": page,
        "rows": [_row(line, subjects) for line in lines],
        "query": f"{urlencode(kept)}&" if kept else "",
        "kept": kept,
        "operator": OPERATOR,
        "verbs": [(verb, SIGN.sub("", sentence(verb))) for verb in log_verbs()],
    }
    return render(request, "desk/log/index.html", context)


@require_safe
@for_members(PERMISSION)
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a file, written as it is read."""
    asked, _kept = asked_of(request.GET)
    rows = _csv(log_lines(asked).iterator(1000))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return cast("HttpResponse", response)  # a streaming answer is one to every caller


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterable[AuditLine]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # so that a spreadsheet reads the accents
    yield writer.writerow([_("When"), _("Who"), _("What"), "verb", "subject", "id", "details"])
    for line in lines:
        who = line.actor.pseudonym if line.actor else _("the site")
        details = json.dumps(line.details, ensure_ascii=False) if line.details else ""
        what = [sentence(line.verb), line.verb, line.subject, line.subject_id, details]
        cells = [line.at.isoformat(), who, *what]
        yield writer.writerow([f"'{cell}" if cell.startswith(RISKY) else cell for cell in cells])


def _subjects(lines: list[AuditLine]) -> dict[tuple[str, str], Model]:
    """The things of a page that are still there, one question a kind of thing."""
    wanted: dict[str, set[str]] = {}
    for line in lines:
        wanted.setdefault(line.subject, set()).add(line.subject_id)
    found: dict[tuple[str, str], Model] = {}
    for label, keys in wanted.items():
        try:
            model = apps.get_model(label)
        except LookupError:
            continue
        numbers = [int(key) for key in keys if key.isdigit()]
        for one in _with_names(model).filter(pk__in=numbers):
            found[label, str(one.pk)] = one
    return found


def _with_names(model: type[Model]) -> Any:
    """A tab is called by its mission: read with it."""
    rows = model._default_manager.all()
    return rows.select_related("brief") if model._meta.label_lower == "missions.claim" else rows


def _row(line: AuditLine, subjects: dict[tuple[str, str], Model]) -> dict[str, Any]:
    subject = subjects.get((line.subject, line.subject_id))
    name = getattr(subject, "brief", None) if line.subject == "missions.claim" else subject
    kind = apps.get_model(line.subject)._meta.verbose_name if _is_known(line.subject) else line.subject
    return {
        "line": line,
        "sentence": sentence(line.verb),
        "name": str(name) if name else f"{kind} {line.subject_id}",
        "address": _address(line, subject),
        "details": [(key, _said(value)) for key, value in line.details.items()],
    }


def _is_known(label: str) -> bool:
    try:
        apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return True


def _address(line: AuditLine, subject: Model | None) -> str:
    if subject is None or line.subject not in DESK_PAGES:
        return ""
    try:
        return reverse(DESK_PAGES[line.subject], args=[subject.pk])
    except NoReverseMatch:
        return ""


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
