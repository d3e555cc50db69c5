"""What the bot has to do on the server, each thing once: intended first, done after."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """Where a call is. SENT: it left, and no answer is known yet."""

    PLANNED = "planned", _("To do")
    SENT = "sent", _("Sent")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("No longer wanted")


class Route(models.TextChoices):
    """What kind of call: `sync` makes one person's state on the server what safety says it is."""

    CLOSE = "close", _("Close the door")
    BAN = "ban", _("Ban together")
    SYNC = "sync", _("Put in its state")
    WARN = "warn", _("Tell the person")


class Purpose(models.TextChoices):
    """What a mass action is for."""

    CONTAIN = "contain", _("Containment")
    UNDO = "undo", _("Undoing")


class ActionState(models.TextChoices):
    """Where a mass action is."""

    PROPOSED = "proposed", _("Waits for a second person")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class MassAction(models.Model):
    """One wave contained, or undone."""

    wave = models.CharField(_("wave"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    state = models.CharField(_("state"), max_length=10, choices=ActionState.choices)
    people = models.PositiveIntegerField(_("persons"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("mass action")
        verbose_name_plural = _("mass actions")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "purpose"], name="mass_action_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.wave}"


class Call(models.Model):
    """One call. `key` is the same for the same purpose, whatever restarts: a second one is never made."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    action = models.ForeignKey(
        MassAction, models.CASCADE, null=True, blank=True, related_name="calls", verbose_name=_("mass action")
    )
    account = models.ForeignKey("safety.Account", models.CASCADE, null=True, blank=True, related_name="calls")
    sanction = models.ForeignKey(
        "safety.Sanction", models.CASCADE, null=True, blank=True, related_name="calls"
    )
    route = models.CharField(_("route"), max_length=8, choices=Route.choices)
    discord_ids = models.JSONField(_("identifiers"), default=list)
    state = models.CharField(_("state"), max_length=8, choices=CallState.choices, default=CallState.PLANNED)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True, default="")
    at = models.DateTimeField(_("intended"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "id"], name="call_state")]

    def __str__(self) -> str:
        return self.key
