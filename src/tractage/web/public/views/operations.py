"""Operations that a coordinator has opened to everyone; silent when their zones are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.selectors import public_works
from tractage.hq.operations.selectors import figures, public_operation, public_operations
from tractage.web.campaign import served
from tractage.web.context import silence
from tractage.web.desk.operations.shown import when


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those that run or come and that are open."""
    campaign = served(request)
    context = {"operations": public_operations(campaign)}
    return _never_kept(render(request, "public/operations.html", context))


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Goal, window, works: never who takes part. During the silence of its zones, only the reason why not."""
    campaign = served(request)
    operation = public_operation(campaign, pk)
    if operation is None:
        raise Http404
    moment = now()
    status = freeze(campaign, zones=operation.where, at=moment)
    if status.frozen:
        context = {"silent": silence(status)}
        return _never_kept(render(request, "public/operation_silent.html", context))
    works = public_works(campaign).filter(pk__in=operation.works.values("pk"))
    return _never_kept(
        render(
            request,
            "public/operation.html",
            {
                "operation": operation,
                "works": works,
                "people": figures(operation).people,
                "over": operation.is_over(moment),
                "runs": operation.runs(moment),
                "when": when(operation.starts_at, operation.ends_at),
            },
        )
    )


def _never_kept(response: HttpResponse) -> HttpResponse:
    """The law can shut this page at any minute: nobody keeps a copy."""
    add_never_cache_headers(response)
    return response
