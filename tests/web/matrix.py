"""The one table of who may open what: every view by its name. A view that is missing here fails the test.

A row says which standing is the least that opens the view; `owner` views answer to the person concerned alone
(their least standing then is what that person needs). Addresses are built from `objects` of test_matrix.py.
WORKS says the same of the works' desk, where it depends on a work's state and authors: its test is
desk/test_works_pages.py.
"""

from dataclasses import dataclass
from typing import NamedTuple

ANYONE = "anyone"
NEWCOMER, MEMBER, REVIEWER = "newcomer", "member", "reviewer"
MODERATOR, COORDINATOR, FOUNDER = "moderator", "coordinator", "founder"
STANDINGS = (ANYONE, NEWCOMER, MEMBER, REVIEWER, MODERATOR, COORDINATOR, FOUNDER)


@dataclass(frozen=True)
class Row:
    """The least standing, the method to ask by, the names of the address's parts, whose it is."""

    least: str = ANYONE
    method: str = "GET"
    args: tuple[str, ...] = ()
    owner: str = ""


OPEN = Row()
MATRIX: dict[str, Row] = {
    # public
    "home": OPEN,
    "seats": OPEN,
    "seat": Row(args=("seat",)),
    "gallery": OPEN,
    "work": Row(args=("slug",)),
    "edition": Row(args=("edition", "prefix", "filename")),
    "vote": OPEN,
    "about": OPEN,
    "legal": OPEN,
    "kit": Row(args=("revision",)),
    "manifest": OPEN,
    "robots": OPEN,
    "sitemap": OPEN,
    "share": Row(args=("slug",)),
    # calls for posters
    "open_call": OPEN,
    "call_blank": Row(args=("blank",)),
    "call_palette": OPEN,
    "follow_entry": Row(args=("entry_token",)),
    "poster_calls": Row(REVIEWER),
    "poster_call": Row(REVIEWER, args=("call",)),
    "jury": Row(REVIEWER, args=("call",)),
    "entry_picture": Row(REVIEWER, args=("call", "entry")),
    "new_call": Row(COORDINATOR),
    "change_call": Row(COORDINATOR, args=("call",)),
    "move_call": Row(COORDINATOR, "POST", ("call",)),
    "choose_entry": Row(COORDINATOR, "POST", ("call", "entry")),
    # requests of teams
    "ask_team": OPEN,
    "follow_request": Row(args=("token",)),
    "request_receipt": Row(args=("token",)),
    "request_file": Row(args=("token", "delivery")),
    "team_requests": Row(MEMBER),
    "team_request": Row(MEMBER, args=("team_request",)),
    "desk_receipt": Row(MEMBER, args=("team_request",)),
    "triage_request": Row(COORDINATOR, "POST", ("team_request",)),
    "request_contact": Row(COORDINATOR, "POST", ("team_request",)),
    "take_request": Row(MEMBER, "POST", ("team_request",)),
    "leave_request": Row(MEMBER, "POST", ("team_request",)),
    "deliver_request": Row(MEMBER, "POST", ("team_request",), owner="holder"),
    "take_back_delivery": Row(MEMBER, "POST", ("team_request", "delivery"), owner="holder"),
    # feeds
    "feeds": OPEN,
    "atom": OPEN,
    "json_feed": OPEN,
    "calendar": OPEN,
    # people
    "join": OPEN,
    "login": OPEN,
    "logout": Row(method="POST"),
    "recover": OPEN,
    "charter": Row(NEWCOMER),
    "account": Row(NEWCOMER),
    "password": Row(NEWCOMER),
    "codes": Row(NEWCOMER, "POST"),
    "export": Row(NEWCOMER, "POST"),
    "erase": Row(NEWCOMER),
    "member": Row(MODERATOR, args=("dan",)),
    "members": Row(COORDINATOR),
    "standing": Row(COORDINATOR, args=("dan",)),
    # safety
    "appeal_door": OPEN,
    "my_sanctions": Row(args=("appeal_token",)),
    "discord_enter": Row(args=("door",)),
    "discord_link": Row(NEWCOMER, args=("link_door",)),
    "report_work": Row(args=("slug",)),
    "safety": Row(MODERATOR),
    "step_ladder": Row(MODERATOR, "POST"),
    "incidents": Row(MODERATOR),
    "incident": Row(MODERATOR, args=("incident",)),
    "reports": Row(MODERATOR),
    "report": Row(MODERATOR, args=("report",)),
    "sanctions": Row(MODERATOR),
    "new_sanction": Row(MODERATOR),
    "sanction": Row(MODERATOR, args=("sanction",)),
    "wave": Row(MODERATOR, args=("wave",)),
    "appeals": Row(MODERATOR),
    "appeal": Row(MODERATOR, args=("appeal",)),
    "guard_rules": Row(MODERATOR),
    "new_guard_rule": Row(MODERATOR),
    "guard_rule": Row(MODERATOR, args=("guard_rule",)),
    "judge_hit": Row(MODERATOR, "POST", ("hit",)),
    "allowed_words": Row(MODERATOR),
    "rules_file": Row(MODERATOR),
    "rules_export": Row(MODERATOR),
    "rules_history": Row(MODERATOR),
    "preventive_lists": Row(COORDINATOR),
    "guard_settings": Row(COORDINATOR),
    "safety_log": Row(MODERATOR),
    # missions
    "board": Row(NEWCOMER),
    "first_missions": Row(NEWCOMER),
    "my_missions": Row(NEWCOMER),
    "brief": Row(NEWCOMER, args=("brief",)),
    "take": Row(MEMBER, "POST", ("brief",)),
    "give_back": Row(MEMBER, "POST", ("claim",), owner="holder"),
    "pass_on": Row(MEMBER, "POST", ("claim",), owner="holder"),
    "keep": Row(MEMBER, "POST", ("claim",), owner="holder"),
    "accept_offer": Row(MEMBER, "POST", ("claim",), owner="other"),
    "decline_offer": Row(MEMBER, "POST", ("claim",), owner="other"),
    "new_brief": Row(COORDINATOR),
    "change_brief": Row(COORDINATOR, args=("brief",)),
    "fork_brief": Row(COORDINATOR, args=("brief",)),
    "open_brief": Row(COORDINATOR, "POST", ("brief",)),
    # polls
    "polls": OPEN,
    "poll_chart": Row(args=("line_up",)),
    "poll_tables": Row(COORDINATOR),
    "bring_polls": Row(COORDINATOR, "POST"),
    "poll_progress": Row(COORDINATOR, args=("poll_table",)),
    "show_polls": Row(COORDINATOR, "POST", ("poll_table",)),
    "compute_polls": Row(COORDINATOR, "POST", ("poll_table",)),
    "remove_polls": Row(COORDINATOR, args=("poll_table",)),
    # operations
    "public_operations": OPEN,
    "public_operation": Row(args=("operation",)),
    "operations": Row(NEWCOMER),
    "operation": Row(NEWCOMER, args=("operation",)),
    "operation_sheet": Row(NEWCOMER, args=("operation",)),
    "operation_ics": Row(NEWCOMER, args=("operation",)),
    "operation_live": Row(NEWCOMER, args=("operation",)),
    "post_mortem": Row(NEWCOMER, args=("operation",)),
    "join_operation": Row(NEWCOMER, "POST", ("operation",)),
    "leave_operation": Row(NEWCOMER, "POST", ("operation",)),
    "tell_operation": Row(NEWCOMER, "POST", ("operation",), owner="holder"),
    "tick_step": Row(COORDINATOR, "POST", ("step",)),
    "new_operation": Row(COORDINATOR),
    "change_operation": Row(COORDINATOR, args=("operation",)),
    "publish_operation": Row(COORDINATOR, "POST", ("operation",)),
    "cancel_operation": Row(COORDINATOR, args=("operation",)),
    "open_operation": Row(COORDINATOR, "POST", ("operation",)),
    "new_step": Row(COORDINATOR, "POST", ("operation",)),
    "remove_step": Row(COORDINATOR, "POST", ("step",)),
    "new_guest": Row(COORDINATOR, "POST", ("operation",)),
    "guest_off": Row(COORDINATOR, "POST", ("guest",)),
    "write_post_mortem": Row(COORDINATOR, args=("operation",)),
    "express_plan": Row(FOUNDER),
    "make_express_plan": Row(FOUNDER, "POST"),
    "undo_express_plan": Row(FOUNDER, "POST"),
    # coverage
    "coverage": Row(MEMBER),
    "coverage_map": Row(MEMBER),
    # shelves
    "series": OPEN,
    "one_series": Row(args=("series_slug",)),
    "series_atom": Row(args=("series_slug",)),
    "album": OPEN,
    "album_progress": OPEN,
    "album_pdf": Row(args=("album_part", "album_key")),
    "arcade": OPEN,
    "desk_series": Row(COORDINATOR),
    "desk_one_series": Row(COORDINATOR, args=("series",)),
    "new_episode": Row(COORDINATOR, args=("series",)),
    "change_episode": Row(COORDINATOR, args=("series", "episode")),
    "remove_episode": Row(COORDINATOR, "POST", ("series", "episode")),
    # exchange
    "exchange_export": OPEN,
    "partners": OPEN,
    "exchange": Row(COORDINATOR),
    "exchange_whole": Row(COORDINATOR),
    "exchange_peer": Row(COORDINATOR, args=("peer",)),
    "exchange_forget": Row(COORDINATOR, "POST", ("peer",)),
    # log and settings
    "log": Row(MODERATOR),
    "log_csv": Row(MODERATOR),
    "settings": Row(FOUNDER),
    "settings_kit": Row(FOUNDER),
    "settings_charter": Row(FOUNDER),
    "settings_partners": Row(FOUNDER),
    "settings_costs": Row(FOUNDER),
    "settings_cost_removed": Row(FOUNDER, "POST"),
    "ledger": OPEN,
    # calendar
    "agenda": Row(NEWCOMER),
    "agenda_address": Row(NEWCOMER, "POST"),
    "agenda_close": Row(NEWCOMER, "POST"),
    "agenda_feed": Row(args=("calendar_secret",)),
    # analyses
    "public_analyses": OPEN,
    "public_analysis": Row(args=("analysis",)),
    "analyses": Row(REVIEWER),
    "new_analysis": Row(REVIEWER),
    "analysis": Row(REVIEWER, args=("analysis",)),
    "analysis_progress": Row(REVIEWER, args=("analysis",)),
    "analysis_report": Row(REVIEWER, args=("analysis",)),
    "analysis_file": Row(REVIEWER, args=("analysis", "analysis_file")),
    "stop_analysis": Row(REVIEWER, "POST", ("analysis",)),
    "restart_analysis": Row(REVIEWER, "POST", ("analysis",)),
    "agree_analysis": Row(REVIEWER, "POST", ("analysis",)),
    "withdraw_analysis": Row(REVIEWER, "POST", ("analysis",)),
    "remove_analysis": Row(COORDINATOR, args=("analysis",)),
    # sightings
    "see_post": OPEN,
    "share_target": Row(method="POST"),
    "seen": Row(args=("seen_token",)),
    "seen_work": Row(method="POST", args=("seen_token",)),
    "seen_withdraw": Row(method="POST", args=("seen_token",)),
    "public_reach": OPEN,
    "sightings": Row(NEWCOMER),
    "sightings_waiting": Row(MEMBER),
    "post_seen": Row(NEWCOMER, args=("post_seen",)),
    "read_views": Row(NEWCOMER, "POST", ("post_seen",)),
    "merge_post": Row(MEMBER, "POST", ("post_seen",)),
    "unmerge_post": Row(MEMBER, "POST", ("post_seen",)),
    "confirm_sighting": Row(MEMBER, "POST", ("sighting",)),
    "dismiss_sighting": Row(MEMBER, "POST", ("sighting",)),
    "undo_sighting": Row(COORDINATOR, "POST", ("sighting",)),
    "sighting_proof": Row(COORDINATOR, args=("sighting",)),
    "audits": Row(NEWCOMER),
    "draw_audit": Row(COORDINATOR),
    "take_audit": Row(NEWCOMER, "POST"),
    "audit_task": Row(NEWCOMER, args=("audit_task",), owner="holder"),
    "finish_audit": Row(NEWCOMER, "POST", ("audit_task",), owner="holder"),
    "give_back_audit": Row(NEWCOMER, "POST", ("audit_task",), owner="holder"),
    "reach": Row(REVIEWER),
    "ask_reach": Row(REVIEWER, "POST"),
    "reach_progress": Row(REVIEWER, args=("reach_run",)),
    "cancel_reach": Row(REVIEWER, "POST", ("reach_run",)),
    "open_reach": Row(COORDINATOR, "POST", ("reach_run",)),
    "reach_chart": Row(REVIEWER, args=("reach_run",)),
    "reach_table": Row(REVIEWER, args=("reach_run",)),
}


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
