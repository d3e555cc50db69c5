"""The page that only the team's own address opens: where it stands, what was handed over, the receipt."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from tractage.domain.studio.formats import formats
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.requests.models import TeamRequest
from tractage.hq.requests.receipt import receipt_pdf
from tractage.hq.requests.selectors import request_by_token
from tractage.web.campaign import served


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it stands and what comes next."""
    found = _found(request, token)
    given = [(one, _files(one.work)) for one in found.deliveries.all()]
    context = {"asked": found, "given": given, "token": token, "address": request.build_absolute_uri()}
    response = render(request, "public/requests/follow.html", context)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt for the financial agent."""
    return receipt_answer(_found(request, token))


def receipt_answer(found: TeamRequest) -> HttpResponse:
    """The PDF, to keep."""
    answer = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="recu-{found.pk}.pdf"'
    add_never_cache_headers(answer)
    return answer


@require_safe
def file(request: HttpRequest, token: str, delivery: int) -> HttpResponse:
    """A file that was handed over to this team: its own, or an edition of a work (`?edition=`)."""
    found = _found(request, token)
    given = next((one for one in found.deliveries.all() if one.pk == delivery), None)
    if given is None:
        raise Http404
    if given.file:
        ending = str(given.file.name).rsplit(".", 1)[-1]
        return _sent(given.file.open("rb"), f"demande-{found.pk}-{given.pk}.{ending}", given.media_type)
    wanted = request.GET.get("edition", "")
    edition = next((one for one in _files(given.work) if str(one.pk) == wanted), None)
    if edition is None:
        raise Http404
    return _sent(edition.file.open("rb"), edition.filename, edition.media_type)


def _files(work: Work | None) -> list[Edition]:
    """The files of a work that may be given: none once it was withdrawn."""
    if work is None or work.status not in (Status.ACCEPTED, Status.RELEASED):
        return []
    found = [one for one in work.editions.all() if not one.preview]
    for one in found:
        known = formats().get(one.format)
        one.place = known.placement if known else one.format  # type: ignore[attr-defined]
    return found


def _sent(stream: object, name: str, media_type: str) -> HttpResponse:
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", answer)


def _found(request: HttpRequest, token: str) -> TeamRequest:
    found = request_by_token(served(request), token)
    if found is None:
        raise Http404("no such request")
    return found
