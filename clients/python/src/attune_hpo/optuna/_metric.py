"""Which of the engine's results a function of Optuna's code means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ._absent import absent
from ._states import TrialState

if TYPE_CHECKING:
    from ._frozen import FrozenTrial
    from .study import Study


def metric_of(study: Study, target: Callable[[FrozenTrial], float]) -> str:
    """The objective that a target is: the one with its values in all complete trials."""
    trials = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    for place, name in enumerate(study._book.metrics):
        if trials and all(trial.values is not None and target(trial) == trial.values[place] for trial in trials):
            return name
    raise absent("A target that is none of the objectives", "give one like lambda trial: trial.values[0]")
