"""What parameters are chosen from, under Optuna's names, and as the engine has it."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

CategoricalChoiceType = Any


class BaseDistribution:
    """What a value is chosen from."""

    def _fields(self) -> dict[str, Any]:
        raise NotImplementedError

    def single(self) -> bool:
        """Whether there is one value alone."""
        raise NotImplementedError

    def _contains(self, param_value_in_internal_repr: float) -> bool:
        raise NotImplementedError

    def to_internal_repr(self, param_value_in_external_repr: Any) -> float:
        """The number that stands for a value."""
        raise NotImplementedError

    def to_external_repr(self, param_value_in_internal_repr: float) -> Any:
        """The value that a number stands for."""
        return param_value_in_internal_repr

    def contains(self, value: Any) -> bool:
        """Whether a value is one of these."""
        try:
            return self._contains(self.to_internal_repr(value))
        except ValueError:
            return False

    def _asdict(self) -> dict[str, Any]:
        return self._fields()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseDistribution):
            return NotImplemented
        return type(self) is type(other) and repr(self._fields()) == repr(other._fields())

    def __hash__(self) -> int:
        return hash((type(self).__name__, repr(sorted(self._fields().items()))))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in sorted(self._fields().items()))
        return f"{type(self).__name__}({fields})"


class FloatDistribution(BaseDistribution):
    """Numbers from low to high, both included; on a grid of `step`, or evenly on their logarithms."""

    def __init__(self, low: float, high: float, log: bool = False, step: float | None = None) -> None:
        if log and step is not None:
            raise ValueError(f"A float from {low} to {high} is given log=True and step={step}; give one of them.")
        _check_range(low, high, log)
        if step is not None and not step > 0:
            raise ValueError(f"A float has step={step}; give one above 0, or None.")
        self.low, self.log, self.step = float(low), bool(log), None if step is None else float(step)
        self.high = float(high) if step is None else _last(float(low), float(high), float(step))

    def _fields(self) -> dict[str, Any]:
        return {"step": self.step, "low": self.low, "high": self.high, "log": self.log}

    def single(self) -> bool:
        return self.low == self.high

    def _contains(self, param_value_in_internal_repr: float) -> bool:
        value = param_value_in_internal_repr
        if not self.low <= value <= self.high:
            return False
        if self.step is None:
            return True
        steps = (value - self.low) / self.step
        return abs(steps - round(steps)) < 1e-8

    def to_internal_repr(self, param_value_in_external_repr: Any) -> float:
        return _number(param_value_in_external_repr)


class IntDistribution(BaseDistribution):
    """Whole numbers from low to high, both included."""

    def __init__(self, low: int, high: int, log: bool = False, step: int = 1) -> None:
        if log and step != 1:
            raise ValueError(f"An int from {low} to {high} is given log=True and step={step}; give one of them.")
        _check_range(low, high, log)
        if step <= 0:
            raise ValueError(f"An int has step={step}; give one from 1 on.")
        self.low, self.log, self.step = int(low), bool(log), int(step)
        self.high = int(low) + (int(high) - int(low)) // int(step) * int(step)

    def _fields(self) -> dict[str, Any]:
        return {"log": self.log, "step": self.step, "low": self.low, "high": self.high}

    def single(self) -> bool:
        return self.low == self.high

    def _contains(self, param_value_in_internal_repr: float) -> bool:
        value = param_value_in_internal_repr
        return self.low <= value <= self.high and (value - self.low) % self.step == 0

    def to_internal_repr(self, param_value_in_external_repr: Any) -> float:
        return _number(param_value_in_external_repr)

    def to_external_repr(self, param_value_in_internal_repr: float) -> int:
        return int(param_value_in_internal_repr)


class CategoricalDistribution(BaseDistribution):
    """One of the choices, without order."""

    def __init__(self, choices: Sequence[CategoricalChoiceType]) -> None:
        if len(choices) == 0:
            raise ValueError("A categorical parameter has no choices; give at least one.")
        self.choices = tuple(choices)
        for choice in self.choices:
            if choice is not None and not isinstance(choice, (bool, int, float, str)):
                warnings.warn(
                    f"The choice {choice!r} is a {type(choice).__name__}; a storage keeps its text alone. None, bool, int, float and str are kept whole.",
                    UserWarning,
                    stacklevel=3,
                )

    def _fields(self) -> dict[str, Any]:
        return {"choices": self.choices}

    def single(self) -> bool:
        return len(self.choices) == 1

    def _contains(self, param_value_in_internal_repr: float) -> bool:
        return 0 <= int(param_value_in_internal_repr) < len(self.choices)

    def to_internal_repr(self, param_value_in_external_repr: Any) -> int:
        for place, choice in enumerate(self.choices):
            if _same(choice, param_value_in_external_repr):
                return place
        raise ValueError(f"{param_value_in_external_repr!r} is none of the choices {self.choices!r}.")

    def to_external_repr(self, param_value_in_internal_repr: float) -> Any:
        return self.choices[int(param_value_in_internal_repr)]


class UniformDistribution(FloatDistribution):
    """The older name of a float."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high)


