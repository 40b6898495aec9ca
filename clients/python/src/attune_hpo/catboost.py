"""Reports from CatBoost: `model.fit(..., eval_set=..., callbacks=[ReportCallback(trial, "Logloss")])`."""

from __future__ import annotations

from typing import Any

from ._reporting import Metric, report
from .current import CurrentTrial
from .errors import Stopped
from .trial import Trial


class ReportCallback:
    """
    Reports a metric after each iteration, from 1. Where the trial is to end early the training ends, without an exception, which CatBoost would not let
    through: what the function returns then does not count. `raise_if_stopped()` after `fit` leaves the function at once, and ends a program of `attune run`.

    `metric` is CatBoost's name for it, `"Logloss"`, or with the data set where there are several, `"validation Logloss"`; a dict for several objectives.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric) -> None:
        self._trial = trial
        self._metric = metric
        self._raised: BaseException | None = None

    def after_iteration(self, info: Any) -> bool:
        """What CatBoost calls; False ends the training."""
        measured = {f"{data} {name}": values[-1] for data, metrics in info.metrics.items() for name, values in metrics.items()}
        try:
            report(self._trial, info.iteration, self._metric, measured)
        except (Exception, Stopped) as raised:
            self._raised = raised
        return self._raised is None

    def raise_if_stopped(self) -> None:
        """Raises what ended the training: `Stopped`, or the error of a report that was not understood."""
        if self._raised is not None:
            raise self._raised
