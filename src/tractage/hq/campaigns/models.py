"""The campaign, loaded from one file, and the audit log of every write."""

from secrets import token_hex
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_revision() -> str:
    """A name that no earlier state of the site had, even after a backup was restored."""
    return token_hex(16)


class AiPolicy(models.TextChoices):
    """What a campaign allows its works to have been made with."""

    NONE = "none", _("No generative AI")
    DECLARED = "declared", _("Generative AI if declared")


class Campaign(models.Model):
    """Everything that makes this instance this campaign's: data, so that the code knows no party."""

    slug = models.SlugField(_("identifier"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    summary = models.TextField(_("in two sentences"))
    election = models.CharField(_("election"), max_length=60)
    results = models.CharField(_("results that rank the seats"), max_length=60)
    method = models.CharField(_("ranking"), max_length=10, default="observed")
    within = models.PositiveIntegerField(_("votes that make a pivot"), default=2000)
    bloc = models.CharField(_("bloc"), max_length=40)
    nuances = models.JSONField(_("nuances, when the pack's are overridden"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    ai_policy = models.CharField(
        _("AI policy"), max_length=10, choices=AiPolicy.choices, default=AiPolicy.NONE
    )
    charter_version = models.CharField(_("version of the charter"), max_length=20)
    charter = models.JSONField(_("articles of the charter"), default=list)
    partners = models.JSONField(_("declared partners"), default=list, blank=True)
    costs = models.JSONField(_("costs"), default=list, blank=True)
    kit = models.JSONField(_("brand kit"), default=dict, blank=True)
    publisher = models.JSONField(_("publisher"), default=dict)
    from_file = models.JSONField(_("what its file last said"), default=dict, blank=True, editable=False)
    current = models.BooleanField(_("the one this instance serves"), default=False)
    revision = models.CharField(_("revision of what the public sees"), max_length=32, default=new_revision)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=models.Q(current=True), name="one_current_campaign"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AppendOnly(models.QuerySet["AuditLine"]):
    """Lines are written and read, never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("an audit line is never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("an audit line is never removed")


class AuditLine(models.Model):
    """Who did what to what, and when. An erased member's lines stay, without the name."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("what"), max_length=60, db_index=True)
    subject = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.CharField(_("which"), max_length=60)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects: ClassVar[models.Manager["AuditLine"]] = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; refuse to change one."""
        if self.pk is not None:
            raise TypeError("an audit line is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("an audit line is never removed")
