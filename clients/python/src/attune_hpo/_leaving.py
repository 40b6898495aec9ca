"""Leaving a function that runs in a thread: at its next step in Python, and never within the code of this package that it called."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ._call import Abandoned, call_function
from .trial import Channel, EarlyEnd, Trial

T = TypeVar("T")


class Leaving:
    """
    One call of a function, in the thread that made this. What asks the engine is left only at its end: an exception amid it would leave an engine that
    was begun and that nobody reads, and CPython (before 3.12) gives an exception for a thread to one that this thread is just beginning.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        # A signal's handler may come upon this thread while it holds the lock.
        self._lock = threading.RLock()
        self._runs = False
        self._is_shielded = False
        self._is_wanted = False

    def leave(self) -> None:
        """From another thread: the function is left soon."""
        with self._lock:
            if self._want():
                _raise_in(self._thread, Abandoned)

    def leave_here(self) -> None:
        """From a signal's handler in the function's own thread: raises `Abandoned` where the function runs."""
        with self._lock:
            is_now = self._want()
        if is_now:
            raise Abandoned

    def call(self, function: Callable[[Trial], Any], trial: Trial, metrics: tuple[str, ...]) -> dict[str, Any] | None:
        """Fields of `endJob`; None where the function was left."""
        try:
            try:
                with self._lock:
                    self._runs = True
                self._heed()
                return call_function(function, trial, metrics)
            finally:
                self._settle()
        except Abandoned:
            # Once, and maybe amid the settling.
            self._settle()
            return None

    def shielded(self, ask: Callable[[], T]) -> T:
        """What it answers; raises `Abandoned` before or after it, not within."""
        with self._lock:
            self._is_shielded = True
            _raise_in(self._thread, None)
        self._heed()
        try:
            return ask()
        finally:
            with self._lock:
                self._is_shielded = False
            self._heed()

    def _want(self) -> bool:
        is_first, self._is_wanted = not self._is_wanted, True
        return is_first and self._runs and not self._is_shielded

    def _heed(self) -> None:
        if self._is_wanted:
            raise Abandoned

    def _settle(self) -> None:
        with self._lock:
            self._runs = False
            _raise_in(self._thread, None)


class Shielded:
    """A channel that is left only between two questions."""

    def __init__(self, channel: Channel, leaving: Leaving) -> None:
        self._channel = channel
        self._leaving = leaving

    def report(self, step: float, values: Mapping[str, float | str]) -> EarlyEnd | None:
        """As of the channel."""
        return self._leaving.shielded(lambda: self._channel.report(step, values))

    def should_stop(self) -> EarlyEnd | None:
        """As of the channel."""
        return self._leaving.shielded(self._channel.should_stop)

    def define(self, name: str, domain: Mapping[str, Any]) -> Any:
        """As of the channel."""
        return self._leaving.shielded(lambda: self._channel.define(name, domain))


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    what = ctypes.py_object() if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
