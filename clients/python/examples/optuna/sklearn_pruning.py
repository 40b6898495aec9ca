"""A linear model trained epoch by epoch; hopeless ones end early."""

import json

import optuna
import sklearn.datasets
import sklearn.linear_model
import sklearn.model_selection


def objective(trial):
    data, target = sklearn.datasets.load_digits(return_X_y=True)
    train_x, valid_x, train_y, valid_y = sklearn.model_selection.train_test_split(data / 16, target, random_state=0)
    alpha = trial.suggest_float("alpha", 1e-6, 1e1, log=True)
    model = sklearn.linear_model.SGDClassifier(alpha=alpha, random_state=0)

    for step in range(8):
        model.partial_fit(train_x, train_y, classes=list(range(10)))
        trial.report(1.0 - model.score(valid_x, valid_y), step)
        if trial.should_prune():
            raise optuna.TrialPruned()

    return 1.0 - model.score(valid_x, valid_y)


if __name__ == "__main__":
    study = optuna.create_study(
        sampler=optuna.samplers.RandomSampler(seed=3), pruner=optuna.pruners.MedianPruner(n_startup_trials=4, n_warmup_steps=2)
    )
    study.optimize(objective, n_trials=14)

    pruned = study.get_trials(deepcopy=False, states=[optuna.trial.TrialState.PRUNED])
    complete = study.get_trials(deepcopy=False, states=[optuna.trial.TrialState.COMPLETE])
    same = {
        "sum": len(pruned) + len(complete),
        "some pruned": len(pruned) > 0,
        "none before the warm-up": all(trial.last_step >= 2 for trial in pruned),
        "value is the last": all(trial.value == trial.intermediate_values[trial.last_step] for trial in pruned),
        "whole": {len(trial.intermediate_values) for trial in complete} == {8},
    }
    print(json.dumps({"same": same, "found": study.best_value}))
