"""Refusing what Attune does not have, with what to do in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class NotInAttune(AttributeError, NotImplementedError):
    """Something of Optuna that Attune does not have; the message says what to do."""


def absent(what: str, instead: str) -> NotInAttune:
    """The refusal of a name, a call or an option."""
    return NotInAttune(f"{what} is not there when Attune runs Optuna's code: {instead}.")


def refusing(module: str, instead: Mapping[str, str], usual: str) -> Callable[[str], Any]:
    """A module's `__getattr__`: names that Attune does not have are refused with a sentence of their own, or the usual one."""

    def refuse(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {module} has no attribute {name}")
        raise absent(f"{module}.{name}", instead.get(name, usual))

    return refuse


def refuse_options(what: str, given: Mapping[str, Any], usual: Mapping[str, Any]) -> list[str]:
    """Names of the options that were given another value than Optuna's usual one."""
    return [f"{name}={value!r}" for name, value in given.items() if name not in usual or value != usual[name]]
