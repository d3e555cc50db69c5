"""Partners in the operator's admin, to read: they are trusted on the desk or by the command."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tractage.hq.exchange.models import Peer, PeerItem


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Peer)
class PeerAdmin(ReadOnly):
    """Who is trusted, by which key."""

    list_display = ("name", "site", "key", "trusted_at", "exported_at")
    search_fields = ("name", "site", "key")


@admin.register(PeerItem)
class PeerItemAdmin(ReadOnly):
    """What was told, and what became of it."""

    list_display = ("title", "peer", "kind", "recalled", "released_at", "work", "brief")
    list_filter = ("kind", "recalled", "peer")
    search_fields = ("title", "credit", "key")
    list_select_related = ("peer", "work", "brief")
