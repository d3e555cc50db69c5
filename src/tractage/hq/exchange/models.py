"""A community whose key is trusted, and what its exports have told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Work
from tractage.hq.missions.models import Brief


class ItemKind(models.TextChoices):
    """What travels."""

    BRIEF = "brief", _("Brief")
    WORK = "work", _("Work")


class Peer(models.Model):
    """Another community, by the key that signs its exports."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="peers", verbose_name=_("campaign"))
    key = models.CharField(_("public key"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    slug = models.CharField(_("identifier"), max_length=50)
    site = models.URLField(_("address"), max_length=400)
    trusted_at = models.DateTimeField(_("trusted since"))
    exported_at = models.DateTimeField(_("its latest export is of"), null=True, blank=True)
    digest = models.CharField(_("fingerprint of its latest export"), max_length=64, blank=True, default="")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner community")
        verbose_name_plural = _("partner communities")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "key"], name="peer_key_unique")]

    def __str__(self) -> str:
        return self.name


class PeerItem(models.Model):
    """A brief or a work that a partner's export told of, and what became of it here."""

    peer = models.ForeignKey(Peer, models.CASCADE, related_name="items", verbose_name=_("partner community"))
    kind = models.CharField(_("kind"), max_length=5, choices=ItemKind.choices)
    key = models.CharField(_("its key there"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    credit = models.CharField(_("credit line"), max_length=120, blank=True, default="")
    url = models.URLField(_("address"), max_length=400, blank=True, default="")
    released_at = models.DateTimeField(_("released there"), null=True, blank=True)
    seen_at = models.DateTimeField(_("first told"))
    recalled = models.BooleanField(_("withdrawn there"), default=False)
    reason = models.TextField(_("why it was withdrawn"), blank=True, default="")
    brief = models.ForeignKey(
        Brief, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("brief")
    )
    work = models.ForeignKey(
        Work, models.SET_NULL, null=True, blank=True, related_name="peer_items", verbose_name=_("work")
    )

    class Meta:
        verbose_name = _("item of a partner")
        verbose_name_plural = _("items of partners")
        ordering = ["-released_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["peer", "kind", "key"], name="peer_item_unique")]
        indexes = [models.Index(fields=["peer", "kind", "recalled"], name="peer_item_shelf")]

    def __str__(self) -> str:
        return self.title
