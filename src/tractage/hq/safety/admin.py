"""Safety in the operator's admin, to read: it is written on the desk, where the rules are."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.safety.models import Incident, LogLine, Report, Sanction


@admin.register(Incident)
class IncidentAdmin(ReadOnly):
    """What was seen; the text stays sealed here."""

    list_display = ("at", "rule", "action", "source", "state")
    list_filter = ("state", "source", "action")
    exclude = ("sealed",)


@admin.register(Report)
class ReportAdmin(ReadOnly):
    """What people point out; their words stay sealed here."""

    list_display = ("at", "reason", "subject", "state")
    list_filter = ("state", "reason")
    exclude = ("sealed", "sealed_subject")


@admin.register(Sanction)
class SanctionAdmin(ReadOnly):
    """What was decided."""

    list_display = ("at", "kind", "article", "standing", "wave")
    list_filter = ("standing", "kind")


@admin.register(LogLine)
class LogLineAdmin(ReadOnly):
    """The chain."""

    list_display = ("number", "action", "subject", "actor")
    exclude = ("personal", "salt")
