"""Work done beside other work: the compiled loops and the tables leave the interpreter free."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """A function that runs in a thread of its own; an interruption of the program does not wait for it."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._done: list[T] = []
        self._wrong: list[BaseException] = []
        self._thread = Thread(target=self._run, args=(function,), daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for it, once; raises what it raised."""
        self._thread.join()
        if self._wrong:
            raise self._wrong.pop()
        return self._done.pop()

    def _run(self, function: Callable[[], T]) -> None:
        try:
            self._done.append(function())
        except BaseException as error:  # it is raised again where the result is asked for
            self._wrong.append(error)
