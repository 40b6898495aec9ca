"""
End to end, with Optuna's own code: a study of 100 or 1,000 trials of ten floats by `tpe` or `gp`, the function's own time next to nothing. With Attune
(through attune_hpo.optuna) and, where it is installed, with Optuna itself, one after the other, in fresh processes of one numeric thread.

    .cache/python-venv/bin/python bench/python/optuna_rates.py [--trials 100 1000] [--samplers tpe gp] [--seeds 3] [--python PYTHON-WITH-OPTUNA]

Processor seconds are of the process and of its engine, in all threads; a study that took `--limit` of them ends, and is shown with the trials that it had.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

ONE = """
import json, math, os, sys, time, warnings
warnings.filterwarnings("ignore")
which, sampler, trials, seed, storage, limit = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] or None, float(sys.argv[6])
if which == "attune":
    import attune_hpo.optuna
    attune_hpo.optuna.install()
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
made = {"tpe": optuna.samplers.TPESampler, "gp": optuna.samplers.GPSampler, "random": optuna.samplers.RandomSampler}[sampler](seed=seed)

def objective(trial):
    x = [trial.suggest_float(f"x{place}", -5, 5) for place in range(10)]
    return sum(10 * (1 - math.cos(2 * math.pi * one)) / 10 + (one - 1) ** 2 * (1 + place / 3) for place, one in enumerate(x))

def processor():
    ticks = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                stat = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(stat[1]) == os.getpid():
            ticks += int(stat[11]) + int(stat[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")

def over(study, trial):
    if trial.number % 10 == 9 and processor() - before > limit:
        study.stop()

study = optuna.create_study(study_name="s", sampler=made, storage=storage)
before, begun = processor(), time.perf_counter()
study.optimize(objective, n_trials=trials, callbacks=[over])
print(json.dumps([time.perf_counter() - begun, processor() - before, study.best_value, len(study.trials), optuna.__file__]))
"""


def one(python: str, which: str, sampler: str, trials: int, seed: int, storage: str, limit: float) -> dict[str, Any]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    words = [python, "-c", ONE, which, sampler, str(trials), str(seed), storage, str(limit)]
    ran = subprocess.run(words, capture_output=True, text=True, env={**os.environ, **threads})
    if ran.returncode != 0:
        sys.exit(ran.stderr)
    seconds, processor, best, done, file = json.loads(ran.stdout.strip().rsplit("\n", 1)[-1])
    assert ("attune_hpo" in file) == (which == "attune"), file
    return {"seconds": seconds, "processor": processor, "best": best, "done": done}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--samplers", nargs="+", default=["tpe", "gp"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable, help="a Python in which optuna is installed")
    parser.add_argument("--storage", action="store_true", help="in a file (SQLite), not in memory")
    parser.add_argument("--limit", type=float, default=1800, help="processor seconds that one study may take")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, {given.seeds} seeds, {'SQLite' if given.storage else 'memory'}")
    print("| sampler | trials | seconds, Attune | Optuna | of a processor, Attune | Optuna | best, Attune | Optuna |\n|---|---|---|---|---|---|---|---|", flush=True)
    for sampler in given.samplers:
        for trials in given.trials:
            found: dict[str, list[dict[str, Any]]] = {"attune": [], "optuna": []}
            for seed in range(given.seeds):
                for which, python in (("attune", sys.executable), ("optuna", given.python)):
                    with tempfile.TemporaryDirectory() as folder:
                        storage = f"sqlite:///{folder}/study.db" if given.storage else ""
                        found[which].append(one(python, which, sampler, trials, seed, storage, given.limit))
            cells = [cell(found[which], key, trials) for key in ("seconds", "processor", "best") for which in ("attune", "optuna")]
            print(f"| `{sampler}` | {trials} | {' | '.join(cells)} |", flush=True)


def cell(runs: list[dict[str, Any]], key: str, trials: int) -> str:
    """The median, with the trials of those that were ended at the limit."""
    done = statistics.median(run["done"] for run in runs)
    median = f"{statistics.median(run[key] for run in runs):.2f}"
    return median if done == trials else f"{median} ({done:.0f} trials)"


if __name__ == "__main__":
    main()
