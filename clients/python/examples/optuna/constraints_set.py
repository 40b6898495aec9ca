"""Constraints that a trial says itself, with two objectives."""

import json

import optuna


def objective(trial):
    width = trial.suggest_float("width", 1, 20)
    height = trial.suggest_float("height", 1, 20)
    trial.set_constraint("volume at least 100", 100 - width * width * height)
    return 2 * width * width + 4 * width * height, height


if __name__ == "__main__":
    study = optuna.create_study(directions=["minimize", "minimize"], sampler=optuna.samplers.TPESampler(seed=5))
    study.optimize(objective, n_trials=50)

    front = study.best_trials
    same = {
        "keys": sorted(study.trials[0].constraints),
        "attrs": sorted(study.trials[0].system_attrs),
        "front keeps": all(trial.constraints["volume at least 100"] <= 0 for trial in front),
        "some": len(front) > 0,
    }
    print(json.dumps({"same": same, "found": min(trial.values[0] for trial in front)}))
