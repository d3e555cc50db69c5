"""Give a file of posts to radar, stop it, tell its figures to the public, take everything away."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.adapters.posts.files import recognise
from tractage.domain.errors import InputError, TractageError
from tractage.domain.law.pack import rule
from tractage.domain.radar.settings import Correction, Settings
from tractage.hq.analyses.models import Agreement, Analysis, State
from tractage.hq.analyses.refusals import Frozen
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.campaigns.silence import freeze
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

AGREEMENTS = 2
"""Persons who must have read a report before its figures are public."""


@dataclass(frozen=True)
class Look:
    """How to look at a file of posts; the names of settings are those of domain/radar/settings.py.

    platform: of an export ("x", "visibrain", "bluesky", "mastodon"), or "" for a table with named columns
    layers: object columns of a table, or layers of an export (all of them when empty)
    """

    platform: str = ""
    layers: tuple[str, ...] = ("object_id",)
    account: str = "account_id"
    content: str = "content_id"
    time: str = "timestamp_share"
    skip_bad: bool = False
    settings: Settings = field(default_factory=Settings)

    def kept(self) -> dict[str, object]:
        """The options as the analysis keeps them."""
        chosen = self.settings
        return {
            "platform": self.platform,
            "layers": list(self.layers),
            "account": self.account,
            "content": self.content,
            "time": self.time,
            "skip_bad": self.skip_bad,
            "window": chosen.window,
            "min_participation": chosen.min_participation,
            "min_weight": chosen.min_weight,
            "level": chosen.level,
            "correction": chosen.correction.value,
        }


def settings_of(options: dict[str, object]) -> Settings:
    """The settings that `Look.kept` wrote. Raises InputError when one is out of its range."""
    names = ("window", "min_participation", "min_weight", "level")
    values = {name: options[name] for name in names if name in options}
    return Settings(**values, correction=Correction(str(options.get("correction", "accounts"))))  # type: ignore[arg-type]


def start_analysis(
    actor: Member, campaign: Campaign, title: str, filename: str, chunks: Iterable[bytes], look: Look
) -> Analysis:
    """Keep the file and ask for its analysis. Raises InputError for a kind that radar does not read."""
    require(actor, "analyses.analyse", campaign)
    analysis = Analysis(
        campaign=campaign, owner=actor, title=title, filename=filename[-200:], options=look.kept()
    )
    analysis.private_folder.mkdir(parents=True, mode=0o700)
    try:
        with analysis.posts_path.open("wb") as stream:
            stream.writelines(chunks)
        recognise(analysis.posts_path)
        with transaction.atomic():
            analysis.save()
            write_audit_line(actor, "analysis.start", analysis)
            _ask(analysis)
    except InputError as error:
        shutil.rmtree(analysis.private_folder, ignore_errors=True)
        raise in_its_words(error, analysis) from None
    except BaseException:
        shutil.rmtree(analysis.private_folder, ignore_errors=True)
        raise
    return analysis


def in_its_words(error: TractageError, analysis: Analysis) -> InputError:
    """The error about the file, by the name that the analyst knows and not its place on the server."""
    place, known = str(analysis.posts_path), analysis.filename
    message, values = error.worded
    told = {
        name: value.replace(place, known) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return InputError(message.replace(place, known), **told)


@transaction.atomic
def stop_analysis(actor: Member, analysis: Analysis) -> Analysis:
    """Stop one that waits or runs; the worker sees it within a second, and its file is kept."""
    analysis = _locked(analysis)
    require(actor, "analyses.analyse", analysis)
    if analysis.moving:
        analysis.state, analysis.ended_at = State.STOPPED, now()
        analysis.save(update_fields=["state", "ended_at"])
        write_audit_line(actor, "analysis.stop", analysis)
    return analysis


@transaction.atomic
def restart_analysis(actor: Member, analysis: Analysis) -> Analysis:
    """Ask again for one that stopped or broke. Raises Refused when its file is no longer there."""
    analysis = _locked(analysis)
    require(actor, "analyses.analyse", analysis)
    if analysis.state in (State.STOPPED, State.FAILED):
        if not analysis.posts_path.exists():
            raise Refused(_("Its file is no longer here: give it again."))
        analysis.state, analysis.problem, analysis.rows_done = State.WAITING, "", 0
        analysis.problem_said = []
        analysis.started_at = analysis.ended_at = None
        analysis.save()
        write_audit_line(actor, "analysis.restart", analysis)
        _ask(analysis)
    return analysis


@transaction.atomic
def agree_to_publish(actor: Member, analysis: Analysis) -> Analysis:
    """Say that one has read the report; with the second person its figures are public.

    Raises Refused for an analysis that is not done, Frozen during the electoral silence.
    """
    analysis = _locked(analysis)
    require(actor, "analyses.agree", analysis)
    if analysis.state != State.DONE:
        raise Refused(_("Only a finished analysis can be told to the public."))
    Agreement.objects.get_or_create(analysis=analysis, member=actor)
    write_audit_line(actor, "analysis.agree", analysis)
    if analysis.published_at is None and analysis.agreements.count() >= AGREEMENTS:
        status = freeze(analysis.campaign)
        if status.frozen:
            article = rule(status.rules[0]).article
            raise Frozen(status, _("Not during the electoral silence (%(article)s).") % {"article": article})
        analysis.published_at = now()
        analysis.save(update_fields=["published_at"])
        touch_campaign(analysis.campaign)
        write_audit_line(actor, "analysis.publish", analysis)
    return analysis


@transaction.atomic
def withdraw_analysis(actor: Member, analysis: Analysis) -> Analysis:
    """Take the figures back from the public and forget the agreements: one person is enough."""
    analysis = _locked(analysis)
    require(actor, "analyses.agree", analysis)
    analysis.agreements.all().delete()
    if analysis.published_at is not None:
        analysis.published_at = None
        analysis.save(update_fields=["published_at"])
        touch_campaign(analysis.campaign)
    write_audit_line(actor, "analysis.withdraw", analysis)
    return analysis


@transaction.atomic
def remove_analysis(actor: Member, analysis: Analysis) -> None:
    """Remove an analysis with its file and results, for good."""
    analysis = _locked(analysis)
    require(actor, "analyses.remove", analysis)
    write_audit_line(actor, "analysis.remove", analysis, title=analysis.title)
    folder, public = analysis.private_folder, analysis.published_at is not None
    campaign = analysis.campaign
    analysis.delete()
    if public:
        touch_campaign(campaign)
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _locked(analysis: Analysis) -> Analysis:
    return Analysis.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=analysis.pk)


def _ask(analysis: Analysis) -> None:
    from tractage.hq.analyses.tasks import run_analysis

    transaction.on_commit(lambda: run_analysis.enqueue(analysis.pk))
