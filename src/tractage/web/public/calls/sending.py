"""The call of the moment: its rules, something to start from, the form."""

from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tractage.adapters.media import MediaError
from tractage.hq.calls.blanks import FORMATS, blank, palette
from tractage.hq.calls.models import PosterCall
from tractage.hq.calls.selectors import open_call, results, shown_calls
from tractage.hq.calls.services import FILES_KEPT, Sent, send_entry
from tractage.hq.campaigns.models import AiPolicy
from tractage.hq.library.kit import brand_kit
from tractage.hq.library.models import AiDeclaration, Status
from tractage.hq.library.submission import PICTURES, CleanFile, read_upload
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import place_of

LICENCE = "CC BY-SA 4.0"
GROUNDS = {
    "own": gettext_lazy("I made all of it"),
    "free": gettext_lazy("Parts have a free licence"),
    "permission": gettext_lazy("The owners of some parts said yes"),
}


class PosterForm(forms.Form):
    """A picture, its words for who does not see it, and where its parts come from."""

    file = forms.FileField(
        label=gettext_lazy("Your poster"),
        help_text=gettext_lazy("PNG, JPEG or WebP. Its metadata (place, device, name) is removed."),
    )
    alt_text = forms.CharField(
        label=gettext_lazy("Alternative text"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What one sees, said to someone who does not see it."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Where each part comes from"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("My drawing; photo by …, licence …; font …"),
    )

    def clean_file(self) -> CleanFile | None:
        """Read in the sandbox, and written again."""
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        path = getattr(upload, "temporary_file_path", None)
        try:
            return read_upload(Path(path()) if path else upload.read(), upload.name or "", PICTURES)
        except MediaError as refusal:
            raise forms.ValidationError(refusal.in_words(_)) from None


class EntryForm(PosterForm):
    """A poster, and what its author says of it."""

    field_order = ("file", "title", "credit", "alt_text", "ground", "basis", "ai", "consent")
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    credit = forms.CharField(
        label=gettext_lazy("Credit line"),
        max_length=60,
        help_text=gettext_lazy("A pseudonym is enough. The jury does not see it."),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Whose it is"), choices=list(GROUNDS.items()))
    ai = forms.ChoiceField(
        label=gettext_lazy("Generative AI"),
        choices=AiDeclaration.choices,
        widget=forms.RadioSelect,
        initial=AiDeclaration.NONE,
    )
    consent = forms.BooleanField(
        label=gettext_lazy("Others may pass it on and change it, with my credit: licence CC BY-SA 4.0.")
    )


def page(request: HttpRequest) -> HttpResponse:
    """The open call with its form; without one, the results of those before."""
    campaign = served(request)
    call = open_call(campaign)
    form = EntryForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _send(request, call, form)
        except Refused as refusal:
            error = str(refusal)
    context = {
        "call": call,
        "form": form,
        "error": error,
        "formats": FORMATS,
        "kept_days": FILES_KEPT.days,
        "colours": brand_kit(campaign).colours.items(),
        "no_ai": campaign.ai_policy == AiPolicy.NONE,
        "shown": [_shown(one) for one in shown_calls(campaign)[:5]],
    }
    wrong = request.method == "POST"
    return render(request, "public/calls/page.html", context, status=422 if wrong else 200)


def _send(request: HttpRequest, call: PosterCall | None, form: EntryForm) -> HttpResponse:
    if call is None:
        raise Refused(_("This call is closed. Thank you for the thought: another one will come."))
    given = form.cleaned_data
    right = {
        "what": _("Poster"),
        "ground": given["ground"],
        "basis": given["basis"],
        "owner": given["credit"],
        "licence": LICENCE,
        "tests": "",
        "proof": "",
    }
    sent = Sent(given["title"], given["credit"], given["alt_text"], right, given["ai"], given["consent"])
    member = request.user if isinstance(request.user, Member) else None
    _entry, token = send_entry(member, call, sent, given["file"], place_of(request))
    return redirect("follow_entry", token)


def _shown(call: PosterCall) -> dict[str, Any]:
    """What everyone may read of a call that is over: the chosen posters, and those of them on the wall."""
    found = results(call)
    chosen = [one for one in found if one.entry.work]
    return {
        "call": call,
        "number": len(found),
        "chosen": [
            (one, one.entry.work if one.entry.work and one.entry.work.status == Status.RELEASED else None)
            for one in chosen
        ],
    }


@require_safe
def blank_file(request: HttpRequest, format_name: str) -> HttpResponse:
    """The template to start from, in one format."""
    if format_name not in FORMATS:
        raise Http404
    data, media_type = blank(served(request), format_name)
    return _kept(data, media_type, f"gabarit-{format_name}.{media_type.rpartition('/')[2]}")


@require_safe
def palette_file(request: HttpRequest) -> HttpResponse:
    """The palette, for drawing programs."""
    return _kept(palette(served(request)).encode(), "text/plain; charset=utf-8", "palette.gpl")


def _kept(data: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
