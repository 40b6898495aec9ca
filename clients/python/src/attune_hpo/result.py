"""What a study has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ._plain import decoded
from ._shown import points_html, result_html
from ._values import ParamReader


@dataclass(frozen=True)
class Interval:
    """Within which the true value lies, at 95 %."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Best:
    """A configuration and what it came to: the winner, or a point of the front."""

    number: int
    params: Mapping[str, Any]
    values: Mapping[str, float]
    #: The value of the one objective; None with several.
    value: float | None
    #: Runs that it rests on.
    replicates: int
    #: None from one run, of which nobody can tell.
    interval: Interval | None
    #: Whether fresh runs confirmed it.
    confirmed: bool
    #: All that the engine tells of it.
    details: Mapping[str, Any] = field(repr=False)

    def _repr_html_(self) -> str:
        return points_html((self,))


@dataclass(frozen=True, repr=False)
class Result:
    """How a call of `optimize` ended, and what the study has found by then."""

    #: Why it ended: `trials`, `exhausted`, `timeout`, `budget`, `target`, `patience`, `stopped`, `killed`, `same-failure`.
    reason: str
    #: A sentence, where the reason needs one.
    message: str | None
    #: Trials that the budget was spent on, over all runs of the study.
    trials_spent: int
    #: Trials that came to an end in this call.
    ran: int
    #: None while there is none, and with several objectives.
    best: Best | None
    #: What no other configuration beats in everything; one point with one objective.
    front: tuple[Best, ...]

    def __repr__(self) -> str:
        found = f"front=<{len(self.front)} configurations>" if self.best is None and self.front else f"best={self.best!r}"
        message = "" if self.message is None else f", message={self.message!r}"
        return f"Result(reason={self.reason!r}{message}, trials_spent={self.trials_spent}, ran={self.ran}, {found})"

    def _repr_html_(self) -> str:
        return result_html(self)


def best_of(told: Mapping[str, Any], reader: ParamReader, metrics: tuple[str, ...]) -> Best:
    """As the engine tells it."""
    interval = told.get("interval")
    values = {name: decoded(one) for name, one in told["values"].items()}
    return Best(
        number=int(told["number"]),
        params=reader.read(told["params"]),
        values=values,
        value=values[metrics[0]] if len(metrics) == 1 else None,
        replicates=int(told.get("replicates", 1)),
        interval=None if interval is None else Interval(float(interval["low"]), float(interval["high"])),
        confirmed=bool(told.get("confirmed", False)),
        details=told,
    )
