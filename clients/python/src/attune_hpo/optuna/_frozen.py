"""A trial as it is known: a plain record, which changes nothing in a study."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from typing import Any

from ._base_trial import checked_report
from ._recorded_trial import CONSTRAINT, RecordedTrial
from ._states import TrialState
from .distributions import BaseDistribution


class FrozenTrial(RecordedTrial):
    """A trial with what became of it."""

    def __init__(
        self,
        number: int,
        state: TrialState,
        value: float | None,
        datetime_start: datetime.datetime | None,
        datetime_complete: datetime.datetime | None,
        params: dict[str, Any],
        distributions: dict[str, BaseDistribution],
        user_attrs: dict[str, Any],
        system_attrs: dict[str, Any],
        intermediate_values: dict[int, float],
        trial_id: int,
        *,
        values: Sequence[float] | None = None,
    ) -> None:
        if value is not None and values is not None:
            raise ValueError("A trial is given value and values; give one of them.")
        self._number = number
        self.state = state
        self.values = [value] if value is not None else None if values is None else list(values)
        self._datetime_start = datetime_start
        self.datetime_complete = datetime_complete
        self._params = params
        self._distributions = distributions
        self._user_attrs = user_attrs
        self._system_attrs = system_attrs
        self.intermediate_values = intermediate_values
        self._trial_id = trial_id
        #: Of one that was asked for by hand, for whoever tells it.
        self._token: str | None = None

    def _fields(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "state": self.state,
            "values": self.values,
            "datetime_start": self.datetime_start,
            "datetime_complete": self.datetime_complete,
            "params": self.params,
            "user_attrs": self.user_attrs,
            "system_attrs": self.system_attrs,
            "intermediate_values": self.intermediate_values,
            "distributions": self.distributions,
        }

    def __eq__(self, other: object) -> bool:
        return self._fields() == other._fields() if isinstance(other, FrozenTrial) else NotImplemented

    def __lt__(self, other: FrozenTrial) -> bool:
        return self.number < other.number

    def __le__(self, other: FrozenTrial) -> bool:
        return self.number <= other.number

    def __hash__(self) -> int:
        return hash((self._number, self._trial_id))

    def __repr__(self) -> str:
        return f"FrozenTrial({', '.join(f'{name}={value!r}' for name, value in self._fields().items())})"

    @property
    def value(self) -> float | None:
        """The one objective's value."""
        if self.values is None:
            return None
        if len(self.values) > 1:
            raise RuntimeError("The trial has several values; read trial.values.")
        return self.values[0]

    @value.setter
    def value(self, value: float | None) -> None:
        self.values = None if value is None else [value]

    @property
    def last_step(self) -> int | None:
        """The largest step that was reported."""
        return max(self.intermediate_values, default=None)

    @property
    def duration(self) -> datetime.timedelta | None:
        """From its beginning to its end."""
        if self._datetime_start is None or self.datetime_complete is None:
            return None
        return self.datetime_complete - self._datetime_start

    def _suggest(self, name: str, distribution: BaseDistribution) -> Any:
        return self._held(name, self._params, distribution)

    def _validate(self) -> None:
        check_record(self)

    def copied(self) -> FrozenTrial:
        """A record of its own."""
        return copy.deepcopy(self)


def create_trial(
    *,
    state: TrialState = TrialState.COMPLETE,
    value: float | None = None,
    values: Sequence[float] | None = None,
    params: dict[str, Any] | None = None,
    distributions: dict[str, BaseDistribution] | None = None,
    user_attrs: dict[str, Any] | None = None,
    system_attrs: dict[str, Any] | None = None,
    intermediate_values: dict[int, float] | None = None,
    constraints: dict[str, float] | None = None,
) -> FrozenTrial:
    """A record of a trial made elsewhere, for `study.add_trial`."""
    now = datetime.datetime.now()
    made = FrozenTrial(
        number=-1,
        trial_id=-1,
        state=state,
        value=value,
        values=values,
        datetime_start=None if state is TrialState.WAITING else now,
        datetime_complete=now if state.is_finished() else None,
        params=dict(params or {}),
        distributions=dict(distributions or {}),
        user_attrs=dict(user_attrs or {}),
        system_attrs={**(system_attrs or {}), **{f"{CONSTRAINT}{key}": float(one) for key, one in (constraints or {}).items()}},
        intermediate_values=dict(intermediate_values or {}),
    )
    check_record(made)
    return made


def check_record(trial: FrozenTrial) -> None:
    """ValueError where a record contradicts itself."""
    if set(trial.params) != set(trial.distributions):
        raise ValueError(
            f"A trial has the parameters {sorted(trial.params)} and distributions of {sorted(trial.distributions)}; give one for each parameter."
        )
    for name, value in trial.params.items():
        if not trial.distributions[name].contains(value):
            raise ValueError(f"A trial has {name} = {value!r}, which is outside {trial.distributions[name]}.")
    if trial.state is TrialState.COMPLETE and trial.values is None:
        raise ValueError("A complete trial has no value; give value=..., or another state.")
    if trial.state is TrialState.FAIL and trial.values is not None:
        raise ValueError("A failed trial has a value; leave it out, or give another state.")
    if trial.values is not None and any(value != value for value in trial.values):
        raise ValueError("A trial's value is NaN; give a number, or state=TrialState.FAIL.")
    for step, reported in trial.intermediate_values.items():
        checked_report(reported, step)
