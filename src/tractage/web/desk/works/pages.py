"""My works, and the page of one work on the desk."""

from typing import cast

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Press, Status, Work
from tractage.hq.library.selectors import work_for_desk, works_of
from tractage.hq.people.rules import allowed, require
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.works.shown import reasons, sentence, stamp

PAGE = 20


@for_members()
def mine(request: HttpRequest) -> HttpResponse:
    """What one made, each with its stamp and a sentence."""
    member = member_of(request)
    page = Paginator(works_of(member), PAGE).get_page(request.GET.get("page"))
    works = [(work, stamp(work), sentence(work)) for work in page]
    context = {"page": page, "works": works, "query": ""}
    return render(request, "desk/works/mine.html", context)


@for_members()
def work_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a work stands, why, and what comes next."""
    return show_work(request, found_work(request, pk))


@for_members()
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that moves while files are made; asked again by the page itself."""
    return render(request, "desk/works/progress.html", {"work": found_work(request, pk)})


@require_safe
@for_members()
def file(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """A file of a work that is not public yet, for its authors and reviewers."""
    work = found_work(request, pk)
    found = next((one for one in work.editions.all() if one.pk == edition), None)
    if found is None:
        raise Http404
    shown = found.media_type.startswith(("image/", "video/"))
    return cast(
        "HttpResponse",  # a streaming answer is one to every caller
        FileResponse(
            found.file.open("rb"),
            as_attachment=not shown,
            filename=found.filename,
            content_type=found.media_type,
        ),
    )


def found_work(request: HttpRequest, pk: int) -> Work:
    """The work of this campaign; 403 for who may not see it."""
    work = work_for_desk(served(request), pk)
    if work is None:
        raise Http404
    require(member_of(request), "library.see_work", work)
    return work


def show_work(request: HttpRequest, work: Work, error: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused if something was."""
    member = member_of(request)
    releases = allowed(member, "library.release_work", work) and work.status == Status.ACCEPTED
    editions = list(work.editions.all())
    previews = [one for one in editions if one.preview]
    context = {
        "work": work,
        "stamp": stamp(work),
        "sentence": sentence(work),
        "reasons": reasons(work),
        "preview": max(previews, key=lambda one: one.width or 0, default=None),
        "editions": [one for one in editions if not one.preview],
        "author": allowed(member, "library.change_work", work),
        "reads": allowed(member, "library.review_work", work),
        "releases": releases,
        "ready": work.press in ("", Press.DONE),
        "law": release_status(work) if releases else None,
        "recalls": allowed(member, "library.recall_work", work) and work.status == Status.RELEASED,
        "restarts": allowed(member, "library.release_work", work) and work.press == Press.FAILED,
        "shares": work.shares.count() if work.status == Status.RELEASED else 0,
        "error": error,
    }
    return render(request, "desk/works/work.html", context, status=status)
