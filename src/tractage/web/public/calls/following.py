"""The page that only an author's own address opens: where the poster stands, and the way to take it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from tractage.hq.calls.models import State
from tractage.hq.calls.selectors import entry_by_token
from tractage.hq.calls.services import withdraw_entry
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served


def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it stands; a button takes it back as long as the results are not shown."""
    entry = entry_by_token(served(request), token)
    if entry is None:
        raise Http404("no such entry")
    error = ""
    if request.method == "POST":
        try:
            withdraw_entry(entry)
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("open_call")
    context = {
        "entry": entry,
        "address": request.build_absolute_uri(),
        "withdraws": entry.work_id is None and entry.call.state != State.SHOWN,
        "error": error,
    }
    response = render(request, "public/calls/follow.html", context, status=409 if error else 200)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
