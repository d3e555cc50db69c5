"""The jury's table: one poster at a time, in an order of one's own, whoever made it."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tractage.hq.calls import services
from tractage.hq.calls.models import Entry, Mark, PosterCall, State, Vote
from tractage.hq.calls.selectors import jury_order, voted
from tractage.hq.people.refusals import Refused
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.calls.running import found_call


@for_members("calls.sit_on_jury")
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The first poster without a mark, or the one asked for (`?affiche=`), and its four marks."""
    call, member = found_call(request, pk), member_of(request)
    if call.state != State.JURY:
        return redirect("poster_call", pk)
    order = jury_order(call, member)
    done = voted(call, member)
    error, status = "", 200
    if request.method == "POST":
        entry = _entry(call, order, request.POST.get("affiche", ""))
        mark = request.POST.get("note", "")
        try:
            services.vote(
                member, entry, int(mark) if mark.isdigit() else -1, request.POST.get("commentaire", "")
            )
            return redirect("jury", pk)
        except Refused as refusal:
            error, status = str(refusal), 409
    else:
        wanted = request.GET.get("affiche", "")
        first = next((one for one in order if one not in done), None)
        if not wanted and first is None:
            return redirect("poster_call", pk)
        entry = _entry(call, order, wanted or str(first))
    place = order.index(entry.pk)
    context = {
        "call": call,
        "entry": entry,
        "given": Vote.objects.filter(entry=entry, juror=member).first(),
        "marks": Mark.choices,
        "place": place + 1,
        "total": len(order),
        "left": len(set(order) - done),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "error": error,
    }
    return render(request, "desk/calls/jury.html", context, status=status)


def _entry(call: PosterCall, order: list[int], wanted: str) -> Entry:
    if not wanted.isdigit() or int(wanted) not in order:
        raise Http404
    return Entry.objects.get(pk=int(wanted), call=call)


@require_safe
@for_members("calls.sit_on_jury")
def picture(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """The poster itself, under a name that says nothing of its author."""
    call = found_call(request, pk)
    found = call.entries.filter(pk=entry).first()
    if found is None or not found.file or call.state not in (State.JURY, State.SHOWN):
        raise Http404
    answer = FileResponse(found.file.open("rb"), content_type=found.media_type)
    answer.headers["Cache-Control"] = "private, max-age=600"
    return cast("HttpResponse", answer)
