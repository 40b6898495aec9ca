"""`SearchCV` as an estimator of scikit-learn."""

from __future__ import annotations

import pickle
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sklearn
from scipy.stats import loguniform, norm, randint
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, get_scorer, make_scorer
from sklearn.model_selection import GroupKFold, KFold, RandomizedSearchCV, cross_val_score, cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

import attune_hpo as attune
from attune_hpo import _connections
from attune_hpo.sklearn import SearchCV
from attune_hpo.sklearn._fresh import fresh
from attune_hpo.sklearn._results import Candidate, results_of

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
X, Y = load_iris(return_X_y=True)
C = {"C": attune.float(1e-3, 1e2, log=True)}
FOLDS = KFold(5, shuffle=True, random_state=0)


class Level(BaseEstimator):  # type: ignore[misc]
    """Scores what it is told, a bit more on each fold."""

    def __init__(self, level: float = 0.5, other: int = 0) -> None:
        self.level = level
        self.other = other

    def fit(self, X: Any, y: Any = None) -> Level:
        if self.level > 0.9:
            raise RuntimeError("too high")
        self.fitted_ = True
        return self

    def score(self, X: Any, y: Any = None) -> float:
        return self.level + float(X[0, 0])


def level(**given: Any) -> SearchCV:
    defaults: dict[str, Any] = {"trials": 8, "cv": 5, "random_state": 1, "sampler": "random"}
    return SearchCV(Level(), {"level": attune.float(0, 1)}, **{**defaults, **given})


LEVELS = np.arange(50, dtype=float).reshape(25, 2) / 1e4


def test_what_cross_validation_gives_for_a_candidate_is_what_the_results_hold() -> None:
    pipe = Pipeline([("scale", StandardScaler()), ("svc", SVC())])
    search = SearchCV(pipe, {"svc__C": C["C"], "svc__kernel": attune.choice(["linear", "rbf"])}, trials=4, cv=FOLDS, scheduler="none", return_train_score=True, random_state=1)
    search.fit(X, Y)
    results = search.cv_results_
    assert results["params"][0] == {"svc__C": 1.0, "svc__kernel": "rbf"}, "the estimator as it stands comes first"
    for row, params in enumerate(results["params"]):
        told = cross_validate(fresh(pipe, params), X, Y, cv=FOLDS, return_train_score=True)
        assert [results[f"split{fold}_test_score"][row] for fold in range(5)] == list(told["test_score"])
        assert results["mean_train_score"][row] == told["train_score"].mean()
    best = search.best_index_
    assert search.best_score_ == results["mean_test_score"].max() == results["mean_test_score"][best] and results["rank_test_score"][best] == 1
    assert search.best_params_ == results["params"][best] and results["param_svc__C"].dtype == float
    assert (search.predict(X) == fresh(pipe, search.best_params_).fit(X, Y).predict(X)).all()
    assert search.n_splits_ == 5 and search.n_fits_ == 20 and search.refit_time_ > 0 and list(search.classes_) == [0, 1, 2]
    assert search.score(X, Y) == search.best_estimator_.score(X, Y) and search.decision_function(X).shape == (150, 3)
    assert not hasattr(search, "predict_proba") and not hasattr(search, "transform")


def test_hopeless_candidates_stop_after_some_folds_and_never_rank_first() -> None:
    search = level()
    with pytest.warns(FitFailedWarning):
        search.fit(LEVELS)
    results = search.cv_results_
    run = results["n_splits_run"]
    stopped = np.flatnonzero((run > 1) & (run < 5))
    assert len(stopped) > 0 and search.n_fits_ == run.sum() < 40
    for row in stopped:
        assert np.isnan(results["mean_test_score"][row]) and np.isnan(results["split4_test_score"][row])
        assert np.isfinite(results["split0_test_score"][row]) and np.isfinite(results["mean_fit_time"][row])
        assert results["rank_test_score"][row] > max(results["rank_test_score"][run == 5])
    assert run[search.best_index_] == 5


def test_ranks_put_candidates_with_all_folds_first_whatever_the_others_scored() -> None:
    def candidate(*scores: float) -> Candidate:
        return Candidate({"x": 1}, {fold: {"s": score, "fit_failed": 0, "fit_time": 1, "score_time": 1} for fold, score in enumerate(scores)})

    told = results_of([candidate(9, 9), candidate(1, 1, 1), candidate(3, 3, 3), candidate(), candidate(3, 3, 3)], 3, {"score": "s"}, np.nan)
    assert told["rank_test_score"].tolist() == [4, 3, 1, 4, 1] and told["n_splits_run"].tolist() == [2, 3, 3, 0, 3]
    with pytest.warns(UserWarning, match="non-finite"):
        told = results_of([candidate(9, 9), candidate(float("nan"), 1, 1)], 3, {"score": "s"}, np.nan)
    assert told["rank_test_score"].tolist() == [2, 1]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_leaves_the_search_where_it_is_not_to_be_a_score(workers: int) -> None:
    with pytest.raises(RuntimeError, match="too high"):
        level(error_score="raise", n_jobs=workers).fit(LEVELS)
    assert not _connections._alone and not _connections._shared


