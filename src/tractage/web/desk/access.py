"""Who comes in: an account, the charter of today, and a permission if the page asks for one."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from tractage.hq.people.models import Member
from tractage.hq.people.rules import require
from tractage.hq.people.selectors import has_accepted
from tractage.web.campaign import served

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_members(permission: str | None = None, *, charter: bool = True) -> Callable[[View[P]], View[P]]:
    """Let in who is logged in, has accepted the charter (unless `charter` is False) and has `permission`."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "")
            member = member_of(request)
            if charter and not has_accepted(member, served(request)):
                back = request.get_full_path() if request.method == "GET" else ""
                query = f"?{urlencode({'next': back})}" if back else ""
                return HttpResponseRedirect(reverse("charter") + query)
            if permission:
                require(member, permission)
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return cast("View[P]", answer)

    return wrap


def member_of(request: HttpRequest) -> Member:
    """The member who asks; only where `for_members` let them in."""
    return cast("Member", request.user)


def place_of(request: HttpRequest) -> str:
    """The address a request comes from; behind the operator's proxy, the last one that it names."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRACTAGE.https else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def safe_next(request: HttpRequest, default: str) -> str:
    """Where to go on to: an address of this site asked for by `next`, else `default`."""
    from django.utils.http import url_has_allowed_host_and_scheme

    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse(default)
