"""A trial of given values, to run an objective by hand."""

from __future__ import annotations

import datetime
import warnings
from typing import Any

from ._base_trial import BaseTrial
from ._frozen import constraints_of
from .distributions import BaseDistribution


class FixedTrial(BaseTrial):
    """Answers each question with the value given for it."""

    def __init__(self, params: dict[str, Any], number: int = 0) -> None:
        self._given = params
        self._number = number
        self._asked: dict[str, Any] = {}
        self._distributions: dict[str, BaseDistribution] = {}
        self._user_attrs: dict[str, Any] = {}
        self._system_attrs: dict[str, Any] = {}
        self._datetime_start = datetime.datetime.now()

    def _suggest(self, name: str, distribution: BaseDistribution) -> Any:
        if name not in self._given:
            raise ValueError(f"The objective asks for {name!r}, which FixedTrial was not given; it has {', '.join(self._given) or 'nothing'}.")
        value = self._given[name]
        if not distribution.contains(value):
            warnings.warn(f"FixedTrial has {name} = {value!r}, which is outside {distribution}.", UserWarning, stacklevel=3)
        self._asked[name] = value
        self._distributions[name] = distribution
        return value

    def report(self, value: float, step: int) -> None:
        """Does nothing."""

    def should_prune(self) -> bool:
        """False."""
        return False

    def set_user_attr(self, key: str, value: Any) -> None:
        self._user_attrs[key] = value

    def set_system_attr(self, key: str, value: Any) -> None:
        self._system_attrs[key] = value

    def set_constraint(self, key: str, value: float) -> None:
        self._system_attrs[f"constraints:{key}"] = float(value)

    @property
    def number(self) -> int:
        return self._number

    @property
    def params(self) -> dict[str, Any]:
        return self._asked

    @property
    def distributions(self) -> dict[str, BaseDistribution]:
        return self._distributions

    @property
    def user_attrs(self) -> dict[str, Any]:
        return self._user_attrs

    @property
    def system_attrs(self) -> dict[str, Any]:
        return self._system_attrs

    @property
    def constraints(self) -> dict[str, float]:
        """Constraints by name."""
        return constraints_of(self._system_attrs)

    @property
    def datetime_start(self) -> datetime.datetime | None:
        return self._datetime_start
