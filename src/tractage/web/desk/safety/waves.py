"""A wave: everybody in it, its containment, and its undoing with what each gets back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Account, MassAction, Sanction
from tractage.hq.safety.selectors import mass_actions
from tractage.hq.safety.services import Wanted, confirm_wave, contain_wave, preview_undo, said, undo_wave
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.forms import WaveForm
from tractage.web.desk.safety.shown import state_words

PAGE = 50


@for_members("safety.see_desk")
def wave(request: HttpRequest, name: str) -> HttpResponse:
    """Who is in it, and what undoing would give back, before anybody says so."""
    held = list(Sanction.objects.filter(wave=name).select_related("account__member").order_by("pk"))
    if not held:
        raise Http404
    member, error = member_of(request), ""
    form = WaveForm(request.POST if request.POST.get("do") == "contain" else None, campaign=served(request))
    if request.method == "POST":
        try:
            messages.success(request, _act(member, name, request, form, [one.account for one in held]))
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("wave", name)
    preview = preview_undo(held, name)
    page = Paginator(preview.changes, PAGE).get_page(request.GET.get("page"))
    live = [one for one in held if one.standing in (Standing.IN_FORCE, Standing.PROPOSED)]
    contained = any(one.kind == Kind.BAN for one in held)
    action = MassAction.objects.filter(wave=name, purpose="contain").first()
    context = {
        "name": name,
        "people": len({one.account_id for one in held}),
        "live": len(live),
        "page": page,
        "query": "",
        "rows": [(one.account, state_words(one.before), state_words(one.after)) for one in page],
        "actions": mass_actions().filter(wave=name),
        "contained": contained,
        "unconfirmed": any(one.kind == Kind.BAN and one.confirmed_at is None for one in live),
        "mine": action is not None and action.by_id == member.pk,
        "form": form,
        "error": error,
        "because": request.POST.get("because", "")[:400],
    }
    return render(request, "desk/safety/wave.html", context, status=422 if error else 200)


def _act(member: Member, name: str, request: HttpRequest, form: WaveForm, accounts: list[Account]) -> str:
    what = request.POST.get("do", "")
    if what == "undo":
        action = undo_wave(member, name, request.POST.get("because", "")[:400])
        return _("Undone for %(people)s people: each has again what they had.") % {"people": action.people}
    if what == "confirm":
        found = MassAction.objects.filter(wave=name, purpose="contain").first()
        if found is None:
            raise Refused(_("Nothing waits for a second person."))
        confirm_wave(member, found)
        return _("Confirmed: two people have decided it.")
    if what == "contain" and form.is_valid():
        given = form.cleaned_data
        wanted = Wanted(Kind.BAN, given["article"], said(given["seen"], name), emergency=given["emergency"])
        contain_wave(member, name, accounts, wanted)
        return _("Kept. The bot carries it out, each call once.")
    raise Refused(_("Write what was seen, and choose an article."))
