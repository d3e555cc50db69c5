"""One's own page: charter, crafts, password, recovery codes."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tractage.hq.people.personal import linked_accounts
from tractage.hq.people.recovery import make_recovery_codes
from tractage.hq.people.rules import allowed
from tractage.hq.people.selectors import has_accepted
from tractage.hq.people.services import accept_charter, change_password, change_profile
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of, safe_next
from tractage.web.desk.people.forms import PasswordForm, ProfileForm


@for_members(charter=False)
def charter(request: HttpRequest) -> HttpResponse:
    """The charter of today, to accept; asked again when its version changes."""
    member, campaign = member_of(request), served(request)
    if request.method == "POST":
        accept_charter(member, campaign)
        return HttpResponseRedirect(safe_next(request, "board"))
    context = {
        "accepted": has_accepted(member, campaign),
        "changed": bool(member.charter_version),
        "next": request.GET.get("next", ""),
    }
    return render(request, "desk/people/charter.html", context)


@for_members(charter=False)
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one can change."""
    member = member_of(request)
    known = {"crafts": member.crafts, "availability": member.availability, "shown": member.shown}
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        change_profile(member, member, **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect("account")
    context = {
        "form": form,
        "lists_members": allowed(member, "people.list_members"),
        "codes_left": member.recovery_codes.count(),
        "accepted": has_accepted(member, served(request)),
        "discord": bool(settings.TRACTAGE.discord_client_id),
        "linked": linked_accounts(member),
    }
    return render(request, "desk/people/account.html", context)


@sensitive_post_parameters()
@for_members(charter=False)
def password(request: HttpRequest) -> HttpResponse:
    """Another password."""
    member = member_of(request)
    form = PasswordForm(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(member, member, form.cleaned_data["password"])
        update_session_auth_hash(request, member)
        messages.success(request, _("The new password works from now on; other devices are logged out."))
        return redirect("account")
    return render(request, "desk/people/password.html", {"form": form})


@require_POST
@for_members(charter=False)
def codes(request: HttpRequest) -> HttpResponse:
    """Eight new codes, shown on this page and never again."""
    member = member_of(request)
    return render(request, "desk/people/codes.html", {"codes": make_recovery_codes(member, member)})
