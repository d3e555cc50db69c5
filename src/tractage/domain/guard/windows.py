"""Sliding windows: what happened in the last seconds, by key."""

from collections import OrderedDict, deque
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")


class Rate(NamedTuple):
    """So many, within so many seconds."""

    most: int
    seconds: float


class Window(Generic[Item]):
    """The items of the last `seconds`; times must not go back."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._items: deque[tuple[float, Item]] = deque()

    def add(self, t: float, item: Item) -> None:
        """Take one item in and let the old ones go."""
        self._items.append((t, item))
        self.forget(t)

    def forget(self, t: float) -> None:
        """Let go of what is older than the window at time t."""
        while self._items and self._items[0][0] <= t - self._seconds:
            self._items.popleft()

    def items(self) -> list[Item]:
        """Return the items, oldest first."""
        return [item for _, item in self._items]

    def since(self, t: float) -> list[Item]:
        """Return the items later than t, oldest first."""
        return [item for at, item in self._items if at > t]

    def __len__(self) -> int:
        return len(self._items)


class KeyedWindows(Generic[Item]):
    """One window for each key; the keys seen longest ago are dropped beyond `most`."""

    def __init__(self, seconds: float, most: int = 50_000) -> None:
        self._seconds = seconds
        self._most = most
        self._windows: OrderedDict[str, Window[Item]] = OrderedDict()

    def add(self, key: str, t: float, item: Item) -> list[Item]:
        """Take one item in under its key; returns what the key's window then holds."""
        window = self._windows.setdefault(key, Window(self._seconds))
        self._windows.move_to_end(key)
        window.add(t, item)
        if len(self._windows) > self._most:
            self._windows.popitem(last=False)
        return window.items()
