"""Analysts watch an analysis and read what it found; nobody else sees these pages."""

from datetime import timedelta
from typing import cast

from csp.decorators import csp_exempt
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tractage.hq.analyses.models import Analysis, State
from tractage.hq.analyses.selectors import Aggregate, aggregate_of, analyses_of
from tractage.hq.analyses.services import AGREEMENTS
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.analyses.saying import notes_of, problem_of

PAGE = 20
FILES = {
    "edges.csv": "text/csv",
    "edges.parquet": "application/vnd.apache.parquet",
    "pairs.parquet": "application/vnd.apache.parquet",
    "communities.csv": "text/csv",
    "graph.gexf": "application/xml",
    "graph.graphml": "application/xml",
    "summary.json": "application/json",
}
"""What can be taken away, with its media type; the report has a page of its own."""
REPORT_POLICY = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; font-src data:"
)
"""The report carries its style and script inside: it is shut in a box that can ask nothing."""


@require_safe
@for_members("analyses.analyse")
def listed(request: HttpRequest) -> HttpResponse:
    """Every analysis, the latest first."""
    page = Paginator(analyses_of(served(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/analyses/list.html", {"page": page, "query": ""})


@require_safe
@for_members("analyses.analyse")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is, what it found, what can be done."""
    analysis, member = found(request, pk), member_of(request)
    agreements = list(analysis.agreements.select_related("member"))
    context = shown(analysis) | {
        "agreements": agreements,
        "needed": AGREEMENTS,
        "agreed": any(one.member_id == member.pk for one in agreements),
        "removes": allowed(member, "analyses.remove", analysis),
        "problem": problem_of(analysis),
        "notes": notes_of(analysis),
        "files": [name for name in FILES if (analysis.results_path / name).exists()],
    }
    return render(request, "desk/analyses/analysis.html", context)


@require_safe
@for_members("analyses.analyse")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that moves; asked again by the page itself."""
    return render(request, "desk/analyses/progress.html", shown(found(request, pk)))


@csp_exempt()  # type: ignore[arg-type]  # its stubs know views without arguments only
@require_safe
@for_members("analyses.analyse")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was written, in its sandbox."""
    path = found(request, pk).results_path / "report.html"
    if not path.exists():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


@require_safe
@for_members("analyses.analyse")
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the files; they hold account ids as they were given."""
    path = found(request, pk).results_path / name
    if name not in FILES or not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=FILES[name])
    return cast("HttpResponse", answer)  # a streaming answer is one to every caller


def found(request: HttpRequest, pk: int) -> Analysis:
    """The analysis of this campaign."""
    return get_object_or_404(Analysis.objects.select_related("owner"), campaign=served(request), pk=pk)


def shown(analysis: Analysis) -> dict[str, object]:
    """What the page and its moving part say."""
    done = analysis.state == State.DONE
    figures: Aggregate | None = aggregate_of(analysis) if done else None
    return {"analysis": analysis, "figures": figures, "left": _left(analysis)}


def _left(analysis: Analysis) -> timedelta | None:
    """Time until the end at the pace so far; None before it is known."""
    if analysis.state != State.RUNNING or not analysis.rows_done or analysis.started_at is None:
        return None
    spent = timezone.now() - analysis.started_at
    return spent * ((analysis.rows_total - analysis.rows_done) / analysis.rows_done)
