"""Trials as the storage has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ._plain import decoded, number, plain
from ._values import ParamReader


@dataclass(frozen=True)
class Report:
    """What a trial measured at a step."""

    step: float
    values: Mapping[str, float]


@dataclass(frozen=True)
class TrialRecord:
    """A trial with what became of it."""

    number: int
    #: `waiting`, `running`, `paused`, `complete`, `pruned` or `failed`.
    state: str
    params: Mapping[str, Any]
    values: Mapping[str, float]
    reports: tuple[Report, ...] = field(repr=False)
    #: Why it failed, paused or was stopped.
    message: str | None
    #: Seconds that its attempts ran.
    duration: float | None
    started_at: datetime | None
    finished_at: datetime | None
    #: Whether it was marked as one that does not count.
    invalid: bool
    note: str | None
    #: The same for all runs of one configuration.
    configuration: int


def record_of(told: Mapping[str, Any], reader: ParamReader) -> TrialRecord:
    """As the engine tells it."""
    return TrialRecord(
        number=told["number"],
        state=told["state"],
        params=reader.read({**told["params"], **told.get("derived", {})}),
        values=_values(told["values"]),
        reports=tuple(Report(report["step"], _values(report["values"])) for report in told["reports"]),
        message=told["message"],
        duration=told["duration"],
        started_at=_moment(told["startedAt"]),
        finished_at=_moment(told["finishedAt"]),
        invalid=told["invalid"],
        note=told["note"],
        configuration=told["configuration"],
    )


def imported(trial: Mapping[str, Any]) -> dict[str, Any]:
    """A trial to be taken in, as the protocol takes it."""
    given = {name: plain(one, name) for name, one in trial.items() if name not in ("values", "reports")}
    if "values" in trial:
        given["values"] = {name: number(value, f"the value of {name}") for name, value in trial["values"].items()}
    if "reports" in trial:
        given["reports"] = [
            {"step": plain(step, "a step"), "values": {name: number(value, name) for name, value in values.items()}}
            for step, values in trial["reports"]
        ]
    return given


def _values(told: Mapping[str, Any]) -> dict[str, float]:
    return {name: decoded(value) for name, value in told.items()}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
