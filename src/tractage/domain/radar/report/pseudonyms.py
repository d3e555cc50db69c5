"""Names that say nothing, the same at every run, that only the holder of the posts can compute."""

from collections.abc import Iterable
from hashlib import blake2b

import polars as pl

from tractage.domain.errors import InputError

REACH = 10_000  # followers; under it an account is a private person


def pseudonym(name: str, secret: str) -> str:
    """Return the keyed hash of an account as three groups of four hexadecimal digits."""
    code = blake2b(name.encode(), key=secret.encode()[:64], digest_size=6).hexdigest()
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def post_code(content: str | None, secret: str) -> str:
    """Return the keyed hash of a post as eight hexadecimal digits."""
    return blake2b((content or "").encode(), key=secret.encode()[:64], digest_size=4).hexdigest()


def shown_names(
    accounts: Iterable[str],
    secret: str,
    show: bool = False,
    reach: pl.DataFrame | None = None,
    least: int = REACH,
) -> dict[str, str]:
    """Return the name each account bears in a report.

    show: give their own name to accounts of at least `least` followers; reach: account, followers
    Raises: InputError when names are wanted and no account is known to reach that many
    """
    names = {name: pseudonym(name, secret) for name in accounts}
    if not show:
        return names
    known = {} if reach is None else dict(zip(reach["account"], reach["followers"], strict=True))
    public = [name for name in names if (known.get(name) or 0) >= least]
    if not public:
        raise InputError(
            f"--show-accounts: no account here is known to have {least} followers or more, and others stay "
            "pseudonyms; give the column of followers with --reach"
        )
    return names | {name: name for name in public}
