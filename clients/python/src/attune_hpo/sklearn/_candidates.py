"""The search itself: a study whose trials are candidates and whose steps are folds."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import joblib

from .._run import TrialEnd
from ..record import TrialRecord
from ..space import Parameter
from ..study import Study, create_study
from ._folds import Folds, failures_in, raised_in
from ._results import Candidate

_KEY = "SearchCV"
_FEWEST_TO_STOP = 4


@dataclass(frozen=True)
class Search:
    """What `fit` asks of the engine."""

    space: Mapping[str, Any]
    trials: int | None
    seed: int | None
    workers: int
    sampler: Any
    scheduler: Any
    where: Any
    timeout: float | None
    budget: str | float | None
    patience: int | None
    storage: Any
    study: str | None
    verbose: int


@dataclass(frozen=True)
class Found:
    """What became of it."""

    study: str
    reason: str
    candidates: list[Candidate]
    #: Tracebacks of the fits that failed in this call.
    failures: list[str]


def search(folds: Folds, asked: Search) -> Found:
    """Runs until the engine says that it is enough; candidates of earlier calls on the same storage count."""
    with tempfile.TemporaryDirectory(prefix="attune-search-") as folder, _study(folds, asked) as study:
        told = _Teller(folder, asked.verbose)
        result = study.optimize(
            replace(folds, folder=folder),
            trials=asked.trials,
            workers=asked.workers,
            timeout=asked.timeout,
            budget=asked.budget,
            patience=asked.patience,
            keep_going=True,
            on_trial=told,
            progress=asked.verbose > 0,
        )
        if result.reason == "killed":
            raise KeyboardInterrupt
        if result.reason == "stopped":
            warnings.warn("The search was stopped before its end; what it found until then counts.", UserWarning, stacklevel=3)
        candidates = [_candidate(trial) for trial in study.iter_trials() if _counts(trial)]
        return Found(study.name, result.reason, candidates, failures_in(folder))


def _study(folds: Folds, asked: Search) -> Study:
    digest = None if asked.storage is None else _digest(folds, asked)
    study = create_study(
        _KEY if digest is None else asked.study or f"{_KEY}-{digest[:12]}",
        maximize=list(folds.objectives.values()),
        space=asked.space,
        where=asked.where,
        storage=asked.storage,
        sampler=asked.sampler,
        scheduler=asked.scheduler or _scheduler(folds),
        seed=asked.seed,
    )
    try:
        if digest is not None:
            _require_same(study, digest)
    except BaseException:
        study.close()
        raise
    return study


def _scheduler(folds: Folds) -> str:
    return "wilcoxon" if len(folds.objectives) == 1 and len(folds.splits) >= _FEWEST_TO_STOP else "none"


def _require_same(study: Study, digest: str) -> None:
    before = study.attributes.get(_KEY)
    if before is None and all(trial.state == "waiting" for trial in study.iter_trials()):
        study.set_attribute(_KEY, digest)
    elif before != digest:
        raise ValueError(
            f"Study {study.name!r} of {study.storage} was not made with this estimator, data, folds and scores, so that its scores cannot stand beside "
            "new ones; give study= another name, or leave it out for one that follows from them."
        )


def _digest(folds: Folds, asked: Search) -> str:
    """Of all that scores depend on: what goes into the study's name where it is given none."""
    params = {name: one if isinstance(one, (bool, int, float, str)) else type(one).__qualname__ for name, one in _params(folds.estimator).items()}
    data = (folds.X, folds.y, list(folds.splits), dict(folds.fit_params), dict(folds.score_params))
    space = {name: one.fields if isinstance(one, Parameter) else repr(one) for name, one in asked.space.items()}
    told = (data, params, type(folds.estimator).__qualname__, dict(folds.objectives), repr(folds.error_score), folds.return_train_score)
    return str(joblib.hash((told, space, asked.seed, str(asked.where), repr(asked.sampler), repr(asked.scheduler))))


def _params(estimator: Any) -> Mapping[str, Any]:
    params: Mapping[str, Any] = estimator.get_params(deep=True)
    return params


def _counts(trial: TrialRecord) -> bool:
    return not trial.invalid and trial.state in ("complete", "pruned", "failed", "paused")


def _candidate(trial: TrialRecord) -> Candidate:
    return Candidate(dict(trial.params), {round(report.step) - 1: report.values for report in trial.reports})


class _Teller:
    """Told of each candidate's end: ends the search by the exception that one raised."""

    def __init__(self, folder: str, verbose: int) -> None:
        self._folder = folder
        self._say: Callable[[str], None] | None = print if verbose > 1 else None

    def __call__(self, end: TrialEnd) -> None:
        raised = raised_in(self._folder) if end.state == "failed" else None
        if raised is not None:
            raise raised
        if self._say is not None:
            values = ", ".join(f"{name}={value}" for name, value in end.values.items() if not name.startswith(("fit_", "score_")))
            self._say(f"[SearchCV] candidate {end.number} {end.state}{': ' if values else ''}{values}{' (best so far)' if end.best else ''}")
