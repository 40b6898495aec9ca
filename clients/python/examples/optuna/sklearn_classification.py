"""Which of two classifiers, and with which settings: a conditional space."""

import json

import optuna
import sklearn.datasets
import sklearn.ensemble
import sklearn.model_selection
import sklearn.svm


def objective(trial):
    data, target = sklearn.datasets.load_iris(return_X_y=True)
    kind = trial.suggest_categorical("classifier", ["SVC", "RandomForest"])
    if kind == "SVC":
        model = sklearn.svm.SVC(C=trial.suggest_float("svc_c", 1e-4, 1e4, log=True), gamma="auto")
    else:
        depth = trial.suggest_int("rf_max_depth", 2, 32, log=True)
        model = sklearn.ensemble.RandomForestClassifier(max_depth=depth, n_estimators=5, random_state=0)
    return sklearn.model_selection.cross_val_score(model, data, target, cv=3).mean()


if __name__ == "__main__":
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(objective, n_trials=14)

    print(study.best_trial)
    spaces = {tuple(sorted(trial.params)) for trial in study.trials}
    print(json.dumps({"same": {"spaces": sorted(spaces), "trials": len(study.trials)}, "found": study.best_value}))
