"""A pruner of one's own, and the ones that need no other trials."""

import json

import optuna
from optuna.pruners import BasePruner


class EvenOnly(BasePruner):
    def prune(self, study, trial):
        step = trial.last_step
        return step is not None and step >= 2 and trial.number % 2 == 1


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    for step in range(6):
        trial.report(10.0 * trial.number if trial.number == 3 else 1.0 + x - 0.01 * min(step, 2), step)
        if trial.should_prune():
            raise optuna.TrialPruned(f"at {step}")
    return x


def states(pruner):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), pruner=pruner)
    study.optimize(objective, n_trials=6)
    return [[trial.state.name, trial.last_step] for trial in study.trials]


if __name__ == "__main__":
    same = {
        "own": states(EvenOnly()),
        "threshold": states(optuna.pruners.ThresholdPruner(upper=20.0)),
        "none": states(optuna.pruners.NopPruner()),
        "patient": states(optuna.pruners.PatientPruner(EvenOnly(), patience=2)),
    }
    print(json.dumps({"same": same, "found": 0.0}))
