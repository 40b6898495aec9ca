"""Callbacks for libraries, under the names of optuna.integration and optuna_integration."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._absent import refusing
from .exceptions import TrialPruned

if TYPE_CHECKING:
    from ._trial import Trial


class LightGBMPruningCallback:
    """Reports each round's metric of a validation set, and ends training where the trial is to end."""

    def __init__(self, trial: Trial, metric: str, valid_name: str = "valid_0", report_interval: int = 1) -> None:
        self._trial, self._metric, self._valid_name, self._interval = trial, metric, valid_name, report_interval

    def __call__(self, env: Any) -> None:
        """After a round."""
        if (env.iteration + 1) % self._interval:
            return
        names = {"cv_agg": None}
        for entry in env.evaluation_result_list or ():
            where, metric, value = entry[0], entry[1], entry[2]
            if where in names:  # Of lgb.cv: "valid auc", or "auc" in older ones.
                where, metric = self._valid_name, metric.removeprefix(f"{self._valid_name} ").removeprefix("valid ")
            if (where, metric) == (self._valid_name, self._metric):
                self._trial.report(float(value), env.iteration)
                if self._trial.should_prune():
                    raise TrialPruned(f"It ended at round {env.iteration}.")
                return
        known = ", ".join(f"{entry[1]} of {entry[0]}" for entry in env.evaluation_result_list or ()) or "none"
        raise ValueError(f"LightGBM told no {self._metric} of {self._valid_name}; it told {known}. Give metric and valid_name as it has them.")


class CatBoostPruningCallback:
    """Reports each round's metric; after fit, `check_pruned` ends the trial where training was ended."""

    def __init__(self, trial: Trial, metric: str, eval_set_index: int | None = None) -> None:
        self._trial, self._metric = trial, metric
        self._name = "validation" if eval_set_index is None else f"validation_{eval_set_index}"
        self._ended_at: int | None = None

    def after_iteration(self, info: Any) -> bool:
        """Whether training goes on."""
        step = info.iteration - 1
        if self._name not in info.metrics or self._metric not in info.metrics[self._name]:
            raise ValueError(f"CatBoost told no {self._metric} of {self._name}; it told {dict(info.metrics)!r}.")
        self._trial.report(float(info.metrics[self._name][self._metric][-1]), step)
        if self._trial.should_prune():
            self._ended_at = step
            return False
        return True

    def check_pruned(self) -> None:
        """Ends the trial where training was ended."""
        if self._ended_at is not None:
            raise TrialPruned(f"It ended at round {self._ended_at}.")


def _xgboost_callback() -> type[Any]:
    """Made with XGBoost's own class as its base, once somebody asks for it."""
    try:
        base = importlib.import_module("xgboost.callback").TrainingCallback
    except ImportError as error:
        raise ImportError("XGBoostPruningCallback needs xgboost, which is not installed; install it.") from error

    def begin(self: Any, trial: Trial, observation_key: str) -> None:
        base.__init__(self)
        self._trial, self._key = trial, observation_key

    def after_iteration(self: Any, model: Any, epoch: int, evals_log: Any) -> bool:
        told = {f"{data}-{metric}": values for data, metrics in evals_log.items() for metric, values in metrics.items()}
        if self._key not in told:
            raise ValueError(f"XGBoost told no {self._key}; it told {', '.join(told) or 'nothing'}. Give the key as it has it.")
        newest = told[self._key][-1]
        self._trial.report(float(newest[0] if isinstance(newest, tuple) else newest), epoch)
        if self._trial.should_prune():
            raise TrialPruned(f"It ended at round {epoch}.")
        return False

    return type("XGBoostPruningCallback", (base,), {"__init__": begin, "after_iteration": after_iteration, "__doc__": "Reports each round."})


_refuse = refusing(
    "optuna.integration",
    {
        "LightGBMTuner": "tune lightgbm.train in an objective, with LightGBMPruningCallback",
        "LightGBMTunerCV": "tune lightgbm.cv in an objective, with LightGBMPruningCallback",
        "OptunaSearchCV": "use attune_hpo.sklearn.SearchCV",
        "MLflowCallback": "log study.best_value and trial.params to MLflow in a callback of your own",
        "BoTorchSampler": "use optuna.samplers.GPSampler()",
        "PyCmaSampler": "use optuna.samplers.CmaEsSampler()",
    },
    "LightGBMPruningCallback, XGBoostPruningCallback and CatBoostPruningCallback are there; in other libraries' callbacks write "
    "trial.report(value, step) and raise optuna.TrialPruned where trial.should_prune()",
)


def __getattr__(name: str) -> Any:
    if name == "XGBoostPruningCallback":
        made = _xgboost_callback()
        globals()[name] = made
        return made
    return _refuse(name)
