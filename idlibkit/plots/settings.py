"""What holds for all pictures that are drawn inside a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

__all__ = ["Setting"]

T = TypeVar("T")


class Setting(Generic[T]):
    """A value that is another one inside a block, in this thread or task alone.

    >>> width = Setting("width", 9)
    >>> with width.set_to(4):
    ...     width.value
    4
    >>> width.value
    9
    """

    def __init__(self, name: str, default: T):
        self._var: ContextVar[T] = ContextVar(name, default=default)

    @property
    def value(self) -> T:
        return self._var.get()

    @contextmanager
    def set_to(self, value: T) -> Iterator[None]:
        token = self._var.set(value)
        try:
            yield
        finally:
            self._var.reset(token)
