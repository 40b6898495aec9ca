"""The channel of a trial that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._engine import Speaker
from .trial import EarlyEnd


class AskedChannel:
    """Reports, asks and looks over the engine, with the trial's token."""

    def __init__(self, engine: Speaker, study: str, trial: int, token: str) -> None:
        self.token = token
        self._engine = engine
        self._of = {"study": study, "trial": trial, "token": token}
        self._sent = 0

    def report(self, step: float, values: Mapping[str, float | str]) -> EarlyEnd | None:
        """Once it is written and judged."""
        reports = [{"step": step, "values": values}]
        answer = self._engine.call("report", {**self._of, "reports": reports})
        return early_end(answer["stop"])

    def should_stop(self) -> EarlyEnd | None:
        """As its scheduler or a person decided."""
        return early_end(self._engine.call("shouldStop", self._of)["stop"])

    def define(self, name: str, domain: Mapping[str, Any]) -> Any:
        """The value of a parameter that the trial asks for."""
        return self._engine.call("define", {**self._of, "name": name, "domain": domain})["value"]


def early_end(told: Mapping[str, Any] | None) -> EarlyEnd | None:
    """As the protocol tells it."""
    return None if told is None else EarlyEnd(str(told["action"]), str(told["reason"]))
