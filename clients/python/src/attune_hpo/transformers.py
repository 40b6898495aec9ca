"""Reports from the Trainer of Hugging Face: `Trainer(..., callbacks=[ReportCallback(trial, "eval_loss")])`."""

from __future__ import annotations

from typing import Any, Literal

from transformers import TrainerCallback  # pyright: ignore[reportMissingImports]

from ._reporting import Metric, outcome, require_program
from .current import CurrentTrial
from .errors import error_of
from .trial import Trial


class ReportCallback(TrainerCallback):  # type: ignore[misc]
    """
    Reports a metric after each evaluation; `Stopped` leaves `train` where the trial is to end early.

    `metric` is the Trainer's name for it, `"eval_loss"`; a dict for several objectives. Steps are epochs (`by="epoch"`), which compare across batch sizes, or
    steps of the optimizer (`by="step"`). Over several ranks (`torchrun`) the trial is `attune.current_trial()`: the first rank reports, and all leave.
    """

    def __init__(self, trial: Trial | CurrentTrial, metric: Metric = "eval_loss", *, by: Literal["epoch", "step"] = "epoch") -> None:
        if by not in ("epoch", "step"):
            raise error_of("invalid-argument", f"by={by!r}; give 'epoch' or 'step'.")
        self._trial = trial
        self._metric = metric
        self._by = by

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """What the Trainer calls first."""
        require_program(self._trial, args.world_size, "The Trainer")

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, Any] | None = None, **_: Any) -> None:
        """What the Trainer calls."""
        raised: list[BaseException | None] = [None]
        if state.is_world_process_zero:
            at = state.global_step if self._by == "step" else round(state.epoch or 0, 6)
            raised = [outcome(self._trial, at, self._metric, metrics or {})]
        if args.world_size > 1:
            from torch import distributed  # pyright: ignore[reportMissingImports]

            distributed.broadcast_object_list(raised, src=0, device=args.device)
        if raised[0] is not None:
            raise raised[0]
