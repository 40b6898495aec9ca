"""
End to end, with Optuna's own code: a study of 100 or 1,000 trials of ten floats by `tpe` or `gp`, the function's own time next to nothing. With Attune
(through attune_hpo.optuna) and, where it is installed, with Optuna itself, one after the other, in fresh processes.

    .cache/python-venv/bin/python bench/python/optuna_rates.py [--trials 100 1000] [--samplers tpe gp] [--seeds 3] [--python PYTHON-WITH-OPTUNA]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

ONE = """
import json, math, sys, time, warnings
warnings.filterwarnings("ignore")
which, sampler, trials, seed, storage = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] or None
if which == "attune":
    import attune_hpo.optuna
    attune_hpo.optuna.install()
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
made = {"tpe": optuna.samplers.TPESampler, "gp": optuna.samplers.GPSampler, "random": optuna.samplers.RandomSampler}[sampler](seed=seed)

def objective(trial):
    x = [trial.suggest_float(f"x{place}", -5, 5) for place in range(10)]
    return sum(10 * (1 - math.cos(2 * math.pi * one)) / 10 + (one - 1) ** 2 * (1 + place / 3) for place, one in enumerate(x))

study = optuna.create_study(study_name="s", sampler=made, storage=storage)
begun = time.perf_counter()
study.optimize(objective, n_trials=trials)
print(json.dumps([time.perf_counter() - begun, study.best_value, optuna.__file__]))
"""


def one(python: str, which: str, sampler: str, trials: int, seed: int, storage: str, limit: float) -> tuple[float, float] | None:
    try:
        words = [python, "-c", ONE, which, sampler, str(trials), str(seed), storage]
        ran = subprocess.run(words, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr)
    seconds, best, file = json.loads(ran.stdout.strip().rsplit("\n", 1)[-1])
    assert ("attune_hpo" in file) == (which == "attune"), file
    return seconds, best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--samplers", nargs="+", default=["tpe", "gp"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable, help="a Python in which optuna is installed")
    parser.add_argument("--storage", action="store_true", help="in a file (SQLite), not in memory")
    parser.add_argument("--limit", type=float, default=1800, help="seconds that one study may take")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, {given.seeds} seeds, {'SQLite' if given.storage else 'memory'}")
    print("| sampler | trials | Attune s | Optuna s | Attune best | Optuna best |\n|---|---|---|---|---|---|")
    for sampler in given.samplers:
        for trials in given.trials:
            found: dict[str, list[tuple[float, float] | None]] = {"attune": [], "optuna": []}
            for seed in range(given.seeds):
                for which, python in (("attune", sys.executable), ("optuna", given.python)):
                    with tempfile.TemporaryDirectory() as folder:
                        storage = f"sqlite:///{folder}/study.db" if given.storage else ""
                        found[which].append(one(python, which, sampler, trials, seed, storage, given.limit))
            cells = []
            for place in (0, 1):
                for which in ("attune", "optuna"):
                    told = [one[place] for one in found[which] if one is not None]
                    cells.append(f"{statistics.median(told):.2f}" if len(told) == given.seeds else f"more than {given.limit:g} s")
            print(f"| `{sampler}` | {trials} | {cells[0]} | {cells[1]} | {cells[2]} | {cells[3]} |", flush=True)


if __name__ == "__main__":
    main()
