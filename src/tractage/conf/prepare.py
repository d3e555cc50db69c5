"""Make what the site needs and the package does not carry: the web font, messages, hashed static files."""

import io
import os
from pathlib import Path

from tractage.conf.messages import compile_catalogues

LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178, 0x2009, 0x202F, 0x2011, 0x2013, 0x2014,
         0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2116, 0x20AC, 0x2190, 0x2192, 0xD7, 0x2212)  # fmt: skip
FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"]
FONT = "bricolage.woff2"
BUILT = "built"


def prepare_files(built: Path) -> None:
    """Bring the font and the messages in `built` up to date; needs no Django."""
    build_font(built / "fonts" / FONT)
    compile_catalogues(built / "locale")


def build_font(target: Path) -> None:
    """Write the web font: Latin subset, one optical size, weights 400 to 800, every width, raised letters."""
    import fontpkg_bricolage_grotesque as package

    source = next((Path(package.ROOT) / "files").glob("*.ttf"))
    made_by = (source, Path(__file__), Path(__file__).with_name("raised.py"))
    if target.exists() and target.stat().st_mtime >= max(file.stat().st_mtime for file in made_by):
        return
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    from tractage.conf.raised import add_raised_letters

    font = TTFont(source)
    options = subset.Options()
    options.layout_features = FEATURES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    font = instancer.instantiateVariableFont(TTFont(buffer), {"opsz": 24, "wght": (400, 800)})
    add_raised_letters(font)
    font.flavor = "woff2"
    output = io.BytesIO()
    font.save(output)
    write_whole(target, output.getvalue())


def collect_static() -> None:
    """Hash and compress the static files, unless nothing changed since; Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    folders = [entry[1] if isinstance(entry, tuple) else entry for entry in settings.STATICFILES_DIRS]
    state = _state([Path(str(folder)) for folder in folders])
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.parent.exists())
    write_whole(stamp, state.encode())


def _state(folders: list[Path]) -> str:
    import django

    seen = [f"django {django.__version__}"]
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = file.stat()
            seen.append(f"{file.relative_to(folder)} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(seen)


def write_whole(target: Path, content: bytes) -> None:
    """Write `content` under a temporary name in the same folder, then rename it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
