"""A public post that carries a work, who saw it, its views as somebody read them; the draws of list D; runs.

Nothing here says who posted: a post is its platform and its number there. An address that cannot be written
without an account's name is kept as a fingerprint.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Share, Work
from tractage.hq.sightings.kinds import Found, How, ReachScope, RunStatus, SeenState, Source, TaskStatus


class Post(models.Model):
    """One public post. `key`: its number on its platform, a fingerprint, or `capture:…` without a link."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="seen_posts", verbose_name=_("campaign")
    )
    platform = models.CharField(_("platform"), max_length=20)
    key = models.CharField(_("number on the platform"), max_length=400)
    url = models.CharField(_("address"), max_length=500, blank=True, default="")
    published = models.DateField(_("published on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates", verbose_name=_("same as")
    )
    first_seen = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("post seen")
        verbose_name_plural = _("posts seen")
        ordering = ["-first_seen", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "platform", "key"], name="seen_post_unique")
        ]
        indexes = [models.Index(fields=["campaign", "-first_seen"], name="seen_post_latest")]

    def __str__(self) -> str:
        return f"{self.platform} {self.pk}"

    @property
    def addressed(self) -> bool:
        """Whether the post can be told from another: a screenshot alone cannot."""
        return not self.key.startswith("capture:")


class AuditRound(models.Model):
    """One draw of list D: anyone who has the seed and the subjects can draw it again."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="audit_rounds", verbose_name=_("campaign")
    )
    seed = models.CharField(_("seed"), max_length=80)
    subjects = models.JSONField(_("subjects by kind"), default=dict)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("drawn by"),
    )
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "seed"], name="audit_seed_once")]

    def __str__(self) -> str:
        return self.seed


class AuditTask(models.Model):
    """One thing to look up on one platform; `nothing` when it was looked up and nothing was there."""

    round = models.ForeignKey(AuditRound, models.CASCADE, related_name="tasks", verbose_name=_("draw"))
    number = models.PositiveIntegerField(_("number"))
    platform = models.CharField(_("platform"), max_length=20)
    kind = models.CharField(_("what to look by"), max_length=12, choices=Found.choices)
    subject = models.CharField(_("what to look up"), max_length=120)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="audit_tasks",
        verbose_name=_("in whose hands"),
    )
    status = models.CharField(_("status"), max_length=6, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    until = models.DateTimeField(_("held until"), null=True, blank=True)
    nothing = models.BooleanField(_("nothing seen"), default=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("search drawn by lot")
        verbose_name_plural = _("searches drawn by lot")
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="audit_task_number")]
        indexes = [models.Index(fields=["status", "until"], name="audit_task_until")]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Sighting(models.Model):
    """Somebody found one post by one way; it counts once a member has said which work it carries."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="sightings", verbose_name=_("post"))
    how = models.CharField(_("list"), max_length=1, choices=How.choices)
    state = models.CharField(_("state"), max_length=9, choices=SeenState.choices, default=SeenState.PENDING)
    work = models.ForeignKey(
        Work, models.SET_NULL, null=True, blank=True, related_name="sightings", verbose_name=_("work")
    )
    matches = models.JSONField(_("what the prints said"), default=list, blank=True)
    query = models.CharField(_("what was searched"), max_length=120, blank=True, default="")
    task = models.ForeignKey(
        AuditTask,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sightings",
        verbose_name=_("search drawn by lot"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sightings",
        verbose_name=_("seen by"),
    )
    share = models.OneToOneField(
        Share,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sighting",
        verbose_name=_("share declared"),
    )
    visitor = models.BooleanField(_("from a visitor"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    proof = models.FileField(
        _("screenshot kept as proof"), upload_to="captures", max_length=200, blank=True, default=""
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-at"], name="sighting_state"),
            models.Index(fields=["member", "-at"], name="sighting_member"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.how}"


class Reading(models.Model):
    """The views of a post as read on a day; `rounding`: the most that the platform may have rounded."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="readings", verbose_name=_("post"))
    views = models.PositiveBigIntegerField(_("views"))
    rounding = models.PositiveBigIntegerField(_("rounding"), default=0)
    day = models.DateField(_("read on"))
    source = models.CharField(_("who read them"), max_length=8, choices=Source.choices, default=Source.SCREEN)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read by"),
    )
    sighting = models.ForeignKey(
        Sighting,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("noted with"),
    )

    class Meta:
        verbose_name = _("reading of views")
        verbose_name_plural = _("readings of views")
        ordering = ["-day", "-views", "-pk"]
        indexes = [models.Index(fields=["source", "day"], name="reading_source_day")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.day}"


class ReachRun(models.Model):
    """One estimate, by the fingerprint of what went into it: the same inputs are never computed twice."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="reach_runs", verbose_name=_("campaign")
    )
    scope = models.CharField(_("of what"), max_length=9, choices=ReachScope.choices)
    key = models.CharField(_("which"), max_length=40, blank=True, default="")
    fingerprint = models.CharField(_("fingerprint of the inputs"), max_length=64)
    status = models.CharField(_("status"), max_length=9, choices=RunStatus.choices, default=RunStatus.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("to do"), default=0)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    until = models.DateTimeField(_("sightings up to"))
    table = models.TextField(_("table of posts, as the command reads it"), blank=True, default="")
    left_out = models.JSONField(_("what was left out"), default=dict)
    result = models.JSONField(_("result"), null=True, blank=True)
    charts = models.JSONField(_("charts by language"), default=dict, blank=True)
    error = models.CharField(_("why it stopped"), max_length=300, blank=True, default="")
    shown = models.BooleanField(_("open to everyone"), default=False)

    class Meta:
        verbose_name = _("estimate of reach")
        verbose_name_plural = _("estimates of reach")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "scope", "key", "fingerprint"], name="reach_run_unique"
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=models.Q(shown=True), name="reach_one_shown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}".strip()

    @property
    def moving(self) -> bool:
        """Whether the worker has it or will."""
        return self.status in (RunStatus.WAITING, RunStatus.RUNNING)

    def platforms(self) -> list[dict[str, Any]]:
        """What was found for each platform, as kept."""
        return list((self.result or {}).get("platforms", ()))
