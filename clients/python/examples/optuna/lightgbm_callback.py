"""Boosting whose rounds are reported by the callback."""

import json

import lightgbm as lgb
import optuna
import sklearn.datasets
from optuna.integration import LightGBMPruningCallback
from sklearn.model_selection import train_test_split


def objective(trial):
    data, target = sklearn.datasets.load_breast_cancer(return_X_y=True)
    train_x, valid_x, train_y, valid_y = train_test_split(data, target, test_size=0.25, random_state=0)
    param = {
        "objective": "binary",
        "metric": "auc",
        "verbosity": -1,
        "num_threads": 1,
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 0.5, log=True),
        "num_leaves": trial.suggest_int("num_leaves", 2, 16),
    }
    dvalid = lgb.Dataset(valid_x, label=valid_y)
    callback = LightGBMPruningCallback(trial, "auc")
    booster = lgb.train(param, lgb.Dataset(train_x, label=train_y), 25, valid_sets=[dvalid], callbacks=[callback])
    return booster.best_score["valid_0"]["auc"]


if __name__ == "__main__":
    study = optuna.create_study(
        direction="maximize", sampler=optuna.samplers.RandomSampler(seed=1), pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=5)
    )
    study.optimize(objective, n_trials=10)
    counts = [trial.state.name for trial in study.trials]
    same = {
        "pruned": counts.count("PRUNED") > 0,
        "sum": len(counts),
        "whole": {len(trial.intermediate_values) for trial in study.trials if trial.state.name == "COMPLETE"} == {25},
    }
    print(json.dumps({"same": same, "found": study.best_value}))
