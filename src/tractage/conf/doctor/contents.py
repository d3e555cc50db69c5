"""The campaign, the files of works, dates of the law, copies."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from tractage.conf.copies.names import LAST_COPY
from tractage.conf.doctor.findings import Finding, fine, note, question, wrong
from tractage.domain.law.zones import everywhere, zone

OLDEST_COPY = timedelta(days=2)


@question("campaign", on_database=True)
def campaign_is_loaded() -> Iterator[Finding]:
    """One campaign, whose election the law pack and the results know."""
    from tractage.hq.campaigns.selectors import current_campaign

    campaign = current_campaign()
    if campaign is None:
        yield wrong("campaign", "none is loaded: every page is empty", "tractage serve --campaign FILE")
    else:
        yield fine("campaign", f"{campaign.name}, {campaign.election}")


@question("law", on_database=True)
def dates_are_known() -> Iterator[Finding]:
    """Zones whose polling day is not known: they count as frozen in that week."""
    from tractage.hq.campaigns.selectors import current_campaign
    from tractage.hq.campaigns.silence import campaign_rounds, coming_round, freeze

    campaign = current_campaign()
    if campaign is None:
        return
    rounds = campaign_rounds(campaign)
    if not rounds:
        yield wrong(
            "law",
            f"the pack has no date for {campaign.election}: everything is frozen",
            "add it to rounds.toml",
        )
        return
    for turn in rounds:
        unknown = [name for name in everywhere() if None in turn.days(zone(name))]
        if unknown:
            shown = ", ".join(unknown[:6]) + (f" and {len(unknown) - 6} more" if len(unknown) > 6 else "")
            yield note(
                "law",
                f"round {turn.number} ({turn.day}): no polling day for {shown}; frozen all that week",
                "add the day to the law pack once the decree is out",
            )
    status, coming = freeze(campaign), coming_round(campaign)
    if status.frozen:
        yield note(
            "law", f"silence now ({', '.join(status.rules)}), until {status.until or 'an unknown hour'}"
        )
    yield fine("law", f"next round {coming.day}" if coming else "the election is over")


@question("works", on_database=True)
def files_are_there() -> Iterator[Finding]:
    """Every file that a row names is on the disk, with its size."""
    from tractage.hq.library.models import Edition

    media, lacking, short, number = Path(settings.MEDIA_ROOT), [], [], 0
    for name, size in Edition.objects.values_list("file", "bytes").iterator(2000):
        number += 1
        try:
            if (media / name).stat().st_size != size:
                short.append(name)
        except FileNotFoundError:
            lacking.append(name)
    if lacking:
        yield wrong(
            "works", f"{len(lacking)} files are missing, first {lacking[0]}", "tractage restore the last copy"
        )
    if short:
        yield wrong(
            "works", f"{len(short)} files have another size, first {short[0]}", "restore them from a copy"
        )
    if not lacking and not short:
        yield fine("works", f"{number:,} files, all there")


@question("copies")
def copies_are_made() -> Iterator[Finding]:
    """How old the last copy is."""
    file = Path(settings.TRACTAGE.data_dir) / LAST_COPY
    if not file.exists():
        yield note("copies", "no copy was ever made", "tractage backup FILE, by a timer each night")
        return
    made = datetime.fromisoformat(file.read_text().strip())
    age = datetime.now(UTC) - made
    if age > OLDEST_COPY:
        yield wrong(
            "copies", f"the last one is {age.days} days old", "see why the timer of tractage backup stopped"
        )
    else:
        yield fine("copies", f"the last one was made on {made:%Y-%m-%d at %H:%M} UTC")
