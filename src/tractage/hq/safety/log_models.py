"""The chained log: lines are only ever added; personal data leaves them on its day, the chain stays."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from tractage.domain.guard.audit import GENESIS, Entry


class Kept(models.QuerySet["LogLine"]):
    """Lines are written and read, never removed."""

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("a line of the safety log is never removed")


class LogLine(models.Model):
    """One entry of `domain/guard/audit`; times are seconds, as they were hashed."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.FloatField(_("when"))
    actor = models.CharField(_("who"), max_length=60)
    action = models.CharField(_("what"), max_length=60, db_index=True)
    subject = models.CharField(_("on what"), max_length=80, db_index=True)
    facts = models.TextField(_("facts"))
    commitment = models.CharField(_("commitment"), max_length=64, blank=True, default="")
    expires = models.FloatField(_("personal data until"), null=True, blank=True, db_index=True)
    before = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)
    personal = models.TextField(_("personal data"), null=True, blank=True)
    salt = models.CharField(_("salt"), max_length=64, null=True, blank=True)

    objects: ClassVar[models.Manager["LogLine"]] = Kept.as_manager()

    class Meta:
        verbose_name = _("line of the safety log")
        verbose_name_plural = _("lines of the safety log")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("a line of the safety log is never removed")

    @property
    def entry(self) -> Entry:
        """The line as the domain reads it."""
        return Entry(*(getattr(self, name) for name in Entry._fields))


class LogEnd(models.Model):
    """The end of the log, one row: locked by whoever writes, and what a cut-off end is noticed by."""

    length = models.PositiveBigIntegerField(_("length"), default=0)
    hash = models.CharField(_("hash"), max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("end of the safety log")
        verbose_name_plural = _("end of the safety log")

    def __str__(self) -> str:
        return f"{self.length}"
