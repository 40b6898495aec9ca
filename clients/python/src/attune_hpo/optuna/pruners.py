"""Pruners under Optuna's names: Attune's schedulers, asked where the objective asks `should_prune`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._absent import refusing
from ._frozen import FrozenTrial
from ._states import StudyDirection

if TYPE_CHECKING:
    from .study import Study

NONE: Mapping[str, Any] = {"name": "none"}


class BasePruner:
    """A pruner of your own: `prune` is called where the objective asks `should_prune`."""

    def prune(self, study: Study, trial: FrozenTrial) -> bool:
        """Whether the trial is to end early."""
        raise NotImplementedError


class EnginePruner(BasePruner):
    """One that the engine decides: `component` names its scheduler, `differs` says what is otherwise than in Optuna."""

    differs = ""

    def __init__(self, component: Mapping[str, Any], ignored: list[str] | None = None) -> None:
        self.component = component
        self._ignored = ignored or []

    def note(self) -> str:
        """What differs, in sentences; empty where nothing that matters does."""
        parts = [self.differs] if self.differs else []
        if self._ignored:
            parts.append(f"{', '.join(self._ignored)} {'means' if len(self._ignored) == 1 else 'mean'} nothing to it.")
        return f"{type(self).__name__} is Attune's scheduler {self.component['name']}. {' '.join(parts)}" if parts else ""

    def allows(self, study: Study, trial: FrozenTrial) -> bool:
        """Whether what the engine decided counts."""
        return True

    def prune(self, study: Study, trial: FrozenTrial) -> bool:
        """Of one that runs: what the engine decided about its reports."""
        return self.allows(study, trial) and study._is_stopped(trial)


class NopPruner(EnginePruner):
    """Ends none."""

    def __init__(self) -> None:
        super().__init__(NONE)


class PercentilePruner(EnginePruner):
    """Attune's `percentile`."""

    differs = "A trial is compared by its value at the step, not by its best one so far, with trials that are complete."

    def __init__(
        self, percentile: float, n_startup_trials: int = 5, n_warmup_steps: int = 0, interval_steps: int = 1, *, n_min_trials: int = 1
    ) -> None:
        if not 0 <= percentile <= 100:
            raise ValueError(f"The percentile is {percentile}; give one from 0 to 100.")
        component = {"name": "median", **_steps(n_startup_trials, n_warmup_steps, interval_steps, n_min_trials)}
        super().__init__(component if percentile == 50 else {**component, "percentile": percentile})


class MedianPruner(PercentilePruner):
    """Attune's `median`."""

    def __init__(self, n_startup_trials: int = 5, n_warmup_steps: int = 0, interval_steps: int = 1, *, n_min_trials: int = 1) -> None:
        super().__init__(50, n_startup_trials, n_warmup_steps, interval_steps, n_min_trials=n_min_trials)


class SuccessiveHalvingPruner(EnginePruner):
    """Attune's `halving`."""

    differs = "The largest step is what the first complete trial came to; rungs lie below it."

    def __init__(
        self, min_resource: str | int = "auto", reduction_factor: int = 4, min_early_stopping_rate: int = 0, bootstrap_count: int = 0
    ) -> None:
        component: dict[str, Any] = {"name": "halving", "reduction": reduction_factor}
        if isinstance(min_resource, int):
            component["smallest"] = min_resource * reduction_factor**min_early_stopping_rate
        super().__init__(component, [f"bootstrap_count={bootstrap_count}"] if bootstrap_count else [])


class HyperbandPruner(EnginePruner):
    """Attune's `halving`: one bracket."""

    differs = "It has one bracket of successive halving, the one that begins lowest; Attune's own hyperband pauses functions, which Optuna's code cannot."

    def __init__(
        self, min_resource: int = 1, max_resource: str | int = "auto", reduction_factor: int = 3, bootstrap_count: int = 0
    ) -> None:
        component: dict[str, Any] = {"name": "halving", "reduction": reduction_factor, "smallest": min_resource}
        if isinstance(max_resource, int):
            component["largest"] = max_resource
        super().__init__(component, [f"bootstrap_count={bootstrap_count}"] if bootstrap_count else [])


