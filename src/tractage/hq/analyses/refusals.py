"""Why figures cannot be told to the public now."""

from tractage.domain.law.freeze import Status
from tractage.hq.people.refusals import Refused


class Frozen(Refused):
    """The electoral silence holds; `status` says by which article and until when."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
