"""Arrays in one file: a JSON header, then each array on its own page, mapped into memory when read."""

import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError

MAGIC: Final = b"TRACTAGE PRINTS\n"
PAGE: Final = 4096
LONGEST_HEADER: Final = 256_000_000
Arrays = Mapping[str, NDArray[Any]]


def save_arrays(path: Path, kind: str, facts: Mapping[str, Any], arrays: Arrays) -> None:
    """Write arrays and facts at `path`: to a temporary name first, so that a file there is always whole."""
    table: dict[str, dict[str, Any]] = {}
    at = 0
    for name, array in arrays.items():
        table[name] = {"dtype": array.dtype.str, "shape": array.shape, "at": at}
        at += -(-array.nbytes // PAGE) * PAGE
    header = json.dumps({"kind": kind, "facts": dict(facts), "arrays": table}).encode()
    start = -(-(len(MAGIC) + 8 + len(header)) // PAGE) * PAGE
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for name, array in arrays.items():
                out.seek(start + table[name]["at"])
                out.write(np.ascontiguousarray(array).data)
            out.truncate(start + at)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def load_arrays(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the facts and the arrays (read only, mapped) of a file of `kind`.

    Raises:
        InputError: the file is not an index, is of another kind, or is cut.
    """
    with path.open("rb") as file:
        lead = file.read(len(MAGIC) + 8)
        if len(lead) < len(MAGIC) + 8 or not lead.startswith(MAGIC):
            raise InputError(f"{path}: not an index of prints")
        size = int.from_bytes(lead[len(MAGIC) :], "little")
        if size > LONGEST_HEADER:
            raise InputError(f"{path}: the header of the index is damaged")
        try:
            header = json.loads(file.read(size))
            found, table, facts = header["kind"], header["arrays"], header["facts"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: the header of the index is damaged") from error
        if found != kind:
            raise InputError(f"{path}: an index of {found}, expected one of {kind}")
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = -(-(len(lead) + size) // PAGE) * PAGE
    arrays = {}
    for name, entry in table.items():
        dtype, shape = np.dtype(entry["dtype"]), tuple(entry["shape"])
        count = int(np.prod(shape))
        if start + entry["at"] + count * dtype.itemsize > len(view) or dtype.hasobject:
            raise InputError(f"{path}: the index is cut, {name} is not whole")
        arrays[name] = np.frombuffer(view, dtype, count, start + entry["at"]).reshape(shape)
    return facts, arrays
