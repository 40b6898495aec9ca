"""A study in a file, gone on with by another call, listed, copied and deleted."""

import json
import os
import sys

import optuna


def objective(trial):
    x = trial.suggest_float("x", 1e-3, 1e3, log=True)
    trial.set_user_attr("half", 0.5)
    return abs(x - 1)


if __name__ == "__main__":
    storage = "sqlite:///" + os.path.join(sys.argv[1], "example.db")
    sampler = optuna.samplers.TPESampler(seed=1)
    first = optuna.create_study(study_name="resumed", storage=storage, sampler=sampler, load_if_exists=True)
    first.optimize(objective, n_trials=6)
    first.enqueue_trial({"x": 1.0})

    second = optuna.create_study(study_name="resumed", storage=storage, load_if_exists=True)
    second.optimize(objective, n_trials=4)
    third = optuna.load_study(study_name=None, storage=storage)

    raised = []
    for call in (
        lambda: optuna.create_study(study_name="resumed", storage=storage),
        lambda: optuna.load_study(study_name="another", storage=storage),
        lambda: optuna.delete_study(study_name="another", storage=storage),
    ):
        try:
            call()
        except Exception as error:
            raised.append(type(error).__name__)

    optuna.copy_study(from_study_name="resumed", from_storage=storage, to_storage=storage, to_study_name="copy")
    names = sorted(optuna.get_all_study_names(storage))
    summaries = {one.study_name: [one.n_trials, one.direction.name] for one in optuna.get_all_study_summaries(storage)}
    copied = optuna.load_study(study_name="copy", storage=storage).trials
    same = {
        "trials": [len(first.trials), len(second.trials), len(third.trials)],
        "enqueued": third.trials[6].params,
        "attrs": third.trials[0].user_attrs,
        "equal": [one.params for one in copied] == [one.params for one in third.trials],
        "values": [one.values for one in copied] == [one.values for one in third.trials],
        "names": names,
        "summaries": summaries,
        "raised": raised,
    }
    optuna.delete_study(study_name="resumed", storage=storage)
    same["left"] = optuna.get_all_study_names(storage)
    print(json.dumps({"same": same, "found": min(one.value for one in copied)}))
