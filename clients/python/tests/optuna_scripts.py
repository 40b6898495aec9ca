"""
What the tests of scripts share: scripts as people write them for Optuna (`examples/optuna`), each run as it is by `python -m attune_hpo.optuna`. What must be the same under Optuna itself,
each prints as `same`; a Python in which Optuna is installed, named by ATTUNE_OPTUNA_PYTHON, runs them too, and both are compared.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "examples" / "optuna"
SCRIPTS = sorted(path.stem for path in FOLDER.glob("*.py"))
OPTUNA = os.environ.get("ATTUNE_OPTUNA_PYTHON")

#: What each found is to be no worse than: ends of what it may be.
FOUND: dict[str, tuple[float, float]] = {
    "ask_and_tell": (1.0, 2.5),
    "brute_force": (3.0, 3.0),
    "callbacks": (96.0, 96.0),
    "constraints": (37.0, 60.0),
    "constraints_set": (120.0, 400.0),
    "dataframe": (0.0, 1.0),
    "enqueue": (0.0, 0.01),
    "grid": (-59.0, -59.0),
    "halving": (0.037, 0.2),
    "importance": (0.8, 1.0),
    "lightgbm_callback": (0.97, 1.0),
    "logging_verbosity": (0.0, 1.0),
    "multi_objective": (0.0, 20.0),
    "n_jobs": (-1.0, 0.5),
    "network": (0.0, 1.0),
    "own_pruner": (0.0, 0.0),
    "own_sampler": (0.0, 6.0),
    "partial_fixed": (0.0, 1.0),
    "qmc": (0.0, 0.02),
    "quadratic": (0.0, 0.1),
    "records": (0.0, 0.15),
    "sklearn_classification": (0.95, 1.0),
    "sklearn_pruning": (0.02, 0.08),
    "storage_resume": (0.0, 0.0),
    "user_attrs": (0.0, 0.2),
    "warm_start": (0.0, 0.25),
    "wilcoxon_folds": (0.4, 1.2),
    "xgboost_callback": (0.97, 1.0),
}

#: What must be as in this list, in each of them, whoever runs it.
SAME: dict[str, dict[str, Any]] = {
    "brute_force": {"raised": "ValueError", "best": 3.0},
    "callbacks": {"outside": "RuntimeError", "capped": ["COMPLETE", "COMPLETE", "PRUNED", "COMPLETE", "COMPLETE"]},
    "constraints": {"keys": ["constraints"], "kept": True, "best keeps": True, "best of them": True},
    "constraints_set": {"front keeps": True, "attrs": ["constraints:volume at least 100"]},
    "enqueue": {"trials": 30, "second": 32, "third": [None, 0.5], "memo": [{"memo": "by hand"}, {}, {}]},
    "grid": {"best": {"x": -50.0, "y": -9, "kind": "a"}, "raised": "ValueError", "failed": "FAIL"},
    "halving": {"found": [[True, True, 40, True]] * 2},
    "importance": {"order": ["loud", "soft"], "sum": True, "written": True},
    "lightgbm_callback": {"pruned": True, "whole": True},
    "logging_verbosity": {"lines": 3, "quiet": 0, "verbosity": True},
    "multi_objective": {"beaten": [], "raised": ["best_trial", "best_value", "best_params", "direction"], "names": ["cost", "distance"], "several": True},
    "n_jobs": {"failed": [5, 6, 12, 13, 19, 20], "threads": 3, "numbers": list(range(21))},
    "network": {"again": True, "conditional": True, "names": ["lr", "n_layers", "n_units_l0", "n_units_l1"]},
    "own_pruner": {"threshold": [["PRUNED" if number == 3 else "COMPLETE", 0 if number == 3 else 5] for number in range(6)]},
    "own_sampler": {"calls": ["x", "y", "COMPLETE", "COMPLETE", "COMPLETE", "COMPLETE"], "trials": 60},
    "partial_fixed": {"held": True, "rates": True},
    "qmc": {"trials": 33, "cells": 8},
    "records": {"moved": True, "waited": [5, 0.25, "COMPLETE"], "a record answers": True, "and lacks": "ValueError", "refused": ["ValueError"] * 3},
    "sklearn_pruning": {"some pruned": True, "none before the warm-up": True, "value is the last": True, "whole": True},
    "storage_resume": {"raised": ["DuplicatedStudyError", "KeyError", "KeyError"], "equal": True, "values": True, "left": ["copy"]},
    "user_attrs": {"name": "attributes", "trial": {"best_epoch": 3, "nothing": None}, "grid": True},
    "warm_start": {"trials": 30, "equal": True, "raised": ["ValueError"] * 4},
    "wilcoxon_folds": {"complete": True, "first is whole": 12, "saved": True},
    "xgboost_callback": {"pruned": True, "whole": True},
}

NEEDED = {
    "dataframe": ["pandas"],
    "lightgbm_callback": ["lightgbm", "sklearn"],
    "network": ["numpy"],
    "sklearn_classification": ["sklearn"],
    "sklearn_pruning": ["sklearn"],
    "xgboost_callback": ["xgboost", "sklearn"],
}


def ran(words: list[str], folder: Path) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONWARNINGS")}
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=280)
    assert ended.returncode == 0, ended.stderr[-4_000:]
    told: dict[str, Any] = json.loads(ended.stdout.strip().rsplit("\n", 1)[-1])
    return told


def check(name: str, folder: Path) -> None:
    """Runs a script by the engine, and where it is named by Optuna too."""
    for library in NEEDED.get(name, []):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed here")
    script = str(FOLDER / f"{name}.py")
    told = ran([sys.executable, "-m", "attune_hpo.optuna", script, str(folder)], folder)
    low, high = FOUND[name]
    assert low <= told["found"] <= high
    for key, value in SAME.get(name, {}).items():
        assert told["same"][key] == value, key
    if OPTUNA is not None:
        (folder / "optuna").mkdir()
        assert told["same"] == ran([OPTUNA, script, str(folder / "optuna")], folder)["same"]
