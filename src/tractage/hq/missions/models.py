"""A brief (mission), what it aims at, its facts, and who holds a tab of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.people.models import Craft


class BriefStatus(models.TextChoices):
    """Whether tabs can be torn off."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class ClaimStatus(models.TextChoices):
    """What became of a tab."""

    HELD = "held", _("In hand")
    DONE = "done", _("Handed in")
    RELEASED = "released", _("Given back")
    EXPIRED = "expired", _("Run out")


class Brief(models.Model):
    """What is asked for: the means are given, the versions that come back are distinct."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="briefs", verbose_name=_("campaign"))
    origin = models.CharField(_("key of an import"), max_length=120, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="forks", verbose_name=_("made from")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="briefs",
        verbose_name=_("written by"),
    )
    title = models.CharField(_("title"), max_length=90)
    goal = models.TextField(_("goal"))
    craft = models.CharField(_("craft"), max_length=12, choices=Craft.choices)
    minutes = models.PositiveSmallIntegerField(_("effort in minutes"))
    formats = models.JSONField(_("formats"), default=list, blank=True)
    do = models.JSONField(_("to do"), default=list, blank=True)
    dont = models.JSONField(_("not to do"), default=list, blank=True)
    rights_hints = models.TextField(_("about rights"), blank=True, default="")
    versions = models.PositiveSmallIntegerField(_("versions wanted"), default=5)
    hold_hours = models.PositiveSmallIntegerField(_("hours a tab is held"), default=22)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    first = models.BooleanField(_("a first mission"), default=False)
    status = models.CharField(
        _("status"), max_length=8, choices=BriefStatus.choices, default=BriefStatus.OPEN
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "origin"], condition=~models.Q(origin=""), name="brief_origin_unique"
            ),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="brief_minutes"),
            models.CheckConstraint(condition=models.Q(versions__gte=1), name="brief_versions"),
        ]
        indexes = [models.Index(fields=["campaign", "status", "craft"], name="brief_board")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The brief's page on the desk."""
        return reverse("brief", args=[self.pk])


class BriefTarget(models.Model):
    """A seat that a brief speaks to, or one official candidate there: never anyone else."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="targets")
    seat = models.CharField(_("seat"), max_length=6, db_index=True)
    candidate = models.CharField(_("candidate"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "seat", "candidate"], name="brief_target_unique")
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.candidate}".strip()


class BriefFact(models.Model):
    """Something that can be said, and where it comes from."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="facts")
    text = models.TextField(_("fact"))
    source = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address of the source"), blank=True, default="", max_length=400)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Claim(models.Model):
    """A tab torn off: one version of a brief in one person's hands, for some hours."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="claims", verbose_name=_("brief"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="claims",
        verbose_name=_("member"),
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("offered to"),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ClaimStatus.choices, default=ClaimStatus.HELD
    )
    taken_at = models.DateTimeField(_("taken"))
    until = models.DateTimeField(_("held until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "member"],
                condition=models.Q(status="held"),
                name="claim_held_once",
            )
        ]
        indexes = [
            models.Index(fields=["brief", "status", "until"], name="claim_brief"),
            models.Index(fields=["member", "status"], name="claim_member"),
            models.Index(fields=["status", "until"], name="claim_until"),
        ]

    def __str__(self) -> str:
        return f"{self.brief_id} {self.status}"
