"""All there is, in a space with branches."""

import json

import optuna


def objective(trial):
    kind = trial.suggest_categorical("kind", ["tree", "line"])
    if kind == "tree":
        return trial.suggest_int("depth", 1, 3) * 1.0
    return trial.suggest_float("slope", 0.0, 1.0, step=0.5) + trial.suggest_int("one", 1, 1)


if __name__ == "__main__":
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.BruteForceSampler(seed=0))
    study.optimize(objective)

    tried = sorted(sorted(trial.params.items()) for trial in study.trials)
    endless = optuna.create_study(sampler=optuna.samplers.BruteForceSampler())
    try:
        endless.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
        raised = None
    except ValueError as error:
        raised = type(error).__name__
    print(json.dumps({"same": {"tried": tried, "best": study.best_value, "raised": raised}, "found": study.best_value}))
