"""The same with the other library's callback."""

import json

import optuna
import sklearn.datasets
import xgboost as xgb
from optuna.integration import XGBoostPruningCallback
from sklearn.model_selection import train_test_split


def objective(trial):
    data, target = sklearn.datasets.load_breast_cancer(return_X_y=True)
    train_x, valid_x, train_y, valid_y = train_test_split(data, target, test_size=0.25, random_state=0)
    param = {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "nthread": 1,
        "eta": trial.suggest_float("eta", 1e-4, 0.5, log=True),
        "max_depth": trial.suggest_int("max_depth", 1, 6),
    }
    dvalid = xgb.DMatrix(valid_x, label=valid_y)
    callback = XGBoostPruningCallback(trial, "validation-auc")
    booster = xgb.train(param, xgb.DMatrix(train_x, label=train_y), 20, evals=[(dvalid, "validation")], callbacks=[callback], verbose_eval=False)
    return float(booster.eval(dvalid).split(":")[1])


if __name__ == "__main__":
    study = optuna.create_study(
        direction="maximize", sampler=optuna.samplers.RandomSampler(seed=1), pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=4)
    )
    study.optimize(objective, n_trials=10)
    counts = [trial.state.name for trial in study.trials]
    same = {
        "pruned": counts.count("PRUNED") > 0,
        "sum": len(counts),
        "whole": {len(trial.intermediate_values) for trial in study.trials if trial.state.name == "COMPLETE"} == {20},
    }
    print(json.dumps({"same": same, "found": study.best_value}))
