"""A member is a pseudonym and a standing: no name, e-mail or phone is asked for or kept."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What the community has trusted a member with, from least to most."""

    NEWCOMER = "newcomer", _("Newcomer")
    MEMBER = "member", _("Member")
    REVIEWER = "reviewer", _("Reviewer")
    MODERATOR = "moderator", _("Moderator")
    COORDINATOR = "coordinator", _("Coordinator")
    FOUNDER = "founder", _("Founder")


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

    def __str__(self) -> str:
        return self.pseudonym
