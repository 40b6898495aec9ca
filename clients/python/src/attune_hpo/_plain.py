"""Values of Python as JSON has them: scalars and arrays of numpy, paths and enums become what they stand for."""

from __future__ import annotations

import enum
import math
import os
from collections.abc import Mapping
from typing import Any

from .errors import error_of

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def plain(value: object, what: str = "a value") -> Json:
    """The value as JSON; InvalidArgument where JSON cannot hold it."""
    if value is None or isinstance(value, (bool, str)) and not isinstance(value, enum.Enum):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, enum.Enum):
        return plain(value.value, what)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise error_of("invalid-argument", f"{what} is {value}, which is no finite number; give one.")
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, Mapping):
        return {str(plain(key, what)): plain(one, what) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one, what) for one in value]
    # numpy, torch, jax and pandas scalars and arrays have this without being imported here.
    to_list = getattr(value, "tolist", None)
    if callable(to_list) and not isinstance(value, type):
        return plain(to_list(), what)
    raise error_of(
        "invalid-argument",
        f"{what} is {_shown(value)}; give None, a bool, a number, a text, a path, an enum, or lists and dicts of these.",
    )


def number(value: object, what: str) -> float | str:
    """A result as the protocol has it: a number, or the word for one that JSON has none for."""
    if isinstance(value, (str, bytes)) or value is None:
        raise error_of("invalid-argument", f"{what} is {_shown(value)}; give a number.")
    try:
        read = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise error_of("invalid-argument", f"{what} is {_shown(value)}; give a number.") from None
    if math.isnan(read):
        return "NaN"
    if math.isinf(read):
        return "Infinity" if read > 0 else "-Infinity"
    return read


def decoded(value: float | str) -> float:
    """The number that the protocol wrote as a number or a word."""
    return float(value) if not isinstance(value, str) else float(value.replace("Infinity", "inf"))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
