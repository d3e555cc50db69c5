"""What each verb of the log says, in a sentence without a subject: « a publié l’œuvre ».

A verb that has no sentence yet is shown between quotes; a test names those of the sources.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SENTENCES: dict[str, "StrPromise"] = {
    "brief.change": gettext_lazy("changed the mission"),
    "brief.close": gettext_lazy("closed the mission"),
    "brief.fork": gettext_lazy("wrote a variant of a mission:"),
    "brief.open": gettext_lazy("opened the mission again"),
    "brief.write": gettext_lazy("wrote the mission"),
    "calendar.close": gettext_lazy("closed a private calendar address:"),
    "calendar.open": gettext_lazy("made a private calendar address:"),
    "campaign.charter": gettext_lazy("put a new charter in force:"),
    "campaign.cost": gettext_lazy("wrote a cost in the ledger of"),
    "campaign.cost_removed": gettext_lazy("took a cost out of the ledger of"),
    "campaign.kit": gettext_lazy("changed the colours of"),
    "campaign.load": gettext_lazy("loaded the campaign from its file:"),
    "campaign.partners": gettext_lazy("declared the partners of"),
    "campaign.words": gettext_lazy("changed the name, the words or the policy of"),
    "claim.accept": gettext_lazy("took over a tab:"),
    "claim.decline": gettext_lazy("left a tab with who holds it:"),
    "claim.hand_in": gettext_lazy("handed in a version:"),
    "claim.keep": gettext_lazy("kept a tab after all:"),
    "claim.offer": gettext_lazy("held out a tab to someone:"),
    "claim.release": gettext_lazy("gave back a tab:"),
    "claim.take": gettext_lazy("tore off a tab:"),
    "exchange.receive": gettext_lazy("read an export of"),
    "exchange.trust": gettext_lazy("trusts the key of"),
    "exchange.distrust": gettext_lazy("no longer trusts the key of"),
    "member.account": gettext_lazy("made or reset the account of"),
    "member.charter": gettext_lazy("accepted the charter:"),
    "member.erase": gettext_lazy("erased an account:"),
    "member.join": gettext_lazy("joined:"),
    "member.password": gettext_lazy("changed a password:"),
    "member.profile": gettext_lazy("changed a profile:"),
    "member.recover": gettext_lazy("came back in by a recovery code:"),
    "member.recovery_codes": gettext_lazy("made recovery codes:"),
    "member.standing": gettext_lazy("changed the standing of"),
    "member.welcome": gettext_lazy("made a member of"),
    "series.change": gettext_lazy("changed the series"),
    "series.episode": gettext_lazy("announced or changed an episode of"),
    "series.episode_removed": gettext_lazy("took an episode out of"),
    "series.open": gettext_lazy("began the series"),
    "work.change": gettext_lazy("changed the work"),
    "work.draft": gettext_lazy("began the work"),
    "work.import": gettext_lazy("imported the work"),
    "work.press": gettext_lazy("started the press again for"),
    "work.receive": gettext_lazy("received from a partner the work"),
    "work.recall": gettext_lazy("recalled the work"),
    "work.release": gettext_lazy("released the work"),
    "work.review": gettext_lazy("read the work"),
    "work.schedule": gettext_lazy("let the work come out after the silence:"),
    "work.submit": gettext_lazy("sent the work to the readers:"),
    "work.unschedule": gettext_lazy("took back the hour of the work"),
    "work.update": gettext_lazy("imported again the work"),
}


def sentence(verb: str) -> str:
    """The words of a verb."""
    known = SENTENCES.get(verb)
    return str(known) if known else _("did “%(verb)s” on") % {"verb": verb}
