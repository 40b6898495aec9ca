"""Inside a program that `attune run` tunes: its parameters, reports and the request to end. Alone, the program's own defaults."""

from __future__ import annotations

import json
import math
import os
from typing import Any

from .errors import Stopped, error_of


class ProgramStopped(Stopped, SystemExit):
    """Ends the program well where nobody catches it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.code = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return (ProgramStopped, (self.reason,))


class CurrentTrial:
    """What `attune.current_trial()` answers. It starts nothing: all it needs is in the environment and in files."""

    #: The trial's number; None where the program runs alone.
    number: int | None
    #: The values of this trial over the defaults.
    params: dict[str, Any]
    #: For whatever the program draws; None where it runs alone.
    seed: int | None
    #: Step to run up to, or None for the program's own end.
    until: float | None
    #: Folder to go on from, or None to begin from the start.
    resume_from: str | None
    #: Folder to leave a checkpoint in, or None.
    checkpoint_dir: str | None

    def __init__(self, defaults: dict[str, Any]) -> None:
        variables = os.environ
        self.params = {**defaults, **_typed(json.loads(variables.get("ATTUNE_PARAMS") or "{}"), defaults)}
        self.number = _read(variables.get("ATTUNE_TRIAL"), int)
        self.seed = _read(variables.get("ATTUNE_SEED"), int)
        self.until = _read(variables.get("ATTUNE_UNTIL"), float)
        self.resume_from = variables.get("ATTUNE_RESUME_FROM") or None
        self.checkpoint_dir = variables.get("ATTUNE_CHECKPOINT_DIR") or None
        self._reports = variables.get("ATTUNE_REPORT_FILE") or None
        self._stop = variables.get("ATTUNE_STOP_FILE") or None

    @property
    def is_tuned(self) -> bool:
        """Whether a tuner runs the program."""
        return self.number is not None

    def report(self, step: float, **metrics: Any) -> None:
        """Says how it does at a step; printed where the program runs alone. Raises `Stopped` where it is to end early."""
        if not metrics:
            raise error_of("invalid-argument", "current_trial().report(step): nothing is given; give loss=..., or what else was measured.")
        line = {"step": step, **{name: _word(value) for name, value in metrics.items()}}
        if self._reports is None:
            print(" ".join(f"{name}={value}" for name, value in line.items()), flush=True)
        else:
            with open(self._reports, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        if self.should_stop():
            raise ProgramStopped("The tuner asked the program to end.")

    def should_stop(self) -> bool:
        """Whether the tuner asks the program to end: save what is needed, and end."""
        return self._stop is not None and os.path.exists(self._stop)


def current_trial(**defaults: Any) -> CurrentTrial:
    """
    The trial that this program is run for by `attune run`, with its parameters over the defaults given: `current_trial(lr=1e-3, layers=2).params`.
    Run by hand, the program gets the defaults, prints its reports, and is never asked to stop.
    """
    return CurrentTrial(defaults)


def _typed(params: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Floats that happen to be whole are floats where the default is one."""
    return {
        name: float(value) if isinstance(defaults.get(name), float) and type(value) is int else value
        for name, value in params.items()
    }


def _read(text: str | None, kind: type[Any]) -> Any:
    return kind(text) if text else None


def _word(value: Any) -> float | str:
    number = float(value)
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
