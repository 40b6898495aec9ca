"""
Attune finds good hyperparameters: `import attune_hpo as attune`, `attune.create_study(...)`, `study.optimize(function, trials=60)`.
"""

from .current import CurrentTrial, current_trial
from .errors import (
    AttuneError,
    Conflict,
    Exhausted,
    InvalidArgument,
    NoEngine,
    Stopped,
    StorageError,
    StudyChanged,
    UnknownStudy,
    UnknownTrial,
)
from .record import Report, TrialRecord
from .result import Best, Interval, Result
from .space import boolean, choice, derived, fixed, float, int, one_of, ordinal, repeat
from .study import Study, create_study, open_study
from .trial import Trial

__version__ = "0.1.0"

__all__ = [
    "AttuneError",
    "Best",
    "Conflict",
    "CurrentTrial",
    "Exhausted",
    "Interval",
    "InvalidArgument",
    "NoEngine",
    "Report",
    "Result",
    "Stopped",
    "StorageError",
    "Study",
    "StudyChanged",
    "Trial",
    "TrialRecord",
    "UnknownStudy",
    "UnknownTrial",
    "boolean",
    "choice",
    "create_study",
    "current_trial",
    "derived",
    "fixed",
    "float",
    "int",
    "one_of",
    "open_study",
    "ordinal",
    "repeat",
]
