"""The kit of a campaign's closest seats: works drawn by the studio from official results, then imported."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tractage.domain.elections.catalogue import election
from tractage.domain.elections.results import load_results
from tractage.domain.elections.seats import seat
from tractage.domain.studio.batch import Row, Run, render_rows
from tractage.domain.studio.kits import Kit as BrandKit
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.manifest import Entry
from tractage.domain.studio.rows import kit_rows
from tractage.domain.studio.template import load_template
from tractage.domain.studio.typography import plain
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import campaign_pack, ranked_seats
from tractage.hq.library.models import Kind, Status, Work
from tractage.hq.library.refusals import Frozen
from tractage.hq.library.services import EditionFile, WorkFacts, import_work, release_work
from tractage.hq.people.models import Member

FORMATS = ("portrait", "carre", "story", "large", "a4")
PREVIEW_WIDTHS = (480, 960)
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "pdf": "application/pdf"}
KINDS = {
    "carte": Kind.CARD,
    "affiche-rayons": Kind.POSTER,
    "affiche-chiffre": Kind.POSTER,
    "comment-voter": Kind.PRACTICAL,
    "appel": Kind.POSTER,
}
EVERYWHERE = "partout"
ONCE: dict[str, Row] = {
    "affiche-rayons": {"lieu": "Partout en France"},
    "comment-voter": {},
    "appel": {"lien": "Participer", "lien2": "deux minutes"},
}
"""Works for the whole country, drawn from their template's example, with what differs from it."""
RIGHTS = (
    {"what": "Image", "basis": "Formes et typographie du studio ; aucune photo, aucun visage."},
    {"what": "Polices", "basis": "Polices libres (SIL Open Font License)."},
)


@dataclass(frozen=True)
class Imported:
    """What an import did: works new or changed, works left as they were, works that wait for the law."""

    changed: int
    kept: int
    waiting: int


def brand_kit(campaign: Campaign) -> BrandKit:
    """The studio's kit with the campaign's name and colours."""
    kit = load_kit()
    return replace(kit, slug=campaign.slug, name=campaign.name, colours=kit.colours | campaign.kit)


def kit_seats(campaign: Campaign, top: int) -> list[str]:
    """The first `top` seats of the ranking where the bloc had a finalist: elsewhere no fact is its own."""
    return [str(one.seat.code) for one in ranked_seats(campaign) if one.pivot][:top]


def kit_plan(campaign: Campaign, seats: Sequence[str]) -> dict[str, list[Row]]:
    """The rows to draw, by template: a card and a figure a seat, those for the whole country once."""
    rows = kit_rows(
        load_results(campaign.results), campaign_pack(campaign, campaign.results), campaign.bloc, seats
    )
    once: dict[str, list[Row]] = {
        name: [{**load_template(name).example(), **changed, "id": EVERYWHERE, "campagne": campaign.name}]
        for name, changed in ONCE.items()
    }
    return {name: once[name] if name in once else list(rows[name]) for name in KINDS}


def plan_size(plan: dict[str, list[Row]]) -> int:
    """How many pictures a plan draws."""
    return sum(len(rows) for rows in plan.values()) * len(FORMATS)


def render_kit(
    campaign: Campaign,
    plan: dict[str, list[Row]],
    out: Path,
    jobs: int,
    progress: Callable[[int], None] = lambda _: None,
) -> dict[str, Run]:
    """Draw what is not drawn yet into `out`, one folder a template."""
    kit = brand_kit(campaign)
    return {
        name: render_rows(
            load_template(name), rows, FORMATS, out / name, kit=kit, jobs=jobs, progress=progress
        )
        for name, rows in plan.items()
    }


def import_kit(
    actor: Member | None, campaign: Campaign, plan: dict[str, list[Row]], runs: dict[str, Run]
) -> Imported:
    """Import and release what was drawn; a work whose files are already kept is left alone."""
    changed = kept = waiting = 0
    for template, row in _shelf_order(plan):
        folder = runs[template].manifest.parent
        files = [entry for entry in runs[template].works if entry.row == row["id"]]
        work = _known(campaign, origin := f"kit:{template}:{row['id']}", files)
        if work is None:
            work = import_work(
                    actor, campaign, _facts(campaign, template, row, origin, files[0].alt),
                    list(_editions(folder, files)),
                )  # fmt: skip
            changed += 1
        else:
            kept += 1
        if work.status == Status.ACCEPTED:
            try:
                release_work(actor, work)
            except Frozen:
                waiting += 1
    return Imported(changed, kept, waiting)


def _shelf_order(plan: dict[str, list[Row]]) -> list[tuple[str, Row]]:
    """The works of the plan, kinds mixed, the closest seats last: what comes last opens the shelf."""
    by_place = max(map(len, plan.values()), default=0)
    mixed = [
        (template, rows[place])
        for place in range(by_place)
        for template, rows in plan.items()
        if place < len(rows)
    ]
    return mixed[::-1]


def _known(campaign: Campaign, origin: str, files: Sequence[Entry]) -> Work | None:
    work = Work.objects.filter(campaign=campaign, origin=origin).first()
    if work is None:
        return None
    held = dict(work.editions.filter(preview=False).values_list("format", "sha256"))
    return work if held == {entry.format: entry.sha256 for entry in files} else None


def _facts(campaign: Campaign, template: str, row: Row, origin: str, alt: str) -> WorkFacts:
    seats: tuple[str, ...] = ()
    source = ""
    if template == "comment-voter":
        title, summary = "Pas là dimanche ? La procuration", row["retenir"]
        source = row["source"].removeprefix("Source : ")
    elif template == "affiche-rayons":
        title, summary = row["slogan"], "Un slogan à reprendre, à tordre, à remplacer par le vôtre."
    elif template == "appel":
        title, summary = row["titre"], "Une petite annonce avec ses languettes, pour trouver des mains."
    else:
        place = seat(row["id"]).label.replace(" circonscription", "").replace(",", "")
        results = election(campaign.results).title
        source = f"Ministère de l’Intérieur, {results}, résultats officiels (Licence Ouverte 2.0)"
        seats = (row["id"],)
        if template == "carte":
            title, summary = f"{row['prenom']} {row['nom']}, {place}", row["devise"]
        else:
            title = f"{place} : {row['nombre']} voix"
            summary = f"{row['avant']} {row['nombre']} {row['apres']}"
    return WorkFacts(
        origin=origin,
        kind=KINDS[template],
        title=plain(title).strip(),
        summary=plain(summary),
        alt_text=plain(alt),
        credit=f"Le studio de {campaign.name}",
        sources=({"title": plain(source)},) if source else (),
        rights=RIGHTS,
        seats=seats,
    )


def _editions(folder: Path, files: Sequence[Entry]) -> Iterator[EditionFile]:
    for entry in files:
        content = (folder / entry.file).read_bytes()
        extension = entry.file.rsplit(".", 1)[-1]
        yield EditionFile(
            entry.format, content, extension, MEDIA_TYPES[entry.type], entry.width, entry.height
        )
        if entry.format == FORMATS[0]:
            yield from previews(content)


def previews(picture: bytes) -> Iterator[EditionFile]:
    """Small WebP pictures to show on the wall and on the work's page."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        full = opened.convert("RGB")
    for width in PREVIEW_WIDTHS:
        height = round(full.height * width / full.width)
        buffer = io.BytesIO()
        full.resize((width, height), Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=82, method=4)
        yield EditionFile(
            f"preview-{width}", buffer.getvalue(), "webp", "image/webp", width, height, preview=True
        )
