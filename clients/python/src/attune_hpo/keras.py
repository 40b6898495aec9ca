"""Reports from Keras: `model.fit(..., callbacks=[ReportCallback(trial, "val_loss")])`."""

from __future__ import annotations

from typing import Any

from keras.callbacks import Callback  # pyright: ignore[reportMissingImports]

from ._reporting import Metric, report
from .current import CurrentTrial
from .trial import Trial


class ReportCallback(Callback):  # type: ignore[misc]
    """
    Reports a metric after each epoch, from 1; `Stopped` leaves `fit` where the trial is to end early.

    `metric` is Keras's name for it in the logs, `"val_loss"`; a dict for several objectives.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric = "val_loss") -> None:
        super().__init__()
        self._trial = trial
        self._metric = metric

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """What Keras calls."""
        report(self._trial, epoch + 1, self._metric, logs or {})
