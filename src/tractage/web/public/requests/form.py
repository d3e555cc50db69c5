"""The public form: first the seat, then who asks, for whom, what and when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.elections.seats import Seat, seat
from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule
from tractage.hq.campaigns.models import Campaign
from tractage.hq.missions.services import candidates_of
from tractage.hq.people.refusals import Refused
from tractage.hq.requests.models import Asker
from tractage.hq.requests.selectors import hold
from tractage.hq.requests.services import LEGAL_PERSON, Asked, file_request, legal_person_words
from tractage.web.campaign import served
from tractage.web.desk.access import place_of

OTHER = "-"


class AskForm(forms.Form):
    """What a team says; the candidates of the seat are those of the official lists."""

    asker = forms.ChoiceField(
        label=gettext_lazy("Who asks"),
        choices=[*Asker.choices, (LEGAL_PERSON, gettext_lazy("An association, a company, a union"))],
        widget=forms.RadioSelect,
    )
    candidate = forms.ChoiceField(label=gettext_lazy("For whom"))
    other = forms.CharField(
        label=gettext_lazy("Name, if it is not in the list"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Someone new on the official list: a person here checks it first."),
    )
    what = forms.CharField(
        label=gettext_lazy("What you need"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Volunteers read it: no address, no telephone, nobody’s account in it."),
    )
    formats = forms.CharField(
        label=gettext_lazy("In which formats"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A poster in A4, a story, a short video…"),
    )
    wanted_on = forms.DateField(
        label=gettext_lazy("For which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    contact = forms.CharField(
        label=gettext_lazy("How to answer you"),
        max_length=200,
        help_text=gettext_lazy(
            "E-mail or telephone. It is sealed, only coordinators open it, and it is removed after the "
            "election."
        ),
    )

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(name, name) for name in names]
        other = (OTHER, str(gettext_lazy("Someone else")))
        self.fields["candidate"].choices = [("", str(gettext_lazy("Choose"))), *listed, other]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another name is asked for when nobody in the list is meant; a legal person hears why not."""
        given = super().clean() or self.cleaned_data
        if given.get("asker") == LEGAL_PERSON:
            raise ValidationError(legal_person_words())
        if given.get("candidate") == OTHER and not given.get("other"):
            self.add_error("other", _("Write the name as the official list has it."))
        return given


def ask(request: HttpRequest) -> HttpResponse:
    """Choose a seat, then ask; during the last days of the week of a vote the page says why it waits."""
    campaign = served(request)
    wanted = request.POST.get("siege") or request.GET.get("siege", "")
    chosen, wrong = _seat(wanted)
    context: dict[str, Any] = {
        "wanted": wanted,
        "wrong": wrong,
        "seat": chosen,
        "l528": rule("L52-8").article,
    }
    if chosen is None:
        return _shown(request, context, 200)
    status = hold(campaign, chosen.code)
    if status.frozen:
        held = {"held": status, "article": rule(status.rules[0]).article}
        return _shown(request, context | held, 409 if request.method == "POST" else 200)
    names = candidates_of(campaign, chosen.code)
    form = AskForm(request.POST if request.method == "POST" else None, names=names)
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, campaign, chosen, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _shown(request, context | {"form": form}, 422 if form.errors else 200)


def _file(request: HttpRequest, campaign: Campaign, chosen: Seat, form: AskForm) -> HttpResponse:
    given = form.cleaned_data
    listed = given["candidate"] != OTHER
    asked = Asked(
        asker=given["asker"],
        seat=chosen.code,
        candidate=given["candidate"] if listed else given["other"],
        what=given["what"],
        formats=given["formats"],
        wanted_on=given["wanted_on"],
        contact=given["contact"],
        declared=not listed,
    )
    _request, token = file_request(campaign, asked, place_of(request))
    return redirect("follow_request", token)


def _seat(text: str) -> tuple[Seat | None, str]:
    if not text.strip():
        return None, ""
    try:
        return seat(text.strip().upper()), ""
    except InputError:
        return None, _("“%(line)s”: no seat has this number.") % {"line": text.strip()[:20]}


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "public/requests/ask.html", context, status=status)
    add_never_cache_headers(response)
    return response
