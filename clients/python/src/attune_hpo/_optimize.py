"""Tunes a function in this process."""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING, Any

from .errors import Exhausted, Stopped, error_of
from .result import Result
from .trial import Trial

if TYPE_CHECKING:
    from .study import Objective, Study


def optimize(study: Study, function: Objective, *, trials: int | None, timeout: float | None, workers: int) -> Result:
    """Asks, runs and tells until the budget is used up."""
    if not callable(function):
        raise error_of("invalid-argument", f"optimize was given {function!r} to tune; give a function.")
    if workers != 1:
        raise error_of("unsupported", f"workers is {workers}; give 1.")
    end = None if timeout is None else time.monotonic() + timeout
    ran, reason = 0, "trials"
    while True:
        if end is not None and time.monotonic() >= end:
            reason = "timeout"
            break
        try:
            trial = study.ask(trials=trials)
        except Exhausted:
            break
        _run(study, function, trial)
        ran += 1
    record = study._call("study")
    return Result(reason, None, int(record["trialsSpent"]), ran, study.best, study.front)


def _run(study: Study, function: Objective, trial: Trial) -> None:
    told: dict[str, Any] = {}
    value: Any = None
    try:
        value = function(trial)
        if value is None:
            told = {"failed": f"The function returned None; return a number, or values by name ({', '.join(study.metrics)})."}
    except Stopped:
        told = {"stopped": True}
    except Exception as error:
        told = {"failed": "".join(traceback.format_exception_only(error)).strip()}
    study.tell(trial, value if not told else None, **told)
