"""`SearchCV` beside `RandomizedSearchCV` under the checks that scikit-learn has for estimators."""

from __future__ import annotations

from typing import Any

import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import RandomizedSearchCV
from sklearn.utils.estimator_checks import check_estimator

import attune_hpo as attune
from attune_hpo.sklearn import SearchCV


@pytest.mark.parametrize(("inner", "name"), [(Ridge(), "alpha"), (LogisticRegression(), "C")], ids=["regressor", "classifier"])
@pytest.mark.filterwarnings("ignore")
def test_the_checks_of_estimators_that_randomized_search_passes_are_passed(inner: Any, name: str, storage: str) -> None:
    space = {name: [0.1, 1.0]}
    common: dict[str, Any] = {"cv": 2, "error_score": "raise", "random_state": 0}
    randomized = RandomizedSearchCV(inner, space, n_iter=2, **common)
    ours = SearchCV(inner, space, trials=2, sampler="random", storage=storage, **common)
    # The engine of a storage is begun once as long as a study of it is open.
    with attune.create_study("held open", minimize="loss", storage=storage):
        told = [{one["check_name"]: one["status"] for one in check_estimator(each, on_fail=None, on_skip=None)} for each in (randomized, ours)]
    assert told[1] == told[0] and list(told[0].values()).count("passed") > 40
