"""Attune as an estimator of scikit-learn (1.6 or later): `SearchCV(pipeline, {"svc__C": attune.float(1e-3, 1e3, log=True)}, trials=40).fit(X, y)`."""

from ._search import SearchCV

__all__ = ["SearchCV"]
