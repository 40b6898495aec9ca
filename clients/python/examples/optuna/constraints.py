"""A search that is to keep two constraints."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", -15, 30)
    y = trial.suggest_float("y", -15, 30)
    trial.set_user_attr("constraint", ((x - 5) ** 2 + y**2 - 25, -((x - 8) ** 2) - (y + 3) ** 2 + 7.7))
    return 4 * x**2 + 4 * y**2 + (x - 5) ** 2 + (y - 5) ** 2


def constraints(trial):
    return trial.user_attrs["constraint"]


if __name__ == "__main__":
    sampler = optuna.samplers.TPESampler(constraints_func=constraints, seed=2, n_startup_trials=15)
    study = optuna.create_study(sampler=sampler)
    study.optimize(objective, n_trials=80)

    kept = [trial for trial in study.trials if max(trial.system_attrs["constraints"]) <= 0]
    best = study.best_trial
    same = {
        "keys": sorted(study.trials[0].system_attrs),
        "kept": len(kept) > 0,
        "best keeps": max(best.user_attrs["constraint"]) <= 0,
        "best of them": best.value == min(trial.value for trial in kept),
    }
    print(json.dumps({"same": same, "found": best.value}))
