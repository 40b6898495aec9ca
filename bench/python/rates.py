"""
Ask and tell a second with the sampler `random` and ten floats, in memory and on SQLite, one at a time; beside Optuna where it is installed.
Also the time that `import attune_hpo` takes, and the first ask of a fresh process.

    .cache/python-venv/bin/python bench/python/rates.py [--trials 3000]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import attune_hpo as attune

SPACE = {f"x{index}": attune.float(0, 1) for index in range(10)}


def rate(trials: int, one: Callable[[], None]) -> float:
    for _ in range(trials // 10):
        one()
    begun = time.perf_counter()
    for _ in range(trials):
        one()
    return trials / (time.perf_counter() - begun)


def ours(storage: str | None, trials: int) -> float:
    with attune.create_study("rates", minimize="loss", space=SPACE, storage=storage, sampler="random", seed=1) as study:

        def one() -> None:
            study.tell(study.ask(), 0.5)

        return rate(trials, one)


def theirs(storage: str | None, trials: int) -> float:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(storage=storage, sampler=optuna.samplers.RandomSampler(1))

    def one() -> None:
        trial = study.ask()
        for index in range(10):
            trial.suggest_float(f"x{index}", 0, 1)
        study.tell(trial, 0.5)

    return rate(trials, one)


def seconds(code: str, times: int = 9) -> float:
    """The least of some processes."""
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        spent.append(time.perf_counter() - begun)
    return min(spent)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=3000)
    trials = parser.parse_args().trials
    print(f"load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        print(f"attune, memory: {ours(None, trials):.0f} ask + tell a second")
        print(f"attune, SQLite: {ours(os.path.join(folder, 'attune.db'), trials):.0f}")
        try:
            print(f"optuna, memory: {theirs(None, min(trials, 1000)):.0f}")
            print(f"optuna, SQLite: {theirs(f'sqlite:///{folder}/optuna.db', min(trials, 100)):.0f}")
        except ImportError:
            print("optuna: not installed here")
    nothing = seconds("pass")
    print(f"import attune_hpo: {1000 * (seconds('import attune_hpo') - nothing):.0f} ms above python -c pass")
    first = "import attune_hpo as a; a.create_study('one', minimize='loss', space={'x': a.float(0, 1)}, sampler='random').ask()"
    print(f"first ask of a fresh process: {seconds(first, 5) - nothing:.2f} s")


if __name__ == "__main__":
    main()
