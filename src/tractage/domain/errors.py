"""The two ways in which a piece of the domain says no."""


class TractageError(Exception):
    """A failure that is told to the user in one line (exit code 1)."""

    exit_code = 1


class InputError(TractageError):
    """What the user gave is wrong: the message names what, where, and what was expected (exit code 2)."""

    exit_code = 2
