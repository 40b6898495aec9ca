"""Trials as records: taken from one study, changed, and put into another; and an objective that is run by hand, on fixed values and on a record."""

import copy
import json
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import FixedTrial, TrialState, create_trial


def cost(trial):
    width = trial.suggest_int("width", 8, 64, step=8)
    kind = trial.suggest_categorical("kind", ["plain", "deep", None])
    rate = trial.suggest_float("rate", 1e-4, 1.0, log=True)
    depth = trial.suggest_int("depth", 1, 4) if kind == "deep" else 0
    trial.set_user_attr("size", width * (depth + 1))
    for step in range(3):
        trial.report(rate * (step + 1), step)
        if trial.should_prune():
            raise optuna.TrialPruned
    return abs(width - 32) / 8 + abs(rate - 0.1) + depth


def limit(trial):
    return (trial.user_attrs["size"] - 100,)


def raised(call):
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return None


def by_hand():
    """What an objective does on values of the program's own."""
    fixed = FixedTrial({"width": 16, "kind": "deep", "rate": 0.5, "depth": 2, "spare": 1}, number=7)
    value = cost(fixed)
    fixed.set_constraint("size", 3)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        outside = FixedTrial(params={"width": 72}).suggest_int("width", 8, 64, step=8)
    return {
        "value": value,
        "asked": fixed.params,
        "distributions": sorted(fixed.distributions),
        "attrs": fixed.user_attrs,
        "number": fixed.number,
        "started": fixed.datetime_start is not None,
        "outside": [outside, [one.category.__name__ for one in said]],
        "lacks": raised(lambda: cost(FixedTrial({"width": 16}))),
    }


if __name__ == "__main__":
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    first = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=3), pruner=optuna.pruners.NopPruner())
    first.optimize(cost, n_trials=10)

    # The next version of the program counts its width in eights.
    second = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=4, constraints_func=limit))
    for trial in first.trials:
        moved = copy.deepcopy(trial)
        moved.params["eights"] = moved.params.pop("width") // 8
        moved.distributions["eights"] = IntDistribution(1, 8)
        del moved.distributions["width"]
        moved.user_attrs = {**moved.user_attrs, "from": trial.number}
        second.add_trial(moved)
    space = {"eights": IntDistribution(1, 8), "kind": CategoricalDistribution(["plain", "deep", None]), "rate": FloatDistribution(1e-4, 1.0, log=True)}
    known = create_trial(
        params={"eights": 4, "kind": None, "rate": 0.1}, distributions=space, value=0.0, user_attrs={"size": 32}, system_attrs={"constraints": (-68.0,)}
    )
    second.add_trial(known)
    second.add_trial(create_trial(state=TrialState.WAITING, params={}, system_attrs={"fixed_params": {"eights": 5, "rate": 0.25}}))
    second.add_trial(optuna.create_trial(value=99.0, user_attrs={"size": 0}))

    def next_cost(trial):
        kind = trial.suggest_categorical("kind", ["plain", "deep", None])
        eights, rate = trial.suggest_int("eights", 1, 8), trial.suggest_float("rate", 1e-4, 1.0, log=True)
        trial.set_user_attr("size", 8 * eights)
        return abs(eights - 4) + abs(rate - 0.1) + 4 * (kind == "deep")

    second.optimize(next_cost, n_trials=6)
    trials = second.trials
    best = second.best_trial
    again = first.best_trial
    pairs = create_trial(values=[1.0, 2.0])
    two = optuna.create_study(directions=["minimize", "maximize"])
    two.add_trial(pairs)
    same = {
        "by hand": by_hand(),
        "moved": all(one.params["eights"] * 8 == other.params["width"] for one, other in zip(trials, first.trials)),
        "attrs": [one.user_attrs["from"] for one in trials[:10]],
        "known": [trials[10].params, trials[10].value, trials[10].system_attrs["constraints"] == [-68.0] or trials[10].system_attrs["constraints"] == (-68.0,)],
        "waited": [trials[11].params["eights"], trials[11].params["rate"], trials[11].state.name],
        "empty": [trials[12].params, trials[12].value],
        "trials": len(trials),
        "a record answers": cost(again) == again.value,
        "and lacks": raised(lambda: again.suggest_float("other", 0, 1)),
        "equal": [first.trials[0] == first.trials[0], first.trials[0] == first.trials[1], first.trials[0] < first.trials[1]],
        "several": [two.trials[0].values, raised(lambda: two.trials[0].value), len(two.best_trials)],
        "refused": [
            raised(lambda: second.add_trial(create_trial(params={"eights": 9}, distributions={"eights": IntDistribution(1, 8)}, value=1.0))),
            raised(lambda: create_trial(state=TrialState.FAIL, value=1.0)),
            raised(lambda: two.add_trial(create_trial(value=1.0))),
        ],
        "best": best.value <= 0.15,
    }
    print(json.dumps({"same": same, "found": best.value}))
