"""Trials as a table."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from typing import Any

from .errors import error_of
from .record import TrialRecord

_LIBRARIES = ("pandas", "polars")


def dataframe(trials: Iterable[TrialRecord], metrics: tuple[str, ...], library: str | None) -> Any:
    """A DataFrame: number, state, the values, a column for each parameter, times, message."""
    rows = list(trials)
    names = [*metrics, *dict.fromkeys(name for row in rows for name in row.values if name not in metrics)]
    params = dict.fromkeys(name for row in rows for name in row.params)
    columns: dict[str, list[Any]] = {
        "number": [row.number for row in rows],
        "state": [row.state for row in rows],
        **{name: [row.values.get(name) for row in rows] for name in names},
        **{name if name not in names else f"params.{name}": [row.params.get(name) for row in rows] for name in params},
        "duration": [row.duration for row in rows],
        "started_at": [row.started_at for row in rows],
        "finished_at": [row.finished_at for row in rows],
        "message": [row.message for row in rows],
    }
    return importlib.import_module(_chosen(library)).DataFrame(columns)


def _chosen(library: str | None) -> str:
    wanted = _LIBRARIES if library is None else (library,)
    for name in wanted:
        if name in _LIBRARIES and importlib.util.find_spec(name) is not None:
            return name
    raise error_of(
        "invalid-argument",
        f"trials_dataframe needs {' or '.join(wanted)}, which is not installed here; install pandas or polars, or use study.trials.",
    )
