"""Reads about the server."""

from tractage.hq.server.models import Announcement, Piece, State


def pieces(kind: str) -> dict[str, int]:
    """Numbers on Discord by key, for one kind of piece."""
    return {piece.key: int(piece.number) for piece in Piece.objects.filter(kind=kind)}


def made_pieces(kind: str) -> dict[str, int]:
    """The same, of those that the bot made itself."""
    return {piece.key: int(piece.number) for piece in Piece.objects.filter(kind=kind, made=True)}


def waiting_announcements() -> list[Announcement]:
    """What is still to be sent, the oldest first."""
    return list(Announcement.objects.filter(state__in=[State.WAITING, State.SENDING]))
