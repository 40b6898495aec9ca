"""
A function that closes over 200 MB, tuned in processes: how often the array is written, and what that costs beside the same without it.

    .cache/python-venv/bin/python bench/python/large_function.py [--megabytes 200] [--workers 4] [--trials 40]

Written bytes are those of this process (`/proc/self/io`); the processes that run the function map what was written once, and each makes its own array of it. Linux only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable

import numpy as np

import attune_hpo as attune


def written() -> int:
    with open("/proc/self/io", encoding="ascii") as file:
        return int(dict(line.split(": ") for line in file.read().splitlines())["wchar"])


def run(function: Callable[[attune.Trial], float], workers: int, trials: int) -> tuple[float, float, int]:
    """Seconds, megabytes written, and processes that ran trials."""
    before, begun = written(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        with attune.create_study("one", minimize="loss", space={"x": attune.float(0, 1), "place": attune.fixed(folder)}, sampler="random", seed=1) as study:
            study.optimize(function, trials=trials, workers=workers)
        seconds, processes = time.perf_counter() - begun, len(os.listdir(folder))
    return seconds, (written() - before) / 1e6, processes


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--trials", type=int, default=40)
    given = parser.parse_args()
    array = np.random.default_rng(1).random(given.megabytes * 125_000)

    def without(trial: attune.Trial) -> float:
        open(os.path.join(trial.params["place"], str(os.getpid())), "w").close()
        time.sleep(0.1)
        return float(trial.params["x"])

    def closing_over(trial: attune.Trial) -> float:
        return without(trial) + 0 * float(array[trial.number])

    print(f"load {os.getloadavg()[0]:.1f}, {given.trials} trials of 0.1 s, {given.workers} workers")
    for name, function in (("without the array", without), (f"with {array.nbytes / 1e6:.0f} MB", closing_over)):
        seconds, megabytes, processes = run(function, given.workers, given.trials)
        print(f"{name}: {seconds:.2f} s, {megabytes:.1f} MB written, {processes} processes")


if __name__ == "__main__":
    main()
