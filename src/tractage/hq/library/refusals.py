"""Why a work cannot be released, with the evidence and in words."""

from tractage.domain.errors import TractageError
from tractage.domain.law.freeze import Status


class ReleaseRefused(TractageError):  # noqa: N818 - an answer of the rules, not a fault
    """The work lacks something or the campaign excludes it; `reasons` are sentences for the author."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Frozen(ReleaseRefused):
    """The law does not allow it now; `status` says by which article and until when."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__([reason])
        self.status = status