class ThresholdPruner(EnginePruner):
    """Attune's `threshold`."""

    def __init__(
        self, lower: float | None = None, upper: float | None = None, n_warmup_steps: int = 0, interval_steps: int = 1
    ) -> None:
        if lower is None and upper is None:
            raise TypeError("ThresholdPruner is given neither lower nor upper; give at least one.")
        if lower is not None and upper is not None and lower > upper:
            raise ValueError(f"ThresholdPruner has lower={lower} above upper={upper}.")
        ends = {name: float(value) for name, value in (("lower", lower), ("upper", upper)) if value is not None}
        ignored = [f"interval_steps={interval_steps}"] if interval_steps != 1 else []
        super().__init__({"name": "threshold", **ends, "at": n_warmup_steps}, ignored)


class PatientPruner(EnginePruner):
    """Attune's `patient`; around another pruner, that one's decisions count only once patience is over."""

    def __init__(self, wrapped_pruner: BasePruner | None, patience: int, min_delta: float = 0.0) -> None:
        if patience < 0 or min_delta < 0:
            raise ValueError(f"PatientPruner has patience={patience} and min_delta={min_delta}; neither may be below 0.")
        self._wrapped = wrapped_pruner
        self._patience = patience
        self._delta = min_delta
        own = {"name": "patient", "patience": patience + 1, "delta": min_delta}
        super().__init__(wrapped_pruner.component if isinstance(wrapped_pruner, EnginePruner) else NONE if wrapped_pruner else own)

    def note(self) -> str:
        return self._wrapped.note() if isinstance(self._wrapped, EnginePruner) else ""

    def allows(self, study: Study, trial: FrozenTrial) -> bool:
        return self._wrapped is None or self._is_over(study, trial)

    def prune(self, study: Study, trial: FrozenTrial) -> bool:
        if self._wrapped is None or isinstance(self._wrapped, EnginePruner):
            return super().prune(study, trial)
        return self._is_over(study, trial) and self._wrapped.prune(study, trial)

    def _is_over(self, study: Study, trial: FrozenTrial) -> bool:
        """Whether nothing better came within the newest steps than what was there before."""
        steps = sorted(trial.intermediate_values)
        values = [trial.intermediate_values[step] for step in steps if trial.intermediate_values[step] == trial.intermediate_values[step]]
        before, newest = values[: -self._patience - 1], values[-self._patience - 1 :]
        if not before or not newest:
            return False
        if study.direction is StudyDirection.MAXIMIZE:
            return max(before) + self._delta > max(newest)
        return min(before) < min(newest) + self._delta


class WilcoxonPruner(EnginePruner):
    """Attune's `wilcoxon`."""

    differs = "The signed-rank test is exact, and a trial is judged from three parts on that both it and the best one have."

    def __init__(self, *, p_threshold: float = 0.1, n_startup_steps: int = 2) -> None:
        if not 0 <= p_threshold <= 1:
            raise ValueError(f"p_threshold is {p_threshold}; give one from 0 to 1.")
        super().__init__({"name": "wilcoxon", "level": p_threshold, "startup": max(3, n_startup_steps)})


def _steps(startup: int, warmup: int, interval: int, least: int) -> dict[str, Any]:
    for name, value, lowest in (("n_startup_trials", startup, 0), ("n_warmup_steps", warmup, 0), ("interval_steps", interval, 1), ("n_min_trials", least, 1)):
        if value < lowest:
            raise ValueError(f"{name} is {value}; give one from {lowest} on.")
    return {"startup": max(startup, least, 1), "warmup": warmup, "interval": interval}


__getattr__ = refusing(
    "optuna.pruners",
    {},
    "use MedianPruner, PercentilePruner, SuccessiveHalvingPruner, HyperbandPruner, ThresholdPruner, PatientPruner, WilcoxonPruner or NopPruner, "
    "or write a BasePruner",
)
