"""The space of a search: what people who come from `RandomizedSearchCV` write, and the estimator as it stands as the default."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import Any

from .._space_file import read_space
from ..errors import error_of
from ..space import Parameter, choice


def space_of(given: Any, params: Mapping[str, Any]) -> dict[str, Any]:
    """The space in which an estimator with such parameters is tried first, as far as they lie in it; a study file says itself what is."""
    if isinstance(given, (str, os.PathLike)):
        return read_space(given)
    if not isinstance(given, Mapping) or not given:
        example = "{'C': attune.float(1e-3, 1e3, log=True)}"
        raise error_of("invalid-space", f"space is {given!r}; give a dict of parameters by name, as {example}, or a study file.")
    for name, one in given.items():
        if callable(getattr(one, "rvs", None)):
            raise error_of("invalid-space", f"Parameter {name} is a distribution of scipy; give its range: {{{name!r}: {_builder(one)}}}.")
    return {name: _with_default(one, params.get(name)) for name, one in given.items()}


def _builder(distribution: Any) -> str:
    """What to write for it."""
    try:
        low, high = (float(end) for end in distribution.support())
    except Exception:
        low, high = -math.inf, math.inf
    whole = not hasattr(getattr(distribution, "dist", None), "pdf")
    is_log = getattr(getattr(distribution, "dist", None), "name", "") in ("loguniform", "reciprocal")
    if not (math.isfinite(low) and math.isfinite(high)):
        return "attune.float(low, high)"
    ends = f"{int(low)}, {int(high)}" if whole else f"{low:g}, {high:g}"
    return f"attune.{'int' if whole else 'float'}({ends}{', log=True' if is_log else ''})"


def _with_default(listed: Any, value: Any) -> Any:
    one = choice(listed) if isinstance(listed, (list, tuple)) else listed
    if not isinstance(one, Parameter) or "default" in one.fields or value is None:
        return one
    low, high, kind = one.fields.get("low"), one.fields.get("high"), one.fields.get("type")
    if kind in ("float", "int"):
        numbers = (int,) if kind == "int" else (int, float)
        is_number = isinstance(value, numbers) and not isinstance(value, bool)
        fits = is_number and isinstance(low, (int, float)) and isinstance(high, (int, float)) and low <= value <= high
        fits = fits and "step" not in one.fields
    elif kind == "boolean":
        fits = isinstance(value, bool)
    else:
        fits = isinstance(value, (str, int, float)) and any(type(value) is type(each) and value == each for each in one.originals)
        fits = fits and "fixed" not in one.fields
    return Parameter({**one.fields, "default": value}, one.originals) if fits else one
