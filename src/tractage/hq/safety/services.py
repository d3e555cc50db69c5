"""All writes of safety under one roof, and what the bot calls.

For the bot, in the order in which it needs them (all of it synchronous Django code: `sync_to_async`):

1. At start: `rules_in_force()`, `rules_in_shadow()`, `guard_settings()`, `known_pictures()`,
   `shared_lists()`, and a `Patrol(rules, ladder=settings.ladder(), lockdown_from=settings.lockdown_from,
   pictures=…, lists=…, list_keys=…)`, then `gc.collect(); gc.freeze()`. Every few seconds
   `rules_revision()` (read the rules again when it changes), `guard_settings()`, and `ladder_now()`: where
   `by_person` holds, a moderator has put the ladder there, `ladder.put(level, until)`.
   `settings.gate/floods/raids/pictures` say which parts act; the others are in shadow: record, do nothing.
2. A person: `account_of_discord(id, name=…, roles=[ids], member=None)`. Call it when they join and when
   their roles or name change; while a sanction hides what is theirs, nothing is overwritten.
   `member_of_discord(id)` gives the member whose rights count: pass it as `actor`; rights are checked
   inside (PermissionDenied, Refused).
3. A decision of the patrol: `record_incident(decision, account, Seen(text=…, channel=…, message=…))`, or
   `record_wave(decision, accounts, seen)` for a decision about many; QUARANTINE makes the sanction too,
   which can be appealed and undone. Ladder steps: `record_steps(steps)`. Give `Patrol`'s waves a name of
   their own across restarts: `new_wave(decision.wave)`.
4. Shadow: `record_shadow(seen=number_of_messages, hits=[(rule, message, found, text)])`, in batches.
5. `/signaler`: `report_message(reporter, author, text, reason, words, channel=…, message=…)`.
6. Moderators' buttons: `propose_sanction(actor, account, Wanted(kind, article, evidence, …))`,
   `confirm_ban`, `refuse_ban`, `undo_sanction`, `contain_wave`, `confirm_wave`, `undo_wave`, `step_ladder`,
   `handle_incident`. `preview_undo` says what an undoing gives back. `appeal_sanction(sanction, text,
   account=…)` for `/recours`.
7. What must be done on the server, decided here or on the site: `next_calls()` gives orders, oldest first.
   For each: `mark_sent(key)` (False: drop it), make the call, `mark_done(key)`; `mark_failed(key, error,
   again=…)`. `doubtful` orders were sent by an earlier run: look before sending. `sync` orders carry the
   whole state that the person must have (roles, name, timeout until, quarantine, ban): setting it twice
   changes nothing. For a mass action with rate limits: `Containment(plan, call_records(action))`.
"""

from tractage.hq.campaigns.clock import now
from tractage.hq.safety.accounts import (
    account_of_discord,
    account_of_member,
    member_of_discord,
    own_state,
    target_state,
)
from tractage.hq.safety.appeals import account_of_link, appeal_path, appeal_sanction, decide_appeal
from tractage.hq.safety.calls import Order, call_records, mark_done, mark_failed, mark_sent, next_calls
from tractage.hq.safety.expiry import expire_safety_data
from tractage.hq.safety.guard_rules import (
    RuleContent,
    export_rules,
    import_rules,
    judge_hit,
    record_shadow,
    remove_rule,
    report_of,
    restore_revision,
    rules_in_force,
    rules_in_shadow,
    rules_revision,
    set_allowed,
    switch_rule,
    write_rule,
)
from tractage.hq.safety.guard_settings import GuardSettings, change_guard_settings, guard_settings
from tractage.hq.safety.incidents import Seen, handle_incident, record_incident, record_wave, reopen_incident
from tractage.hq.safety.journal import log_end, verify_log, write_safety_line
from tractage.hq.safety.ladder import LadderNow, ladder_now, record_steps, step_ladder
from tractage.hq.safety.lists import add_partner, receive_list, remove_partner, set_trust, shared_lists
from tractage.hq.safety.mass_actions import WaveUndoing, confirm_wave, contain_wave, preview_undo, undo_wave
from tractage.hq.safety.pictures import forget_picture, known_pictures, remember_picture
from tractage.hq.safety.reports import Thing, answer_report, report_message, report_thing
from tractage.hq.safety.sanctions import (
    Wanted,
    confirm_ban,
    from_incident,
    lapse_sanctions,
    propose_sanction,
    refuse_ban,
    said,
    undo_sanction,
)


def new_wave(name: str) -> str:
    """A wave's name that no other run of the bot gives: the patrol counts from one each time it starts."""
    return f"{now():%Y%m%d-%H%M%S}-{name}"[:60]


__all__ = [
    "GuardSettings",
    "LadderNow",
    "Order",
    "RuleContent",
    "Seen",
    "Thing",
    "Wanted",
    "WaveUndoing",
    "account_of_discord",
    "account_of_link",
    "account_of_member",
    "add_partner",
    "answer_report",
    "appeal_path",
    "appeal_sanction",
    "call_records",
    "change_guard_settings",
    "confirm_ban",
    "confirm_wave",
    "contain_wave",
    "decide_appeal",
    "expire_safety_data",
    "export_rules",
    "forget_picture",
    "from_incident",
    "guard_settings",
    "handle_incident",
    "import_rules",
    "judge_hit",
    "known_pictures",
    "ladder_now",
    "lapse_sanctions",
    "log_end",
    "mark_done",
    "mark_failed",
    "mark_sent",
    "member_of_discord",
    "new_wave",
    "next_calls",
    "own_state",
    "preview_undo",
    "propose_sanction",
    "receive_list",
    "record_incident",
    "record_shadow",
    "record_steps",
    "record_wave",
    "refuse_ban",
    "remember_picture",
    "remove_partner",
    "remove_rule",
    "reopen_incident",
    "report_message",
    "report_of",
    "report_thing",
    "restore_revision",
    "rules_in_force",
    "rules_in_shadow",
    "rules_revision",
    "said",
    "set_allowed",
    "set_trust",
    "shared_lists",
    "step_ladder",
    "switch_rule",
    "target_state",
    "undo_sanction",
    "undo_wave",
    "verify_log",
    "write_rule",
    "write_safety_line",
]
