"""What the tests of the site share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def _font(_test_settings: Any) -> Path:
    from django.conf import settings

    from tractage.conf.prepare import FONT, build_font

    font = Path(settings.BUILT_DIR) / "fonts" / FONT
    build_font(font)
    return font


@pytest.fixture
def built_font(_font: Path, settings: Any) -> Path:
    """The web font, built once for the session and served with the static files."""
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("fonts", _font.parent)]
    return _font
