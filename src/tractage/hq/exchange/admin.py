"""Partners in the operator's admin, to read: they are trusted on the desk or by the command."""

from django.contrib import admin

from tractage.hq.campaigns.read_only import ReadOnly
from tractage.hq.exchange.models import Peer, PeerItem


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
