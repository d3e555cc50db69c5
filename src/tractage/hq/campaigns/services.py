"""Writes about the campaign, and the audit line that every write of the headquarters leaves."""

import json
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Model

from tractage.hq.campaigns.campaign_file import CampaignFile
from tractage.hq.campaigns.models import AuditLine, Campaign, new_revision


def write_audit_line(actor: Any, verb: str, subject: Model, **details: Any) -> AuditLine:
    """Add a line to the log, inside the caller's transaction; `actor` is None for the operator's command."""
    return AuditLine.objects.create(
        actor=None if actor is None or isinstance(actor, AnonymousUser) else actor,
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        details=details,
    )


@transaction.atomic
def load_campaign(facts: CampaignFile) -> Campaign:
    """Make the campaign of `facts` the one this instance serves (run by the operator).

    What the file says anew wins; what it says as it did at the last load leaves the desk's changes be.
    """
    said: dict[str, Any] = json.loads(json.dumps(asdict(facts)))
    slug = said.pop("slug")
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    campaign = campaign or Campaign(slug=slug)
    before = campaign.from_file
    new = {key: value for key, value in said.items() if key not in before or before[key] != value}
    changed = sorted(key for key, value in new.items() if getattr(campaign, key) != value)
    if campaign.pk and campaign.current and not changed and before == said:
        return campaign
    Campaign.objects.filter(current=True).exclude(slug=slug).update(current=False)
    for key, value in new.items():
        setattr(campaign, key, value)
    campaign.from_file, campaign.current = said, True
    campaign.save()
    touch_campaign(campaign)
    campaign.refresh_from_db()
    write_audit_line(None, "campaign.load", campaign, slug=slug, changed=changed)
    return campaign


def touch_campaign(campaign: Campaign) -> None:
    """Say that what the public sees has changed: pages kept in memory are made again."""
    Campaign.objects.filter(pk=campaign.pk).update(revision=new_revision())
