"""What the guard writes, in the words of the page: the domain keeps one English for its logs."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.guard.decisions import Action

RULES = {
    "ladder": gettext_lazy("The ladder"),
    "gate": gettext_lazy("The gate"),
    "raid": gettext_lazy("A raid"),
    "media": gettext_lazy("A file refused"),
    "known-picture": gettext_lazy("A known picture"),
    "author-same": gettext_lazy("The same text, again and again"),
    "author-mentions": gettext_lazy("Too many people called"),
    "author-rate": gettext_lazy("Too many messages"),
    "authors-text": gettext_lazy("One text from several members"),
    "authors-link": gettext_lazy("One link from several members"),
    "authors-mention": gettext_lazy("One person called by several members"),
    "authors-picture": gettext_lazy("One picture from several members"),
}
EVIDENCE = {
    "found": gettext_lazy("found"),
    "disguise": gettext_lazy("disguise"),
    "account age, seconds": gettext_lazy("age of the account, seconds"),
    "gate is closed": gettext_lazy("the gate is closed"),
    "name": gettext_lazy("name"),
    "known from": gettext_lazy("known from"),
    "reason": gettext_lazy("reason"),
    "distance, bits": gettext_lazy("distance, bits"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "until": gettext_lazy("until"),
    "wave": gettext_lazy("wave"),
    "where": gettext_lazy("where"),
    "incident": gettext_lazy("incident"),
    "seen by a person": gettext_lazy("seen by a person"),
    "decided by a person": gettext_lazy("decided by a person"),
    "seconds without anything new": gettext_lazy("seconds without anything new"),
    "messages": gettext_lazy("messages"),
    "authors": gettext_lazy("members who wrote them"),
    "seconds": gettext_lazy("seconds"),
    "text": gettext_lazy("text"),
    "file": gettext_lazy("file"),
    "refused": gettext_lazy("refused because"),
    "newcomers saying the same": gettext_lazy("newcomers saying the same"),
    "arrivals": gettext_lazy("arrivals"),
    "arrivals in ten minutes": gettext_lazy("arrivals in ten minutes"),
    "expected at this hour": gettext_lazy("expected at this hour"),
    "share of old accounts": gettext_lazy("share of old accounts"),
    "weight of the marks, nats": gettext_lazy("weight of the marks, nats"),
    "no avatar": gettext_lazy("no picture"),
    "jumbled name": gettext_lazy("a name that nobody can say"),
    "joined at once": gettext_lazy("came in the same half second"),
    "name stem": gettext_lazy("same beginning of name"),
    "first name": gettext_lazy("same first name"),
    "name shape": gettext_lazy("same shape of name"),
    "birthday": gettext_lazy("accounts made the same day"),
    "same name stem": gettext_lazy("same beginning of name"),
    "same first name": gettext_lazy("same first name"),
    "same name shape": gettext_lazy("same shape of name"),
    "same birthday": gettext_lazy("accounts made the same day"),
    "account under an hour": gettext_lazy("account under an hour old"),
    "account under a week": gettext_lazy("account under a week old"),
    "account under two months": gettext_lazy("account under two months old"),
    "old account": gettext_lazy("old account"),
}
FOUND = {
    "calm": gettext_lazy("Calm"),
    "watch": gettext_lazy("Watch"),
    "slow": gettext_lazy("Slow mode"),
    "gate": gettext_lazy("Gate"),
    "lockdown": gettext_lazy("Closed"),
    "plural": gettext_lazy("plural"),
    "elision": gettext_lazy("elision"),
    "verlan": gettext_lazy("verlan"),
    "reversed": gettext_lazy("backwards"),
    "by ear": gettext_lazy("spelt by ear"),
    "look-alike signs": gettext_lazy("look-alike signs"),
    "leet": gettext_lazy("digits for letters"),
    "repeated letters": gettext_lazy("repeated letters"),
    "misspelling": gettext_lazy("misspelling"),
    "letters struck out": gettext_lazy("letters struck out"),
    "split word": gettext_lazy("split word"),
    "several messages": gettext_lazy("several messages"),
}
_NAMED = ("disguise", "from", "to", "gate is closed")
WHY = {
    "a raid": gettext_lazy("A raid."),
    "many arrivals": gettext_lazy("Many arrivals, no sign of a raid."),
    "the same from several": gettext_lazy("The same from several members."),
    "nothing new": gettext_lazy("Nothing new: it goes down by itself."),
    "an arrival that a shared list knows": gettext_lazy("A shared list knows this arrival."),
    "an arrival waits": gettext_lazy("This arrival waits until a person lets them in."),
    "a picture that was removed before": gettext_lazy("A picture that was removed before."),
    "a file that is not what it says": gettext_lazy("A file that is not what it says."),
    "messages of one author": gettext_lazy("One member writes too fast."),
    "one text of one author": gettext_lazy("One member sends the same text again and again."),
    "mentions of one author": gettext_lazy("One member calls many people."),
    "one text from several authors": gettext_lazy("Several members send the same text."),
    "one link from several authors": gettext_lazy("Several members send the same link."),
    "one mention from several authors": gettext_lazy("Several members call the same person."),
    "one picture from several authors": gettext_lazy("Several members send the same picture."),
}
WOULD = {
    Action.FLAG.value: gettext_lazy("On trial: it would have been flagged."),
    Action.REMOVE.value: gettext_lazy("On trial: the message would have been removed."),
    Action.QUARANTINE.value: gettext_lazy("On trial: the member would have been put in quarantine."),
    Action.STEP.value: gettext_lazy("On trial: the ladder would have moved."),
}
_SHADOW = re.compile(r"in shadow, would (\w+): (.*)", re.DOTALL)
_RULE = re.compile(r"the rule '(.*)' is met", re.DOTALL)
_FLOOD = re.compile(r"(\d+) messages of (\d+) authors in ([\d.]+) s")
_WAITING = re.compile(r"(\d+) arrivals wait in quarantine")


def rule_words(rule: str) -> str:
    """The name of one of the guard's own rules; a rule that people wrote keeps its text."""
    return str(RULES.get(rule, rule))


def evidence_words(what: str) -> str:
    """What a piece of evidence measures; what this page does not know stays as it is."""
    return str(EVIDENCE.get(what, what))


def found_words(what: str, found: object) -> str | None:
    """A level or a disguise by its name; None for evidence that is no name."""
    return str(FOUND[found]) if what in _NAMED and isinstance(found, str) and found in FOUND else None


def why_words(why: str) -> str:
    """The guard's reason as a sentence of the page; a reason that this page does not know stays as it is."""
    shadow = _SHADOW.fullmatch(why)
    if shadow:
        would = WOULD.get(shadow[1], shadow[1])
        return f"{would} {why_words(shadow[2])}"
    rule = _RULE.fullmatch(why)
    if rule:
        return _("The rule “%(rule)s” is met.") % {"rule": rule_words(rule[1])}
    head, _sign, rest = why.partition(": ")
    for start, words in WHY.items():
        if head.startswith(start):
            return " ".join(filter(None, (str(words), _counted(rest))))
    return head


def _counted(rest: str) -> str:
    """The figures that follow a reason, in words, or nothing."""
    flood, waiting = _FLOOD.fullmatch(rest), _WAITING.fullmatch(rest)
    if flood:
        named = {"messages": flood[1], "authors": flood[2], "seconds": flood[3].replace(".", ",")}
        return _("Messages: %(messages)s; members: %(authors)s; seconds: %(seconds)s.") % named
    if waiting:
        return _("Arrivals in quarantine: %(number)s.") % {"number": waiting[1]}
    return ""
