"""The steps of `tractage demo`: each can be run again and skips what is done."""

import secrets
import sys
from datetime import date
from pathlib import Path

from tractage.cli.progress import progress

ACCOUNTS = (("admin", "founder", True), ("membre", "member", False))


def prepare_demo(
    out: Path,
    campaign_path: Path | None,
    as_of: date | None,
    top: int,
    jobs: int,
    port: int,
    new_passwords: bool,
) -> None:
    """Database, ranking, kit, works, accounts, in `out`. Raises InputError before anything is written."""
    from tractage.conf.boot import bring_up_to_date, start_django
    from tractage.hq.campaigns.campaign_file import read_campaign_file, replayed, shipped_campaign

    facts = read_campaign_file(campaign_path or shipped_campaign())
    variables = {"TRACTAGE_SITE_URL": f"http://127.0.0.1:{port}"}
    if as_of is not None:
        facts = replayed(facts, as_of)
        variables["TRACTAGE_AS_OF"] = as_of.isoformat()
    start_django(out, **variables)
    _say(
        f"{facts.name}: {facts.election}, bloc {facts.bloc}, seats ranked on {facts.results} ({facts.method})"
    )
    bring_up_to_date()

    from django.conf import settings

    from tractage.hq.campaigns.services import load_campaign
    from tractage.hq.library.kit import import_kit, kit_plan, kit_seats, plan_size, render_kit
    from tractage.hq.missions.services import starter_briefs
    from tractage.hq.operations.starter import starter_operation
    from tractage.hq.shelves.album import make_print, wanted_prints

    campaign = load_campaign(facts)
    plan = kit_plan(campaign, kit_seats(campaign, top))
    with progress("Drawing the kit", plan_size(plan)) as advance:
        runs = render_kit(campaign, plan, settings.TRACTAGE.data_dir / "kit", jobs, advance)
    starter_briefs(campaign)
    imported = import_kit(None, campaign, plan, runs)
    _say(f"{imported.changed} works imported, {imported.kept} already there")
    if imported.waiting:
        _say(f"{imported.waiting} works wait: the electoral silence holds today")
    starter_operation(campaign)
    for one in wanted_prints(campaign):  # a demo has no worker: the album's sheets are set now
        make_print(one.pk)
    _accounts(new_passwords)
    _say(f"http://127.0.0.1:{port}/  (Ctrl-C to stop)")


def _accounts(new_passwords: bool) -> None:
    from tractage.hq.people.models import Standing
    from tractage.hq.people.selectors import member_named
    from tractage.hq.people.services import ensure_account

    for pseudonym, standing, operator in ACCOUNTS:
        if member_named(pseudonym) and not new_passwords:
            continue
        password = secrets.token_urlsafe(9)
        ensure_account(pseudonym, password, Standing(standing), operator=operator)
        _say(f"account {pseudonym}  password {password}  (shown once; --new-passwords makes others)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
