"""`cv_results_`: as of scikit-learn's searches, and what it holds where folds were not run."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.ma import MaskedArray
from sklearn.exceptions import FitFailedWarning

from ._folds import FAILED, TIMES, score_name


@dataclass(frozen=True)
class Candidate:
    """A configuration with what its folds reported, by fold from 0."""

    params: Mapping[str, Any]
    folds: Mapping[int, Mapping[str, float]]


def results_of(candidates: Sequence[Candidate], splits: int, objectives: Mapping[str, str], error_score: Any) -> dict[str, Any]:
    """Arrays by name, a row for each candidate."""
    results: dict[str, Any] = {}
    for name in TIMES:
        _averages(results, name, _table(candidates, splits, name))
    results.update(_params(candidates))
    results["params"] = [dict(candidate.params) for candidate in candidates]
    run = np.array([len(candidate.folds) for candidate in candidates], dtype=np.int32)
    results["n_splits_run"] = run
    failed = _table(candidates, splits, FAILED) == 1
    for part, name, reported in _scores(candidates, objectives):
        table = _table(candidates, splits, reported)
        if error_score != "raise":
            table[failed & np.isnan(table)] = error_score
        key = f"{part}_{name}"
        for split in range(splits):
            results[f"split{split}_{key}"] = table[:, split]
        # Of some folds alone a mean could be the best of all by chance: there is none.
        results[f"mean_{key}"] = table.mean(axis=1)
        results[f"std_{key}"] = table.std(axis=1)
        _warn_of(part, results[f"mean_{key}"][run == splits])
        if part == "test":
            results[f"rank_{key}"] = _ranks(results[f"mean_{key}"], run == splits)
    return results


def warn_of_failures(candidates: Sequence[Candidate], tracebacks: Sequence[str], error_score: Any) -> None:
    """Says which fits failed; ValueError where all did."""
    fits = [fold for candidate in candidates for fold in candidate.folds.values()]
    failed = sum(fold[FAILED] == 1 for fold in fits)
    if failed == 0:
        return
    shown = "\n".join(f"{count} of them:\n{text}" for text, count in Counter(tracebacks).most_common())
    if failed == len(fits):
        raise ValueError(f"All the {failed} fits failed. Your model is misconfigured, or its space is; error_score='raise' shows where.\n{shown}")
    told = f"{failed} fits failed out of a total of {len(fits)}. The score on these folds is set to {error_score}; error_score='raise' shows where.\n{shown}"
    warnings.warn(told, FitFailedWarning, stacklevel=3)


def _table(candidates: Sequence[Candidate], splits: int, name: str) -> Any:
    rows = [[candidate.folds.get(fold, {}).get(name, np.nan) for fold in range(splits)] for candidate in candidates]
    return np.array(rows, dtype=np.float64).reshape(len(candidates), splits)


def _averages(results: dict[str, Any], key: str, table: Any) -> None:
    seen = np.ma.masked_invalid(table)
    results[f"mean_{key}"] = seen.mean(axis=1).filled(np.nan)
    results[f"std_{key}"] = seen.std(axis=1).filled(np.nan)


def _scores(candidates: Sequence[Candidate], objectives: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Part, name and reported name of each score; what is searched by comes first."""
    found = {score_name("test", name, objectives): ("test", name) for name in objectives}
    for candidate in candidates:
        for fold in candidate.folds.values():
            for reported in fold:
                part, _, name = reported.partition("_")
                if reported not in found and part in ("test", "train"):
                    found[reported] = (part, name)
    return [(part, name, reported) for reported, (part, name) in found.items()]


def _ranks(means: Any, whole: Any) -> Any:
    """1 for the highest; means that are none share the last rank, and candidates with folds that were not run come after all."""
    group = np.where(~whole, 2, np.where(np.isnan(means), 1, 0))
    keys = list(zip(group.tolist(), np.where(group == 0, -means, 0).tolist(), strict=True))
    return np.array([1 + sum(other < key for other in keys) for key in keys], dtype=np.int32)


def _params(candidates: Sequence[Candidate]) -> dict[str, Any]:
    """A masked array for each parameter: masked where a candidate has none of that name."""
    names = dict.fromkeys(name for candidate in candidates for name in candidate.params)
    return {f"param_{name}": _column([candidate.params for candidate in candidates], name) for name in names}


def _column(params: Sequence[Mapping[str, Any]], name: str) -> Any:
    given = [one[name] for one in params if name in one]
    kinds = {type(value) for value in given}
    kind: Any = kinds.pop() if len(kinds) == 1 and kinds <= {bool, int, float} else object
    column = MaskedArray(np.empty(len(params), dtype=kind), mask=True)
    for row, one in enumerate(params):
        if name in one:
            column[row] = one[name]
    return column


def _warn_of(part: str, means: Any) -> None:
    if not np.isfinite(means).all():
        warnings.warn(f"One or more of the {part} scores are non-finite: {means}", UserWarning, stacklevel=4)