def test_fits_that_fail_get_the_score_for_that_or_none() -> None:
    with pytest.warns(FitFailedWarning, match="RuntimeError: too high"):
        some = level(trials=20, scheduler="none").fit(LEVELS)
    high = some.cv_results_["param_level"] > 0.9
    assert high.any() and np.isnan(some.cv_results_["mean_test_score"][high]).all() and some.best_params_["level"] <= 0.9
    with pytest.warns(FitFailedWarning):
        zero = level(trials=20, scheduler="none", error_score=0).fit(LEVELS)
    assert (zero.cv_results_["mean_test_score"][high] == 0).all() and (zero.cv_results_["n_splits_run"] == 5).all()
    with pytest.raises(ValueError, match="All the 3 fits failed"):
        SearchCV(Level(1), {"level": attune.float(0.95, 1)}, trials=3, cv=5).fit(LEVELS)
    with pytest.raises(ValueError, match="Invalid parameter 'levle'"):
        SearchCV(Level(), {"levle": attune.float(0, 1)}, trials=3).fit(LEVELS)


def test_several_scores_are_searched_by_the_one_that_refit_names_or_by_all() -> None:
    given: dict[str, Any] = {"trials": 5, "cv": 3, "random_state": 1, "scoring": ["accuracy", "f1_macro"]}
    named = SearchCV(LogisticRegression(), C, refit="f1_macro", **given).fit(X, Y)
    assert named.multimetric_ and getattr(named, "scorer_").keys() == {"accuracy", "f1_macro"}
    assert named.best_score_ == named.cv_results_["mean_test_f1_macro"].max() and "rank_test_accuracy" in named.cv_results_
    assert named.score(X, Y) == get_scorer("f1_macro")(named.best_estimator_, X, Y)
    picked = SearchCV(LogisticRegression(), C, refit=lambda results: int(np.argmin(results["mean_test_accuracy"])), **given).fit(X, Y)
    assert picked.best_index_ == np.argmin(picked.cv_results_["mean_test_accuracy"]) and not hasattr(picked, "best_score_")
    unfitted = SearchCV(LogisticRegression(), C, refit=False, **given).fit(X, Y)
    assert not hasattr(unfitted, "best_index_") and not hasattr(unfitted, "predict")
    assert SearchCV(LogisticRegression(), C, trials=1, cv=2, scoring="accuracy", refit="accuracy").fit(X, Y).best_index_ == 0
    with pytest.raises(ValueError, match="refit"):
        SearchCV(LogisticRegression(), C, refit=True, **given).fit(X, Y)


def test_a_function_may_give_several_scores() -> None:
    def scores(estimator: Any, X: Any, y: Any) -> dict[str, float]:
        return {"right": accuracy_score(y, estimator.predict(X)), "size": -estimator.C}

    search = SearchCV(LogisticRegression(), C, trials=4, cv=3, scoring=scores, refit="size", random_state=1).fit(X, Y)
    assert search.multimetric_ and search.best_score_ == search.cv_results_["mean_test_size"].max()
    assert "mean_test_right" in search.cv_results_
    for refit in (True, "sice"):
        with pytest.raises(ValueError, match="scoring gave scores named right, size"):
            SearchCV(LogisticRegression(), C, trials=4, cv=3, scoring=scores, refit=refit).fit(X, Y)


def test_groups_and_weights_reach_the_splitter_and_the_fits() -> None:
    groups, weights = np.arange(150) % 7, np.linspace(0, 1, 150)
    search = SearchCV(LogisticRegression(), C, trials=1, cv=GroupKFold(4), random_state=1).fit(X, Y, groups=groups, sample_weight=weights)
    randomized = RandomizedSearchCV(LogisticRegression(), {"C": [1.0]}, n_iter=1, cv=GroupKFold(4)).fit(X, Y, groups=groups, sample_weight=weights)
    for fold in range(4):
        key = f"split{fold}_test_score"
        assert search.cv_results_[key][0] == randomized.cv_results_[key][0]
    assert (search.best_estimator_.coef_ == randomized.best_estimator_.coef_).all()


def test_metadata_is_routed() -> None:
    weights, groups = np.linspace(0, 1, 150), np.arange(150) % 7
    with sklearn.config_context(enable_metadata_routing=True):
        inner = LogisticRegression().set_fit_request(sample_weight=True)
        scorer = make_scorer(accuracy_score).set_score_request(sample_weight="importance")
        given = {"sample_weight": weights, "importance": weights[::-1], "groups": groups}
        search = SearchCV(inner, C, trials=1, cv=GroupKFold(4), scoring=scorer).fit(X, Y, **given)
        randomized = RandomizedSearchCV(inner, {"C": [1.0]}, n_iter=1, cv=GroupKFold(4), scoring=scorer).fit(X, Y, **given)
    assert search.cv_results_["mean_test_score"][0] == randomized.cv_results_["mean_test_score"][0]


