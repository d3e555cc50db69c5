"""What a visitor chooses without an account, what goes compressed, and words for who opens a button."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tractage.web.public.views.errors import only_a_button

LANGUAGE, THEME = "langue", "theme"
TEXTS = ("json", "xml", "javascript")
THEMES = ("jour", "nuit")
YEAR = 365 * 86400


class CompressTextMiddleware(GZipMiddleware):
    """Compress texts; pictures and documents already are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave everything but text as it is."""
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or not (media_type.startswith("text/") or media_type.endswith(TEXTS)):
            return response
        return super().process_response(request, response)


class ButtonsMiddleware:
    """Say in words that an address is a form's, to who opens it as a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = only_a_button(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class ChoicesMiddleware:
    """Serve the instance's language unless the visitor chose another; never guess from the browser.

    `?langue=en` and `?theme=nuit` set the choice and lead back to the same page, so that both work without
    JavaScript; `?theme=auto` forgets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and (LANGUAGE in request.GET or THEME in request.GET):
            return _remember(request)
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        theme = request.COOKIES.get(THEME, "")
        request.LANGUAGE_CODE = language
        request.theme = theme if theme in THEMES else ""  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


def _remember(request: HttpRequest) -> HttpResponse:
    query = request.GET.copy()
    language, theme = query.pop(LANGUAGE, [""])[-1], query.pop(THEME, [""])[-1]
    address = request.path + (f"?{query.urlencode()}" if query else "")
    if address.startswith("//"):
        address = "/"
    response = HttpResponseRedirect(address)
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _keep(response, THEME, theme)
    elif theme == "auto":
        response.delete_cookie(THEME)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
