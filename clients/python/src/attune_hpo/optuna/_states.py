"""States of trials and directions of objectives, with Optuna's names and numbers."""

from __future__ import annotations

import enum


class TrialState(enum.IntEnum):
    """What became of a trial."""

    RUNNING = 0
    COMPLETE = 1
    PRUNED = 2
    FAIL = 3
    WAITING = 4

    def __str__(self) -> str:
        return f"TrialState.{self.name}"

    def is_finished(self) -> bool:
        """Whether it changes no more."""
        return self not in (TrialState.RUNNING, TrialState.WAITING)


class StudyDirection(enum.IntEnum):
    """Whether a value is to be small or large."""

    NOT_SET = 0
    MINIMIZE = 1
    MAXIMIZE = 2


#: The engine's words for the states.
STATE_OF = {
    "waiting": TrialState.WAITING,
    "running": TrialState.RUNNING,
    "paused": TrialState.RUNNING,
    "complete": TrialState.COMPLETE,
    "pruned": TrialState.PRUNED,
    "failed": TrialState.FAIL,
}
