"""An analysis of posts, how far it is, and who agreed to tell the public its figures."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign


class State(models.TextChoices):
    """How far an analysis is."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")
    STOPPED = "stopped", _("Stopped")


def new_folder() -> str:
    """A name that nobody can guess, for the folder of an analysis."""
    return uuid.uuid4().hex


class Analysis(models.Model):
    """A file of posts given to radar. Its folder holds the file, then the results: never public."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="analyses", verbose_name=_("campaign")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="analyses",
        verbose_name=_("analyst"),
    )
    title = models.CharField(_("title"), max_length=120)
    folder = models.CharField(_("folder"), max_length=32, default=new_folder, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=200)
    options = models.JSONField(_("how to look"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    rows_done = models.PositiveBigIntegerField(_("rows gone through"), default=0)
    rows_total = models.PositiveBigIntegerField(_("rows"), default=0)
    problem = models.TextField(_("what was wrong"), blank=True, default="")
    problem_said = models.JSONField(_("what was wrong, its values apart"), default=list, blank=True)
    summary = models.JSONField(_("figures"), default=dict, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "published_at"], name="analysis_public")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("analysis", args=[self.pk])

    @property
    def posts_path(self) -> Path:
        """Where the file of posts is kept until it has been read."""
        return self.private_folder / f"posts{''.join(Path(self.filename).suffixes[-2:]).lower()}"

    @property
    def results_path(self) -> Path:
        """Where the results are."""
        return self.private_folder / "results"

    @property
    def private_folder(self) -> Path:
        """Outside of what the site serves."""
        return Path(settings.TRACTAGE.data_dir) / "analyses" / self.folder

    @property
    def moving(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (State.WAITING, State.RUNNING)


class Agreement(models.Model):
    """An analyst who has read the report and agrees to tell its figures; two are needed."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="agreements")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["analysis", "member"], name="agreement_once")]

    def __str__(self) -> str:
        return f"{self.analysis_id}"
