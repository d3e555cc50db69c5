"""What a founder changes of the campaign from the desk: each change is checked, kept, and left in the log.

The campaign's file keeps its say: see `load_campaign`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.studio.contrast import ratio
from tractage.domain.studio.kits import INK_LEAST, Finding, Kit, check_kit, load_kit
from tractage.domain.studio.kits import PAPERS as KIT_PAPERS
from tractage.hq.campaigns.campaign_file import COLOUR, PAPERS
from tractage.hq.campaigns.models import AiPolicy, Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.people.models import Member
from tractage.hq.people.quiet import refuse_during_silence
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.services import accept_charter

PERMISSION = "people.change_campaign"
HASHTAG = re.compile(r"#\w{2,50}")
MOST_EUROS = Decimal(1_000_000)


@dataclass(frozen=True)
class Cost:
    """A line of the public ledger."""

    day: date
    label: str
    euros: Decimal

    def row(self) -> dict[str, Any]:
        """As the campaign keeps it."""
        return {"date": self.day.isoformat(), "label": self.label, "euros": float(self.euros)}


@transaction.atomic
def change_words(
    actor: Member, campaign: Campaign, *, name: str, summary: str, hashtags: Sequence[str], ai_policy: str
) -> Campaign:
    """Change the campaign's name, its two sentences, its hashtags and its policy about generative AI."""
    refuse_during_silence(campaign)
    if ai_policy not in AiPolicy.values:
        raise Refused(_("Choose one of the two policies."))
    for tag in hashtags:
        if not HASHTAG.fullmatch(tag):
            raise Refused(_("“%(tag)s”: a hashtag is a # and one word.") % {"tag": tag})
    if not name.strip() or not summary.strip():
        raise Refused(_("A campaign has a name, and says what it is in two sentences."))
    return _change(
        actor,
        campaign,
        "campaign.words",
        name=name.strip(),
        summary=summary.strip(),
        hashtags=list(dict.fromkeys(hashtags)),
        ai_policy=ai_policy,
    )


@transaction.atomic
def declare_partners(actor: Member, campaign: Campaign, partners: Sequence[Mapping[str, str]]) -> Campaign:
    """Say which communities the campaign works with: name, address, what they do together."""
    refuse_during_silence(campaign)
    for one in partners:
        if not one["name"].strip() or not one["what"].strip():
            raise Refused(_("A partner has a name, and one says what is done together."))
        if urlsplit(one["url"]).scheme not in ("http", "https"):
            raise Refused(_("The address of a partner begins with https://"))
    rows = [{key: one[key].strip() for key in ("name", "url", "what")} for one in partners]
    return _change(actor, campaign, "campaign.partners", partners=rows)


@transaction.atomic
def write_cost(actor: Member, campaign: Campaign, cost: Cost) -> Campaign:
    """Add a line to the public ledger."""
    if not cost.label.strip() or not 0 <= cost.euros <= MOST_EUROS:
        raise Refused(_("A cost has a label and an amount in euros, 0 or more."))
    known = _locked(actor, campaign)
    costs = sorted([*known.costs, replace(cost, label=cost.label.strip()).row()], key=lambda row: row["date"])
    return _keep(actor, known, "campaign.cost", {"costs": costs}, cost.row())


@transaction.atomic
def remove_cost(actor: Member, campaign: Campaign, row: Mapping[str, Any]) -> Campaign:
    """Take a mistaken line out of the ledger; the log keeps what it said."""
    known = _locked(actor, campaign)
    costs = list(known.costs)
    if dict(row) not in costs:
        raise Refused(_("This line is no longer in the ledger."))
    costs.remove(dict(row))
    return _keep(actor, known, "campaign.cost_removed", {"costs": costs}, dict(row))


@transaction.atomic
def publish_charter(
    actor: Member, campaign: Campaign, version: str, articles: Sequence[Mapping[str, str]]
) -> Campaign:
    """Put a new version of the charter in force: every member is asked again at their next page."""
    known, wanted = _locked(actor, campaign), version.strip()
    if not wanted or wanted == known.charter_version:
        raise Refused(_("A changed charter needs a version of its own: %(version)s is in force.") % {
            "version": known.charter_version})  # fmt: skip
    rows = [{"title": one["title"].strip(), "text": one["text"].strip()} for one in articles]
    if not rows or not all(one["title"] and one["text"] for one in rows):
        raise Refused(_("A charter has at least one article, each with a title and a text."))
    before = {"version": known.charter_version, "articles": known.charter}
    values = {"charter_version": wanted, "charter": rows}
    known = _keep(actor, known, "campaign.charter", values, {"version": wanted, "before": before})
    accept_charter(actor, known)  # who writes a charter has read it
    return known


@transaction.atomic
def choose_kit(actor: Member, campaign: Campaign, colours: Mapping[str, str]) -> Campaign:
    """Give the campaign its ink and papers. Raises Refused when text on one of them could not be read."""
    unknown = [name for name, value in colours.items() if name not in PAPERS or not COLOUR.fullmatch(value)]
    if unknown:
        raise Refused(_("A colour is written like #FFD23F."))
    refused = [one for one in kit_findings(campaign, colours) if one.refused]
    if refused:
        raise Refused(_("Text could not be read with these colours: %(found)s.") % {
            "found": "; ".join(in_words(one, colours) for one in refused)})  # fmt: skip
    return _change(actor, campaign, "campaign.kit", kit=dict(colours))


def kit_findings(campaign: Campaign, colours: Mapping[str, str]) -> list[Finding]:
    """What the studio's check says of colours: ink under 4.5 to 1 is refused, under 7 told; R27 told."""
    base = load_kit()
    return check_kit(Kit(campaign.slug, campaign.name, base.colours | dict(colours)))


def in_words(finding: Finding, colours: Mapping[str, str]) -> str:
    """A finding, for a founder."""
    name = finding.element.removeprefix("colours.")
    if finding.rule == "R27":
        return _("blue, white and red together may recall the national emblem on a poster (art. R27)")
    if name in KIT_PAPERS:
        base = load_kit().colours | dict(colours)
        value = f"{ratio(base['encre'], base[name]):.1f}"
        words = _("ink on %(name)s is %(value)s to 1, at least %(least)s is needed")
        return words % {"name": name, "value": value, "least": INK_LEAST}
    return _("%(name)s is too close to what is under it") % {"name": name}


def _change(actor: Member, campaign: Campaign, verb: str, **values: Any) -> Campaign:
    known = _locked(actor, campaign)
    changed = {key: value for key, value in values.items() if getattr(known, key) != value}
    if not changed:
        return known
    before = {key: getattr(known, key) for key in changed}
    return _keep(actor, known, verb, changed, {"before": before, "after": changed})


def _locked(actor: Member, campaign: Campaign) -> Campaign:
    require(actor, PERMISSION, campaign)
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def _keep(
    actor: Member, campaign: Campaign, verb: str, values: Mapping[str, Any], details: Mapping[str, Any]
) -> Campaign:
    for key, value in values.items():
        setattr(campaign, key, value)
    campaign.save(update_fields=list(values))
    touch_campaign(campaign)
    write_audit_line(actor, verb, campaign, **details)
    return campaign
