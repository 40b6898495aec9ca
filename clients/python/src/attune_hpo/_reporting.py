"""What the callbacks for frameworks share: which of a framework's measurements are reported, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .current import CurrentTrial
from .errors import AttuneError, Stopped, error_of
from .trial import Trial

#: A measurement of the framework for the one objective, or measurements by the study's names: `{"auc": "validation auc"}`.
Metric = str | Mapping[str, str]


def report(trial: Trial | CurrentTrial, step: float, metric: Metric, measured: Mapping[str, Any]) -> None:
    """Reports what is asked for of all that was measured; `Stopped` where the trial is to end early."""
    if not isinstance(metric, str):
        trial.report(step, **{name: _found(own, measured) for name, own in metric.items()})
    elif isinstance(trial, CurrentTrial):
        trial.report(step, **{metric: _found(metric, measured)})
    else:
        trial.report(step, _found(metric, measured))


def outcome(trial: Trial | CurrentTrial, step: float, metric: Metric, measured: Mapping[str, Any]) -> BaseException | None:
    """What `report` raises, for the other ranks to raise too: one that left alone would be waited for."""
    try:
        report(trial, step, metric, measured)
    except (Stopped, AttuneError) as raised:
        return raised
    return None


def require_program(trial: Trial | CurrentTrial, ranks: int, framework: str) -> None:
    """Over several ranks a trial is a whole program, which each rank is: they have its parameters alike, and the first reports."""
    if ranks > 1 and not isinstance(trial, CurrentTrial):
        message = (
            f"{framework} runs in {ranks} processes, each of which would ask for a trial of its own; let `attune-hpo run` tune the program, "
            "and give ReportCallback what attune.current_trial() answers."
        )
        raise error_of("unsupported", message)


def _found(name: str, measured: Mapping[str, Any]) -> Any:
    """By its whole name, or by the last word of it where that is of one alone."""
    if name in measured:
        return measured[name]
    ending = [value for key, value in measured.items() if key.split(" ")[-1] == name]
    if len(ending) == 1:
        return ending[0]
    there = ", ".join(repr(key) for key in measured) or "nothing"
    which = "nothing of that name" if not ending else f"{len(ending)} of that name"
    raise error_of("invalid-argument", f"metric={name!r} is to be reported, and there is {which} among what was measured: {there}; give one of these.")
