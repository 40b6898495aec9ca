"""Runs jobs in this process: in the thread that called, or in a thread each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from ._job import Job
from ._leaving import Leaving, Shielded
from ._run import Run
from .trial import EarlyEnd, Trial

Function = Callable[[Trial], Any]


class Inline:
    """Runs the function in the thread that called `optimize`, one trial after the other."""

    freezes = False

    def __init__(self, run: Run, function: Function, metrics: tuple[str, ...]) -> None:
        self._run = run
        self._function = function
        self._metrics = metrics

    def begin(self, job: Job) -> None:
        """Until the function returns; a second Ctrl-C leaves it."""
        leaving = Leaving()
        job.attend(leaving.leave)
        trial = self._run.trial_of(job, Shielded(job, leaving))
        self._run.inside = leaving
        fields = leaving.call(self._function, trial, self._metrics)
        self._run.inside = None
        self._run.done(job, fields)

    def close(self, now: bool) -> None:
        """Nothing is left."""


class Threads:
    """Runs each trial in a thread of its own; one that stands still holds no place."""

    freezes = True

    def __init__(self, run: Run, function: Function, metrics: tuple[str, ...]) -> None:
        self._run = run
        self._function = function
        self._metrics = metrics
        self._threads: set[threading.Thread] = set()

    def begin(self, job: Job) -> None:
        """In the background."""
        thread = threading.Thread(target=self._work, args=(job,), name=f"attune-trial-{job.told['trial']}", daemon=True)
        self._threads.add(thread)
        thread.start()

    def close(self, now: bool) -> None:
        """Threads cannot be ended from outside: what does not come back to Python runs on, and its trial hears nothing."""
        for thread in list(self._threads):
            thread.join(timeout=0 if now else 10)

    def _work(self, job: Job) -> None:
        leaving = Leaving()
        job.attend(leaving.leave)
        trial = self._run.trial_of(job, Shielded(_Standing(job), leaving))
        self._run.done(job, leaving.call(self._function, trial, self._metrics))
        self._threads.discard(threading.current_thread())


class _Standing:
    """A job that can stand still in its thread; nobody can tell what it holds."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.should_stop = job.should_stop
        self.define = job.define

    def report(self, step: float, values: Mapping[str, float | str]) -> EarlyEnd | None:
        """As of the job."""
        return self._job.report(step, values, lambda: 0)