class LogUniformDistribution(FloatDistribution):
    """The older name of a float with `log`."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high, log=True)


class DiscreteUniformDistribution(FloatDistribution):
    """The older name of a float with a step."""

    def __init__(self, low: float, high: float, q: float) -> None:
        super().__init__(low, high, step=q)

    @property
    def q(self) -> float | None:
        """The step."""
        return self.step


class IntUniformDistribution(IntDistribution):
    """The older name of an int."""

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__(low, high, step=step)


class IntLogUniformDistribution(IntDistribution):
    """The older name of an int with `log`."""

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__(low, high, log=True, step=step)


DISTRIBUTION_CLASSES = (
    IntDistribution,
    IntLogUniformDistribution,
    IntUniformDistribution,
    FloatDistribution,
    UniformDistribution,
    LogUniformDistribution,
    DiscreteUniformDistribution,
    CategoricalDistribution,
)


def distribution_to_json(dist: BaseDistribution) -> str:
    """As Optuna writes it."""
    return json.dumps({"name": type(dist).__name__, "attributes": dist._fields()})


def json_to_distribution(json_str: str) -> BaseDistribution:
    """Reads what Optuna, or `distribution_to_json`, wrote; also the short form `{"type": "float", "low": 0, "high": 1}`."""
    told: Mapping[str, Any] = json.loads(json_str)
    if "name" in told:
        fields = dict(told["attributes"])
        for kind in DISTRIBUTION_CLASSES:
            if told["name"] == kind.__name__:
                return _read(kind, fields)
        raise ValueError(f"There is no distribution {told['name']}; there are {', '.join(kind.__name__ for kind in DISTRIBUTION_CLASSES)}.")
    if told.get("type") == "categorical":
        return CategoricalDistribution(told["choices"])
    if told.get("type") == "float":
        return FloatDistribution(told["low"], told["high"], log=told.get("log", False), step=told.get("step"))
    if told.get("type") == "int":
        return IntDistribution(told["low"], told["high"], log=told.get("log", False), step=told.get("step", 1))
    raise ValueError(f"{json_str} is no distribution: it has neither a name nor one of the types categorical, float and int.")


def check_distribution_compatibility(dist_old: BaseDistribution, dist_new: BaseDistribution) -> None:
    """ValueError where a name would stand for parameters of two kinds in a study, or for other choices."""
    old, new = plain_kind(dist_old), plain_kind(dist_new)
    if old is not new:
        raise ValueError(
            f"The parameter was a {old.__name__} before and is asked for as a {new.__name__}; give each kind a name of its own."
        )
    if isinstance(dist_old, (FloatDistribution, IntDistribution)) and isinstance(dist_new, (FloatDistribution, IntDistribution)):
        if dist_old.log != dist_new.log:
            raise ValueError(f"The parameter has log={dist_old.log} in this study and is asked for with log={dist_new.log}; give it another name.")
    elif dist_old != dist_new:
        raise ValueError(
            f"The parameter's choices were {_choices(dist_old)} before and are {_choices(dist_new)} now; they stay the same within a study."
        )


def plain_kind(dist: BaseDistribution) -> type[BaseDistribution]:
    """The kind behind older names."""
    for kind in (FloatDistribution, IntDistribution, CategoricalDistribution):
        if isinstance(dist, kind):
            return kind
    raise TypeError(f"{dist!r} is no distribution that Attune knows; give a float, an int or a categorical one.")


def _choices(dist: BaseDistribution) -> Any:
    return getattr(dist, "choices", dist)


def _read(kind: type[BaseDistribution], fields: dict[str, Any]) -> BaseDistribution:
    if issubclass(kind, CategoricalDistribution):
        return kind(tuple(fields["choices"]))
    low, high = fields["low"], fields["high"]
    if kind is FloatDistribution:
        return FloatDistribution(low, high, log=fields.get("log", False), step=fields.get("step"))
    if kind is IntDistribution:
        return IntDistribution(low, high, log=fields.get("log", False), step=fields.get("step") or 1)
    step = fields.get("q", fields.get("step"))
    if issubclass(kind, IntDistribution):
        return IntDistribution(low, high, log=kind is IntLogUniformDistribution, step=step or 1)
    return FloatDistribution(low, high, log=kind is LogUniformDistribution, step=step)


def _check_range(low: float, high: float, log: bool) -> None:
    if math.isnan(low) or math.isnan(high) or low > high:
        raise ValueError(f"A range goes from {low} to {high}; its low end is to be no larger than its high one.")
    if log and low <= 0:
        raise ValueError(f"A range with log=True begins at {low}; it is to begin above 0.")


def _last(low: float, high: float, step: float) -> float:
    """The highest value of the grid: in decimals, as people write steps."""
    steps = (Decimal(str(high)) - Decimal(str(low))) // Decimal(str(step))
    return float(Decimal(str(low)) + steps * Decimal(str(step)))


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no number.") from None
    if math.isnan(number):
        raise ValueError(f"{value!r} is no number.")
    return number


def _same(choice: Any, value: Any) -> bool:
    if choice is value:
        return True
    if isinstance(choice, float) and isinstance(value, float) and math.isnan(choice) and math.isnan(value):
        return True
    if isinstance(choice, bool) != isinstance(value, bool):
        return False
    try:
        return bool(choice == value)
    except ValueError:  # Arrays have no one answer.
        return False
