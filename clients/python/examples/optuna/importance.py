"""Which parameters matter, and pictures of the study."""

import json
import os
import sys

import optuna
from optuna.importance import get_param_importances
from optuna.visualization import plot_contour, plot_optimization_history, plot_param_importances, plot_slice


def objective(trial):
    loud = trial.suggest_float("loud", -5, 5)
    soft = trial.suggest_float("soft", -5, 5)
    return loud**2 * 10 + soft


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=12))
    study.optimize(objective, n_trials=60)

    importances = get_param_importances(study)
    print(importances)
    figures = [
        plot_optimization_history(study),
        plot_param_importances(study),
        plot_slice(study, params=["loud"]),
        plot_contour(study, params=["loud", "soft"]),
    ]
    path = os.path.join(sys.argv[1], "history.html")
    figures[0].write_html(path)
    same = {
        "order": list(importances),
        "sum": abs(sum(importances.values()) - 1) < 1e-6,
        "figures": len(figures),
        "written": os.path.getsize(path) > 1000,
        "available": optuna.visualization.is_available(),
    }
    print(json.dumps({"same": same, "found": importances["loud"]}))
