"""Serve the application: one process a core, each with a few threads."""

import socket

from tractage.domain.errors import InputError

TARGET = "tractage.conf.wsgi:application"
THREADS = 4


def check_port(host: str, port: int) -> None:
    """Raise InputError when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"cannot listen on {host}:{port} ({error.strerror}): choose another with --port"
            ) from None


def serve(host: str, port: int, workers: int) -> None:
    """Serve until interrupted."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=1024,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
