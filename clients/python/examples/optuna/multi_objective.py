"""Two objectives that pull apart (Binh and Korn)."""

import json

import optuna


def objective(trial):
    x = trial.suggest_float("x", 0, 5)
    y = trial.suggest_float("y", 0, 3)
    return 4 * x**2 + 4 * y**2, (x - 5) ** 2 + (y - 5) ** 2


if __name__ == "__main__":
    study = optuna.create_study(
        directions=["minimize", "minimize"], sampler=optuna.samplers.NSGAIISampler(population_size=20, seed=1)
    )
    study.set_metric_names(["cost", "distance"])
    study.optimize(objective, n_trials=80)

    front = study.best_trials
    for trial in front[:3]:
        print(trial.number, trial.values, trial.params)
    beaten = [
        one.number
        for one in front
        if any(all(a <= b for a, b in zip(two.values, one.values)) and two.values != one.values for two in study.trials)
    ]
    raised = []
    for name in ("best_trial", "best_value", "best_params", "direction"):
        try:
            getattr(study, name)
        except RuntimeError:
            raised.append(name)
    same = {
        "trials": len(study.trials),
        "directions": [direction.name for direction in study.directions],
        "beaten": beaten,
        "raised": raised,
        "names": study.metric_names,
        "several": len(front) > 5,
    }
    print(json.dumps({"same": same, "found": min(trial.values[0] for trial in front)}))
