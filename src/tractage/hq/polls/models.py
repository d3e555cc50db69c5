"""A table of polls as it was brought, and the trend of each line-up, kept ready to be shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign


class Computing(models.TextChoices):
    """How far the trends of a table are."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped")


class PollTable(models.Model):
    """A file of polls: facts that others published, with their licence; one at most is shown."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="poll_tables")
    name = models.CharField(_("file"), max_length=120)
    layout = models.CharField(_("layout"), max_length=30)
    credit = models.CharField(_("who made the table"), max_length=120)
    licence = models.CharField(_("licence"), max_length=60)
    url = models.URLField(_("address of the table"), blank=True, default="", max_length=300)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.FileField(_("polls in the long format"), upload_to="polls", max_length=200)
    polls = models.PositiveIntegerField(_("polls"))
    left_out = models.JSONField(_("left out, with the reason"), default=list, blank=True)
    shown = models.BooleanField(_("shown to everyone"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Computing.choices, default=Computing.WAITING)
    done = models.PositiveIntegerField(_("trends made"), default=0)
    total = models.PositiveIntegerField(_("trends to make"), default=0)
    error = models.CharField(_("why it stopped"), max_length=300, blank=True, default="")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    brought_at = models.DateTimeField(_("brought"))

    class Meta:
        verbose_name = _("table of polls")
        verbose_name_plural = _("tables of polls")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "sha256"], name="poll_table_once"),
            models.UniqueConstraint(
                fields=["campaign"], condition=models.Q(shown=True), name="one_poll_table_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PollTrend(models.Model):
    """The trend of one line-up: levels with bands, houses, the polls and their mentions, the drawing."""

    table = models.ForeignKey(PollTable, models.CASCADE, related_name="trends")
    line_up = models.CharField(_("line-up"), max_length=30)
    round = models.PositiveSmallIntegerField(_("round"))
    current = models.BooleanField(_("the one most tested lately"), default=False)
    polls = models.PositiveIntegerField(_("polls"))
    lacking = models.PositiveIntegerField(_("polls that lack a legal mention"), default=0)
    until = models.DateField(_("last poll"))
    result = models.JSONField(_("result"), default=dict)
    drawing = models.TextField(_("drawing"), blank=True, default="")

    class Meta:
        verbose_name = _("trend of polls")
        verbose_name_plural = _("trends of polls")
        ordering = ["round", "-current", "-polls", "line_up"]
        constraints = [models.UniqueConstraint(fields=["table", "line_up"], name="poll_trend_once")]

    def __str__(self) -> str:
        return self.line_up
