"""The closed lists of the app: the four ways of finding, states, sources of views, scopes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """The four lists: each misses other posts, which is what lets the unseen be estimated."""

    SELF = "A", _("I posted it")
    PASSING = "B", _("I came across it")
    SEARCH = "C", _("I was searching")
    AUDIT = "D", _("A search drawn by lot")


class SeenState(models.TextChoices):
    """What became of a sighting; only confirmed ones count."""

    PENDING = "pending", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_OURS = "not_ours", _("Not one of ours")
    WITHDRAWN = "withdrawn", _("Taken back")


class Source(models.TextChoices):
    """Who read the views."""

    SCREEN = "screen", _("read on the screen")
    AUTHOR = "author", _("the author’s own figures")
    YOUTUBE = "youtube", _("YouTube Data API")


class Found(models.TextChoices):
    """By what a drawn search looks."""

    SEAT = "seat", _("place")
    QUERY = "query", _("words")
    SOUND = "sound", _("sound")


class TaskStatus(models.TextChoices):
    """Where a drawn search stands."""

    OPEN = "open", _("Waiting")
    TAKEN = "taken", _("In hand")
    DONE = "done", _("Done")


class ReachScope(models.TextChoices):
    """What an estimate is about."""

    CAMPAIGN = "campaign", _("The whole campaign")
    WORK = "work", _("A work")
    BRIEF = "brief", _("A mission")
    SEAT = "seat", _("A seat")
    OPERATION = "operation", _("An operation")


class RunStatus(models.TextChoices):
    """How far an estimate is."""

    WAITING = "waiting", _("Waiting its turn")
    RUNNING = "running", _("Computing")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped")
    CANCELLED = "cancelled", _("Cancelled")
