"""What is refused to a member, in words they can act on."""


class Refused(Exception):  # noqa: N818 - a refusal, not an error
    """A write that was not done, and why: the message is shown as it is."""


class TooManyAttempts(Refused):
    """Tried too often; `minutes` until the next try."""

    def __init__(self, message: str, minutes: int) -> None:
        super().__init__(message)
        self.minutes = minutes
