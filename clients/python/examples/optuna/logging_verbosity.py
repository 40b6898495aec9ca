"""What is said, and where."""

import io
import json
import logging

import optuna


def objective(trial):
    return trial.suggest_float("x", 0, 1)


if __name__ == "__main__":
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)

    optuna.logging.enable_propagation()
    optuna.logging.disable_default_handler()
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    study.optimize(objective, n_trials=2)
    lines = len(heard.getvalue().splitlines())

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study.optimize(objective, n_trials=2)
    quiet = len(heard.getvalue().splitlines()) - lines
    same = {
        "lines": lines,
        "quiet": quiet,
        "verbosity": optuna.logging.get_verbosity() == optuna.logging.WARNING,
        "logger": optuna.logging.get_logger("optuna.mine").name,
    }
    print(json.dumps({"same": same, "found": study.best_value}))
