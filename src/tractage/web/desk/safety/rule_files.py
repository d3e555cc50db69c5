"""Rules as a file, in and out, and the states that they went through."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import RulesRevision
from tractage.hq.safety.services import export_rules, import_rules, restore_revision
from tractage.web.desk.access import for_members, member_of

PAGE, MOST = 30, 2 * 2**20


@for_members("safety.write_rules")
def rules_file(request: HttpRequest) -> HttpResponse:
    """Take in a file of `tractage guard check --rules`, or the rules that ship."""
    error = ""
    if request.method == "POST":
        try:
            text, source = _given(request)
            number = import_rules(member_of(request), text, source)
        except Refused as refusal:
            error = str(refusal)
        else:
            words = ngettext(
                "%(number)s rule taken in, in shadow.", "%(number)s rules taken in, in shadow.", number
            )
            messages.success(request, words % {"number": number})
            return redirect("guard_rules")
    return render(request, "desk/safety/rules_file.html", {"error": error}, status=422 if error else 200)


@require_safe
@for_members("safety.write_rules")
def export(request: HttpRequest) -> HttpResponse:
    """All rules, as `tractage guard check --rules` reads them."""
    answer = HttpResponse(export_rules(), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="regles.toml"'
    return answer


@for_members("safety.write_rules")
def history(request: HttpRequest) -> HttpResponse:
    """Each change with who made it; any state can be put back."""
    if request.method == "POST":
        found = get_object_or_404(RulesRevision, pk=_number(request.POST.get("revision", "")))
        restore_revision(member_of(request), found)
        messages.success(request, _("The rules are as they were then."))
        return redirect("rules_history")
    revisions = RulesRevision.objects.select_related("by").defer("active", "shadow")
    page = Paginator(revisions, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/safety/rules_history.html", {"page": page, "query": ""})


def _given(request: HttpRequest) -> tuple[str, str]:
    if request.POST.get("do") == "shipped":
        from importlib.resources import files

        path = files("tractage.domain.guard").joinpath("data/rules_fr.toml")
        return path.read_text("utf-8"), _("the rules that ship")
    file = request.FILES.get("file")
    if file is None or file.size is None:
        raise Refused(_("Choose a file first."))
    if file.size > MOST:
        raise Refused(_("A rules file is 2 MB at most."))
    try:
        return file.read().decode("utf-8"), file.name or "rules.toml"
    except UnicodeDecodeError as problem:
        words = _("%(name)s is not text in UTF-8 (byte %(byte)s).")
        raise Refused(words % {"name": file.name, "byte": problem.start + 1}) from None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
