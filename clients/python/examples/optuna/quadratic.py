"""The first study of every tutorial."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", -10, 10)
    return (x - 2) ** 2


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=42))
    study.optimize(objective, n_trials=40, show_progress_bar=True)

    best = study.best_trial
    print("Best value:", study.best_value, "with", study.best_params)
    same = {
        "trials": len(study.trials),
        "numbers": [trial.number for trial in study.trials],
        "params": sorted(study.best_params),
        "complete": all(trial.state == optuna.trial.TrialState.COMPLETE for trial in study.trials),
        "best": study.best_value == best.value == min(trial.value for trial in study.trials),
        "direction": study.direction.name,
        "distribution": str(best.distributions["x"]),
        "attrs": best.user_attrs,
    }
    print(json.dumps({"same": same, "found": study.best_value}))
