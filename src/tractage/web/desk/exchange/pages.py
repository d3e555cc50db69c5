"""Coordinators bring an export, look at what it holds, choose, confirm."""

import json

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tractage.adapters.exchange import read_document
from tractage.domain.errors import InputError
from tractage.hq.exchange.exporting import export_document, own_key
from tractage.hq.exchange.models import Peer
from tractage.hq.exchange.selectors import peers, withdrawn_items
from tractage.hq.exchange.services import PERMISSION, distrust, receive, take
from tractage.hq.exchange.taking import Outcome
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.exchange.kept import drop, keep, kept_document

MOST_BYTES = 200 * 2**20


class ExportForm(forms.Form):
    """An export, and the key of who made it the first time."""

    file = forms.FileField(
        label=gettext_lazy("Export of the other community"),
        help_text=gettext_lazy("The JSON file that it gave you, with its files if you want to take works."),
    )
    key = forms.CharField(
        label=gettext_lazy("Its public key, the first time"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "ed25519:… It comes to you by another way than the export: by voice, on paper."
        ),
    )


@for_members(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """Who is trusted, and an export to read."""
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            peer = _read(request, form.cleaned_data["file"], form.cleaned_data["key"])
        except (InputError, Refused) as refusal:
            form.add_error(None, _told(refusal))
        else:
            return redirect("exchange_peer", peer.pk)
    campaign = served(request)
    context = {
        "form": form,
        "peers": list(peers(campaign)),
        "withdrawn": list(withdrawn_items(campaign)),
        "key": own_key(),
        "address": request.build_absolute_uri(reverse("exchange_export")),
    }
    return render(
        request, "desk/exchange/index.html", context, status=422 if request.method == "POST" else 200
    )


@for_members(PERMISSION)
def peer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the latest export of a partner holds, to choose from."""
    found = _found(request, pk)
    document = kept_document(found)
    taken = []
    if request.method == "POST" and document:
        chosen = set(request.POST.getlist("prendre"))
        taken = take(member_of(request), found, document, chosen)
        number = sum(one.outcome is Outcome.TAKEN for one in taken)
        words = ngettext("%(number)s taken in.", "%(number)s taken in.", number) % {"number": number}
        messages.success(request, f"{words} {_('Missions wait as drafts, works wait for their readers.')}")
    here = {(item.kind, item.key): item for item in found.items.select_related("work", "brief")}
    context = {
        "peer": found,
        "document": document,
        "briefs": [(one, here.get(("brief", one.key))) for one in document.briefs] if document else [],
        "works": [(one, here.get(("work", one.key))) for one in document.works] if document else [],
        "refused": [one for one in taken if one.outcome is Outcome.REFUSED],
        "recalled": [item for item in here.values() if item.recalled],
    }
    return render(request, "desk/exchange/peer.html", context)


@require_POST
@for_members(PERMISSION)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer trust a partner; reading one of its exports with its key again undoes it."""
    found = _found(request, pk)
    drop(found)
    distrust(member_of(request), found)
    messages.success(request, _("Its exports are refused from now on. What was taken in stays."))
    return redirect("exchange")


@require_safe
@for_members(PERMISSION)
def whole(request: HttpRequest) -> HttpResponse:
    """Our own export with the files of its works, to hand to a partner."""
    campaign = served(request)
    body = json.dumps(export_document(campaign, with_files=True), ensure_ascii=False, sort_keys=True)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{campaign.slug}-echange.json"'
    return response


def _read(request: HttpRequest, upload: UploadedFile[bytes], key: str) -> Peer:
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(
            _("This file is too heavy for this page: ask the operator for tractage exchange import.")
        )
    raw = upload.read()
    document = read_document(raw)
    found = receive(member_of(request), served(request), document, key)
    keep(found, raw)
    return found


def _told(refusal: Exception) -> str:
    """The reader's refusals are lines for programs and people alike; they come after a word of ours."""
    return (
        str(refusal)
        if isinstance(refusal, Refused)
        else _("This file is refused: %(why)s.") % {"why": refusal}
    )


def _found(request: HttpRequest, pk: int) -> Peer:
    return get_object_or_404(Peer.objects.select_related("campaign"), pk=pk, campaign=served(request))
