"""Calls the tuned function, and says how it ended as the protocol has it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

from .errors import AttuneError, Stopped
from .trial import Trial, named_values

_LONGEST_MESSAGE = 2_000
_LONGEST_LOG = 1_000_000


class Abandoned(BaseException):
    """The trial is over whatever the function does: raised in it, and told to nobody."""


def call_function(function: Callable[[Trial], Any], trial: Trial, metrics: tuple[str, ...]) -> dict[str, Any] | None:
    """Fields of `endJob`; None where nobody waits for them."""
    try:
        return _ended(function(trial), metrics)
    except Stopped as stopped:
        return {"end": "stopped", "message": str(stopped)[:_LONGEST_MESSAGE]}
    except Abandoned:
        return None
    except BaseException as error:
        return failure_of(error)


def failure_of(error: BaseException) -> dict[str, Any]:
    """Of an exception: its words are the message, its traceback is the log."""
    return {
        "end": "failed",
        "message": f"The function raised {_words(error)}{_place(error)}"[:_LONGEST_MESSAGE],
        "log": "".join(traceback.format_exception(error))[-_LONGEST_LOG:],
    }


def _ended(returned: Any, metrics: tuple[str, ...]) -> dict[str, Any]:
    if returned is None:
        names = " and ".join(metrics)
        return {"end": "failed", "message": f"The function returned None; return a number, or values of {names} by name."}
    try:
        values: Mapping[str, Any] = named_values(metrics, returned, {}, "what the function returned")
    except AttuneError as error:
        return {"end": "failed", "message": str(error)[:_LONGEST_MESSAGE]}
    return {"end": "value", "values": values}


def _words(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip()


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "attune_hpo" not in frame.filename]
    if not own:
        return ""
    return f" ({own[-1].filename}:{own[-1].lineno})"
