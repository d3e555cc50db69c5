"""The signed export, at a fixed address; it names the files of works without holding them."""

import json

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.exchange.exporting import export_document
from tractage.web.campaign import served


def export(request: HttpRequest) -> HttpResponse:
    """Schema and signature: docs/operator/echange.md. Made again when a work or a mission changes."""
    campaign = served(request)
    key = _state(campaign)
    body = cache.get(key)
    if body is None:
        body = json.dumps(export_document(campaign), ensure_ascii=False, sort_keys=True)
        cache.set(key, body, None)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


def _state(campaign: Campaign) -> str:
    missions = AuditLine.objects.filter(subject="missions.brief").order_by("-pk").values_list("pk", flat=True)
    frozen = "frozen" if freeze(campaign).frozen else "open"
    return f"exchange:{campaign.pk}:{campaign.revision}:{missions.first() or 0}:{frozen}"
