"""Putting this package where `import optuna` looks."""

from __future__ import annotations

import importlib
import importlib.abc
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

_HERE = __name__.rpartition(".")[0]
_MODULES = (
    *("artifacts", "distributions", "exceptions", "importance", "integration", "logging", "pruners", "samplers", "search_space"),
    *("storages", "study", "terminator", "trial", "version", "visualization"),
)


def install() -> None:
    """Has `import optuna` give Attune's, here and in what is imported later, whether or not Optuna is installed."""
    there = sys.modules.get("optuna")
    package = importlib.import_module(_HERE)
    if there is package:
        return
    if there is not None:
        raise RuntimeError("Optuna itself is imported already; call attune_hpo.optuna.install() before the first import of optuna.")
    sys.modules["optuna"] = package
    for name in _MODULES:
        sys.modules[f"optuna.{name}"] = importlib.import_module(f"{_HERE}.{name}")
    sys.modules["optuna.storages.journal"] = sys.modules["optuna.storages"]
    sys.modules["optuna_integration"] = sys.modules["optuna.integration"]
    sys.meta_path.insert(0, _Refuser())


class _Refuser(importlib.abc.MetaPathFinder):
    """Says what to do where a module is asked for that is not there."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Of a module below `optuna`: those that are there are known already."""
        if fullname.startswith(("optuna.", "optuna_integration.", "optunahub")):
            raise ModuleNotFoundError(
                f"{fullname} is not there when Attune runs Optuna's code: docs/guide/optuna.md lists what there is.", name=fullname
            )
        return None
