"""What else is known of a trial and of a study."""

import json

import optuna


def objective(trial):
    rate = trial.suggest_float("rate", 0.0, 1.0, step=0.25)
    curve = [rate / epoch for epoch in range(1, 5)]
    trial.set_user_attr("curve", curve)
    trial.set_user_attr("best_epoch", 4)
    trial.set_user_attr("nothing", None)
    if trial.number == 1:
        trial.set_user_attr("best_epoch", 3)
    return curve[-1]


if __name__ == "__main__":
    study = optuna.create_study(study_name="attributes", sampler=optuna.samplers.RandomSampler(seed=4))
    study.set_user_attr("data", {"name": "toy", "rows": 4.0, "columns": ["a", "b"]})
    study.set_user_attr("owner", "me")
    study.optimize(objective, n_trials=6)

    same = {
        "name": study.study_name,
        "study": study.user_attrs,
        "trial": {key: value for key, value in study.trials[1].user_attrs.items() if key != "curve"},
        "curve": all(len(trial.user_attrs["curve"]) == 4 for trial in study.trials),
        "grid": all(trial.params["rate"] in (0.0, 0.25, 0.5, 0.75, 1.0) for trial in study.trials),
        "distribution": optuna.distributions.distribution_to_json(study.trials[0].distributions["rate"]),
    }
    print(json.dumps({"same": same, "found": study.best_value}))
