"""What trials have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._absent import refusing
from ._states import TrialState
from .distributions import BaseDistribution

if TYPE_CHECKING:
    from ._frozen import FrozenTrial
    from .study import Study


def intersection_search_space(trials: list[FrozenTrial], include_pruned: bool = False) -> dict[str, BaseDistribution]:
    """Parameters that every complete trial asked for, each from the same distribution, by name."""
    states = (TrialState.COMPLETE, TrialState.PRUNED) if include_pruned else (TrialState.COMPLETE,)
    common: dict[str, BaseDistribution] | None = None
    for trial in trials:
        if trial.state in states:
            asked = trial.distributions
            common = dict(asked) if common is None else {name: one for name, one in common.items() if asked.get(name) == one}
    return dict(sorted((common or {}).items()))


class IntersectionSearchSpace:
    """The same of a study."""

    def __init__(self, include_pruned: bool = False) -> None:
        self._include_pruned = include_pruned

    def calculate(self, study: Study) -> dict[str, BaseDistribution]:
        """By name."""
        return intersection_search_space(study.get_trials(deepcopy=False), self._include_pruned)


__getattr__ = refusing("optuna.search_space", {}, "intersection_search_space and IntersectionSearchSpace are there")
