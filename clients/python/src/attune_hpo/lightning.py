"""Reports from Lightning: `Trainer(callbacks=[ReportCallback(trial, "val_loss")])`."""

from __future__ import annotations

from typing import Any

from lightning.pytorch import Callback  # pyright: ignore[reportMissingImports]

from ._reporting import Metric, report
from .current import CurrentTrial
from .errors import Stopped
from .trial import Trial


class ReportCallback(Callback):  # type: ignore[misc]
    """
    Reports a logged metric after each validation, at the number of epochs so far; `Stopped` leaves `fit` where the trial is to end early, on all ranks.

    `metric` is the name it was logged by, `self.log("val_loss", ...)`; a dict for several objectives.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric = "val_loss") -> None:
        super().__init__()
        self._trial = trial
        self._metric = metric

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        """What Lightning calls; the first rank reports."""
        if trainer.sanity_checking:
            return
        stopped: Stopped | None = None
        if trainer.is_global_zero:
            measured = {name: value.item() for name, value in trainer.callback_metrics.items()}
            try:
                report(self._trial, trainer.current_epoch + 1, self._metric, measured)
            except Stopped as raised:
                stopped = raised
        stopped = trainer.strategy.broadcast(stopped)
        if stopped is not None:
            raise stopped
