"""`SearchCV`: a search as an estimator of scikit-learn."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
from sklearn.base import is_classifier
from sklearn.model_selection import check_cv
from sklearn.model_selection._search import BaseSearchCV
from sklearn.utils import check_random_state, indexable
from sklearn.utils.validation import _check_method_params

from ..errors import error_of
from ._candidates import Search, search
from ._folds import Folds
from ._fresh import fresh
from ._results import results_of, warn_of_failures
from ._space import space_of

_MOST_SEEDS = 2**31 - 1
_UNUSED = ("pre_dispatch",)


class SearchCV(BaseSearchCV):  # type: ignore[misc]
    """
    Finds good parameters of an estimator by cross-validation, as `RandomizedSearchCV` does, with Attune's samplers, and with folds as steps: candidates
    that do worse than the best on the folds so far are stopped before the others are run.

    `space` has builders or texts by the estimator's names (`{"svc__C": attune.float(1e-3, 1e3, log=True)}`), or is the path of a study file; the estimator as it stands is tried first, as
    far as it lies in the space. `trials` are candidates; `budget="200 steps"` ends by fits, `timeout` by seconds, `patience` by candidates without a better
    one. `scheduler` left out is `wilcoxon` for four folds or more and one score, else `none`, which runs all folds. With several scores `refit` names the one
    that is searched by; without a name it is all of them. `n_jobs` are processes. With `storage` the same call again goes on; the study's name follows
    from data and estimator, unless `study` names it.

    Where folds of a candidate were not run, `cv_results_` has NaN for their scores and for the candidate's mean, `n_splits_run` says how many were, and
    its rank comes after all candidates with all folds.
    """

    _parameter_constraints = {name: one for name, one in BaseSearchCV._parameter_constraints.items() if name not in _UNUSED}

    def __init__(
        self,
        estimator: Any,
        space: Mapping[str, Any] | str | os.PathLike[str],
        *,
        trials: int | None = 30,
        scoring: Any = None,
        n_jobs: Any = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
        sampler: Any = None,
        scheduler: Any = None,
        where: Any = None,
        timeout: float | None = None,
        budget: str | float | None = None,
        patience: int | None = None,
        storage: Any = None,
        study: str | None = None,
    ) -> None:
        self.estimator = estimator
        self.space = space
        self.trials = trials
        self.scoring = scoring
        self.n_jobs = n_jobs
        self.refit = refit
        self.cv = cv
        self.verbose = verbose
        self.random_state = random_state
        self.error_score = error_score
        self.return_train_score = return_train_score
        self.sampler = sampler
        self.scheduler = scheduler
        self.where = where
        self.timeout = timeout
        self.budget = budget
        self.patience = patience
        self.storage = storage
        self.study = study

    def fit(self, X: Any, y: Any = None, **params: Any) -> SearchCV:
        """Searches, and fits the best candidate on all data; `params` go to the estimator's `fit`, `groups` to the splitter, or as routing says."""
        self._validate_params()
        asked = self._asked()
        scorer, _ = self._get_scorers()
        X, y = indexable(X, y)
        routed = self._get_routed_params_for_fit(_check_method_params(X, params=params))
        folds = self._folds(X, y, scorer, routed)
        found = search(folds, asked)
        warn_of_failures(found.candidates, found.failures, self.error_score)
        results = results_of(found.candidates, self.n_splits_, folds.objectives, self.error_score)
        if not (results["n_splits_run"] == self.n_splits_).any():
            why = f"fits failed, or the search ended before ({found.reason})"
            raise ValueError(f"No candidate has scores on all {self.n_splits_} folds: {why}; give it more trials or time, or a smaller space.")
        names = {key[len("rank_test_") :] for key in results if key.startswith("rank_test_")}
        self.multimetric_ = names != {"score"} or isinstance(self.scoring, (list, tuple, set, dict))
        self.study_ = found.study
        self.n_fits_ = int(results["n_splits_run"].sum())
        self._choose(results, next(iter(folds.objectives)))
        if self.refit:
            self._refit(folds)
        self.scorer_ = getattr(scorer, "_scorers", scorer) if self.multimetric_ else scorer
        self.cv_results_ = results
        return self

    def _asked(self) -> Search:
        if self.trials is None and self.timeout is None and self.budget is None:
            raise error_of("invalid-argument", "trials is None, and neither timeout nor budget is given: the search would not end; give one of them.")
        if getattr(self, "_skl_callbacks", None):
            raise error_of("unsupported", "Callbacks of scikit-learn are set, which SearchCV does not call; take them off, and see verbose=1 or storage='attune.db'.")
        if self.study is not None and self.storage is None:
            raise error_of("invalid-argument", f"study={self.study!r} is given without storage, and what is kept nowhere needs no name; give storage='attune.db' too.")
        fresh = self.storage is None or self.random_state is not None
        return Search(
            space=space_of(self.space, self.estimator.get_params(deep=True)),
            trials=self.trials,
            seed=int(check_random_state(self.random_state).randint(_MOST_SEEDS)) if fresh else None,
            workers=int(joblib.effective_n_jobs(self.n_jobs)),
            sampler=self.sampler,
            scheduler=self.scheduler,
            where=self.where,
            timeout=self.timeout,
            budget=self.budget,
            patience=self.patience,
            storage=self.storage,
            study=self.study,
            verbose=int(self.verbose),
        )

    def _folds(self, X: Any, y: Any, scorer: Any, routed: Any) -> Folds:
        splitter = self._splitter(y)
        self.n_splits_ = int(splitter.get_n_splits(X, y, **routed.splitter.split))
        splits = list(splitter.split(X, y, **routed.splitter.split))
        if len(splits) != self.n_splits_:
            raise ValueError(
                f"cv.split and cv.get_n_splits return inconsistent results. Expected {self.n_splits_} splits, got {len(splits)}"
            )
        return Folds(
            estimator=fresh(self.estimator),
            X=X,
            y=y,
            splits=splits,
            scorer=scorer,
            fit_params=routed.estimator.fit,
            score_params=routed.scorer.score,
            objectives=self._objectives(scorer),
            error_score=self.error_score,
            return_train_score=self.return_train_score,
            folder="",
        )

    def _splitter(self, y: Any) -> Any:
        return check_cv(self.cv, y, classifier=is_classifier(self.estimator))

    def _objectives(self, scorer: Any) -> dict[str, str]:
        """What is searched by: the study's name of it by the scorer's."""
        if isinstance(self.refit, str) and (self.scoring is None or isinstance(self.scoring, str)):
            if self.refit not in (self.scoring, "score"):
                raise error_of(
                    "invalid-argument",
                    f"refit={self.refit!r} names a score, and scoring is {self.scoring!r} alone; give refit=True, or scoring=[...] with several.",
                )
        elif isinstance(self.refit, str):
            return {self.refit: f"test_{self.refit}"}
        if isinstance(self.scoring, (list, tuple, set, dict)):
            return {str(name): f"test_{name}" for name in scorer._scorers}
        return {"score": f"test_{self.scoring if isinstance(self.scoring, str) else 'score'}"}

    def _choose(self, results: dict[str, Any], metric: str) -> None:
        if not self.refit and self.multimetric_:
            return
        self.best_index_ = int(self._select_best_index(self.refit, metric, results))
        if not callable(self.refit):
            self.best_score_ = results[f"mean_test_{metric}"][self.best_index_]
        self.best_params_ = results["params"][self.best_index_]

    def _refit(self, folds: Folds) -> None:
        self.best_estimator_ = fresh(folds.estimator, self.best_params_)
        begun = time.time()
        if folds.y is None:
            self.best_estimator_.fit(folds.X, **folds.fit_params)
        else:
            self.best_estimator_.fit(folds.X, folds.y, **folds.fit_params)
        self.refit_time_ = time.time() - begun
        if hasattr(self.best_estimator_, "feature_names_in_"):
            self.feature_names_in_ = self.best_estimator_.feature_names_in_
