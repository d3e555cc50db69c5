"""What a seal adds to an export of each kind, and what a reader says of it: `python benchmarks/seal.py`."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.media_fuzz import film

from tractage.adapters.provenance import new_identity, read_seal, seal
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.picture import draw_work, render_work
from tractage.domain.studio.provenance import Credit
from tractage.domain.studio.template import load_template

A4 = find_format("a4")
CREDIT = Credit(
    title="Les voici, une par une",
    authors=("Bob l’invention", "Rosa des presses"),
    licence="CC BY-SA 4.0",
    sources=("https://example.org/resultats", "https://example.org/sieges/24-03"),
    campaign="Les Mains libres",
)


def main() -> None:
    """Seal one picture of each kind and a film; print what it costs and what is read back."""
    template = load_template("affiche-chiffre")
    drawn = draw_work(template, template.example(), find_format("portrait"), load_kit()).convert("RGB")
    page = render_work(template, template.example() | {"imprime": "Imprimé par nos soins"}, A4, load_kit())
    files = {"video/mp4": film("mp4", "libx264", "aac"), "application/pdf": page.data}
    for kind in ("png", "jpeg", "webp", "gif"):
        out = io.BytesIO()
        drawn.save(out, kind)
        files[f"image/{kind}"] = out.getvalue()
    identity = new_identity("Les Mains libres", datetime(2026, 11, 23, tzinfo=UTC))
    for kind, plain in sorted(files.items()):
        sealed = seal(plain, kind, CREDIT, identity)
        told = read_seal(sealed, kind)
        anchored = read_seal(sealed, kind, identity.chain)
        changed = bytearray(sealed)
        changed[-30] ^= 1
        broken = read_seal(bytes(changed), kind)
        assert told
        assert anchored
        state = broken.state if broken else "unreadable"
        print(
            f"{kind:15} {len(plain):8,} bytes + {len(sealed) - len(plain):5,}: {told.state}, "
            f"with the authority {anchored.state}, one bit changed {state}"
        )


if __name__ == "__main__":
    main()
