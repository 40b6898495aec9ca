"""Studies of a server."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import attune_hpo as attune
from attune_hpo._node import engine_script, find_node


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server, with a token of its operator in the environment."""
    monkeypatch.delenv("ATTUNE_TOKEN", raising=False)
    words = [find_node(), engine_script()]
    storage = ["--storage", str(tmp_path / "attune.db")]
    made = subprocess.run([*words, "token", "create", "me", *storage], capture_output=True, text=True, check=True)
    process = subprocess.Popen([*words, "serve", "--port", "0", *storage], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        found = None
        while found is None:
            found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        monkeypatch.setenv("ATTUNE_TOKEN", made.stdout.strip().splitlines()[-1])
        yield found.group()
    finally:
        process.terminate()
        process.stdout.close()
        process.wait()


def test_a_server_is_a_storage(server: str) -> None:
    space = {"x": attune.float(0, 1), "kind": attune.choice([1.0, 2.0])}
    with attune.create_study("far", minimize="loss", space=space, storage=server, sampler="random", seed=1) as study:
        trial = study.ask()
        trial.report(1, 0.5)
        assert study.tell(trial, 0.25) == "complete"
        result = study.optimize(lambda trial: trial.params["x"] + trial.params["kind"], trials=5)
        assert (result.reason, result.trials_spent) == ("trials", 5)
        assert study.optimize(lambda trial: trial.params["x"], trials=9, workers=2).trials_spent == 9
        assert len(study.trials) == 9 and [one.number for one in study.iter_trials("x < 2", sort=["-loss"])]
    with attune.open_study("far", storage=server) as opened:
        assert opened.best is not None and opened.best.values["loss"] <= 0.25


def test_who_asks_and_what_is_missing_is_said(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(attune.UnknownStudy):
        attune.open_study("none", storage=server)
    monkeypatch.delenv("ATTUNE_TOKEN")
    with pytest.raises(attune.AttuneError, match="Set ATTUNE_TOKEN") as refused:
        attune.open_study("none", storage=server)
    assert refused.value.code == "unauthorized"
    with pytest.raises(attune.StorageError, match="attune serve"):
        attune.open_study("none", storage="http://127.0.0.1:9")
