"""The rules on words: written one by one or imported, in shadow first, every state kept as a revision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.guard.shadow import ShadowReport, shadow_report
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.guard_models import RuleKind, RuleState
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import AllowedWord, GuardRule, RulesRevision, ShadowHit
from tractage.hq.safety.rules_file import rules_toml

if TYPE_CHECKING:
    from tractage.domain.guard.rules import Rules


@dataclass(frozen=True)
class RuleContent:
    """What a rule says."""

    key: str
    kind: str
    text: str
    action: str
    scope: tuple[str, ...] = ()


@transaction.atomic
def write_rule(actor: Member | None, content: RuleContent) -> GuardRule:
    """Write a rule, or change the one of that identifier: it then begins again in shadow, its counts at zero.

    Raises Refused with the reason where the domain, or RE2, refuses it.
    """
    require(actor, "safety.write_rules")
    key = content.key.strip() or content.text.strip()
    content = replace(content, key=key, text=content.text.strip())
    scope = list(content.scope)
    check_rules(
        [GuardRule(key=key, kind=content.kind, text=content.text, action=content.action, scope=scope)]
    )
    rule = _put(actor, content, RuleState.SHADOW)
    _keep(actor, _("%(rule)s written, in shadow") % {"rule": key})
    write_safety_line(actor, "rule.write", rule, key=key, rule_action=rule.action)
    return rule


@transaction.atomic
def switch_rule(actor: Member | None, rule: GuardRule, *, active: bool) -> GuardRule:
    """Switch a rule on, or put it back in shadow. What it did in shadow is the page's to show, the choice a
    person's; the figures that they saw go into the log."""
    require(actor, "safety.write_rules")
    rule = GuardRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    report = report_of(rule)
    if active and not report.judged and report.hits:
        raise Refused(_("Judge some of its hits first: nobody has looked at what this rule would do."))
    rule.state, rule.changed_at, rule.by = (RuleState.ACTIVE if active else RuleState.SHADOW), now(), actor
    rule.save(update_fields=["state", "changed_at", "by"])
    words = _("%(rule)s switched on") if active else _("%(rule)s back in shadow")
    _keep(actor, words % {"rule": rule.key})
    write_safety_line(
        actor,
        "rule.on" if active else "rule.shadow",
        rule,
        key=rule.key,
        seen=report.seen,
        hits=report.hits,
        judged=report.judged,
        wrong=report.wrong,
    )
    return rule


@transaction.atomic
def remove_rule(actor: Member | None, rule: GuardRule) -> None:
    """Take a rule away; an earlier revision brings it back."""
    require(actor, "safety.write_rules")
    write_safety_line(actor, "rule.remove", rule, key=rule.key)
    key = rule.key
    rule.delete()
    _keep(actor, _("%(rule)s taken away") % {"rule": key})


@transaction.atomic
def set_allowed(actor: Member | None, words: Iterable[str]) -> None:
    """Replace the list of innocent look-alikes."""
    require(actor, "safety.write_rules")
    wanted = sorted({word.strip()[:120] for word in words if word.strip()})
    AllowedWord.objects.exclude(text__in=wanted).delete()
    known = set(AllowedWord.objects.values_list("text", flat=True))
    AllowedWord.objects.bulk_create(AllowedWord(text=word) for word in wanted if word not in known)
    _keep(actor, _("list of allowed words: %(number)s") % {"number": len(wanted)})


@transaction.atomic
def import_rules(actor: Member | None, text: str, source: str) -> int:
    """Take in a rules file of `tractage guard check`: what is new begins in shadow, the rest stays.

    Raises Refused with the line of the domain. Nothing is kept when anything is refused.
    """
    require(actor, "safety.write_rules")
    found = parse_rules(text, source)
    known = {rule.key: content_of(rule) for rule in GuardRule.objects.all()}
    fresh = [one for one in contents(found) if known.get(one.key) != one]
    for one in fresh:
        if len(one.key) > 80 or len(one.text) > 400:
            words = _("“%(rule)s…” is too long: 80 signs for an identifier, 400 for a text.")
            raise Refused(words % {"rule": one.key[:40]})
        _put(actor, one, RuleState.SHADOW)
    number = len(fresh)
    allowed = set(AllowedWord.objects.values_list("text", flat=True))
    AllowedWord.objects.bulk_create(
        AllowedWord(text=word) for word in dict.fromkeys(found.allowed) if word not in allowed
    )
    revision = _keep(
        actor, _("%(number)s rules imported from %(source)s") % {"number": number, "source": source}
    )
    write_safety_line(actor, "rules.import", revision, rules=number)
    return number


def export_rules(*, active: bool | None = None) -> str:
    """The rules as `tractage guard check --rules` reads them: all, those switched on, or in shadow."""
    rules = GuardRule.objects.all()
    if active is not None:
        rules = rules.filter(state=RuleState.ACTIVE if active else RuleState.SHADOW)
    return rules_toml(rules, AllowedWord.objects.values_list("text", flat=True))


