"""Estimators that are not fitted yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sklearn.base import clone


def fresh(estimator: Any, params: Mapping[str, Any] | None = None) -> Any:
    """A copy, with parameters of its own where they are given; what is an estimator among these is copied too."""
    copied: Any = clone(estimator)
    return copied if not params else _with(copied, clone(dict(params), safe=False))


def _with(estimator: Any, params: Any) -> Any:
    return estimator.set_params(**params)
