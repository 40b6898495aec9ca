"""What a sampler is: one of the engine's, or one that is written in Python."""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._draw import drawn
from ._frozen import FrozenTrial
from ._states import TrialState
from .distributions import BaseDistribution

if TYPE_CHECKING:
    from .study import Study

Constraints = Callable[[FrozenTrial], Sequence[float]]


class BaseSampler:
    """A sampler of your own: these methods are called as Optuna calls them."""

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        """What `sample_relative` will choose together."""
        raise NotImplementedError

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> dict[str, Any]:
        """Values of these, chosen together."""
        raise NotImplementedError

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        """A value of one that was not chosen together."""
        raise NotImplementedError

    def reseed_rng(self) -> None:
        """For samplers that several threads use."""

    def before_trial(self, study: Study, trial: FrozenTrial) -> None:
        """As a trial begins."""

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState, values: Sequence[float] | None) -> None:
        """As a trial ends."""

    def __str__(self) -> str:
        return type(self).__name__


class EngineSampler(BaseSampler):
    """
    One whose suggestions the engine makes: `component` names it there, `differs` says in a sentence what is otherwise than in Optuna, and
    `ignored` are options that were given and mean nothing here.
    """

    component: Mapping[str, Any]
    differs = ""

    def __init__(self, component: Mapping[str, Any], seed: int | None, ignored: Sequence[str] = (), constraints: Constraints | None = None) -> None:
        self.component = component
        self.seed = seed
        self.constraints_func = constraints
        self._chance = random.Random(seed)
        self._ignored = tuple(ignored)

    def component_for(self, objectives: int) -> Mapping[str, Any]:
        """The engine's, for a study of so many objectives."""
        return self.component

    def note(self, objectives: int) -> str:
        """What differs, in sentences; empty where nothing that matters does."""
        name = type(self).__name__
        parts = [self.differs] if self.differs else []
        if self._ignored:
            parts.append(f"{', '.join(self._ignored)} {'means' if len(self._ignored) == 1 else 'mean'} nothing to it.")
        given = self.component_for(objectives)
        return f"{name} is Attune's sampler {given['name']}. {' '.join(parts)}" if parts else ""

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return {}

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> dict[str, Any]:
        return {}

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        """A value drawn at random, for samplers that fall back on this one."""
        return drawn(param_distribution, self._chance)

    def reseed_rng(self) -> None:
        self._chance = random.Random()


_PACKAGE = __name__.rpartition(".")[0]
_warned: set[str] = set()


def warn_once(text: str) -> None:
    """A warning that a program sees once."""
    if text and text not in _warned:
        _warned.add(text)
        warnings.warn(text, UserWarning, stacklevel=_callers_level())


def _callers_level() -> int:
    """How far up, from whom this function's caller calls, the program's own line is."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    return level
