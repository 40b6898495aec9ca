"""What was learnt before is taken along."""

import datetime
import json

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution


def objective(trial):
    x = trial.suggest_float("x", 0, 10)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    return (x - 3) ** 2 + (kind == "b")


if __name__ == "__main__":
    before = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    before.optimize(objective, n_trials=12)

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=2, n_startup_trials=5))
    study.add_trials(before.trials)
    space = {"x": FloatDistribution(0, 10), "kind": CategoricalDistribution(["a", "b"])}
    known = optuna.trial.create_trial(
        params={"x": 3.5, "kind": "a"}, distributions=space, value=0.25, user_attrs={"by": "hand"}, intermediate_values={0: 2.0, 1: 1.0}
    )
    study.add_trial(known)
    study.add_trial(optuna.create_trial(state=optuna.trial.TrialState.PRUNED, params={"x": 9.0, "kind": "b"}, distributions=space))
    study.add_trial(optuna.create_trial(state=optuna.trial.TrialState.FAIL))
    taken = [trial.state.name for trial in study.trials]
    study.optimize(objective, n_trials=15)

    raised = []
    for given in ({"value": 1.0, "values": [1.0]}, {"params": {"x": 1.0}, "value": 1.0}, {}, {"params": {"x": 11.0}, "distributions": {"x": space["x"]}, "value": 1.0}):
        try:
            optuna.create_trial(**given)
            raised.append(None)
        except ValueError as error:
            raised.append(type(error).__name__)
    one = study.trials[12]
    same = {
        "taken": taken,
        "trials": len(study.trials),
        "equal": [trial.params for trial in study.trials[:12]] == [trial.params for trial in before.trials],
        "one": [one.number, one.value, one.params, one.user_attrs, one.intermediate_values, one.last_step],
        "duration": isinstance(study.trials[0].duration, datetime.timedelta),
        "raised": raised,
    }
    print(json.dumps({"same": same, "found": study.best_value}))
