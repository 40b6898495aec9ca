"""Trials as a table, with Optuna's columns."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from ._frozen import FrozenTrial

_BY_NAME = ("params", "user_attrs", "system_attrs", "intermediate_values", "distributions", "constraints")


def trials_dataframe(
    trials: Sequence[FrozenTrial], objectives: int, names: Sequence[str] | None, attrs: tuple[str, ...], multi_index: bool
) -> Any:
    """A DataFrame of pandas."""
    try:
        pandas = importlib.import_module("pandas")
    except ImportError as error:
        raise ImportError("trials_dataframe makes a table of pandas, which is not installed; install it, or read study.trials.") from error
    if not trials:
        return pandas.DataFrame()
    columns: dict[tuple[str, str], None] = {}
    rows = [dict(_cells(trial, objectives, names, attrs)) for trial in trials]
    for attr in attrs:
        of = {key: None for row in rows for key in row if key[0] == _head(attr, objectives)}
        inner = list(of) if attr in ("value", "values") else sorted(of)
        columns.update(dict.fromkeys(inner))
    table = pandas.DataFrame([[row.get(key) for key in columns] for row in rows])
    if multi_index:
        table.columns = pandas.MultiIndex.from_tuples(list(columns))
    else:
        table.columns = ["_".join(part for part in key if part) for key in columns]
    return table


def _head(attr: str, objectives: int) -> str:
    return "values" if attr == "value" and objectives > 1 else attr


def _cells(trial: FrozenTrial, objectives: int, names: Sequence[str] | None, attrs: tuple[str, ...]) -> Any:
    for attr in attrs:
        head = _head(attr, objectives)
        if head in ("value", "values"):
            values: Sequence[float | None] = trial.values or [None] * objectives
            if objectives == 1 and head == "value":
                yield (("value", ""), values[0]) if names is None else (("value", names[0]), values[0])
            else:
                for place, value in enumerate(values):
                    yield (("values", str(place) if names is None else names[place]), value)
        elif head in _BY_NAME:
            for key, value in getattr(trial, head).items():
                yield ((head, str(key)), value)
        elif head == "state":
            yield (("state", ""), trial.state.name)
        else:
            yield ((head, ""), getattr(trial, head))
