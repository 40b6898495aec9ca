"""Many begin, few go to the end."""

import json

import optuna


def objective(trial):
    rate = trial.suggest_float("rate", 1e-5, 1e-1, log=True)
    loss = 1.0
    for step in range(1, 28):
        loss = abs(rate - 3e-3) * 20 + 1.0 / step
        trial.report(loss, step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return loss


if __name__ == "__main__":
    found = []
    for pruner in (
        optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
        optuna.pruners.HyperbandPruner(min_resource=1, max_resource=27, reduction_factor=3),
    ):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=3), pruner=pruner)
        study.optimize(objective, n_trials=40)
        counts = [trial.state.name for trial in study.trials]
        found.append([counts.count("PRUNED") > 5, counts.count("COMPLETE") > 0, len(counts), study.best_value < 0.2])
    print(json.dumps({"same": {"found": found}, "found": study.best_value}))
