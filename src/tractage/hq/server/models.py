"""What the bot made on the community's server, and the announcements that are to be sent there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PieceKind(models.TextChoices):
    """What a piece of the server is."""

    ROLE = "role", _("Role")
    CATEGORY = "category", _("Category")
    CHANNEL = "channel", _("Channel")
    RULE = "rule", _("AutoMod rule")
    MESSAGE = "message", _("Message")
    MEASURE = "measure", _("What a measure replaced")


class Piece(models.Model):
    """Something on the server that the bot made or was told to use, by the key that the layout gives it."""

    kind = models.CharField(_("kind"), max_length=10, choices=PieceKind.choices)
    key = models.CharField(_("key"), max_length=60)
    number = models.CharField(_("number on Discord"), max_length=22)
    made = models.BooleanField(_("made by the bot"), default=True)

    class Meta:
        verbose_name = _("piece of the server")
        verbose_name_plural = _("pieces of the server")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="piece_key_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Subject(models.TextChoices):
    """What an announcement is about."""

    WORK = "work", _("Released work")
    OPERATION = "operation", _("Operation")


class State(models.TextChoices):
    """Where an announcement is: `SENDING` was asked of Discord and not answered yet."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not sent")


class Announcement(models.Model):
    """One thing to say on the server, once; the law holds it as long as it must."""

    subject = models.CharField(_("about"), max_length=10, choices=Subject.choices)
    subject_id = models.PositiveBigIntegerField(_("which"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField(_("found"))
    held_until = models.DateTimeField(_("held by the law until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    message = models.CharField(_("message on Discord"), max_length=22, blank=True, default="")

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id"], name="announcement_once"),
        ]
        indexes = [models.Index(fields=["state", "id"], name="announcement_queue")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.state}"
