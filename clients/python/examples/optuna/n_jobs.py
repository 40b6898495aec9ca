"""Threads side by side, some of whose trials fail."""

import json
import threading

import optuna

lock = threading.Lock()
threads = set()
barrier = threading.Barrier(3, timeout=30)


def objective(trial):
    x = trial.suggest_float("x", -1, 1)
    if trial.number < 3:
        barrier.wait()  # All three run at once, or this ends in an error.
    with lock:
        threads.add(threading.get_ident())
    if trial.number % 7 == 5:
        raise ZeroDivisionError("a bad one")
    return x if trial.number % 7 != 6 else float("nan")


if __name__ == "__main__":
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=9))
    study.optimize(objective, n_trials=21, n_jobs=3, catch=(ZeroDivisionError,), gc_after_trial=True)

    same = {
        "states": sorted(trial.state.name for trial in study.trials),
        "numbers": sorted(trial.number for trial in study.trials),
        "failed": sorted(trial.number for trial in study.trials if trial.state.name == "FAIL"),
        "threads": len(threads),
    }
    print(json.dumps({"same": same, "found": study.best_value}))
