"""The page that only an author's own address opens: where the poster stands, and the way to take it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.calls.models import Entry, State
from tractage.hq.calls.selectors import entry_by_token, words_of_readers
from tractage.hq.calls.services import withdraw_entry
from tractage.hq.library.models import Status
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served

OF_CHOSEN = {
    Status.RELEASED: gettext_lazy("Chosen, read by two, and on the wall."),
    Status.RECALLED: gettext_lazy("Chosen, and withdrawn from the wall since: its page says why."),
    Status.CHANGES: gettext_lazy("Chosen by the jury. Who read it asks for something else first."),
    Status.REFUSED: gettext_lazy("Chosen by the jury, but refused by who read it. Here is why."),
}
OF_SENT = {
    State.JURY: gettext_lazy("The jury reads it without your name."),
    State.SHOWN: gettext_lazy("Not chosen this time. Thank you for having drawn it."),
}


def standing(entry: Entry) -> str:
    """Where a poster is, in a sentence."""
    if entry.work:
        reading = _("Chosen. Two members read it before it goes on the wall, as they do any work.")
        return str(OF_CHOSEN.get(Status(entry.work.status), reading))
    waiting = _("It is with us. The jury reads it once the call is closed.")
    return str(OF_SENT.get(State(entry.call.state), waiting))


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
        "standing": standing(entry),
        "said": words_of_readers(entry),
        "address": request.build_absolute_uri(),
        "withdraws": entry.work_id is None and entry.call.state != State.SHOWN,
        "error": error,
    }
    response = render(request, "public/calls/follow.html", context, status=409 if error else 200)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
