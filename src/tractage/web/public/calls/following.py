"""The page that only an author's own address opens: where the poster stands, and the way to take it back."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.calls.models import Entry, State
from tractage.hq.calls.selectors import entry_by_token, words_of_readers
from tractage.hq.calls.services import correct_entry, withdraw_entry
from tractage.hq.library.models import Status
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.public.calls.sending import PosterForm

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


class ProofForm(PosterForm):
    """What answers the reviewers of a chosen poster: another file if it takes one, its words, its sources."""

    file = forms.FileField(
        label=gettext_lazy("The corrected poster"),
        required=False,
        help_text=gettext_lazy("Leave it empty when the picture itself stays as it is."),
    )


def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it stands; a button takes it back until the results are shown, a form answers its readers."""
    entry = entry_by_token(served(request), token)
    if entry is None:
        raise Http404("no such entry")
    answers = request.method == "POST" and "corriger" in request.POST
    form, error = _form(request, entry, answers), ""
    try:
        if answers and form.is_valid():
            correct_entry(entry, **form.cleaned_data)
            return redirect("follow_entry", token)
        if request.method == "POST" and not answers:
            withdraw_entry(entry)
            return redirect("open_call")
    except Refused as refusal:
        error = str(refusal)
    context = {
        "entry": entry,
        "address": request.build_absolute_uri(),
        "standing": standing(entry),
        "said": words_of_readers(entry),
        "form": form if entry.work and entry.work.status == Status.CHANGES else None,
        "withdraws": entry.work_id is None and entry.call.state != State.SHOWN,
        "error": error,
    }
    status = 409 if error else 422 if form.errors else 200
    response = render(request, "public/calls/follow.html", context, status=status)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _form(request: HttpRequest, entry: Entry, answers: bool) -> ProofForm:
    if answers:
        return ProofForm(request.POST, request.FILES)
    work = entry.work
    rights = work.rights[0] if work and work.rights else {}
    return ProofForm(initial={"alt_text": work.alt_text if work else "", "basis": rights.get("basis", "")})
