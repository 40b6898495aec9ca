"""Whoever dies, in whatever moment: no process is left, nothing is lost and nothing counted twice."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kills import play_round

import attune_hpo as attune

KEPT = """
import os, sys, time
import attune_hpo as attune
study = attune.create_study("one", minimize="loss", space={"x": attune.float(0, 1)}, storage=sys.argv[1], sampler="random", seed=1)
study.ask()
child = os.fork()
if child == 0:
    time.sleep(600)
print(study._engine.pid, child, flush=True)
time.sleep(600)
"""

def is_there(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pid: int) -> None:
    """The test's own time-out ends it."""
    while is_there(pid):
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_parent_takes_the_engine_along_though_a_forked_child_lives_on(storage: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", KEPT, storage], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    engine, child = (int(word) for word in parent.stdout.readline().split())
    assert is_there(engine)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until_gone(engine)
    assert is_there(child)
    os.kill(child, signal.SIGKILL)


def test_a_forked_process_has_an_engine_of_its_own(storage: str) -> None:
    with attune.create_study("one", minimize="loss", space={"x": attune.float(0, 1)}, storage=storage, sampler="random") as study:
        mine = study.ask()
        child = os.fork()
        if child == 0:
            trial = study.ask()
            study.tell(trial, 2)
            os._exit(trial.number)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 1 and mine.number == 0
        study.tell(mine, 1)
        assert [trial.values["loss"] for trial in study.trials] == [1, 2]


def spawned(storage: str) -> None:
    """What a process that was spawned does: it has an engine of its own."""
    with attune.open_study("one", storage=storage) as study:
        study.optimize(lambda trial: trial.params["x"], trials=12)


def test_a_spawned_process_shares_the_budget_of_its_parent(storage: str) -> None:
    with attune.create_study("one", minimize="loss", space={"x": attune.float(0, 1)}, storage=storage, sampler="random", seed=1) as study:
        study.tell(study.ask(), 1)
        child = multiprocessing.get_context("spawn").Process(target=spawned, args=(storage,))
        child.start()
        study.optimize(lambda trial: trial.params["x"], trials=12)
        child.join()
        assert child.exitcode == 0 and len(study.trials) == 12 and {trial.state for trial in study.trials} == {"complete"}


def test_a_study_in_memory_is_not_the_forked_processes() -> None:
    with attune.create_study("one", minimize="loss", space={"x": attune.float(0, 1)}) as study:
        study.ask()
        child = os.fork()
        if child == 0:
            try:
                study.ask()
            except attune.NoEngine as error:
                os._exit(7 if "give it a storage" in str(error) else 1)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_the_engines_log_can_be_read(study: attune.Study) -> None:
    assert study.engine_log() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_random_kills_leave_nobody_lose_nothing_and_count_nothing_twice() -> None:
    """`python tests/kills.py` does so a thousand times."""
    played = play_round(7, kills=4)
    assert played.problems == [] and played.kills.total() == 4


def test_an_engine_that_ends_as_it_begins_is_told_of_and_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "node"
    node.write_text('#!/bin/sh\n[ "$1" = --version ] && echo v24.19.0 && exit 0\necho no memory >&2\nexit 3\n')
    node.chmod(0o755)
    monkeypatch.setenv("ATTUNE_NODE", str(node))
    for _ in range(20):
        with pytest.raises(attune.NoEngine, match="ended with code 3. no memory"):
            attune.create_study("one", minimize="loss")
