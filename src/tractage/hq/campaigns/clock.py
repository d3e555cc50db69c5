"""What time it is for this instance: the real hour, or the one that a replay asks for."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment every legal check, countdown and release goes by, aware."""
    replayed: datetime | None = settings.TRACTAGE.as_of
    return replayed or timezone.now()
