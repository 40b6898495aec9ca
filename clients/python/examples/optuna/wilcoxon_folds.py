"""Folds are steps: what is worse than the best on enough of them ends early."""

import json
import random

import optuna

FOLDS = 12


def objective(trial):
    width = trial.suggest_float("width", 0.0, 10.0)
    scores = []
    for fold in range(FOLDS):
        noise = random.Random(fold).uniform(0, 1)
        scores.append((width - 4) ** 2 + noise)
        trial.report(scores[-1], fold)
        if trial.should_prune():
            return sum(scores) / len(scores)  # As the pruner's own example does.
    return sum(scores) / len(scores)


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=8), pruner=optuna.pruners.WilcoxonPruner(p_threshold=0.1))
    study.enqueue_trial({"width": 4.5})
    study.optimize(objective, n_trials=30)

    steps = [len(trial.intermediate_values) for trial in study.trials]
    same = {
        "complete": all(trial.state.name == "COMPLETE" for trial in study.trials),
        "first is whole": steps[0],
        "saved": sum(steps) < 0.8 * FOLDS * len(steps),
    }
    print(json.dumps({"same": same, "found": study.best_value}))
