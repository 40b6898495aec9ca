"""A trial of given values, to run an objective by hand."""

from __future__ import annotations

import datetime
from typing import Any

from ._recorded_trial import RecordedTrial
from .distributions import BaseDistribution


class FixedTrial(RecordedTrial):
    """Answers each question with the value given for it; `params` are those that were asked for."""

    def __init__(self, params: dict[str, Any], number: int = 0) -> None:
        self._given = params
        self._number = number
        self._params = {}
        self._distributions = {}
        self._user_attrs = {}
        self._system_attrs = {}
        self._datetime_start = datetime.datetime.now()

    def _suggest(self, name: str, distribution: BaseDistribution) -> Any:
        value = self._held(name, self._given, distribution)
        self._params[name] = value
        self._distributions[name] = distribution
        return value
