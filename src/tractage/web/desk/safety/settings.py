"""The settings of gate, floods, raids and ladder."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tractage.hq.people.refusals import Refused
from tractage.hq.safety.services import change_guard_settings, guard_settings
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.forms import SettingsForm


@for_members("safety.change_settings")
def change(request: HttpRequest) -> HttpResponse:
    """What acts, what is in shadow, and from when."""
    form = SettingsForm(request.POST or None, initial=asdict(guard_settings()), campaign=served(request))
    if request.method == "POST" and form.is_valid():
        try:
            change_guard_settings(member_of(request), form.settings())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The bot follows within some seconds."))
            return redirect("guard_settings")
    return render(request, "desk/safety/settings.html", {"form": form}, status=422 if form.errors else 200)
