"""What live, fixed and frozen trials have in common: the questions an objective asks."""

from __future__ import annotations

import datetime
import math
import warnings
from collections.abc import Sequence
from typing import Any

from ._absent import absent
from .distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution


class BaseTrial:
    """The questions an objective asks, each in terms of `_suggest`."""

    def suggest_float(self, name: str, low: float, high: float, *, step: float | None = None, log: bool = False) -> float:
        """A number from low to high, both included."""
        return float(self._suggest(name, FloatDistribution(low, high, log=log, step=step)))

    def suggest_int(self, name: str, low: int, high: int, *, step: int = 1, log: bool = False) -> int:
        """A whole number from low to high, both included."""
        return int(self._suggest(name, IntDistribution(low, high, log=log, step=step)))

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """One of the choices."""
        return self._suggest(name, CategoricalDistribution(choices))

    def suggest_uniform(self, name: str, low: float, high: float) -> float:
        """The older name of `suggest_float`."""
        _older("suggest_uniform", "suggest_float(name, low, high)")
        return self.suggest_float(name, low, high)

    def suggest_loguniform(self, name: str, low: float, high: float) -> float:
        """The older name of `suggest_float` with `log`."""
        _older("suggest_loguniform", "suggest_float(name, low, high, log=True)")
        return self.suggest_float(name, low, high, log=True)

    def suggest_discrete_uniform(self, name: str, low: float, high: float, q: float) -> float:
        """The older name of `suggest_float` with a step."""
        _older("suggest_discrete_uniform", "suggest_float(name, low, high, step=q)")
        return self.suggest_float(name, low, high, step=q)

    def report(self, value: float, step: int) -> None:
        """What was measured at a step."""
        raise NotImplementedError

    def should_prune(self) -> bool:
        """Whether the trial is to end early."""
        raise NotImplementedError

    def set_user_attr(self, key: str, value: Any) -> None:
        """Keeps a value with the trial."""
        raise NotImplementedError

    def set_system_attr(self, key: str, value: Any) -> None:
        """Keeps a value of the machinery's with the trial."""
        raise NotImplementedError

    def set_constraint(self, key: str, value: float) -> None:
        """Says how far a constraint is broken: kept where it is not above 0."""
        raise NotImplementedError

    @property
    def number(self) -> int:
        """From 0."""
        raise NotImplementedError

    @property
    def params(self) -> dict[str, Any]:
        """Values by name."""
        raise NotImplementedError

    @property
    def distributions(self) -> dict[str, BaseDistribution]:
        """What they were chosen from, by name."""
        raise NotImplementedError

    @property
    def user_attrs(self) -> dict[str, Any]:
        """What the program keeps with it."""
        raise NotImplementedError

    @property
    def system_attrs(self) -> dict[str, Any]:
        """What the machinery keeps with it."""
        raise NotImplementedError

    @property
    def datetime_start(self) -> datetime.datetime | None:
        """When it began."""
        raise NotImplementedError

    def _suggest(self, name: str, distribution: BaseDistribution) -> Any:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise absent(f"trial.{name}", "ask the questions that trials have: suggest_float, suggest_int, suggest_categorical, report, should_prune")


def checked_report(value: Any, step: Any) -> tuple[float, int]:
    """A report as numbers; TypeError and ValueError where it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"A report has the value {value!r}, a {type(value).__name__}; give a number.") from None
    try:
        at = int(step)
    except (TypeError, ValueError):
        raise TypeError(f"A report has the step {step!r}, a {type(step).__name__}; give a whole number.") from None
    if at < 0:
        raise ValueError(f"A report has the step {at}; steps count from 0.")
    return number, at


def is_number(value: Any) -> bool:
    """Whether a result counts: a number that is not NaN."""
    try:
        return not math.isnan(float(value))
    except (TypeError, ValueError):
        return False


def _older(name: str, newer: str) -> None:
    warnings.warn(f"{name} is an older name; write {newer}.", FutureWarning, stacklevel=3)
