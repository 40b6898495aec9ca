"""
`SearchCV` beside `RandomizedSearchCV`, `HalvingRandomSearchCV` and Optuna's `OptunaSearchCV`, at equal numbers of fits, on the data that scikit-learn ships.

    .cache/python-venv/bin/pip install optuna optuna-integration
    .cache/python-venv/bin/python bench/python/searchcv.py [--fits 100] [--seeds 5] [--only digits]

Each seed holds out a third of the rows, searches on the rest with five folds, and scores the refitted winner on what was held out. Prints a table in
Markdown: means over the seeds of the held-out score, of the winner's cross-validated score, which all folds of the same split give anew, of the seconds, and of those of a processor, the engine's included.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import warnings
from collections import defaultdict
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
from scipy.stats import loguniform  # noqa: E402
from sklearn.base import clone  # noqa: E402
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine  # noqa: E402
from sklearn.ensemble import RandomForestClassifier  # noqa: E402
from sklearn.experimental import enable_halving_search_cv  # noqa: E402, F401
from sklearn.model_selection import (  # noqa: E402
    HalvingRandomSearchCV,
    KFold,
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_score,
    train_test_split,
)
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.svm import SVC, SVR  # noqa: E402

import attune_hpo as attune  # noqa: E402
from attune_hpo.sklearn import SearchCV  # noqa: E402

FOLDS = 5
#: Low, high, and whether it is whole; all are logarithmic.
SVM = {"svc__C": (1e-3, 1e3, False), "svc__gamma": (1e-6, 1e1, False)}
SVM_REGRESSION = {"svr__C": (1e-2, 1e4, False), "svr__gamma": (1e-6, 1e1, False), "svr__epsilon": (1e-2, 1e2, False)}
FOREST = {"n_estimators": (5, 60, True), "max_depth": (1, 30, True), "min_samples_leaf": (1, 30, True), "max_leaf_nodes": (4, 200, True)}
TASKS = {
    "breast cancer": (load_breast_cancer, make_pipeline(StandardScaler(), SVC()), SVM),
    "wine": (load_wine, make_pipeline(StandardScaler(), SVC()), SVM),
    "digits": (load_digits, make_pipeline(StandardScaler(), SVC()), SVM),
    "digits, forest": (load_digits, RandomForestClassifier(random_state=0), FOREST),
    "diabetes": (load_diabetes, make_pipeline(StandardScaler(), SVR()), SVM_REGRESSION),
}


def scipy_space(space: dict[str, Any]) -> dict[str, Any]:
    return {name: _LogInt(low, high) if whole else loguniform(low, high) for name, (low, high, whole) in space.items()}


class _LogInt:
    """Whole numbers, logarithmic, as the others have them; scipy has none."""

    def __init__(self, low: int, high: int) -> None:
        self._draw = loguniform(low, high + 1)

    def rvs(self, random_state: Any = None) -> int:
        return int(self._draw.rvs(random_state=random_state))


def attune_space(space: dict[str, Any]) -> dict[str, Any]:
    return {name: (attune.int if whole else attune.float)(low, high, log=True) for name, (low, high, whole) in space.items()}


def optuna_space(space: dict[str, Any]) -> dict[str, Any]:
    from optuna.distributions import FloatDistribution, IntDistribution

    return {name: (IntDistribution if whole else FloatDistribution)(low, high, log=True) for name, (low, high, whole) in space.items()}


def searches(model: Any, space: dict[str, Any], cv: Any, fits: int, seed: int) -> dict[str, Any]:
    """Each with so many fits; halving has what comes nearest from below."""
    candidates = fits // FOLDS
    first = next(n for n in range(candidates, 0, -1) if n + -(-n // 3) + -(-n // 9) <= candidates)
    found = {
        "RandomizedSearchCV": RandomizedSearchCV(model, scipy_space(space), n_iter=candidates, cv=cv, random_state=seed),
        "HalvingRandomSearchCV": HalvingRandomSearchCV(model, scipy_space(space), n_candidates=first, min_resources="exhaust", cv=cv, random_state=seed),
        "SearchCV": SearchCV(model, attune_space(space), trials=None, budget=f"{fits} steps", cv=cv, random_state=seed),
        "SearchCV, all folds": SearchCV(model, attune_space(space), trials=candidates, scheduler="none", cv=cv, random_state=seed),
    }
    try:
        import optuna
        from optuna_integration import OptunaSearchCV

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        found["OptunaSearchCV"] = OptunaSearchCV(model, optuna_space(space), n_trials=candidates, cv=cv, random_state=seed, verbose=0)
    except ImportError as error:
        print(f"without OptunaSearchCV: {error}")
    return found


def processor() -> float:
    """Of this process, and of those that it waited for: a search has ended its engine when it ends."""
    return sum(os.times()[:4])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--fits", type=int, default=100)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--only")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    print(f"{given.fits} fits, {given.seeds} seeds; load {os.getloadavg()[0]:.1f}\n")
    print("| data | search | held out | cross-validated | fits | seconds | of a processor |\n|---|---|---|---|---|---|---|", flush=True)
    for task, (load, model, space) in TASKS.items():
        if given.only in (None, task):
            run(task, load, model, space, given.fits, given.seeds)


def run(task: str, load: Any, model: Any, space: dict[str, Any], fits: int, seeds: int) -> None:
    X, y = load(return_X_y=True)
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for seed in range(seeds):
        labels = None if load is load_diabetes else y
        Xs, held_X, ys, held_y = train_test_split(X, y, test_size=1 / 3, random_state=seed, stratify=labels)
        cv = (KFold if labels is None else StratifiedKFold)(FOLDS, shuffle=True, random_state=seed)
        for name, search in searches(model, space, cv, fits, seed).items():
            begun, before = time.perf_counter(), processor()
            search.fit(Xs, ys)
            seconds, spent = time.perf_counter() - begun, processor() - before
            seen = cross_val_score(clone(model).set_params(**search.best_params_), Xs, ys, cv=cv).mean()
            run = getattr(search, "n_fits_", None) or (sum(search.n_candidates_) * FOLDS if hasattr(search, "n_candidates_") else fits // FOLDS * FOLDS)
            rows[name].append((search.score(held_X, held_y), float(seen), run, seconds, spent))
            print(f"{task}, seed {seed}, {name}: {rows[name][-1]}", file=sys.stderr, flush=True)
    for name, told in rows.items():
        held, seen, run, seconds, spent = np.mean(told, axis=0)
        spread = np.std([one[0] for one in told], ddof=1) / np.sqrt(len(told)) if len(told) > 1 else float("nan")
        print(f"| {task} | {name} | {held:.4f} ± {spread:.4f} | {seen:.4f} | {run:.0f} | {seconds:.1f} | {spent:.1f} |", flush=True)


if __name__ == "__main__":
    main()
