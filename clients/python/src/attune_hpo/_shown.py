"""What notebooks show of results: tables that look as the notebook's own do."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .result import Best, Result

_MOST_ROWS = 10


def result_html(result: Result) -> str:
    """How a run ended, and the winner or the front."""
    told = f"{result.trials_spent} trials, {result.ran} of them in this call; ended: {result.message or result.reason}"
    points = (result.best,) if result.best is not None else result.front
    return f"<div>{html.escape(told)}</div>{points_html(points)}"


def points_html(points: Sequence[Best]) -> str:
    """Configurations with what they came to, a row each; empty where there is none."""
    if not points:
        return ""
    values = _names(point.values for point in points)
    params = _names(point.params for point in points)
    intervals = ["95 % interval"] if any(point.interval is not None for point in points) else []
    rows = [
        [point.number, *(point.values.get(name, "") for name in values), *([point.interval or ""] if intervals else []), *(point.params.get(name, "") for name in params)]
        for point in points[:_MOST_ROWS]
    ]
    more = len(points) - len(rows)
    under = f"<div>and {more} more</div>" if more > 0 else ""
    return f"<table><thead>{_row('th', ['trial', *values, *intervals, *params])}</thead><tbody>{''.join(_row('td', row) for row in rows)}</tbody></table>{under}"


def _names(mappings: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(name for mapping in mappings for name in mapping))


def _row(cell: str, values: Iterable[Any]) -> str:
    return f"<tr>{''.join(f'<{cell}>{html.escape(_text(value))}</{cell}>' for value in values)}</tr>"


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
