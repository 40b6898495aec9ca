"""Errors under Optuna's names."""

from __future__ import annotations


class OptunaError(Exception):
    """What all of these are."""


class TrialPruned(OptunaError):
    """Raised by an objective to end its trial as pruned."""


class StorageInternalError(OptunaError):
    """The storage cannot be used."""


class DuplicatedStudyError(OptunaError):
    """A study of that name is there."""


class UpdateFinishedTrialError(OptunaError, RuntimeError):
    """A trial that came to its end does not change."""


class CLIUsageError(OptunaError):
    """Of Optuna's command line, which Attune does not have."""


class ExperimentalWarning(Warning):
    """Never given here; kept for filters that name it."""
