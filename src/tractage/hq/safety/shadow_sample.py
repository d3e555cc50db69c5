"""The sample of a rule in shadow: every hit has the same chance to be in it (reservoir, Vitter 1985)."""

import random

from django.db.models import F

from tractage.hq.campaigns.clock import now
from tractage.hq.safety.guard_models import GuardRule, ShadowHit
from tractage.hq.safety.sealing import seal

ROOM = 50


def keep_hit(
    rule: GuardRule, message: str, found: str, text: str, chance: random.Random | None = None
) -> None:
    """Count a hit, and perhaps put it in the sample, in the place of another, judged or not."""
    draw = chance or random.SystemRandom()
    if rule.sample.filter(message=message[:64]).exists():
        return
    GuardRule.objects.filter(pk=rule.pk).update(hits=F("hits") + 1)
    rule.hits += 1
    values = {"found": found[:200], "sealed": seal(text[:1000]), "at": now()}
    sample = list(rule.sample.values_list("pk", flat=True))
    if len(sample) >= ROOM:
        place = draw.randrange(rule.hits)
        if place >= ROOM:
            return
        ShadowHit.objects.filter(pk=sample[place]).delete()
    ShadowHit.objects.create(rule=rule, message=message[:64], **values)
