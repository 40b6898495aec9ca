"""Reports from Lightning: `Trainer(callbacks=[ReportCallback(trial, "val_loss")])`."""

from __future__ import annotations

from typing import Any

from lightning.pytorch import Callback  # pyright: ignore[reportMissingImports]

from ._reporting import Metric, outcome, require_program
from .current import CurrentTrial
from .trial import Trial


class ReportCallback(Callback):  # type: ignore[misc]
    """
    Reports a logged metric after each validation, at the number of epochs so far; `Stopped` leaves `fit` where the trial is to end early.

    `metric` is the name it was logged by, `self.log("val_loss", ...)`; a dict for several objectives. Over several ranks (`devices=2`) the trial is
    `attune.current_trial()`: the first rank reports, and all leave.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric = "val_loss") -> None:
        super().__init__()
        self._trial = trial
        self._metric = metric

    def setup(self, trainer: Any, pl_module: Any, stage: str) -> None:
        """What Lightning calls first."""
        require_program(self._trial, trainer.world_size, "Lightning")

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        """What Lightning calls."""
        if trainer.sanity_checking:
            return
        raised: BaseException | None = None
        if trainer.is_global_zero:
            measured = {name: value.item() for name, value in trainer.callback_metrics.items()}
            raised = outcome(self._trial, trainer.current_epoch + 1, self._metric, measured)
        raised = trainer.strategy.broadcast(raised)
        if raised is not None:
            raise raised
