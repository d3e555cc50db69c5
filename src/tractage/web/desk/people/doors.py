"""Come in and go out: join, log in, a recovery code, log out."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tractage.hq.people.attempts import (
    check_attempts,
    count_attempt,
    forget_attempts,
    join_keys,
    login_keys,
)
from tractage.hq.people.models import Member
from tractage.hq.people.recovery import recover
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.services import join
from tractage.web.campaign import served
from tractage.web.desk.access import place_of, safe_next
from tractage.web.desk.people.forms import JoinForm, RecoverForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
def join_page(request: HttpRequest) -> HttpResponse:
    """A pseudonym, a password, the charter: two minutes."""
    campaign = served(request)
    if request.user.is_authenticated:
        return redirect("first_missions")
    form = JoinForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        keys = join_keys(place_of(request))
        try:
            check_attempts(keys)
            given = form.cleaned_data
            member = join(campaign, given["pseudonym"], given["password"], given["crafts"])
        except TooManyAttempts as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            count_attempt(keys)
            login(request, member, backend=BACKEND)
            return HttpResponseRedirect(safe_next(request, "first_missions"))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "desk/people/join.html", context, status=status)


class Login(LoginView):
    """By pseudonym and password."""

    template_name = "desk/people/login.html"
    redirect_authenticated_user = True
    extra_context = {"discord": bool(settings.TRACTAGE.discord_client_id)}  # noqa: RUF012

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not too often."""
        self.keys = login_keys(request.POST.get("username", ""), place_of(request))
        try:
            check_attempts(self.keys)
        except TooManyAttempts as refusal:
            form = AuthenticationForm(request)
            context = self.get_context_data(form=form, wait=str(refusal))
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Write the error down."""
        count_attempt(self.keys)
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The person is back: their own errors no longer count."""
        forget_attempts(self.keys)
        return super().form_valid(form)


class Logout(LogoutView):
    """By a button, never by a link."""


@sensitive_post_parameters("password", "code")
def recover_page(request: HttpRequest) -> HttpResponse:
    """One of the codes that were printed, and a new password."""
    form = RecoverForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        keys = login_keys(given["pseudonym"], place_of(request))
        try:
            check_attempts(keys)
            member: Member = recover(given["pseudonym"], given["code"], given["password"])
        except TooManyAttempts as refusal:
            form.add_error(None, str(refusal))
            status = 429
        except Refused as refusal:
            count_attempt(keys)
            form.add_error("code", str(refusal))
        else:
            login(request, member, backend=BACKEND)
            left = member.recovery_codes.count()
            messages.success(
                request,
                _("You are in, with your new password. Recovery codes left: %(left)s.") % {"left": left},
            )
            return redirect("account")
    return render(request, "desk/people/recover.html", {"form": form}, status=status)


def discord_left(request: HttpRequest) -> HttpResponse:
    """Discord said no, or the person did: our own door stays open."""
    messages.info(request, _("Discord did not let you through. A pseudonym and a password work as well."))
    return redirect("login")


def to_account(_request: HttpRequest) -> HttpResponse:
    """Pages of the Discord login that have no use here lead to one's own page."""
    return HttpResponseRedirect(reverse("account"))
