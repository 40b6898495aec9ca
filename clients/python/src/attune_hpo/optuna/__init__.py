"""
Optuna's names over Attune's engine: `python -m attune_hpo.optuna script.py` runs a script that imports `optuna` as it is, and so does
`attune_hpo.optuna.install()` before its first import.
"""

from __future__ import annotations

from . import (
    artifacts,
    distributions,
    exceptions,
    importance,
    integration,
    logging,
    pruners,
    samplers,
    search_space,
    storages,
    study,
    terminator,
    trial,
    version,
    visualization,
)
from ._absent import refusing
from ._install import install
from .exceptions import TrialPruned
from .study import (
    Study,
    copy_study,
    create_study,
    delete_study,
    get_all_study_names,
    get_all_study_summaries,
    load_study,
)
from .trial import Trial, create_trial

__version__ = version.__version__

__all__ = [
    "Study",
    "Trial",
    "TrialPruned",
    "artifacts",
    "copy_study",
    "create_study",
    "create_trial",
    "delete_study",
    "distributions",
    "exceptions",
    "get_all_study_names",
    "get_all_study_summaries",
    "importance",
    "install",
    "integration",
    "load_study",
    "logging",
    "pruners",
    "samplers",
    "search_space",
    "storages",
    "study",
    "terminator",
    "trial",
    "version",
    "visualization",
]

__getattr__ = refusing("optuna", {}, "docs/guide/optuna.md lists what there is")
