"""A job of a run: a trial to be run here, and what the engine wants of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from ._call import Abandoned
from ._engine import Answer, Asked
from .errors import Conflict, NoEngine
from .trial import EarlyEnd

STOP = EarlyEnd("stop", "The tuner asked the trial to end early.")


class Job:
    """Reports and questions of one job over the engine; what the run says of it comes from the thread that hears the run's events."""

    def __init__(self, engine: Asked, run: str, told: Mapping[str, Any]) -> None:
        self.told = told
        self.number = int(told["job"])
        self._engine = engine
        self._of = {"run": run, "job": self.number}
        #: Whether a scheduler judges its reports.
        self.watched = bool(told["watched"])
        self._state = threading.Condition()
        self._wanted: str | None = None
        self._sent: Answer | None = None
        self._kept: list[dict[str, Any]] = []
        self._on_stop: Callable[[], None] | None = None
        self._on_kill: Callable[[], None] | None = None

    def attend(self, on_kill: Callable[[], None], on_stop: Callable[[], None] | None = None) -> None:
        """Both are called in the thread that hears of it, and here where it was heard before."""
        with self._state:
            self._on_kill, self._on_stop = on_kill, on_stop
            told = self._callback(self._wanted)
        if told is not None:
            told()

    def hear(self, what: str) -> None:
        """What the run says of it: stop, freeze, wake or kill."""
        with self._state:
            if self._wanted not in ("stop", "kill") or what == "kill":
                self._wanted = None if what == "wake" else what
            self._state.notify_all()
            told = self._callback(what)
        if told is not None:
            told()

    def report(self, step: float, values: Mapping[str, float | str], bytes_held: Callable[[], int] | None = None) -> EarlyEnd | None:
        """
        Waits until it is judged where a scheduler watches; else it goes out with others, and what comes of it is seen later. Stands still where
        that is wanted and `bytes_held` says how much memory that holds.
        """
        self._kept.append({"step": step, "values": values})
        if self.watched:
            wanted = self._flushed()
            if wanted == "freeze" and bytes_held is not None:
                wanted = self._hold(bytes_held())
        else:
            if self._sent is None or self._sent.is_there:
                self._send()
            wanted = self._wanted
        return STOP if wanted in ("stop", "kill") else None

    def should_stop(self) -> EarlyEnd | None:
        """As far as the run said so."""
        return STOP if self._wanted in ("stop", "kill") else None

    def define(self, name: str, domain: Mapping[str, Any]) -> Any:
        """The value of a parameter that it asks for."""
        return self._ask("defineJob", {"name": name, "domain": domain})["value"]

    def end(self, fields: Mapping[str, Any]) -> None:
        """Says how it ended; nobody waits for the answer."""
        try:
            if self._kept:
                self._send()
            self._engine.send("endJob", {**self._of, **fields})
        except NoEngine:
            pass  # The run begins again, and the trial with it.

    def _callback(self, what: str | None) -> Callable[[], None] | None:
        return self._on_kill if what == "kill" else self._on_stop if what == "stop" else None

    def _hold(self, held: int) -> str | None:
        self._ask("holdJob", {"bytes": held})
        with self._state:
            while self._wanted == "freeze":
                self._state.wait()
            return self._wanted

    def _ask(self, operation: str, given: Mapping[str, Any]) -> Any:
        try:
            return self._engine.call(operation, {**self._of, **given})
        except NoEngine as error:
            raise EngineLost(str(error)) from error

    def _flushed(self) -> str | None:
        self._send()
        sent, self._sent = self._sent, None
        return None if sent is None else self._heed(sent)

    def _send(self) -> None:
        reports, self._kept = self._kept, []
        before, self._sent = self._sent, self._engine.send("reportJob", {**self._of, "reports": reports, "wait": self.watched})
        if before is not None and before.is_there:
            self._heed(before)

    def _heed(self, answer: Answer) -> str | None:
        try:
            wanted = answer.get()["wanted"]
        except Conflict:
            wanted = "stop"  # It is over: a person or a lost lease ended it.
        except NoEngine as error:
            raise EngineLost(str(error)) from error
        with self._state:
            if wanted is not None and self._wanted is None:
                self._wanted = str(wanted)
            return self._wanted


class EngineLost(Abandoned):
    """The engine that gave the job is gone, and the job with it."""
