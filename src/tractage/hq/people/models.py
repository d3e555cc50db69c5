"""A member is a pseudonym and a standing: no name, e-mail or phone is asked for or kept."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What the community has trusted a member with, from least to most."""

    NEWCOMER = "newcomer", _("Newcomer")
    MEMBER = "member", _("Member")
    REVIEWER = "reviewer", _("Reviewer")
    MODERATOR = "moderator", _("Moderator")
    COORDINATOR = "coordinator", _("Coordinator")
    FOUNDER = "founder", _("Founder")


class Craft(models.TextChoices):
    """What a member likes to do; a mission asks for one craft."""

    DESIGN = "design", _("Graphic design")
    VIDEO = "video", _("Video editing")
    ANIMATION = "animation", _("Animation")
    WRITING = "writing", _("Writing")
    TRANSLATION = "translation", _("Translation")
    WATCH = "watch", _("Watch")
    COMMUNITY = "community", _("Community management")
    DEVELOPMENT = "development", _("Development")
    SHARING = "sharing", _("Sharing")


class Availability(models.TextChoices):
    """How often one means to come; nobody is held to it."""

    SOMETIMES = "sometimes", _("Now and then")
    WEEKLY = "weekly", _("Some evenings a week")
    DAILY = "daily", _("Almost every day")
    RUSH = "rush", _("In the last weeks only")


class MemberManager(BaseUserManager["Member"]):
    """Creates members; a pseudonym is found whatever its capitals."""

    def create_user(self, pseudonym: str, password: str | None = None, **fields: Any) -> "Member":
        """Save a member; without a password they can only log in through a linked account."""
        member = self.model(pseudonym=pseudonym, **fields)
        member.set_password(password)
        member.full_clean(exclude=["password"])
        member.save(using=self._db)
        return member

    def create_superuser(self, pseudonym: str, password: str | None = None, **fields: Any) -> "Member":
        """Save a founder who also runs the instance."""
        return self.create_user(
            pseudonym, password, standing=Standing.FOUNDER, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> "Member":
        """The member with this pseudonym, whatever its capitals."""
        return self.get(pseudonym__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A volunteer."""

    pseudonym = models.CharField(
        _("pseudonym"),
        max_length=32,
        unique=True,
        validators=[
            MinLengthValidator(2),
            RegexValidator(
                r"^[^\W_](?:[\w .’'-]*[\w])?$", _("Letters, digits, spaces and hyphens; no @ and no address.")
            ),
        ],
    )
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.NEWCOMER
    )
    crafts = models.JSONField(_("crafts"), default=list, blank=True)
    availability = models.CharField(
        _("availability"), max_length=10, choices=Availability.choices, blank=True, default=""
    )
    charter_version = models.CharField(_("charter accepted"), max_length=20, blank=True, default="")
    charter_accepted_at = models.DateTimeField(_("charter accepted on"), null=True, blank=True)
    shown = models.BooleanField(_("page open to everyone"), default=False)
    is_staff = models.BooleanField(_("runs the instance"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    USERNAME_FIELD = "pseudonym"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("pseudonym"),
                name="pseudonym_unique",
                violation_error_message=_("This pseudonym is taken."),
            )
        ]
        indexes = [models.Index(fields=["standing", "-joined_at"], name="member_standing")]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        """The member's page, shut unless they open it."""
        return reverse("member", args=[self.pk])


class DiscordAccount(models.Model):
    """The Discord account that speaks for a member on the community's server: its number, nothing else."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="discord", verbose_name=_("member"))
    uid = models.CharField(_("number of the account"), max_length=22, unique=True)
    linked_at = models.DateTimeField(_("linked on"), auto_now_add=True)

    class Meta:
        verbose_name = _("Discord account")
        verbose_name_plural = _("Discord accounts")

    def __str__(self) -> str:
        return f"{self.member_id}"


class RecoveryCode(models.Model):
    """A code, shown once, that opens the account when the password is lost; only its fingerprint is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["member", "fingerprint"], name="recovery_code_unique")]

    def __str__(self) -> str:
        return f"{self.member_id}"


class Attempt(models.Model):
    """Something that may not be tried too often; the key is a fingerprint and the row goes within a day."""

    key = models.CharField(_("key"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [
            models.Index(fields=["key", "at"], name="attempt_key"),
            models.Index(fields=["at"], name="attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class CalendarKey(models.Model):
    """The private address of a member's calendar; only its fingerprint is kept."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_key")
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.member_id}"
