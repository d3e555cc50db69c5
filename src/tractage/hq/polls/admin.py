"""Tables of polls in the operator's admin, to read."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.polls.models import PollTable


@admin.register(PollTable)
class PollTableAdmin(ReadOnly):
    """What was brought, and whether it is shown."""

    list_display = ("name", "layout", "polls", "status", "shown", "brought_at")