def rules_in_force() -> "Rules":
    """The rules that act."""
    return parse_rules(export_rules(active=True), "rules switched on")


def rules_in_shadow() -> "Rules":
    """The rules that only count what they would do."""
    return parse_rules(export_rules(active=False), "rules in shadow")


def rules_revision() -> int:
    """The number of the latest state of the rules; the bot reads them again when it changes."""
    return RulesRevision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def record_shadow(seen: int, hits: Iterable[tuple[str, str, str, str]] = ()) -> None:
    """Count messages that the rules in shadow have read, and their hits: (rule, message, found, text)."""
    from tractage.hq.safety.shadow_sample import keep_hit

    rules = {rule.key: rule for rule in GuardRule.objects.filter(state=RuleState.SHADOW)}
    GuardRule.objects.filter(state=RuleState.SHADOW).update(seen=F("seen") + seen)
    for key, message, found, text in hits:
        if key in rules:
            keep_hit(rules[key], message, found, text)


@transaction.atomic
def judge_hit(actor: Member, hit: ShadowHit, *, right: bool | None) -> ShadowHit:
    """Say whether a rule in shadow would have acted rightly; None takes the judgement back."""
    require(actor, "safety.write_rules")
    hit.right, hit.judged_by = right, actor if right is not None else None
    hit.save(update_fields=["right", "judged_by"])
    return hit


def report_of(rule: GuardRule) -> ShadowReport:
    """What a rule did in shadow, with the share of wrong hits and its interval."""
    judged = list(rule.sample.filter(right__isnull=False).values_list("right", flat=True))
    return shadow_report(rule.key, rule.seen, rule.hits, len(judged), judged.count(False))


def parse_rules(text: str, source: str) -> "Rules":
    """Read TOML through the domain. Raises Refused with its reason."""
    try:
        from tractage.domain.guard.rules import read_rules
    except ImportError:
        raise Refused(_("The rules need the extra “guard”: pip install 'tractage[guard]'.")) from None
    try:
        return read_rules(text, source)
    except InputError as error:
        raise Refused(str(error)) from None


def check_rules(rules: Iterable[GuardRule]) -> None:
    """Raise Refused, with the reason, for rules that the domain or RE2 does not take."""
    parse_rules(rules_toml(rules, ()), _("this rule"))


def _keep(actor: Member | None, what: str) -> RulesRevision:
    return RulesRevision.objects.create(
        at=now(),
        by=actor,
        what=what[:200],
        active=export_rules(active=True),
        shadow=export_rules(active=False),
    )


@transaction.atomic
def restore_revision(actor: Member | None, revision: RulesRevision) -> int:
    """Put the rules back as they stood after a change; a rule that acted then acts again."""
    require(actor, "safety.write_rules")
    active = parse_rules(revision.active, f"revision {revision.pk}")
    shadow = parse_rules(revision.shadow, f"revision {revision.pk}")
    wanted = {one.key: (RuleState.SHADOW, one) for one in contents(shadow)}
    wanted |= {one.key: (RuleState.ACTIVE, one) for one in contents(active)}
    known = {rule.key: (rule.state, content_of(rule)) for rule in GuardRule.objects.all()}
    GuardRule.objects.exclude(key__in=wanted).delete()
    for key, (state, content) in wanted.items():
        if known.get(key) != (state, content):
            _put(actor, content, state)
    set_allowed(actor, active.allowed)
    kept = _keep(actor, _("rules as they were after change %(number)s") % {"number": revision.pk})
    write_safety_line(actor, "rules.restore", kept, revision=revision.pk)
    return len(wanted)


def contents(rules: "Rules") -> list[RuleContent]:
    """What each rule of a file says."""
    terms = [
        RuleContent(one.id, one.kind, one.text, one.action.value, tuple(sorted(one.scope)))
        for one in rules.terms
    ]
    pattern = RuleKind.PATTERN.value
    return terms + [
        RuleContent(one.id, pattern, one.re2, one.action.value, tuple(sorted(one.scope)))
        for one in rules.patterns
    ]


def content_of(rule: GuardRule) -> RuleContent:
    """What a rule says."""
    return RuleContent(rule.key, rule.kind, rule.text, rule.action, tuple(sorted(rule.scope)))


def _put(actor: Member | None, content: RuleContent, state: RuleState) -> GuardRule:
    """Write a rule with its counts at zero and nothing judged."""
    values = {
        "kind": content.kind,
        "text": content.text,
        "action": content.action,
        "scope": list(content.scope),
        "state": state,
        "seen": 0,
        "hits": 0,
        "by": actor,
        "changed_at": now(),
    }
    rule, _made = GuardRule.objects.update_or_create(key=content.key, defaults=values)
    rule.sample.all().delete()
    return rule