def test_processes_find_what_one_thread_finds() -> None:
    given: dict[str, Any] = {"trials": 6, "cv": 3, "sampler": "random", "scheduler": "none", "random_state": 3}
    alone, both = (SearchCV(SVC(), C, n_jobs=workers, **given).fit(X, Y).cv_results_ for workers in (1, 2))
    assert alone["params"] == both["params"] and (alone["mean_test_score"] == both["mean_test_score"]).all()


def test_a_parameter_that_is_not_there_is_masked() -> None:
    space = {"kernel": ["linear", "rbf"], "gamma": attune.float(1e-3, 1, log=True, when={"kernel": "rbf"})}
    results = SearchCV(SVC(), space, trials=8, cv=2, sampler="random", random_state=2).fit(X, Y).cv_results_
    linear = results["param_kernel"] == "linear"
    assert results["params"][0]["kernel"] == "rbf", "as the estimator stands"
    assert linear.any() and (results["param_gamma"].mask == linear).all()


def test_a_fitted_one_pickles_and_clones_with_no_engine_alive() -> None:
    search = SearchCV(LogisticRegression(), C, trials=3, cv=3, random_state=1).fit(X, Y)
    assert not _connections._alone and not _connections._shared
    read = pickle.loads(pickle.dumps(search))
    assert (read.predict_proba(X) == search.predict_proba(X)).all() and read.best_params_ == search.best_params_
    assert not hasattr(clone(search), "cv_results_")
    nested = cross_val_score(SearchCV(LogisticRegression(), C, trials=2, cv=2), X, Y, cv=2)
    assert len(nested) == 2


def test_the_same_call_on_a_storage_goes_on_and_other_data_are_another_study(storage: str) -> None:
    def made(**given: Any) -> SearchCV:
        return SearchCV(LogisticRegression(), C, **{"cv": 3, "storage": storage, "trials": 3, **given})

    first = made().fit(X, Y)
    again = made().fit(X, Y)
    assert again.study_ == first.study_ and (again.cv_results_["mean_fit_time"] == first.cv_results_["mean_fit_time"]).all()
    assert len(made(trials=5).fit(X, Y).cv_results_["params"]) == 5
    assert made().fit(X[1:], Y[1:]).study_ != first.study_
    made(study="mine").fit(X, Y)
    with pytest.raises(ValueError, match="'mine'.*another name"):
        made(study="mine").fit(X[1:], Y[1:])
    with attune.open_study("mine", storage=storage) as study:
        assert study.best is not None and study.best.value == made(study="mine").fit(X, Y).best_score_
    assert Path(storage).exists()


def test_the_space_may_be_that_of_a_study_file(tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    file.write_text("space:\n  C: 1e-3..1e2 log\n  class_weight: {choice: [balanced]}\n")
    search = SearchCV(LogisticRegression(), file, trials=2, cv=2).fit(X, Y)
    assert search.best_params_.keys() == {"C", "class_weight"} and isinstance(fresh(search).space, Path)


class Interrupted(Level):
    """Presses Ctrl-C so many times in its first fit."""

    def __init__(self, level: float = 0.5, presses: int = 1) -> None:
        super().__init__(level)
        self.presses = presses

    def fit(self, X: Any, y: Any = None) -> Interrupted:
        if not pressed:
            pressed.append(True)
            for _ in range(self.presses):
                signal.raise_signal(signal.SIGINT)
        self.fitted_ = True
        return self


pressed: list[bool] = []


def test_ctrl_c_ends_the_search_with_what_it_found_and_a_second_one_leaves_it() -> None:
    pressed.clear()
    with pytest.warns(UserWarning, match="stopped before its end"):
        search = SearchCV(Interrupted(), {"level": attune.float(0, 1)}, trials=1000, cv=3).fit(LEVELS)
    assert search.best_params_ == {"level": 0.5} and search.n_fits_ == 3
    pressed.clear()
    with pytest.raises(KeyboardInterrupt):
        SearchCV(Interrupted(presses=2), {"level": attune.float(0, 1)}, trials=1000, cv=3).fit(LEVELS)


def test_what_cannot_be_searched_is_refused_in_a_sentence() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"space": {}}, "give a dict of parameters by name"),
        ({"space": {"C": loguniform(1e-3, 10)}}, r"give its range: {'C': attune.float\(0.001, 10, log=True\)}"),
        ({"space": {"degree": randint(1, 5)}}, r"attune.int\(1, 4\)"),
        ({"space": {"C": norm(1, 5)}}, r"attune.float\(low, high\)"),
        ({"refit": "f1", "scoring": "accuracy"}, "give refit=True"),
        ({"trials": None}, "the search would not end"),
        ({"study": "mine"}, "storage='attune.db'"),
        ({"sampler": "tpee"}, "tpe"),
    ]
    for given, told in cases:
        with pytest.raises(attune.InvalidArgument, match=told):
            SearchCV(SVC(), **{"space": C, "trials": 2, **given}).fit(X, Y)
    watched = SearchCV(SVC(), C, trials=2)
    watched._skl_callbacks = ["one"]
    with pytest.raises(attune.InvalidArgument, match="take them off"):
        watched.fit(X, Y)
    with pytest.raises(ValueError, match="give it more trials or time"):
        SearchCV(SVC(), C, timeout=0).fit(X, Y)
