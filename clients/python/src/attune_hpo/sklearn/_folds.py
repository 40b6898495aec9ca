"""What a worker does: fits and scores one candidate, fold by fold, and reports each."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cloudpickle
import numpy as np
from sklearn.model_selection._validation import _fit_and_score

from ..trial import Trial
from ._fresh import fresh

#: Report beside the scores: seconds, and 1 where the fit raised an exception.
TIMES = ("fit_time", "score_time")
FAILED = "fit_failed"
_RAISED = "raised"


@dataclass(frozen=True)
class Folds:
    """The function that is tuned; sent to other processes with the data."""

    estimator: Any
    X: Any
    y: Any
    splits: Sequence[tuple[Any, Any]]
    scorer: Any
    fit_params: Mapping[str, Any]
    score_params: Mapping[str, Any]
    #: What is maximized: the study's name of it by the scorer's.
    objectives: Mapping[str, str]
    error_score: Any
    return_train_score: bool
    #: Where tracebacks of fits, and an exception that ends the search, are left.
    folder: str

    def __call__(self, trial: Trial) -> dict[str, float]:
        """Mean scores by objective. A fit that fails and has no score for that ends the candidate: its mean would be none."""
        seen: list[dict[str, float]] = []
        for fold in range(len(self.splits)):
            try:
                values = self._run(trial, fold)
            except Exception as error:
                self._keep(error)
                raise
            seen.append(values)
            trial.report(fold + 1, values)
            if values[FAILED] and not np.isfinite(self.error_score):
                break
        return {name: float(np.mean([values[name] for values in seen])) for name in self.objectives.values()}

    def _run(self, trial: Trial, fold: int) -> dict[str, float]:
        train, test = self.splits[fold]
        told = _fit_and_score(
            fresh(self.estimator),
            self.X,
            self.y,
            scorer=self.scorer,
            train=train,
            test=test,
            verbose=0,
            parameters=trial.params,
            fit_params=self.fit_params,
            score_params=self.score_params,
            return_train_score=self.return_train_score,
            return_times=True,
            error_score=self.error_score,
        )
        failed = told["fit_error"]
        if failed is not None:
            with open(os.path.join(self.folder, f"{trial.number}-{fold}.txt"), "w", encoding="utf-8") as file:
                file.write(failed)
        values = {name: float(told[name]) for name in TIMES}
        values[FAILED] = float(failed is not None)
        values.update(self._scores("test", told["test_scores"], failed is not None))
        if self.return_train_score:
            values.update(self._scores("train", told["train_scores"], failed is not None))
        return values

    def _scores(self, part: str, scores: Any, failed: bool) -> dict[str, float]:
        if not isinstance(scores, dict):
            # Nobody knows the names that a function would have answered where the fit failed.
            names = list(self.objectives) if failed else [next(iter(self.objectives))]
            self._require(failed or names == ["score"], "one number")
            scores = dict.fromkeys(names, scores)
        self._require(failed or set(self.objectives) <= set(scores), f"scores named {', '.join(map(str, scores))}")
        return {score_name(part, name, self.objectives): float(value) for name, value in scores.items()}

    def _require(self, holds: bool, given: str) -> None:
        if not holds:
            wanted = "one number" if list(self.objectives) == ["score"] else f"a dict that has {', '.join(self.objectives)}"
            raise ValueError(f"scoring gave {given}, where refit makes {wanted} the thing to search by; give refit the name of a score that it gives.")

    def _keep(self, error: Exception) -> None:
        part = os.path.join(self.folder, f"{os.getpid()}.part")
        try:
            told = cloudpickle.dumps(error)
            pickle.loads(told)
        except Exception:
            told = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
        with open(part, "wb") as file:
            file.write(told)
        os.replace(part, os.path.join(self.folder, _RAISED))


def score_name(part: str, name: str, objectives: Mapping[str, str]) -> str:
    """As studies and reports have a score: what is searched by has the study's name for it."""
    return objectives[name] if part == "test" and name in objectives else f"{part}_{name}"


def raised_in(folder: str) -> Exception | None:
    """The exception that ended the search, if one did."""
    try:
        with open(os.path.join(folder, _RAISED), "rb") as file:
            error: Exception = pickle.load(file)
            return error
    except FileNotFoundError:
        return None


def failures_in(folder: str) -> list[str]:
    """Tracebacks of fits that failed."""
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found.append(file.read())
    return found
