"""`study.optimize`: so many trials a call, in this thread or in several."""

from __future__ import annotations

import gc
import math
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Exhausted
from ._base_trial import is_number
from ._frozen import FrozenTrial
from ._states import TrialState
from ._trial import Trial
from .exceptions import TrialPruned
from .logging import log

if TYPE_CHECKING:
    from .study import Study

Objective = Callable[[Trial], Any]
Callback = Callable[["Study", FrozenTrial], None]


class Loop:
    """One call of `optimize`."""

    def __init__(
        self,
        study: Study,
        objective: Objective,
        n_trials: int | None,
        timeout: float | None,
        catch: tuple[type[BaseException], ...],
        callbacks: Sequence[Callback],
        gc_after_trial: bool,
        bar: bool,
    ) -> None:
        self._study = study
        self._objective = objective
        self._left = math.inf if n_trials is None else n_trials
        self._until = math.inf if timeout is None else time.monotonic() + timeout
        self._catch = catch
        self._callbacks = callbacks
        self._gc = gc_after_trial
        self._bar = Bar(study, n_trials) if bar else None
        self._lock = threading.Lock()
        self._error: BaseException | None = None

    def run(self, jobs: int) -> None:
        """Until it is enough; raises what an objective raised."""
        if jobs == 1:
            self._work()
        else:
            threads = [threading.Thread(target=self._work, name=f"optuna-{place}", daemon=True) for place in range(jobs)]
            for thread in threads:
                thread.start()
            try:
                for thread in threads:
                    while thread.is_alive():
                        thread.join(0.2)
            except BaseException as error:  # Ctrl-C comes to this thread: the others begin nothing more.
                self._error = self._error or error
                raise
        if self._bar is not None:
            self._bar.close()
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        self._study._thread.inside = True
        try:
            while self._takes_one():
                self._one()
        except BaseException as error:
            with self._lock:
                self._error = self._error or error
        finally:
            self._study._thread.inside = False

    def _takes_one(self) -> bool:
        with self._lock:
            if self._left <= 0 or self._study._stopped or self._error is not None or time.monotonic() >= self._until:
                return False
            self._left -= 1
            return True

    def _one(self) -> None:
        try:
            trial = self._study._ask(by_hand=False)
        except Exhausted:
            self._study._stopped = True
            return
        record, error = self._judged(trial)
        if self._gc:
            gc.collect()
        if error is not None and not isinstance(error, self._catch):
            raise error
        if self._bar is not None:
            self._bar.step()
        for callback in self._callbacks:
            callback(self._study, record.copied())

    def _judged(self, trial: Trial) -> tuple[FrozenTrial, BaseException | None]:
        state, values, error, message = TrialState.FAIL, None, None, None
        try:
            returned = self._objective(trial)
        except TrialPruned as pruned:
            state, message = TrialState.PRUNED, str(pruned)
        except (Exception, KeyboardInterrupt) as raised:
            error = raised
            message = f"The objective raised {''.join(traceback.format_exception_only(raised)).strip()}"
        else:
            values, message = read_values(returned, len(self._study.directions))
            state = TrialState.FAIL if values is None else TrialState.COMPLETE
        self._study._finish(trial._record, state, values, message)
        if error is not None:
            log().warning("trial %d failed with %s: %s", trial.number, trial.params, message, exc_info=error)
        else:
            self._study._say(trial._record, message)
        return trial._record, error


class Bar:
    """One line on standard error."""

    def __init__(self, study: Study, wanted: int | None) -> None:
        self._study, self._wanted = study, wanted
        self._done, self._begun = 0, time.monotonic()
        self._lock = threading.Lock()

    def step(self) -> None:
        """One more."""
        with self._lock:
            self._done += 1
            of = "" if self._wanted is None else f"/{self._wanted}"
            best = ""
            if len(self._study.directions) == 1:
                try:
                    best = f", best {self._study.best_value:.6g}"
                except ValueError:
                    pass
            sys.stderr.write(f"\r{self._done}{of} trials, {time.monotonic() - self._begun:.0f} s{best}   ")
            sys.stderr.flush()

    def close(self) -> None:
        """Leaves the line."""
        if self._done:
            sys.stderr.write("\n")


def read_values(returned: Any, objectives: int) -> tuple[list[float] | None, str | None]:
    """What an objective returned as values; None and why where it is none."""
    several = isinstance(returned, Sequence) and not isinstance(returned, (str, bytes))
    listed: list[Any] = list(returned) if several else [returned]
    if len(listed) != objectives:
        return None, f"The objective returned {len(listed)} values, and the study has {objectives} objectives."
    for value in listed:
        if not is_number(value):
            return None, f"The objective returned {value!r}, which is no number."
    return [float(value) for value in listed], None


def checked_catch(catch: Iterable[type[BaseException]] | type[BaseException]) -> tuple[type[BaseException], ...]:
    """Classes of exceptions."""
    classes = (catch,) if isinstance(catch, type) else tuple(catch)
    for one in classes:
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise TypeError(f"catch has {one!r}; give classes of exceptions.")
    return classes


def checked_jobs(jobs: int) -> int:
    """Threads; -1 is one a processor."""
    if jobs == -1:
        return os.cpu_count() or 1
    if jobs < 1:
        raise ValueError(f"n_jobs is {jobs}; give a number of threads, or -1 for one a processor.")
    return jobs
