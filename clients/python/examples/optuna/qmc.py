"""Points that cover a space evenly."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    y = trial.suggest_float("y", 1e-3, 1e3, log=True)
    return x * y


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.QMCSampler(seed=1, scramble=True))
    study.optimize(objective, n_trials=33)

    cells = {(int(4 * trial.params["x"]), int(trial.params["y"] > 1)) for trial in study.trials}
    print(json.dumps({"same": {"trials": len(study.trials), "cells": len(cells)}, "found": study.best_value}))
