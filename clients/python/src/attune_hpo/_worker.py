"""A process that runs jobs: `python -m attune_hpo._worker LINE FILE PARENT`, the first two of them descriptors."""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

from ._call import call_function
from .trial import EarlyEnd, Trial

_LOOK_SECONDS = 0.5


def main() -> None:
    """Until the other end of the line is closed, or the parent is gone."""
    descriptor, file, parent = map(int, sys.argv[1:4])
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    line = Connection(descriptor)
    sys.path[:] = line.recv()
    try:
        function, metrics, reader = _read(file)
    except Exception as error:
        _say_broken(line, error)
        return
    while True:
        try:
            told = line.recv()
            if isinstance(told, tuple):
                continue  # A stop that came after the end.
            channel = _Channel(line, bool(told["watched"]))
            params = reader.read(told["params"])
            trial = Trial(channel, metrics, told["trial"], params, told["seed"], told["until"], told["attempt"] > 0)
            line.send(("end", call_function(function, trial, metrics)))
            sys.stdout.flush()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def _read(file: int) -> Any:
    """Processes share the descriptor's place in the file, and so look at it where it lies."""
    with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as parts:
        os.close(file)
        return pickle.loads(parts)


def _say_broken(line: Connection, error: Exception) -> None:
    line.recv()
    line.send(("broken", f"The function cannot be loaded in another process: {type(error).__name__}: {error}."))


class _Channel:
    """Reports and questions, through the line to the parent."""

    def __init__(self, line: Connection, watched: bool) -> None:
        self._line = line
        self._watched = watched
        self._early: EarlyEnd | None = None

    def report(self, step: float, values: Mapping[str, float | str]) -> EarlyEnd | None:
        """Waits for the answer where a scheduler watches."""
        self._line.send(("report", step, values))
        if self._watched:
            return self._early_of(self._answer())
        while self._line.poll():
            self._take(self._line.recv())
        return self._early

    def should_stop(self) -> EarlyEnd | None:
        """As far as the parent knows."""
        self._line.send(("should_stop",))
        return self._early_of(self._answer())

    def define(self, name: str, domain: Mapping[str, Any]) -> Any:
        """The value of a parameter that the function asks for."""
        self._line.send(("define", name, domain))
        return self._answer()

    def _answer(self) -> Any:
        while True:
            kind, *given = self._line.recv()
            if kind == "answer":
                return given[0]
            self._take((kind, *given))

    def _take(self, message: tuple[Any, ...]) -> None:
        if message[0] == "error":
            raise message[1]
        if message[0] == "stop":
            self._early = EarlyEnd("stop", "The tuner asked the trial to end early.")

    def _early_of(self, told: tuple[str, str] | None) -> EarlyEnd | None:
        return self._early if told is None else EarlyEnd(*told)


def _watch(parent: int) -> None:
    """Whatever the function does, the process ends with its parent, and so does all that it started."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
