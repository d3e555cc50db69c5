"""Take the read-me's pictures of a demo that is being served: python docs/user/pictures.py http://127.0.0.1:8000."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
PHONE, DESK = (390, 844), (1280, 1720)
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONES = (
    ("/", "light"),
    ("/galerie/", "dark"),
    ("/sieges/24-03/", "light"),
    ("/oeuvres/charente-maritime-3e-63-voix/passer/", "dark"),
)
GAP, GROUND = 40, "#cbb4f0"


def main() -> None:
    """Write accueil.webp and telephone.webp beside this file."""
    site = sys.argv[1].rstrip("/")
    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        home = shot(browser, site + "/", DESK, "light")
        phones = [shot(browser, site + path, PHONE, theme) for path, theme in PHONES]
        browser.close()
    home.save(HERE / "accueil.webp", quality=84, method=6)
    row = Image.new("RGB", (GAP + len(phones) * (PHONE[0] + GAP), PHONE[1] + 2 * GAP), GROUND)
    for place, phone in enumerate(phones):
        row.paste(phone, (GAP + place * (PHONE[0] + GAP), GAP))
    row.save(HERE / "telephone.webp", quality=84, method=6)


def shot(browser: Browser, address: str, size: tuple[int, int], theme: str) -> Image.Image:
    """The top of a page, drawn large and brought back to `size`, so that small type stays sharp."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme="dark" if theme == "dark" else "light",
        locale="fr-FR",
    )
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return drawn.resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
