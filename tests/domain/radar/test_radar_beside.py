"""Work done beside other work comes back, or fails where it is asked for."""

import pytest

from tractage.domain.errors import InputError
from tractage.domain.radar.beside import Beside


def test_its_result_is_there_when_asked_for() -> None:
    assert Beside(lambda: 6 * 7).result() == 42


def test_its_failure_is_raised_where_it_is_asked_for() -> None:
    def fail() -> None:
        raise InputError("--window is wrong")

    with pytest.raises(InputError, match="--window"):
        Beside(fail).result()
