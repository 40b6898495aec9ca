"""Each combination once."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", -100, 100)
    y = trial.suggest_int("y", -10, 10)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    return x + y + (kind == "b")


if __name__ == "__main__":
    values = {"x": [-50.0, 0.0, 50.0], "y": [-9, 9], "kind": ["a", "b"]}
    study = optuna.create_study(sampler=optuna.samplers.GridSampler(values))
    study.optimize(objective, n_trials=100)

    tried = sorted((trial.params["x"], trial.params["y"], trial.params["kind"]) for trial in study.trials)
    again = optuna.create_study(sampler=optuna.samplers.GridSampler({"x": [1.0]}))
    try:
        again.optimize(objective, n_trials=1)
        raised = None
    except ValueError as error:
        raised = type(error).__name__
    same = {"tried": tried, "best": study.best_params, "raised": raised, "failed": again.trials[0].state.name}
    print(json.dumps({"same": same, "found": study.best_value}))
