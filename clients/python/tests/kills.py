"""
Kills at random, and what became of the study: a parent that tunes (in its thread, in threads, in processes, with a forked child that lives on), its engine
or one of its workers is killed at any moment; what ended is begun again where it was, and at last left to its end.

    python tests/kills.py [--kills 1000] [--seed 1] [--file kills.jsonl]

Rounds of twenty kills on a study each, drawn from `seed`, `seed` + 1, ...; each is a line of the file, and the same command goes on where it was ended.
Linux only: it looks into /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import attune_hpo as attune

KILLS_A_ROUND = 20
KINDS = ("inline", "threads", "processes", "forked")
MARK = "ATTUNE_TEST_MARK"
_PATIENCE_SECONDS = 180
_MOST_LOSSES = 3

TUNED = """
import json, os, sys, time
import attune_hpo as attune
given = json.loads(sys.argv[1])
state = {"fork": given["kind"] == "forked"}

def say(*words):
    file = os.open(given["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, (" ".join(map(str, words)) + "\\n").encode())
    os.close(file)

def function(trial):
    if state.pop("fork", False) and os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", "forked"]) if given["exec"] else time.sleep(600)
    say(trial.number)
    for epoch in range(1, 4):
        time.sleep(0.005)
        trial.report(epoch, trial.params["x"] + 1 / epoch)
    return trial.params["x"]

space = {"x": attune.float(0, 1)}
study = attune.create_study("one", minimize="loss", space=space, storage=given["storage"], sampler="tpe", scheduler=given["scheduler"], seed=1)
how = {"threads": {"workers": 2, "threads": True}, "processes": {"workers": 2}}.get(given["kind"], {})
study.optimize(function, trials=given["trials"], **how)
print("done", flush=True)
"""


@dataclass
class Round:
    """What one round did, and what it found wrong."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0


class Victims:
    """The processes of one that tunes."""

    def __init__(self, mark: str) -> None:
        self._mark = f"{MARK}={mark}".encode()

    def all(self) -> Iterator[tuple[int, str]]:
        """Each with what it is."""
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    stat, words, variables = (Path("/proc", name, file).read_bytes() for file in ("stat", "cmdline", "environ"))
                except OSError:
                    continue
                if stat.rsplit(b")", 1)[1].split()[0] != b"Z" and self._mark in variables.split(b"\0"):
                    yield int(name), _kind(words)

    def of(self, kind: str) -> list[int]:
        """Those of one kind."""
        return sorted(pid for pid, one in self.all() if one == kind)

    def left(self) -> list[tuple[int, str]]:
        """What is still there once all had the time to end, but for forked children."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            found = [one for one in self.all() if one[1] not in ("parent", "forked")]
            if not found or time.monotonic() > end:
                return found
            time.sleep(0.02)


def _kind(words: bytes) -> str:
    if b"attune_hpo._worker" in words:
        return "worker"
    if b"--stdio" in words:
        return "engine"
    return "forked" if words.endswith(b"forked\0") else "parent"


class _Play:
    """One round under way."""

    def __init__(self, seed: int, kills: int, folder: Path) -> None:
        self.round = Round(seed)
        self._draws = random.Random(seed)
        self._kills = kills
        self._log = folder / "begun.txt"
        self._given = {
            "storage": str(folder / "attune.db"),
            "log": str(self._log),
            "trials": 20 + 5 * kills,
            "scheduler": self._draws.choice(["none", "none", "asha"]),
        }
        self._mark = f"{os.getpid()}-{seed}"
        self._victims = Victims(self._mark)
        self._environment = {**os.environ, MARK: self._mark, "TMPDIR": str(folder)}

    def play(self) -> None:
        """Kills, lets it end, and looks."""
        begun = time.monotonic()
        process: subprocess.Popen[bytes] | None = None
        while self.round.kills.total() < self._kills and not self.round.problems:
            if process is None or process.poll() is not None:
                self._ended(process)
                process = self._start(self._draws.choice(KINDS))
            self._wait(process)
            if process.poll() is None:
                self._kill(process)
        if process is not None:
            process.kill()
            process.wait()
        self._forked()
        last = self._start("inline")
        self._progress(last, 1 << 30)
        self._ended(last)
        if not self.round.problems:
            self._look()
        self.round.seconds = time.monotonic() - begun

    def _start(self, kind: str) -> subprocess.Popen[bytes]:
        given = {**self._given, "kind": kind, "exec": self._draws.random() < 0.5}
        words = [sys.executable, "-c", TUNED, json.dumps(given)]
        with open(self._given["log"] + ".errors", "wb") as errors:  # type: ignore[operator]
            return subprocess.Popen(words, env=self._environment, stdout=subprocess.DEVNULL, stderr=errors)

    def _begun(self) -> int:
        return len(self._log.read_bytes().splitlines()) if self._log.exists() else 0

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        """A moment after some trial began, or any moment of the start."""
        if self._draws.random() < 0.3:
            time.sleep(self._draws.uniform(0, 1))
            return
        self._progress(process, self._begun() + self._draws.randint(1, 6))
        time.sleep(self._draws.uniform(0, 0.02))

    def _progress(self, process: subprocess.Popen[bytes], target: int) -> None:
        """Until so many trials have begun, or it has ended; one that stands still is a problem, and is ended."""
        begun, since = self._begun(), time.monotonic()
        while process.poll() is None and begun < target:
            time.sleep(0.003)
            before, begun = begun, self._begun()
            if begun > before:
                since = time.monotonic()
            elif time.monotonic() - since > _PATIENCE_SECONDS:
                self.round.problems.append(f"{process.args!r} stands still: {self._told()}")
                process.kill()
                process.wait()
                return

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        wanted = self._draws.choice(["parent", "parent", "engine", "worker"])
        found = self._victims.of(wanted) if wanted != "parent" else []
        if found:
            try:
                os.kill(self._draws.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                return
            self.round.kills[wanted] += 1
            return
        process.kill()
        process.wait()
        self.round.kills["parent"] += 1
        left = self._victims.left()
        if left:
            self.round.problems.append(f"left behind by a killed parent: {left}")
        self._forked()

    def _forked(self) -> None:
        """A forked child outlives its parent, and is ended here."""
        for pid, kind in self._victims.all():
            if kind in ("forked", "parent"):
                os.kill(pid, signal.SIGKILL)

    def _ended(self, process: subprocess.Popen[bytes] | None) -> None:
        """By itself: at its budget, or because its engines were killed too often."""
        if process is None or process.returncode in (0, -signal.SIGKILL):
            return
        told = self._told()
        if "NoEngine" not in told.rsplit("\n", 1)[-1]:
            self.round.problems.append(f"ended with code {process.returncode}: {told}")

    def _told(self) -> str:
        return Path(str(self._given["log"]) + ".errors").read_text().strip()[-2_000:]

    def _look(self) -> None:
        """No process, nothing lost, nothing counted twice."""
        self._forked()
        problems = self.round.problems
        problems.extend(f"left behind: {one}" for one in self._victims.left())
        problems.extend(f"a file left behind: {file.name}" for file in self._log.parent.glob("attune-*"))
        begun = Counter(int(word) for word in self._log.read_text().split())
        trials = self._given["trials"]
        with attune.open_study("one", storage=str(self._given["storage"])) as study:
            known = study.trials
            if [trial.number for trial in known] != list(range(len(known))):
                problems.append(f"numbers {[trial.number for trial in known]}")
            counts = {state: count for state, count in study.summary()["counts"].items() if count > 0}
            ends = sum(counts.get(state, 0) for state in ("complete", "pruned", "failed", "paused"))
            if set(counts) - {"complete", "failed", "paused", "pruned"} or ends != trials:
                problems.append(f"{trials} trials were asked for, and there are {counts}")
            if self._given["scheduler"] == "none" and set(counts) - {"complete", "failed"}:
                problems.append(f"nothing stops trials, and there are {counts}")
            for trial in known:
                problems.extend(_wrong(trial, study, begun[trial.number]))
            differences = study.replay()["differences"]
            if differences:
                problems.append(f"replay differs: {differences[:3]}")


def _wrong(trial: attune.TrialRecord, study: attune.Study, begun: int) -> Iterator[str]:
    told: dict[str, Any] = study._engine.call("trial", {"study": "one", "trial": trial.number})
    outcomes = [attempt["outcome"] for attempt in told["attemptList"]]
    if trial.state == "complete" and (trial.values.get("loss") != trial.params["x"] or not begun):
        yield f"trial {trial.number} has {trial.values} for {trial.params}, and was begun {begun} times"
    if trial.state == "failed" and outcomes.count("lost") < _MOST_LOSSES:
        yield f"trial {trial.number} failed: {told['message']} {outcomes}"
    if begun > len(outcomes):
        yield f"trial {trial.number} was run {begun} times in {outcomes}"
    steps = [report.step for report in trial.reports]
    if any(count > begun for count in Counter(steps).values()):
        yield f"trial {trial.number} was begun {begun} times and has reports at {steps}"


def play_round(seed: int, kills: int = KILLS_A_ROUND) -> Round:
    """One round in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        play = _Play(seed, kills, Path(folder))
        play.play()
        return play.round


def main() -> None:
    """Rounds until there are so many kills."""
    parser = argparse.ArgumentParser(description="Kills at random, and what became of the study.")
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, default=Path(__file__).parents[3] / "bench" / "results" / "python-kills.jsonl")
    given = parser.parse_args()
    given.file.parent.mkdir(parents=True, exist_ok=True)
    known = [json.loads(line) for line in given.file.read_text().splitlines()] if given.file.exists() else []
    rounds = {one["seed"]: Round(one["seed"], Counter(one["kills"]), one["problems"], one["seconds"]) for one in known}
    seed = given.seed
    mine: list[Round] = []
    while sum(one.kills.total() for one in mine) < given.kills:
        played = rounds.get(seed) or play_round(seed)
        if seed not in rounds:
            with open(given.file, "a", encoding="utf-8") as file:
                file.write(json.dumps(vars(played)) + "\n")
        mine.append(played)
        print(f"round {seed}: {dict(played.kills)}, {played.seconds:.0f} s, {len(played.problems)} problems", flush=True)
        for problem in played.problems:
            print(f"  {problem}", flush=True)
        seed += 1
    kills = sum((one.kills for one in mine), Counter[str]())
    problems = sum(len(one.problems) for one in mine)
    print(f"{kills.total()} kills in {len(mine)} rounds ({', '.join(f'{count} of {kind}s' for kind, count in kills.items())}): {problems} problems")
    sys.exit(problems > 0)


if __name__ == "__main__":
    main()
