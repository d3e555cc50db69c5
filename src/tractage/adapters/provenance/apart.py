"""Read the seal of a PDF in a process that gave up sockets, programs and writing."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tractage.adapters.provenance.seal import Seal, read_seal
from tractage.domain.errors import InputError, TractageError

PDF: Final = "application/pdf"
LARGEST: Final = 80_000_000
MEMORY: Final = 1_500_000_000
SECONDS: Final = 20.0


def is_pdf(path: Path) -> bool:
    """Whether a file begins as a PDF does."""
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def read_pdf_seal(path: Path, anchors: bytes = b"") -> Seal | None:
    """Return what a PDF says of its origin, or None; raises InputError when it cannot be read in time."""
    size = path.stat().st_size
    if size > LARGEST:
        raise InputError(f"{path.name}: {size / 1e6:.0f} MB, expected at most {LARGEST / 1e6:.0f} MB")
    command = [sys.executable, "-I", "-B", "-m", "tractage.adapters.provenance.apart", anchors.decode()]
    with path.open("rb") as file:
        try:
            done = subprocess.run(
                command, stdin=file, capture_output=True, env={}, timeout=2 * SECONDS + 10, check=False
            )
        except subprocess.TimeoutExpired:
            raise InputError(f"{path.name}: the PDF could not be read in {SECONDS:.0f} s") from None
    if done.returncode:
        raise InputError(f"{path.name}: not a PDF whose origin can be read")
    try:
        told: dict[str, Any] | None = json.loads(done.stdout)
        if not told:
            return None
        facts: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}
        return Seal(**facts)
    except (ValueError, TypeError, AttributeError) as error:
        raise TractageError(f"{path.name}: the reading process answered nonsense") from error


def main() -> None:
    """Read a PDF on standard input and print its seal as JSON."""
    from tractage.adapters.media import confine

    data = sys.stdin.buffer.read(LARGEST + 1)
    confine.limit_memory(MEMORY, 0)
    confine.limit_time(SECONDS)
    confine.close_doors()
    try:
        told = read_seal(data, PDF, sys.argv[1].encode())
    except InputError:
        sys.exit(2)
    print(json.dumps(dataclasses.asdict(told) if told else None))


if __name__ == "__main__":
    main()
