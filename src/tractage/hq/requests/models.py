"""A request of a campaign team, who takes it, what was handed over. A contact is sealed, then removed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Work


class Asker(models.TextChoices):
    """Who may ask. Other legal persons may not: they are refused before anything is kept."""

    CANDIDATE = "candidate", _("The candidate")
    TEAM = "team", _("The candidate’s campaign team")
    PARTY = "party", _("A party that supports the candidate")


class Stage(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("Received")
    OPEN = "open", _("Open to volunteers")
    REFUSED = "refused", pgettext_lazy("a request", "Refused")
    CLOSED = "closed", pgettext_lazy("a request", "Closed")


class TeamRequest(models.Model):
    """What a team asks for, for one candidate of one seat."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="team_requests")
    reference = models.CharField(_("fingerprint of its address"), max_length=64, unique=True)
    asker = models.CharField(_("who asks"), max_length=10, choices=Asker.choices)
    seat = models.CharField(_("seat"), max_length=6)
    candidate = models.CharField(_("candidate"), max_length=120)
    declared = models.BooleanField(_("on no list known here, to be checked"), default=False)
    what = models.TextField(_("what is asked"))
    formats = models.CharField(_("formats"), max_length=200, blank=True, default="")
    wanted_on = models.DateField(_("wanted on"))
    contact = models.BinaryField(_("contact, sealed"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.RECEIVED)
    reason = models.TextField(_("why"), blank=True, default="")
    created_at = models.DateTimeField(_("received"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("team request")
        verbose_name_plural = _("team requests")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "stage", "-id"], name="request_stage")]

    def __str__(self) -> str:
        return f"{self.candidate} ({self.seat})"

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("team_request", args=[self.pk])


class Acceptance(models.Model):
    """A volunteer took a request, as an unpaid natural person, and attested to it point by point."""

    request = models.ForeignKey(TeamRequest, models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="acceptances",
        verbose_name=_("member"),
    )
    attested = models.JSONField(_("attested"), default=list)
    at = models.DateTimeField(_("when"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="acceptance_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.member_id}"


class Delivery(models.Model):
    """What was handed over: a work that two people read, or a file."""

    request = models.ForeignKey(TeamRequest, models.CASCADE, related_name="deliveries")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("member")
    )
    title = models.CharField(_("what"), max_length=120)
    work = models.ForeignKey(
        Work, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("work")
    )
    file = models.FileField(_("file"), upload_to="deliveries", max_length=200, blank=True)
    media_type = models.CharField(_("media type"), max_length=40, blank=True, default="")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
