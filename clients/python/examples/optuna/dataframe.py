"""A study as a table."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    if kind == "b" and trial.number != 1:
        trial.suggest_int("only_b", 1, 3)
    trial.set_user_attr("twice", 2 * x)
    if trial.number == 3:
        raise optuna.TrialPruned
    return x


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.enqueue_trial({"kind": "a"})
    study.enqueue_trial({"kind": "b"})
    study.enqueue_trial({"kind": "b"})
    study.optimize(objective, n_trials=5)
    table = study.trials_dataframe()
    short = study.trials_dataframe(attrs=("number", "value", "params", "state"))

    several = optuna.create_study(directions=["minimize", "maximize"])
    several.optimize(lambda trial: (trial.suggest_float("x", 0, 1), 1.0), n_trials=2)
    plain = list(several.trials_dataframe().columns)
    several.set_metric_names(["loss", "score"])
    same = {
        "columns": list(table.columns),
        "short": list(short.columns),
        "states": list(short["state"]),
        "empty": list(short["params_only_b"].isna())[:3],
        "deep": [list(column) for column in study.trials_dataframe(multi_index=True).columns],
        "several": plain,
        "named": list(several.trials_dataframe().columns),
        "kinds": {name: str(table[name].dtype) for name in ("number", "value", "params_x")},
    }
    print(json.dumps({"same": same, "found": float(table["value"].min())}))
