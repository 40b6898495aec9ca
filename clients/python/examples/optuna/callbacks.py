"""Callbacks look at each trial, and end the study."""

import json
import logging

import optuna


class StopWhenStuck:
    def __init__(self, patience):
        self.patience = patience
        self.seen = []

    def __call__(self, study, trial):
        self.seen.append((trial.number, trial.state.name))
        if trial.number - study.best_trial.number >= self.patience:
            study.stop()


def objective(trial):
    x = trial.suggest_int("x", 0, 9)
    if trial.number == 2:
        raise optuna.TrialPruned("not this one")
    return 100 - trial.number if trial.number < 5 else 200 + x


if __name__ == "__main__":
    optuna.logging.get_logger("optuna").addHandler(logging.NullHandler())
    stuck = StopWhenStuck(6)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.optimize(objective, n_trials=1000, callbacks=[stuck])

    capped = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    capped.optimize(objective, callbacks=[optuna.study.MaxTrialsCallback(4, states=(optuna.trial.TrialState.COMPLETE,))])

    try:
        study.stop()
        outside = None
    except RuntimeError as error:
        outside = type(error).__name__
    same = {
        "seen": stuck.seen,
        "best": [study.best_trial.number, study.best_value],
        "capped": [trial.state.name for trial in capped.trials],
        "outside": outside,
    }
    print(json.dumps({"same": same, "found": study.best_value}))
