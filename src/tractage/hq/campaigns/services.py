"""Writes about the campaign, and the audit line that every write of the headquarters leaves."""

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
    """Make the campaign of `facts` the one this instance serves (run by the operator)."""
    values = asdict(facts)
    slug = values.pop("slug")
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign and campaign.current and all(getattr(campaign, key) == val for key, val in values.items()):
        return campaign
    Campaign.objects.filter(current=True).exclude(slug=slug).update(current=False)
    campaign, _created = Campaign.objects.update_or_create(slug=slug, defaults=values | {"current": True})
    touch_campaign(campaign)
    campaign.refresh_from_db()
    write_audit_line(None, "campaign.load", campaign, slug=slug)
    return campaign


def touch_campaign(campaign: Campaign) -> None:
    """Say that what the public sees has changed: pages kept in memory are made again."""
    Campaign.objects.filter(pk=campaign.pk).update(revision=new_revision())
