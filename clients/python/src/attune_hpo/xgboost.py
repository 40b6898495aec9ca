"""Reports from XGBoost: `xgboost.train(..., callbacks=[ReportCallback(trial, "logloss")])`, also in its estimators and in `cv`."""

from __future__ import annotations

from typing import Any

from xgboost.callback import TrainingCallback

from ._reporting import Metric, report
from .current import CurrentTrial
from .trial import Trial


class ReportCallback(TrainingCallback):
    """
    Reports a metric after each round, from 1; `Stopped` leaves the training where the trial is to end early.

    `metric` is XGBoost's name for it, `"logloss"`, or with the data set where there are several, `"validation_0 logloss"`; a dict for several objectives.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric) -> None:
        super().__init__()
        self._trial = trial
        self._metric = metric

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        """What XGBoost calls."""
        measured = {f"{data} {name}": _last(values) for data, metrics in evals_log.items() for name, values in metrics.items()}
        report(self._trial, epoch + 1, self._metric, measured)
        return False


def _last(values: Any) -> Any:
    """`cv` has pairs of mean and standard deviation."""
    return values[-1][0] if isinstance(values[-1], tuple) else values[-1]
