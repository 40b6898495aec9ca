"""A loop of one's own: batches, values told by number, trials that are given up."""

import json

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution


def price(params):
    return abs(params["rate"] - 0.1) * 10 + params["layers"] + (params["kind"] == "slow")


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=7, n_startup_trials=6))
    space = {
        "rate": FloatDistribution(1e-3, 1.0, log=True),
        "layers": IntDistribution(1, 8, step=1),
        "kind": CategoricalDistribution(["quick", "slow"]),
    }
    for _ in range(8):
        batch = [study.ask(space) for _ in range(4)]
        for place, trial in enumerate(batch):
            if place == 3:
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            elif place == 2:
                study.tell(trial.number, price(trial.params))
            else:
                study.tell(trial, price(trial.params))

    trial = study.ask()
    trial.suggest_float("rate", 1e-3, 1.0, log=True)
    refused = []
    for given in ({"values": 1.0, "state": optuna.trial.TrialState.FAIL}, {"state": optuna.trial.TrialState.RUNNING}):
        try:
            study.tell(trial, **given)
        except ValueError as error:
            refused.append(type(error).__name__)
    failed = study.tell(trial, state=optuna.trial.TrialState.FAIL)
    again = study.tell(trial, 1.0, skip_if_finished=True)
    open_trial = study.ask()

    same = {
        "states": [one.state.name for one in study.trials],
        "params": sorted(study.trials[0].params),
        "refused": refused,
        "failed": [failed.state.name, failed.values, again.state.name],
        "open": open_trial.number,
    }
    print(json.dumps({"same": same, "found": study.best_value}))
