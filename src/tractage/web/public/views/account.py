"""Log in and out; the desk takes over from here."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Login(LoginView):
    """By pseudonym and password."""

    template_name = "public/login.html"
    redirect_authenticated_user = True


class Logout(LogoutView):
    """By a button, never by a link."""


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    return render(request, "public/account.html")
