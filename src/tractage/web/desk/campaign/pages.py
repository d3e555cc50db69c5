"""Name, words, policy; colours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tractage.domain.studio.contrast import ratio
from tractage.domain.studio.kits import INK_GOOD, INK_LEAST, kit_names, load_kit
from tractage.hq.campaigns.campaign_file import PAPERS
from tractage.hq.people.campaign_settings import (
    PERMISSION,
    change_words,
    choose_kit,
    in_words,
    kit_findings,
)
from tractage.hq.people.refusals import Refused
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.campaign.forms import NAMES, OWN, KitForm, WordsForm
from tractage.web.templatetags.words import points


@for_members(PERMISSION)
def words(request: HttpRequest) -> HttpResponse:
    """What the campaign says of itself."""
    campaign = served(request)
    known = {
        "name": campaign.name,
        "summary": campaign.summary,
        "hashtags": " ".join(campaign.hashtags),
        "ai_policy": campaign.ai_policy,
    }
    form = WordsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_words(member_of(request), campaign, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down; the site says it from now on."))
            return redirect("settings")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/campaign/words.html", {"form": form}, status=status)


@for_members(PERMISSION)
def colours(request: HttpRequest) -> HttpResponse:
    """The ink and the five papers, each with how well it is read."""
    campaign = served(request)
    base = load_kit().colours
    known = {name: campaign.kit.get(name, base[name]) for name in PAPERS}
    form = KitForm(request.POST or None, initial=known | {"kit": _kit_of(campaign.kit)})
    shown = known
    if request.method == "POST" and form.is_valid():
        chosen = form.colours()
        shown = {name: chosen.get(name, base[name]) for name in PAPERS}
        try:
            choose_kit(member_of(request), campaign, chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The site wears these colours from now on."))
            for finding in kit_findings(campaign, chosen):
                if finding.rule == "R27":
                    messages.warning(request, _("Beware: %(words)s.") % {"words": in_words(finding, chosen)})
            return redirect("settings_kit")
    context = {"form": form, "papers": _papers(shown)}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/campaign/colours.html", context, status=status)


def _kit_of(kit: dict[str, str]) -> str:
    """The kit that ships with these very colours, else one's own."""
    base = load_kit().colours
    worn = {name: kit.get(name, base[name]).upper() for name in PAPERS}
    same = (name for name in kit_names() if {key: load_kit(name).colours[key] for key in PAPERS} == worn)
    return next(same, OWN)


def _papers(shown: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    """Name, colour, colour of the ink, ratio and verdict of each paper."""
    rows = []
    for name in PAPERS[1:]:
        value = ratio(shown["encre"], shown[name])
        verdict = _("reads well") if value >= INK_GOOD else _("readable")
        if value < INK_LEAST:
            verdict = _("refused: cannot be read")
        rows.append((str(NAMES[name]), shown[name], shown["encre"], points(value), verdict))
    return rows
