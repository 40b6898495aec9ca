"""Distributions, names and values as the engine has them, and back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from .distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

_ESCAPED = re.compile(r"\.x([0-9a-f]+)\.")
_RESERVED = ("", "args", "fold", "seed", "trial", "until", "__proto__")
_MARK = "p.x0."


def written_name(name: str) -> str:
    """A name that the engine allows, which stands for any name."""
    safe = _ESCAPED.sub(lambda found: ".x2e." + found.group(0)[1:], name)
    safe = "".join(one if one.isalnum() or one in "_.-" else f".x{ord(one):x}." for one in safe)
    return f"{_MARK}{safe}" if safe in _RESERVED else safe


def read_name(name: str) -> str:
    """The name that it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), name.removeprefix(_MARK))


def written_domain(dist: BaseDistribution) -> dict[str, Any]:
    """As the engine has it; a range of one value is one that is fixed."""
    if dist.single():
        return {"type": "fixed", "value": written_value(dist, dist.to_external_repr(_first(dist)))}
    if isinstance(dist, CategoricalDistribution):
        return {"type": "categorical", "choices": _labels(dist)}
    assert isinstance(dist, (FloatDistribution, IntDistribution))
    domain: dict[str, Any] = {"type": "float" if isinstance(dist, FloatDistribution) else "int", "low": dist.low, "high": dist.high}
    if dist.log:
        domain["scale"] = "log"
    elif dist.step is not None and (isinstance(dist, FloatDistribution) or dist.step != 1):
        domain["step"] = dist.step
    return domain


def written_value(dist: BaseDistribution, value: Any) -> Any:
    """A value as the engine has it."""
    if isinstance(dist, CategoricalDistribution):
        return _labels(dist)[dist.to_internal_repr(value)]
    return dist.to_external_repr(dist.to_internal_repr(value))


def read_value(dist: BaseDistribution, value: Any) -> Any:
    """The value that the engine's stands for: a float is a float, a choice the object that was given."""
    if isinstance(dist, CategoricalDistribution):
        wanted = _key(value)
        for label, choice in zip(_labels(dist), dist.choices, strict=True):
            if _key(label) == wanted:
                return choice
        raise ValueError(f"{value!r} is none of the choices {dist.choices!r}.")
    return int(value) if isinstance(dist, IntDistribution) else float(value)


def read_domain(domain: Mapping[str, Any]) -> BaseDistribution:
    """The distribution of a domain in the engine's canonical form."""
    kind = domain["type"]
    if kind == "float":
        return FloatDistribution(domain["low"], domain["high"], log=domain.get("scale") == "log", step=domain.get("step"))
    if kind == "int":
        return IntDistribution(domain["low"], domain["high"], log=domain.get("scale") == "log", step=domain.get("step", 1))
    if kind == "boolean":
        return CategoricalDistribution((False, True))
    if kind == "fixed":
        return CategoricalDistribution((domain["value"],))
    return CategoricalDistribution(tuple(_hashable(one) for one in domain.get("choices") or domain["values"]))


def widened(dist: BaseDistribution, value: Any) -> BaseDistribution:
    """The distribution with a value in it that lies outside: what somebody enqueued counts."""
    if dist.contains(value):
        return dist
    if isinstance(dist, CategoricalDistribution):
        return CategoricalDistribution((*dist.choices, value))
    number = dist.to_internal_repr(value)
    assert isinstance(dist, (FloatDistribution, IntDistribution))
    if isinstance(dist, IntDistribution):
        return IntDistribution(min(dist.low, math.floor(number)), max(dist.high, math.ceil(number)), log=dist.log and number > 0)
    return FloatDistribution(min(dist.low, number), max(dist.high, number), log=dist.log and number > 0)


def _first(dist: BaseDistribution) -> float:
    return 0 if isinstance(dist, CategoricalDistribution) else float(getattr(dist, "low"))  # noqa: B009


def _labels(dist: CategoricalDistribution) -> list[Any]:
    """Values of JSON, all different: the choices themselves where they are, else what is written of them."""
    labels: list[Any] = []
    seen: set[Any] = set()
    for place, choice in enumerate(dist.choices):
        label = choice if _is_plain(choice) else _text(choice)
        if _key(label) in seen:
            label = f"{place}: {_text(choice)}"
        seen.add(_key(label))
        labels.append(label)
    return labels


def _is_plain(choice: Any) -> bool:
    if choice is None or type(choice) in (bool, int, str):
        return True
    return type(choice) is float and math.isfinite(choice)


def _text(choice: Any) -> str:
    if isinstance(choice, str):
        return str(choice)
    return re.sub(r" at 0x[0-9a-f]+", "", repr(choice))


def _key(value: Any) -> Any:
    return ("bool", value) if isinstance(value, bool) else json.dumps(value) if isinstance(value, (list, dict)) else value


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
