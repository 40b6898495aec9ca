"""Some values are held while the others are searched."""

import json
import warnings

import optuna


def objective(trial):
    rate = trial.suggest_float("rate", 1e-3, 1.0, log=True)
    depth = trial.suggest_int("depth", 1, 10)
    return abs(rate - 0.1) + abs(depth - 4)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=6))
    study.optimize(objective, n_trials=15)

    held = {"depth": study.best_params["depth"]}
    study.sampler = optuna.samplers.PartialFixedSampler(held, study.sampler)
    study.optimize(objective, n_trials=15)

    later = {trial.params["depth"] for trial in study.trials[15:]}
    same = {"held": later == {held["depth"]}, "rates": len({trial.params["rate"] for trial in study.trials[15:]}) > 5}
    print(json.dumps({"same": same, "found": study.best_value}))
