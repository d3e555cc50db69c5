"""What is kept about a person: take it away, or have it erased."""

import io
import json
import zipfile

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tractage.hq.people.personal import everything_about
from tractage.hq.people.refusals import Refused
from tractage.hq.people.services import erase
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.people.forms import EraseForm


@require_POST
@for_members(charter=False)
def export(request: HttpRequest) -> HttpResponse:
    """All of one's data: a ZIP that holds one JSON file and a word about it."""
    member = member_of(request)
    found = json.dumps(everything_about(member), ensure_ascii=False, indent=2, sort_keys=True)
    words = _("All that this site holds about you, as JSON: any text editor opens it.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tractage.json", found + "\n")
        archive.writestr("LISEZMOI.txt", words + "\n")
    response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    name = slugify(member.pseudonym) or "membre"
    response.headers["Content-Disposition"] = f'attachment; filename="tractage-{name}.zip"'
    return response


@for_members(charter=False)
def erase_page(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; erase once the pseudonym is written again."""
    member = member_of(request)
    form = EraseForm(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase(member, member, form.cleaned_data["credit"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is erased. Thank you for your hands."))
            return redirect("home")
    return render(request, "desk/people/erase.html", {"form": form})
