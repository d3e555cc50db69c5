"""Who may open what: one line a view, `own` for who made the thing, then each standing that may.

`anyone` stands for every member, `nobody` for no standing by itself.
"""

from typing import NamedTuple


class Line(NamedTuple):
    """A view's name, how it is asked, and the standings that are let in; `own`: also who made the thing."""

    method: str
    standings: frozenset[str]
    own: bool


ALL = frozenset({"newcomer", "member", "reviewer", "moderator", "coordinator", "founder"})
READERS = frozenset({"reviewer", "moderator", "coordinator", "founder"})
COORDINATORS = frozenset({"coordinator", "founder"})
NOBODY: frozenset[str] = frozenset()

WORKS = {
    "my_works": Line("get", ALL, True),
    "new_work": Line("get", ALL, True),
    "desk_work": Line("get", READERS, True),
    "change_work": Line("get", NOBODY, True),
    "work_progress": Line("get", READERS, True),
    "work_file": Line("get", READERS, True),
    "release_work": Line("post", COORDINATORS, False),
    "schedule_work": Line("post", COORDINATORS, False),
    "restart_press": Line("post", COORDINATORS, False),
    "recall_work": Line("get", COORDINATORS, False),
    "shelf": Line("get", COORDINATORS, False),
    "review_queue": Line("get", READERS, False),
    "review_work": Line("get", READERS, False),
}
"""The work is Bob's: submitted, save for `change_work` (changes wanted)."""
