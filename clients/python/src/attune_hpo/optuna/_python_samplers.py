"""Samplers that decide here: a grid, all values there are, some values held."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ._base_sampler import BaseSampler, EngineSampler, warn_once
from ._draw import all_values
from ._frozen import FrozenTrial
from ._states import TrialState
from .distributions import BaseDistribution

if TYPE_CHECKING:
    from .study import Study


class _Deciding(BaseSampler):
    """Chooses each value as it is asked for."""

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return {}

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> dict[str, Any]:
        return {}


class GridSampler(_Deciding):
    """Each combination of the values once, in an order of chance; the study stops behind the last."""

    def __init__(self, search_space: Mapping[str, Sequence[Any]], seed: int | None = None) -> None:
        self._names = sorted(search_space)
        for name in self._names:
            if isinstance(search_space[name], str) or len(search_space[name]) == 0:
                raise ValueError(f"GridSampler has {name}: {search_space[name]!r}; give a list of values.")
        self._cells = list(itertools.product(*(list(search_space[name]) for name in self._names)))
        random.Random(0 if seed is None else seed).shuffle(self._cells)

    def before_trial(self, study: Study, trial: FrozenTrial) -> None:
        if "fixed_params" in trial.system_attrs and "grid_id" not in trial.system_attrs:
            return
        left = self._left(study)
        place = left[0] if left else random.randrange(len(self._cells))
        study._set_system_attr_of(trial, "grid_id", place)

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        if param_name not in self._names:
            raise ValueError(f"The objective asks for {param_name!r}, which GridSampler was given no values of; it has {', '.join(self._names)}.")
        value = self._cells[int(trial.system_attrs.get("grid_id", 0))][self._names.index(param_name)]
        if not param_distribution.contains(value):
            warn_once(f"GridSampler has {param_name} = {value!r}, which is outside {param_distribution}; the value counts.")
        return value

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState, values: Sequence[float] | None) -> None:
        left = self._left(study)
        if not left or left == [trial.system_attrs.get("grid_id")]:
            study._stop_if_running()

    def is_exhausted(self, study: Study) -> bool:
        """Whether each combination has come to its end."""
        return not self._left(study, (TrialState.RUNNING,))

    def _left(self, study: Study, open_states: tuple[TrialState, ...] = ()) -> list[int]:
        done = {
            trial.system_attrs.get("grid_id")
            for trial in study._trials()
            if trial.state is not TrialState.WAITING and trial.state not in open_states
        }
        return [place for place in range(len(self._cells)) if place not in done]


class BruteForceSampler(_Deciding):
    """Each combination of values that the objective can ask for, once; the study stops behind the last."""

    def __init__(self, seed: int | None = None, avoid_premature_stop: bool = False) -> None:
        self._chance = random.Random(seed)
        self._patient = avoid_premature_stop

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        values = all_values(param_distribution)
        if values is None:
            raise ValueError(f"BruteForceSampler cannot list the values of {param_name}: {param_distribution} has no step; give one.")
        tree = self._tree(study, trial.number)
        for name, value in trial.params.items():
            tree = tree.children.get((name, _key(value)), _Node())
        left = [value for value in values if not tree.is_done_below(param_name, value)]
        unseen = [value for value in left if (param_name, _key(value)) not in tree.children]
        return self._chance.choice(unseen or left or values)

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState, values: Sequence[float] | None) -> None:
        if self._tree(study, None, trial.number).is_done():
            study._stop_if_running()

    def _tree(self, study: Study, without: int | None, ended: int | None = None) -> _Node:
        root = _Node()
        for trial in study._trials():
            if trial.number == without or trial.state is TrialState.WAITING or not trial.params:
                continue
            is_over = trial.state.is_finished() or trial.number == ended or not self._patient
            root.add([(name, value, all_values(trial.distributions[name])) for name, value in trial.params.items()], is_over)
        return root


class _Node:
    """A place in an objective's questions: what is asked there, and what came of each answer."""

    def __init__(self) -> None:
        self.children: dict[tuple[str, Any], _Node] = {}
        self.values: list[Any] | None = None
        self.name: str | None = None
        self.is_leaf = False

    def add(self, path: list[tuple[str, Any, list[Any] | None]], is_over: bool) -> None:
        """A trial's answers."""
        if not path:
            self.is_leaf = self.is_leaf or is_over
            return
        name, value, values = path[0]
        self.name, self.values = name, values
        self.children.setdefault((name, _key(value)), _Node()).add(path[1:], is_over)

    def is_done_below(self, name: str, value: Any) -> bool:
        """Whether nothing is left behind an answer."""
        child = self.children.get((name, _key(value)))
        return child is not None and child.is_done()

    def is_done(self) -> bool:
        """Whether nothing is left here."""
        if self.name is None or self.values is None:
            return self.is_leaf
        return all(self.is_done_below(self.name, value) for value in self.values)


class PartialFixedSampler(BaseSampler):
    """Holds some values, and lets another sampler choose the rest."""

    def __init__(self, fixed_params: dict[str, Any], base_sampler: BaseSampler) -> None:
        self.fixed_params = dict(fixed_params)
        self.base_sampler = base_sampler

    def engine(self) -> EngineSampler | None:
        """Where the rest is chosen by the engine: by what."""
        base = self.base_sampler
        return base.engine() if isinstance(base, PartialFixedSampler) else base if isinstance(base, EngineSampler) else None

    def held(self) -> dict[str, Any]:
        """All values that are held."""
        base = self.base_sampler
        return {**(base.held() if isinstance(base, PartialFixedSampler) else {}), **self.fixed_params}

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        space = self.base_sampler.infer_relative_search_space(study, trial)
        return {name: dist for name, dist in space.items() if name not in self.fixed_params}

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> dict[str, Any]:
        return self.base_sampler.sample_relative(study, trial, search_space)

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        if param_name in self.fixed_params:
            return self.fixed_params[param_name]
        return self.base_sampler.sample_independent(study, trial, param_name, param_distribution)

    def reseed_rng(self) -> None:
        self.base_sampler.reseed_rng()

    def before_trial(self, study: Study, trial: FrozenTrial) -> None:
        self.base_sampler.before_trial(study, trial)

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState, values: Sequence[float] | None) -> None:
        self.base_sampler.after_trial(study, trial, state, values)


def _key(value: Any) -> Any:
    return (type(value).__name__ if isinstance(value, bool) else "", repr(value) if isinstance(value, (list, dict)) else value)
