"""Draw the pictures of this guide again: `python docs/designer/pictures.py`. All people are invented."""

import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from tractage.domain.studio.check import check_work
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.photo import prepare_photo
from tractage.domain.studio.picture import draw_work
from tractage.domain.studio.preview import contact_sheet
from tractage.domain.studio.template import load_template, template_names

HERE = Path(__file__).parent
KIT = load_kit()
TALL = 520
CAST = (
    {"prenom": "Éloïse", "nom": "Çavani-Rœderer", "silhouette": "1", "fond": "ciel", "aplat": "canari"},
    {"prenom": "Ismaël", "nom": "Tréhoux", "silhouette": "2", "fond": "menthe", "aplat": "lilas"},
    {"prenom": "Solène", "nom": "N'Diaye-Prigent", "silhouette": "3", "fond": "saumon", "aplat": "ciel"},
    {"prenom": "Solène", "nom": "N'Diaye-Prigent", "initiales": "SN", "fond": "lilas", "aplat": "canari"},
)


def _draw(name: str, format_name: str, **fields: str) -> Image.Image:
    template, fmt = load_template(name), replace(find_format(format_name), type="png")
    return draw_work(template, template.example() | fields, fmt, KIT).convert("RGB")


def _save(name: str, pictures: list[Image.Image], tall: int = TALL) -> None:
    best = Image.Resampling.LANCZOS
    shown = [one.resize((round(one.width * tall / one.height), tall), best) for one in pictures]
    sheet = Image.new("RGB", (sum(one.width + 12 for one in shown) + 12, tall + 24), KIT.colours["papier"])
    x = 12
    for one in shown:
        sheet.paste(one, (x, 12))
        x += one.width + 12
    sheet.save(HERE / name, "WEBP", quality=78, method=6)


def _with_safe_area(name: str, format_name: str) -> Image.Image:
    picture, fmt = _draw(name, format_name), find_format(format_name)
    pen, safe = ImageDraw.Draw(picture), fmt.safe
    box = (safe.left, safe.top, fmt.width - safe.right - 1, fmt.height - safe.bottom - 1)
    if any(safe):
        pen.rectangle(box, outline=KIT.colours["tomette"], width=8)
    return picture


def _portrait(folder: Path) -> Path:
    """A drawn head in greys stands for a photograph, so that no face is anybody's."""
    card = _draw("carte", "carre", **CAST[0])
    card.crop((330, 60, 760, 500)).save(folder / "portrait.png")
    return folder / "portrait.png"


def main() -> None:
    for kit in ("atelier", "verger"):
        templates = [load_template(name) for name in template_names()]
        ending = "" if kit == "atelier" else f"-{kit}"
        contact_sheet(templates, load_kit(kit), 2300, 262).save(
            HERE / f"planche{ending}.webp", "WEBP", quality=78, method=6
        )
    layouts = ("portrait", "carre", "story", "large")
    _save("rapports.webp", [_with_safe_area("compte-a-rebours", one) for one in layouts])
    _save("cartes.webp", [_draw("carte", "portrait", **person) for person in CAST])
    long = {"nombre": "75", "avant": "Aux Français établis hors de France, il a manqué"}
    _save("longueurs.webp", [_draw("affiche-chiffre", one, **long) for one in layouts])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, pictures = _portrait(folder), []
        for style in ("deux-tons", "trame"):
            prepare_photo(source, KIT, style, "menthe").save(folder / f"{style}.png")
            pictures.append(Image.open(folder / f"{style}.png").copy())
        card = _draw("carte", "portrait", **CAST[0], photo=str(folder / "trame.png"))
        _save("photo.webp", [Image.open(source).convert("RGB"), *pictures, card], 420)
        _save("refus.webp", _refused(folder))


def _refused(folder: Path) -> list[Image.Image]:
    """A template with four faults, and its page with what the check names."""
    from tests.domain.studio.bench_template import write_template

    extra = (
        '<p id="pale" style="color:{{ c.saumon }}">Trop pâle</p>'
        '<p id="petit" style="font-size:1.5rem">Trop petit</p>'
        '<div id="large" style="width:30rem;white-space:nowrap">Anticonstitutionnellement</div>'
        '<p id="dessus" style="position:absolute;left:30rem;top:9rem;font-size:7rem">Par-dessus</p>'
    )
    template = load_template(str(write_template(folder / "refus", extra)))
    fmt = find_format("carre")
    for finding in check_work(template, template.example(), fmt, KIT):
        print(finding)
    page = draw_work(template, template.example(), fmt, KIT).convert("RGB")
    return [page.crop((0, 0, 1080, 540))]


if __name__ == "__main__":
    main()
