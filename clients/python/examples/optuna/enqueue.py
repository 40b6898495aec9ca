"""What somebody knows is tried first."""

import json

import optuna


def objective(trial):
    rate = trial.suggest_float("learning_rate", 1e-4, 1.0, log=True)
    units = trial.suggest_int("units", 8, 128, step=8)
    name = trial.suggest_categorical("activation", ["relu", "tanh", None])
    return abs(rate - 0.02) + abs(units - 64) / 64 + (0 if name == "relu" else 0.5)


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=11))
    study.enqueue_trial({"learning_rate": 0.01, "units": 64, "activation": "relu"}, user_attrs={"memo": "by hand"})
    study.enqueue_trial({"units": 32})
    study.enqueue_trial({"units": 32}, skip_if_exists=True)
    study.enqueue_trial({"activation": None, "learning_rate": 0.5})
    waiting = [(trial.state.name, trial.params) for trial in study.trials]
    study.optimize(objective, n_trials=30)

    first, second, third = study.trials[:3]
    same = {
        "waiting": waiting,
        "trials": len(study.trials),
        "first": first.params,
        "memo": [trial.user_attrs for trial in study.trials[:3]],
        "system": [trial.system_attrs for trial in study.trials[:4]],
        "second": second.params["units"],
        "third": [third.params["activation"], third.params["learning_rate"]],
    }
    print(json.dumps({"same": same, "found": study.best_value}))
