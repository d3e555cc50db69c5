"""The reading process: takes open files on a socket, decodes them one by one, answers in JSON."""

import contextlib
import os
import signal
import socket
import struct
import sys
import warnings
import zlib
from typing import Any

from tractage.adapters.media import confine, wire
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.operations import OPERATIONS, Opened
from tractage.adapters.media.refusals import MediaError, Reason


def serve(line: socket.socket) -> None:
    """Answer messages until the other side closes."""
    while True:
        try:
            message, descriptors = wire.receive_files(line)
        except wire.HangupError:
            return
        try:
            answer = answer_one(message, descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        signal.setitimer(signal.ITIMER_REAL, 0)
        wire.send(line, answer)


def answer_one(message: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
    """Do one operation; every failure of a decoder is a refusal."""
    limits = Limits(**message["limits"])
    confine.limit_time(float(message["seconds"]))
    try:
        opened = Opened(descriptors[0], message["name"], limits)
        with contextlib.ExitStack() as stack:
            out = None
            if len(descriptors) > 1:
                out = stack.enter_context(os.fdopen(os.dup(descriptors[1]), "w+b"))
            return {"answer": OPERATIONS[message["operation"]](opened, out, message["options"])}
    except MediaError as refusal:
        return _refusal(refusal.reason, **refusal.values)
    except MemoryError:
        return _refusal(Reason.MEMORY)
    except (ValueError, OSError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, RuntimeError,
            struct.error, zlib.error, AttributeError, AssertionError) as error:  # fmt: skip
        # A decoder that meets bytes it does not understand fails in any of these ways.
        return _refusal(Reason.MEMORY if getattr(error, "errno", None) == 12 else Reason.DAMAGED)


def _refusal(reason: Reason, **values: str | int) -> dict[str, Any]:
    return {"refused": reason.value, "values": values}


def main() -> None:
    """Give up what is not needed, then serve the socket named on the command line."""
    line = socket.socket(fileno=int(sys.argv[1]))
    memory, out_bytes = int(sys.argv[2]), int(sys.argv[3])
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError):
        import av

        av.logging.set_level(None)
    confine.limit_memory(memory, out_bytes)
    shut = confine.close_doors()
    wire.send(line, {"ready": True, "shut": shut})
    serve(line)


if __name__ == "__main__":
    main()
