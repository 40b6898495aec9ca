"""What may be tried: builders for parameters. Texts as study files write them (`"1e-5..1e-1 log"`) may stand in their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._plain import Json, plain
from .errors import error_of

Condition = str | Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Parameter:
    """A parameter without its name, as study files have it; `originals` are the objects that its values stand for."""

    __slots__ = ("fields", "originals")

    def __init__(self, fields: dict[str, Json], originals: tuple[object, ...] = ()) -> None:
        self.fields = fields
        self.originals = originals

    def __repr__(self) -> str:
        return f"Parameter({self.fields!r})"


class Group:
    """Parameters that belong together: the branches of `one_of`, or what is repeated."""

    __slots__ = ("count", "fields", "parts")

    def __init__(self, fields: dict[str, Json], parts: Mapping[str, Mapping[str, Any]], count: str | None) -> None:
        self.fields = fields
        self.parts = {name: dict(part) for name, part in parts.items()}
        self.count = count

    def __repr__(self) -> str:
        return f"Group({self.parts!r})"


Space = Mapping[str, Any]


def float(  # noqa: A001
    low: Any,
    high: Any,
    *,
    log: bool = False,
    scale: str | None = None,
    step: Any = None,
    or_zero: bool = False,
    about: Any = None,
    fidelity: bool = False,
    default: Any = None,
    when: Condition | None = None,
    unit: str | None = None,
    description: str | None = None,
) -> Parameter:
    """
    A number from low to high, both included.

    `scale`: `linear`, `log` (what `log=True` says), `logit` (fine at both ends of 0..1) or `reverse-log` (fine near 1); `about`: where good
    values are believed to be; `or_zero`: with log, exactly 0 besides the range; `fidelity`: how far a trial is run.
    """
    if log and scale not in (None, "log"):
        raise error_of("invalid-space", f"log=True and scale={scale!r} contradict each other; give one of them.")
    given = {"scale": "log" if log else scale, "step": step, "orZero": or_zero or None, "about": about}
    return _range("float", low, high, given, fidelity, _common(default, when, unit, description))


def int(  # noqa: A001
    low: Any,
    high: Any,
    *,
    log: bool = False,
    step: Any = None,
    about: Any = None,
    fidelity: bool = False,
    default: Any = None,
    when: Condition | None = None,
    unit: str | None = None,
    description: str | None = None,
) -> Parameter:
    """A whole number from low to high, both included."""
    given = {"log": log or None, "step": step, "about": about}
    return _range("int", low, high, given, fidelity, _common(default, when, unit, description))


def choice(
    values: Iterable[Any],
    *,
    labels: Sequence[str] | None = None,
    default: Any = None,
    when: Condition | None = None,
    unit: str | None = None,
    description: str | None = None,
) -> Parameter:
    """One of the values, without order. A trial gets the very object given here: numpy scalars, paths and enums too."""
    return _values("choice", values, {"labels": labels}, _common(default, when, unit, description))


def ordinal(
    values: Iterable[Any],
    *,
    default: Any = None,
    when: Condition | None = None,
    unit: str | None = None,
    description: str | None = None,
) -> Parameter:
    """One of the values, which have an order but no distance."""
    return _values("ordinal", values, {}, _common(default, when, unit, description))


def boolean(
    *, default: bool | None = None, when: Condition | None = None, unit: str | None = None, description: str | None = None
) -> Parameter:
    """True or False."""
    return Parameter({"type": "boolean", **_common(default, when, unit, description)})


def fixed(value: Any, *, when: Condition | None = None, unit: str | None = None, description: str | None = None) -> Parameter:
    """One value, given to the function but not searched."""
    return Parameter({"fixed": plain(value, "fixed"), **_common(None, when, unit, description)}, (value,))


def derived(expression: str, *, unit: str | None = None, description: str | None = None) -> Parameter:
    """A value that follows from the parameters: `derived("epochs * 50000 / batch")`."""
    return Parameter({"derived": expression, **_common(None, None, unit, description)})


def one_of(
    branches: Mapping[str, Mapping[str, Any]],
    *,
    default: str | None = None,
    when: Condition | None = None,
    unit: str | None = None,
    description: str | None = None,
) -> Group:
    """A choice between branches, each with parameters that are only there when it is chosen; branches may hold further ones."""
    if not isinstance(branches, Mapping):
        raise error_of("invalid-space", f"one_of takes branches by their names, {{'mlp': {{...}}}}, not {branches!r}.")
    return Group(_common(default, when, unit, description), branches, None)


def repeat(count: str, parameters: Mapping[str, Any]) -> Group:
    """
    Parameters for each of as many things as the int `count` says: under the key `layer` they are `layer.1.units`, `layer.2.units`, ...
    """
    return Group({}, {"": parameters}, count)


def written(space: Space) -> dict[str, Json]:
    """A space as the protocol takes it."""
    return {str(name): _written(str(name), one) for name, one in space.items()}


def originals(space: Space) -> dict[str, tuple[object, ...]]:
    """The objects that values of choices stand for, by parameter."""
    found: dict[str, tuple[object, ...]] = {}
    for name, one in space.items():
        if isinstance(one, Parameter):
            found[str(name)] = one.originals
        elif isinstance(one, Group) and one.count is None:
            for part in one.parts.values():
                found.update(originals(part))
        elif isinstance(one, Group):
            found.update({f"{name}.*.{inner}": values for inner, values in originals(one.parts[""]).items()})
        elif isinstance(one, (list, tuple)):
            found[str(name)] = tuple(one)
    return {name: values for name, values in found.items() if values}


def _written(name: str, one: Any) -> Json:
    if isinstance(one, Parameter):
        return one.fields
    if isinstance(one, Group):
        if one.count is not None:
            return {"repeat": one.count, "parameters": written(one.parts[""])}
        return {**one.fields, "oneOf": {branch: written(part) for branch, part in one.parts.items()}}
    return plain(one, f"parameter {name}")


def _range(kind: str, low: Any, high: Any, given: dict[str, Any], fidelity: bool, common: dict[str, Json]) -> Parameter:
    fields: dict[str, Json] = {"type": kind, "low": plain(low, "low"), "high": plain(high, "high")}
    fields.update({name: plain(one, name) for name, one in given.items() if one is not None})
    return Parameter({**fields, **({"fidelity": True} if fidelity else {}), **common})


def _values(kind: str, values: Iterable[Any], given: dict[str, Any], common: dict[str, Json]) -> Parameter:
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise error_of("invalid-space", f"{kind} takes a list of values, not {values!r}.")
    listed = tuple(values)
    fields: dict[str, Json] = {kind: [plain(one, f"a value of {kind}") for one in listed]}
    fields.update({name: plain(one, name) for name, one in given.items() if one is not None})
    return Parameter({**fields, **common}, listed)


def _common(default: Any, when: Any, unit: str | None, description: str | None) -> dict[str, Json]:
    given = {"default": default, "when": when, "unit": unit, "description": description}
    return {name: plain(one, name) for name, one in given.items() if one is not None}
