"""Who is under guard, what happened, what was decided, and what was answered."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tractage.domain.guard.appeals import Outcome
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.safety.call_models import Call, MassAction
from tractage.hq.safety.guard_models import (
    AllowedWord,
    GuardRule,
    GuardSettingsRow,
    KnownPictureRow,
    LadderStep,
    ListedMember,
    PreventiveList,
    RulesRevision,
    ShadowHit,
)
from tractage.hq.safety.log_models import LogEnd, LogLine

__all__ = [
    "Account",
    "AllowedWord",
    "Appeal",
    "Call",
    "GuardRule",
    "GuardSettingsRow",
    "Incident",
    "KnownPictureRow",
    "LadderStep",
    "ListedMember",
    "LogEnd",
    "LogLine",
    "MassAction",
    "PreventiveList",
    "Report",
    "RulesRevision",
    "Sanction",
    "ShadowHit",
]


class Source(models.TextChoices):
    """Where something was seen."""

    DISCORD = "discord", _("Discord")
    WEB = "web", _("Site")


class State(models.TextChoices):
    """Where an incident or a report is in its life."""

    OPEN = "open", _("To look at")
    HANDLED = "handled", _("Dealt with")
    DISMISSED = "dismissed", _("Nothing wrong")


class ReportReason(models.TextChoices):
    """Why somebody reports."""

    HARASSMENT = "harassment", _("It attacks or threatens somebody")
    PRIVATE = "private", _("It shows somebody’s address, number or face")
    HATE = "hate", _("It is hateful")
    FALSE = "false", _("It is false, or has no source")
    RIGHTS = "rights", _("It uses something without the right to")
    SPAM = "spam", _("It floods, sells or deceives")
    OTHER = "other", _("Something else")


KINDS = {
    Kind.WARN: _("Warning"),
    Kind.MUTE: _("Silence for a time"),
    Kind.RENAME: _("Another name"),
    Kind.QUARANTINE: _("Quarantine"),
    Kind.KICK: _("Shown out"),
    Kind.BAN: _("Ban"),
}
STANDINGS = {
    Standing.PROPOSED: _("Waits for a second person"),
    Standing.IN_FORCE: _("In force"),
    Standing.UNDONE: _("Undone"),
    Standing.REFUSED: pgettext_lazy("a sanction", "Refused"),
}
OUTCOMES = {
    Outcome.OPEN: _("Waits for an answer"),
    Outcome.UPHELD: _("The sanction stays"),
    Outcome.OVERTURNED: _("The sanction is undone"),
}


class Account(models.Model):
    """A person as safety knows them: an opaque identifier of Discord, a member of the site, or both.

    `name`, `roles` and `active` are what is theirs without any sanction. Discord's identifiers are kept here,
    as text, and nowhere else in safety but in the calls that wait for the bot.
    """

    discord_id = models.CharField(_("Discord identifier"), max_length=22, unique=True, null=True, blank=True)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="safety_account"
    )
    name = models.CharField(_("name"), max_length=64, blank=True, default="")
    roles = models.JSONField(_("roles"), default=list, blank=True)
    active = models.BooleanField(_("active on the site"), default=True)
    seen_at = models.DateTimeField(_("seen"), db_index=True)

    class Meta:
        verbose_name = _("person under guard")
        verbose_name_plural = _("persons under guard")

    def __str__(self) -> str:
        return self.member.pseudonym if self.member else self.name or f"no {self.pk}"


class Incident(models.Model):
    """Something that a rule or a person saw, with its evidence; the text is sealed and leaves on its day."""

    at = models.DateTimeField(_("when"), db_index=True)
    source = models.CharField(_("where"), max_length=8, choices=Source.choices)
    rule = models.CharField(_("rule"), max_length=120, db_index=True)
    action = models.CharField(_("what was done"), max_length=12)
    why = models.CharField(_("why"), max_length=300, blank=True, default="")
    evidence = models.JSONField(_("evidence"), default=list)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="incidents")
    channel = models.CharField(_("channel"), max_length=64, blank=True, default="")
    message = models.CharField(_("message"), max_length=64, blank=True, default="")
    message_print = models.CharField(_("fingerprint"), max_length=64, blank=True, default="", db_index=True)
    sealed = models.TextField(_("sealed text"), blank=True, default="")
    sealed_until = models.DateTimeField(_("text kept until"), null=True, blank=True, db_index=True)
    wave = models.CharField(_("wave"), max_length=60, blank=True, default="", db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-at"], name="incident_state")]

    def __str__(self) -> str:
        return f"{self.pk} {self.rule}"

    def get_absolute_url(self) -> str:
        """The incident's page on the desk."""
        return reverse("incident", args=[self.pk])


class Report(models.Model):
    """What somebody points out: a message, a work, a member. Their words are sealed."""

    at = models.DateTimeField(_("when"), db_index=True)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    reporter = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason.choices)
    subject = models.CharField(_("kind of thing"), max_length=20)
    subject_id = models.CharField(_("which"), max_length=120)
    subject_title = models.CharField(_("title"), max_length=120, blank=True, default="")
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="reported", verbose_name=_("whose")
    )
    channel = models.CharField(_("channel"), max_length=64, blank=True, default="")
    message_print = models.CharField(_("fingerprint"), max_length=64, blank=True, default="")
    sealed = models.TextField(_("sealed words"), blank=True, default="")
    sealed_subject = models.TextField(_("sealed message"), blank=True, default="")
    sealed_until = models.DateTimeField(_("kept until"), null=True, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(_("what was done"), max_length=400, blank=True, default="")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-at"], name="report_state"),
            models.Index(fields=["subject", "subject_id"], name="report_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject} {self.subject_id}"


class Sanction(models.Model):
    """One sanction: an article, the evidence, a person, a time. Without `by`, the guard put in quarantine."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=12, choices=[(one.value, KINDS[one]) for one in Kind])
    article = models.CharField(_("article of the charter"), max_length=120)
    evidence = models.JSONField(_("evidence"), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_guard = models.BooleanField(_("by the guard"), default=False)
    at = models.DateTimeField(_("when"), db_index=True)
    standing = models.CharField(
        _("standing"), max_length=10, choices=[(one.value, STANDINGS[one]) for one in Standing]
    )
    emergency = models.BooleanField(_("emergency"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    lapsed = models.BooleanField(_("its end was carried out"), default=False)
    name = models.CharField(_("new name"), max_length=32, blank=True, default="")
    wave = models.CharField(_("wave"), max_length=60, blank=True, default="", db_index=True)
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, blank=True, related_name="sanctions")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_because = models.CharField(_("why undone"), max_length=400, blank=True, default="")

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["standing", "kind"], name="sanction_standing"),
            models.Index(fields=["account", "standing"], name="sanction_account"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    def get_absolute_url(self) -> str:
        """The sanction's page on the desk."""
        return reverse("sanction", args=[self.pk])


class Appeal(models.Model):
    """What the person says of a sanction, once, and the answer of somebody who did not decide it."""

    sanction = models.OneToOneField(Sanction, models.CASCADE, related_name="appeal")
    at = models.DateTimeField(_("when"))
    sealed = models.TextField(_("sealed words"))
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[(one.value, OUTCOMES[one]) for one in Outcome],
        default=Outcome.OPEN.value,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason given"), blank=True, default="")

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["pk"]
        indexes = [models.Index(fields=["outcome", "at"], name="appeal_outcome")]

    def __str__(self) -> str:
        return f"{self.sanction_id} {self.outcome}"
