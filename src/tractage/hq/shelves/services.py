"""Writes about series: what their public page would say waits for the end of a silence."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.library.models import Status, Work
from tractage.hq.people.models import Member
from tractage.hq.people.quiet import refuse_during_silence
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.shelves.models import Episode, Series

PERMISSION = "shelves.write_series"
TAKEN = frozenset({"flux", "nouvelle"})


@dataclass(frozen=True)
class EpisodeContent:
    """What is said of an episode."""

    number: int
    title: str
    at: datetime | None = None
    work: Work | None = None


@transaction.atomic
def open_series(actor: Member | None, campaign: Campaign, title: str, summary: str = "") -> Series:
    """Begin a series."""
    require(actor, PERMISSION, campaign)
    refuse_during_silence(campaign)
    words = title.strip()
    if not words:
        raise Refused(_("A series has a title."))
    series = Series.objects.create(
        campaign=campaign, slug=_free_slug(campaign, words), title=words, summary=summary.strip()
    )
    touch_campaign(campaign)
    write_audit_line(actor, "series.open", series)
    return series


@transaction.atomic
def change_series(actor: Member | None, series: Series, title: str, summary: str, goes_on: bool) -> Series:
    """Say it better, or say that it is over; its address stays."""
    series = _locked(actor, series)
    if not title.strip():
        raise Refused(_("A series has a title."))
    series.title, series.summary, series.open = title.strip(), summary.strip(), goes_on
    series.save(update_fields=["title", "summary", "open"])
    touch_campaign(series.campaign)
    write_audit_line(actor, "series.change", series, goes_on=goes_on)
    return series


@transaction.atomic
def keep_episode(
    actor: Member | None, series: Series, content: EpisodeContent, episode: Episode | None = None
) -> Episode:
    """Announce an episode, or change one; its work shows on the series' page once it is released."""
    series = _locked(actor, series)
    others = series.episodes.exclude(pk=episode.pk) if episode else series.episodes.all()
    if others.filter(number=content.number).exists():
        raise Refused(
            _("Number %(number)s is already an episode of this series.") % {"number": content.number}
        )
    if content.work and content.work.campaign_id != series.campaign_id:
        raise Refused(_("This work is not of this campaign."))
    if not content.title.strip() or content.number < 1:
        raise Refused(_("An episode has a number from 1 and a title."))
    episode = episode or Episode(series=series)
    episode.number, episode.title = content.number, content.title.strip()
    episode.at, episode.work = content.at, content.work
    episode.save()
    touch_campaign(series.campaign)
    write_audit_line(actor, "series.episode", series, number=episode.number, work=episode.work_id)
    return episode


@transaction.atomic
def remove_episode(actor: Member | None, episode: Episode) -> None:
    """Take an episode out of its series; its work stays where it is."""
    series = _locked(actor, episode.series)
    number = episode.number
    episode.delete()
    touch_campaign(series.campaign)
    write_audit_line(actor, "series.episode_removed", series, number=number)


def works_for_episodes(campaign: Campaign) -> list[Work]:
    """The works that an episode can show: released, or accepted and to be released, the latest first."""
    found = Work.objects.filter(campaign=campaign, status__in=[Status.RELEASED, Status.ACCEPTED])
    return list(found.only("pk", "title", "status").order_by("-pk")[:300])


def _locked(actor: Member | None, series: Series) -> Series:
    require(actor, PERMISSION, series)
    series = Series.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=series.pk)
    refuse_during_silence(series.campaign)
    return series


def _free_slug(campaign: Campaign, title: str) -> str:
    stem = slugify(title.replace("œ", "oe").replace("’", "-"))[:70].strip("-") or "serie"
    taken = set(Series.objects.filter(campaign=campaign).values_list("slug", flat=True)) | TAKEN
    if stem not in taken:
        return stem
    return next(slug for number in range(2, 10**4) if (slug := f"{stem}-{number}") not in taken)
