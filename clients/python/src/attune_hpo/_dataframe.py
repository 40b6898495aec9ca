"""Trials as a table."""

from __future__ import annotations

import datetime
import importlib.util
from collections.abc import Iterable, Sequence
from typing import Any

from .errors import error_of
from .record import TrialRecord

_LIBRARIES = ("pandas", "polars")
_PLAIN = {bool, int, float, str, datetime.datetime}


def dataframe(trials: Iterable[TrialRecord], metrics: tuple[str, ...], library: str | None) -> Any:
    """A DataFrame: number, state, the values, a column for each parameter, times, message."""
    name = _chosen(library)
    module, columns = importlib.import_module(name), columns_of(list(trials), metrics)
    return module.DataFrame(columns) if name == "pandas" else module.DataFrame([_series(module, *column) for column in columns.items()])


def columns_of(rows: Sequence[TrialRecord], metrics: tuple[str, ...]) -> dict[str, list[Any]]:
    """Columns by name; a result or a parameter that has the name of another column has its kind before it, `params.state`."""
    names = dict.fromkeys([*metrics, *(name for row in rows for name in row.values)])
    params = dict.fromkeys(name for row in rows for name in row.params)
    before: dict[str, list[Any]] = {"number": [row.number for row in rows], "state": [row.state for row in rows]}
    after = {name: [getattr(row, name) for row in rows] for name in ("duration", "started_at", "finished_at", "message")}
    columns = dict(before)
    for name in names:
        columns[f"values.{name}" if name in before or name in after else name] = [row.values.get(name) for row in rows]
    for name in params:
        columns[f"params.{name}" if name in columns or name in after else name] = [row.params.get(name) for row in rows]
    return {**columns, **after}


def _series(polars: Any, name: str, values: list[Any]) -> Any:
    """A column of polars has one type; values of several are kept as the objects that they are."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return polars.Series(name, [None if value is None else float(value) for value in values])
    return polars.Series(name, values, dtype=None if len(kinds) <= 1 and kinds <= _PLAIN else polars.Object)


def _chosen(library: str | None) -> str:
    wanted = _LIBRARIES if library is None else (library,)
    for name in wanted:
        if name in _LIBRARIES and importlib.util.find_spec(name) is not None:
            return name
    raise error_of(
        "invalid-argument",
        f"trials_dataframe needs {' or '.join(wanted)}, which is not installed here; install pandas or polars, or use study.trials.",
    )
