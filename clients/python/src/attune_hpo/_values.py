"""Configurations as the engine tells them, with the types of Python: floats are floats, and choices the objects that were given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ._plain import Json, plain

Convert = Callable[[Any], Any]
_PLACE = re.compile(r"\.\d+\.")


class ParamReader:
    """Reads configurations of one space."""

    def __init__(self, space: Mapping[str, Any], originals: Mapping[str, tuple[object, ...]]) -> None:
        self._originals = dict(originals)
        self._converts: dict[str, Convert] = {}
        for parameter in space.get("parameters", ()):
            convert = self._convert(parameter)
            if convert is not None:
                self._converts[parameter["name"]] = convert

    def read(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The configuration of a trial."""
        converts = self._converts
        return {name: converts[name](value) if name in converts else value for name, value in params.items()}

    def _convert(self, parameter: Mapping[str, Any]) -> Convert | None:
        kind, name = parameter["type"], parameter["name"]
        if kind == "float":
            return float
        if kind == "int":
            return int
        values = self._originals.get(name) or self._originals.get(_PLACE.sub(".*.", name))
        if values is not None:
            return originals_reader(values)
        listed = parameter.get("choices") or parameter.get("values") or [parameter.get("value")]
        return _written_reader(listed, parameter.get("spelling"))


def originals_reader(values: Iterable[object]) -> Convert:
    """Gives the object for which a value of JSON stands."""
    known = [(plain(value), value) for value in values]
    by_key = {_key(written): value for written, value in reversed(known)}
    return lambda value: by_key.get(_key(value), value)


def _written_reader(listed: list[Any], spelling: Any) -> Convert | None:
    """Numbers of which one is no whole one, or is written with a point, are floats."""
    spelled = spelling if isinstance(spelling, list) else [spelling]
    has_point = any(isinstance(one, str) and re.search(r"[.eE]", one) for one in spelled)
    numbers = [one for one in listed if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if not has_point and not any(isinstance(one, float) for one in numbers):
        return None
    return lambda value: float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _key(value: Json) -> Any:
    """Equal for values that JSON counts as the same: 1 and 1.0, but not 1 and true."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return ("list", tuple(_key(one) for one in value))
    if isinstance(value, dict):
        return ("dict", frozenset((name, _key(one)) for name, one in value.items()))
    return value
