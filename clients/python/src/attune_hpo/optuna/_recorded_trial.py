"""What fixed and frozen trials have in common: what is known of them lies here, in no study, and nobody judges them."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Mapping
from typing import Any

from ._base_trial import BaseTrial
from .distributions import BaseDistribution

CONSTRAINT = "constraints:"


class RecordedTrial(BaseTrial):
    """Answers each question with the value that it holds."""

    _number: int
    _params: dict[str, Any]
    _distributions: dict[str, BaseDistribution]
    _user_attrs: dict[str, Any]
    _system_attrs: dict[str, Any]
    _datetime_start: datetime.datetime | None

    def report(self, value: float, step: int) -> None:
        """Does nothing: nobody judges it."""

    def should_prune(self) -> bool:
        """False: nobody judges it."""
        return False

    def set_user_attr(self, key: str, value: Any) -> None:
        self._user_attrs[key] = value

    def set_system_attr(self, key: str, value: Any) -> None:
        self._system_attrs[key] = value

    def set_constraint(self, key: str, value: float) -> None:
        self._system_attrs[f"{CONSTRAINT}{key}"] = float(value)

    @property
    def number(self) -> int:
        return self._number

    @number.setter
    def number(self, value: int) -> None:
        self._number = value

    @property
    def params(self) -> dict[str, Any]:
        return self._params

    @params.setter
    def params(self, value: dict[str, Any]) -> None:
        self._params = value

    @property
    def distributions(self) -> dict[str, BaseDistribution]:
        return self._distributions

    @distributions.setter
    def distributions(self, value: dict[str, BaseDistribution]) -> None:
        self._distributions = value

    @property
    def user_attrs(self) -> dict[str, Any]:
        return self._user_attrs

    @user_attrs.setter
    def user_attrs(self, value: dict[str, Any]) -> None:
        self._user_attrs = value

    @property
    def system_attrs(self) -> dict[str, Any]:
        return self._system_attrs

    @property
    def constraints(self) -> dict[str, float]:
        """Constraints by name, kept where none is above 0."""
        return constraints_of(self._system_attrs)

    @property
    def datetime_start(self) -> datetime.datetime | None:
        return self._datetime_start

    @datetime_start.setter
    def datetime_start(self, value: datetime.datetime | None) -> None:
        self._datetime_start = value

    def _held(self, name: str, held: Mapping[str, Any], distribution: BaseDistribution) -> Any:
        """The value of a parameter; ValueError where there is none, a warning where it lies outside."""
        what = f"{type(self).__name__} {self._number}"
        if name not in held:
            raise ValueError(f"{what} has no parameter {name!r}; it has {', '.join(held) or 'none'}.")
        value = held[name]
        if not distribution.contains(value):
            warnings.warn(f"{what} has {name} = {value!r}, which is outside {distribution}.", UserWarning, stacklevel=4)
        return value


def constraints_of(system_attrs: Mapping[str, Any]) -> dict[str, float]:
    """Constraints by name: those that trials set, and those of a sampler's function by their place."""
    named = {key.removeprefix(CONSTRAINT): float(value) for key, value in system_attrs.items() if key.startswith(CONSTRAINT)}
    listed = system_attrs.get("constraints") or ()
    return {**{str(place): float(value) for place, value in enumerate(listed)}, **named}
