"""A user's mistake as one line: what was asked, what was found, what was expected, where help is."""

import re
from collections.abc import Sequence

from typer._click.exceptions import BadParameter, UsageError

_PLAIN = (
    (re.compile(r"Input should be "), "expected "),
    (re.compile(r", unable to parse string as an? \w+"), ""),
    (re.compile(r"greater than or equal to (\S+)"), r"\1 or more"),
    (re.compile(r"less than or equal to (\S+)"), r"\1 or less"),
)
_HALF = re.compile(r"^\.(.+)\.[\w-]{4,}$")
"""The name under which a file is written before it is whole: .dates.ics.k3x9a1."""


def usage_line(error: UsageError, arguments: Sequence[str]) -> str:
    """A wrong option or argument, with the command that it was given to, out of the process's `arguments`."""
    command = error.ctx.command_path if error.ctx else "tractage"
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    message = re.sub(r"^Invalid value for '?(\S+?)'?: ", r"\1: ", message)
    found = _found(error, arguments)
    if found is not None and repr(found) not in message:
        message = message.replace("Input should be ", f"found {found!r}, expected ", 1)
    for official, plain in _PLAIN:
        message = official.sub(plain, message)
    return f"{command}: {message[:1].lower() + message[1:]} ({command} -h says more)"


def file_line(error: OSError) -> str:
    """A file that cannot be read or written, by the name that the user gave it."""
    named = str(error.filename2 or error.filename or "")
    folder, slash, name = named.rpartition("/")
    half = _HALF.match(name)
    where = f"{folder}{slash}{half[1] if half else name}"
    if isinstance(error, FileNotFoundError):
        reason = f"no such folder {folder or '.'}" if half else "no such file or folder"
    elif isinstance(error, IsADirectoryError):
        reason = "this is a folder, expected a file"
    elif isinstance(error, NotADirectoryError):
        reason = "part of this path is a file, expected a folder"
    elif isinstance(error, PermissionError):
        reason = "this account may not read or write it"
    else:
        reason = error.strerror or str(error)
    return f"{where}: {reason}" if where else reason


def is_mistake(error: OSError) -> bool:
    """Whether what was given is wrong, rather than the machine."""
    return isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError | PermissionError)


def _found(error: UsageError, arguments: Sequence[str]) -> str | None:
    """What was given for the option that was refused, if it can be told."""
    param = getattr(error, "param", None) if isinstance(error, BadParameter) else None
    for option in getattr(param, "opts", ()):
        for place, given in enumerate(arguments):
            if given.startswith(f"{option}="):
                return given.removeprefix(f"{option}=")
            if given == option and place + 1 < len(arguments):
                return arguments[place + 1]
    return None
