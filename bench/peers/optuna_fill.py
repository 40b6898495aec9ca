"""Makes a study of Optuna with complete trials of five floats, by its own tables: optuna_fill.py FILE COUNT."""

import random
import sqlite3
import sys

import optuna

file, count = sys.argv[1], int(sys.argv[2])
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.create_study(study_name="bench", storage=f"sqlite:///{file}", direction="minimize")
NAMES = ["a", "b", "c", "d", "e"]


def objective(trial):
    return sum(trial.suggest_float(name, 0, 1) for name in NAMES)


# The first one shows what the tables hold.
study.optimize(objective, n_trials=1)
base = sqlite3.connect(file)
(distribution,) = base.execute("select distribution_json from trial_params limit 1").fetchone()
random.seed(1)
trials = [(n + 1, n, 1, "COMPLETE", "2026-01-01 00:00:00", "2026-01-01 00:00:01") for n in range(1, count)]
base.executemany(
    "insert into trials (trial_id, number, study_id, state, datetime_start, datetime_complete) values (?, ?, ?, ?, ?, ?)",
    trials,
)
params = [(t[0], name, random.random(), distribution) for t in trials for name in NAMES]
base.executemany("insert into trial_params (trial_id, param_name, param_value, distribution_json) values (?, ?, ?, ?)", params)
values = [(t[0], 0, random.random(), "FINITE") for t in trials]
base.executemany("insert into trial_values (trial_id, objective, value, value_type) values (?, ?, ?, ?)", values)
base.commit()
