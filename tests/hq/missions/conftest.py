"""The tests of missions build briefs as those of the desk do."""

from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414 - a fixture of this folder too
