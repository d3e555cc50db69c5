"""Appeals: the queue, and the answer of somebody who did not decide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require
from tractage.hq.safety.models import Appeal
from tractage.hq.safety.sealing import unseal
from tractage.hq.safety.selectors import decided_appeals, open_appeals
from tractage.hq.safety.services import decide_appeal, preview_undo
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.safety.shown import article, evidence_lines, state_words

PAGE = 20


@for_members("safety.see_desk")
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first, with whether one may judge them; then those that have their answer."""
    member = member_of(request)
    page = Paginator(decided_appeals(), PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(one, allowed(member, "safety.judge_appeal", one)) for one in open_appeals()[:50]],
        "page": page,
        "query": "",
    }
    return render(request, "desk/safety/appeals.html", context)


@for_members("safety.see_desk")
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's words beside the decision; who decided it reads, and does not judge."""
    found = get_object_or_404(
        Appeal.objects.select_related(
            "sanction__account__member", "sanction__by", "sanction__confirmed_by", "decided_by"
        ),
        pk=pk,
    )
    member, error, reason = member_of(request), "", request.POST.get("reason", "")[:2000]
    if request.method == "POST":
        require(member, "safety.judge_appeal", found)
        try:
            what = request.POST.get("do", "")
            if what not in ("overturn", "uphold"):
                raise Refused(_("Choose what to do."))
            decide_appeal(member, found, overturn=what == "overturn", reason=reason)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Answered. The person reads it on their page."))
            return redirect("appeals")
    preview = preview_undo([found.sanction])
    context = {
        "appeal": found,
        "sanction": found.sanction,
        "article": article(served(request), found.sanction.article),
        "evidence": evidence_lines(found.sanction.evidence),
        "words": unseal(found.sealed),
        "judges": allowed(member, "safety.judge_appeal", found),
        "changes": [
            (one.account, state_words(one.before), state_words(one.after)) for one in preview.changes
        ],
        "error": error,
        "reason": reason,
    }
    return render(request, "desk/safety/appeal.html", context, status=422 if error else 200)
