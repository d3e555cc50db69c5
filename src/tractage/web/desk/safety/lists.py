"""Preventive lists of partner communities, and known pictures."""

from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.guard_models import Trusted
from tractage.hq.safety.models import KnownPictureRow, PreventiveList
from tractage.hq.safety.services import add_partner, forget_picture, receive_list, remove_partner, set_trust
from tractage.web.desk.access import for_members, member_of

MOST = 4 * 2**20


@for_members("safety.keep_lists")
def index(request: HttpRequest) -> HttpResponse:
    """Partners with their lists: watched first, one level at a time, each entry with its end."""
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(member_of(request), request))
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("preventive_lists")
    lists = PreventiveList.objects.annotate(number=Count("entries"), first_end=Min("entries__expires_at"))
    context = {
        "lists": [(one, _levels(one.trust)) for one in lists],
        "pictures": KnownPictureRow.objects.select_related("by")[:50],
        "given": request.POST,
        "error": error,
    }
    return render(request, "desk/safety/lists.html", context, status=422 if error else 200)


def _levels(trust: int) -> list[tuple[int, str]]:
    """The levels one step away."""
    return [(one.value, str(one.label)) for one in Trusted if abs(one.value - trust) == 1]


def _act(member: Member, request: HttpRequest) -> str:
    given, what = request.POST, request.POST.get("do", "")
    if what == "partner":
        add_partner(member, given.get("source", ""), given.get("public_key", ""), given.get("shared_key", ""))
        return _("Known now. Its lists will only be watched, until you say otherwise.")
    if what == "receive":
        file = request.FILES.get("file")
        if file is None or file.size is None or file.size > MOST:
            raise Refused(_("Choose a signed list, 4 MB at most."))
        shared = receive_list(member, file.read())
        return _("List of %(source)s received: %(number)s entries.") % {
            "source": shared.source,
            "number": shared.entries.count(),
        }
    if what == "forget":
        forget_picture(member, get_object_or_404(KnownPictureRow, pk=_number(given.get("picture", ""))))
        return _("Forgotten: this picture may be posted.")
    found = get_object_or_404(PreventiveList, pk=_number(given.get("list", "")))
    if what == "remove":
        remove_partner(member, found)
        return _("Removed, with its keys and its entries.")
    set_trust(member, found, _number(given.get("trust", "")))
    return _("Kept. No level ever bans.")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
