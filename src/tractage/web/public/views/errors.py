"""What went wrong, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This address leads nowhere."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This person may not."""
    return render(request, "errors/403.html", status=403)


def only_a_button(request: HttpRequest) -> HttpResponse:
    """This address takes what a form sends, and shows nothing."""
    return render(request, "errors/405.html", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: no template of ours may be trusted to work."""
    return render(request, "errors/500.html", status=500)
