"""A trial while it runs: its parameters, its reports, and whether it should end early."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from . import space as spaces
from ._plain import number as encode
from ._values import originals_reader
from .errors import Stopped, error_of

T = TypeVar("T")


class EarlyEnd:
    """Why a trial should end early; `action` is `stop`, or `pause` where it may be handed out again."""

    __slots__ = ("action", "reason")

    def __init__(self, action: str, reason: str) -> None:
        self.action = action
        self.reason = reason


class Channel(Protocol):
    """Where a running trial says and asks things."""

    def report(self, step: builtins.float, values: Mapping[str, builtins.float | str]) -> EarlyEnd | None: ...

    def should_stop(self) -> EarlyEnd | None: ...

    def define(self, name: str, domain: Mapping[str, Any]) -> Any: ...


class Trial:
    """What a tuned function gets, and `study.ask()` gives."""

    #: The trial's number in its study, from 0.
    number: builtins.int
    #: Values by name: of the declared parameters that are active, and what was asked for since.
    params: dict[str, Any]
    #: For whatever the function draws, the same for the same study and trial; in [0, 2**31).
    seed: builtins.int
    #: Step to run up to, or None for the function's own end.
    until: builtins.float | None
    #: Whether it was run before and goes on.
    resumed: bool

    def __init__(
        self,
        channel: Channel,
        metrics: Iterable[str],
        number: builtins.int,
        params: dict[str, Any],
        seed: builtins.int,
        until: builtins.float | None = None,
        resumed: bool = False,
    ) -> None:
        self.number = number
        self.params = params
        self.seed = seed
        self.until = until
        self.resumed = resumed
        self._channel = channel
        self._metrics = tuple(metrics)
        self._stopped: EarlyEnd | None = None

    def __repr__(self) -> str:
        return f"Trial(number={self.number}, params={self.params!r})"

    def report(self, step: builtins.float, value: Any = None, /, **values: Any) -> None:
        """
        Says how the trial does at a step, a number that grows: `trial.report(epoch, loss=0.3)`; a number alone is the value of the one objective.

        Raises `Stopped` where the trial is to end early.
        """
        named = named_values(self._metrics, value, values, f"trial.report({step!r}, ...)")
        at = encode(step, "a step")
        if isinstance(at, str):
            raise error_of("invalid-argument", f"Trial {self.number} is reported at step {at}; a step is a finite number.")
        early = self._stopped or self._channel.report(at, named)
        if early is not None:
            self._stopped = early
            raise Stopped(early.reason, early.action)

    def should_stop(self) -> bool:
        """Whether the trial should end early; for code that cannot be left by an exception."""
        self._stopped = self._stopped or self._channel.should_stop()
        return self._stopped is not None

    def float(self, name: str, low: Any, high: Any, **options: Any) -> builtins.float:
        """Asks for a number from low to high; options as of `attune.float`: log, scale, step, or_zero, about."""
        return builtins.float(self._asked(name, spaces.float(low, high, **options)))

    def int(self, name: str, low: Any, high: Any, **options: Any) -> builtins.int:
        """Asks for a whole number from low to high; options as of `attune.int`: log, step, about."""
        return builtins.int(self._asked(name, spaces.int(low, high, **options)))

    def choice(self, name: str, values: Iterable[T], *, labels: list[str] | None = None) -> T:
        """Asks for one of the values, without order."""
        picked: T = self._picked(name, spaces.choice(values, labels=labels))
        return picked

    def ordinal(self, name: str, values: Iterable[T]) -> T:
        """Asks for one of the values, which have an order."""
        picked: T = self._picked(name, spaces.ordinal(values))
        return picked

    def boolean(self, name: str) -> bool:
        """Asks for True or False."""
        return bool(self._asked(name, spaces.boolean()))

    def _picked(self, name: str, parameter: spaces.Parameter) -> Any:
        value = originals_reader(parameter.originals)(self._asked(name, parameter))
        self.params[name] = value
        return value

    def _asked(self, name: str, parameter: spaces.Parameter) -> Any:
        value = self._channel.define(name, parameter.fields)
        self.params[name] = builtins.float(value) if parameter.fields.get("type") == "float" else value
        return value


def named_values(
    metrics: tuple[str, ...], value: Any, values: Mapping[str, Any], what: str
) -> dict[str, builtins.float | str]:
    """Results by metric, from a number alone, a mapping, or keywords."""
    given = dict(value) if isinstance(value, Mapping) else {}
    if value is not None and not isinstance(value, Mapping):
        if len(metrics) != 1:
            names = ", ".join(f"{name}=..." for name in metrics)
            raise error_of("invalid-argument", f"{what}: the study has {len(metrics)} objectives; give each by its name: {names}.")
        given[metrics[0]] = value
    given.update(values)
    if not given:
        raise error_of("invalid-argument", f"{what}: nothing is given; give {metrics[0]}=..., or a number.")
    return {str(name): encode(one, f"{what}: {name}") for name, one in given.items()}
