"""A call for posters, what people send, and what the jury says without knowing whose it is."""

from secrets import token_hex

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import AiDeclaration, Work


def new_seed() -> str:
    """What shuffles the entries of a call, differently for each juror and the same each time."""
    return token_hex(8)


class State(models.TextChoices):
    """Where a call is."""

    DRAFT = "draft", _("In preparation")
    OPEN = "open", _("Open to everyone")
    JURY = "jury", _("With the jury")
    SHOWN = "shown", _("Results shown")


class Mark(models.IntegerChoices):
    """What a juror gives."""

    NO = 0, _("Not this one")
    WHY_NOT = 1, _("Why not")
    YES = 2, _("Yes")
    LOVE = 3, _("A favourite")


class PosterCall(models.Model):
    """A subject, a last day, and rules in a few lines."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="calls")
    title = models.CharField(_("title"), max_length=120)
    subject = models.TextField(_("subject"))
    closes_at = models.DateTimeField(_("open until"))
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.DRAFT)
    seed = models.CharField(_("seed"), max_length=16, default=new_seed)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["campaign", "state", "-id"], name="poster_call_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the desk."""
        return reverse("poster_call", args=[self.pk])


class Entry(models.Model):
    """One poster sent in; no account is needed, and its file was written again without metadata."""

    call = models.ForeignKey(PosterCall, models.CASCADE, related_name="entries")
    reference = models.CharField(_("fingerprint of its address"), max_length=64, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("member"),
    )
    title = models.CharField(_("title"), max_length=120)
    credit = models.CharField(_("credit line"), max_length=60)
    alt_text = models.TextField(_("alternative text"))
    rights = models.JSONField(_("rights sheet"), default=list)
    ai = models.CharField(_("AI declaration"), max_length=10, choices=AiDeclaration.choices)
    file = models.FileField(_("file"), upload_to="calls", max_length=200)
    media_type = models.CharField(_("media type"), max_length=40)
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    at = models.DateTimeField(_("when"))
    work = models.OneToOneField(
        Work, models.SET_NULL, null=True, blank=True, related_name="entry", verbose_name=_("work")
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "sha256"], name="entry_file_once")]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """What one juror gives to one entry; it can change until the results are shown."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="votes")
    juror = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="votes", verbose_name=_("juror")
    )
    mark = models.PositiveSmallIntegerField(_("mark"), choices=Mark.choices)
    comment = models.TextField(_("comment"), blank=True, default="")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "juror"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.mark}"
