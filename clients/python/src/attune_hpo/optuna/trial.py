"""Trials under Optuna's names."""

from __future__ import annotations

from ._absent import refusing
from ._base_trial import BaseTrial
from ._fixed import FixedTrial
from ._frozen import FrozenTrial, create_trial
from ._states import TrialState
from ._trial import Trial

__all__ = ["BaseTrial", "FixedTrial", "FrozenTrial", "Trial", "TrialState", "create_trial"]

__getattr__ = refusing("optuna.trial", {}, "Trial, FrozenTrial, FixedTrial, create_trial and TrialState are there")
