"""Runs jobs in this process: in the thread that called, or in a thread each."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Mapping
from typing import Any

from ._call import Abandoned, call_function
from ._job import Job
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
        self._run.is_inside = True
        try:
            fields = called_until_killed(self._function, self._run.trial_of(job), self._metrics, job)
        except Abandoned:
            fields = None
        finally:
            self._run.is_inside = False
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
        trial = self._run.trial_of(job, _Standing(job))
        self._run.done(job, called_until_killed(self._function, trial, self._metrics, job))
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


def called_until_killed(
    function: Function, trial: Trial, metrics: tuple[str, ...], job: Job
) -> dict[str, Any] | None:
    """Calls it; where the job is killed, the function is left at its next step in Python."""
    thread, lock = threading.get_ident(), threading.Lock()
    running = True

    def leave() -> None:
        with lock:
            if running:
                _raise_in(thread, Abandoned)

    job.on_kill = leave
    try:
        return call_function(function, trial, metrics)
    except Abandoned:
        return None
    finally:
        with lock:
            running = False
            _raise_in(thread, None)


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    what = ctypes.py_object() if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
