"""Which trials are the best, as Optuna has it: single trials by what they came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ._frozen import FrozenTrial
from ._states import StudyDirection, TrialState


def losses(trial: FrozenTrial, directions: Sequence[StudyDirection]) -> tuple[float, ...]:
    """Values, the smaller the better."""
    values = trial.values or []
    return tuple(-value if way is StudyDirection.MAXIMIZE else value for value, way in zip(values, directions, strict=True))


def is_feasible(trial: FrozenTrial) -> bool:
    """Whether it keeps its constraints."""
    return all(value <= 0 for value in trial.constraints.values())


def best_of(trials: Iterable[FrozenTrial], directions: Sequence[StudyDirection]) -> FrozenTrial:
    """The first of the best; ValueError while there is none."""
    complete = [trial for trial in trials if trial.state is TrialState.COMPLETE]
    if not complete:
        raise ValueError("No trial is complete yet, so there is no best one.")
    kept = [trial for trial in complete if is_feasible(trial)]
    if not kept:
        raise ValueError("No complete trial keeps the constraints yet, so there is no best one.")
    return min(kept, key=lambda trial: (losses(trial, directions), trial.number))


def front_of(trials: Iterable[FrozenTrial], directions: Sequence[StudyDirection]) -> list[FrozenTrial]:
    """Those that no other one beats in everything, by number."""
    kept = [trial for trial in trials if trial.state is TrialState.COMPLETE and is_feasible(trial)]
    known = sorted(((losses(trial, directions), trial) for trial in kept), key=lambda one: (one[0], one[1].number))
    front: list[tuple[tuple[float, ...], FrozenTrial]] = []
    for mine, trial in known:
        if not any(all(a <= b for a, b in zip(other, mine, strict=True)) and other != mine for other, _ in front):
            front.append((mine, trial))
    return sorted((trial for _, trial in front), key=lambda trial: trial.number)
