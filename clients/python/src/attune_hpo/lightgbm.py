"""Reports from LightGBM: `lightgbm.train(..., callbacks=[ReportCallback(trial, "auc")])`, also in `fit` of its estimators and in `cv`."""

from __future__ import annotations

from typing import Any

from ._reporting import Metric, report
from .current import CurrentTrial
from .trial import Trial


class ReportCallback:
    """
    Reports a metric after each iteration, from 1; `Stopped` leaves the training where the trial is to end early.

    `metric` is LightGBM's name for it, `"auc"`, or with the data set where there are several, `"valid_0 auc"`; a dict for several objectives.
    """

    #: Before early stopping, which ends the iteration by an exception.
    order = 20
    before_iteration = False

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric) -> None:
        self._trial = trial
        self._metric = metric

    def __call__(self, env: Any) -> None:
        """What LightGBM calls."""
        measured = {f"{one[0]} {one[1]}": one[2] for one in env.evaluation_result_list or ()}
        report(self._trial, env.iteration + 1, self._metric, measured)
