"""Programs that the command line tunes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import attune_hpo as attune
from attune_hpo.__main__ import main

PROGRAM = """
import sys
import attune_hpo as attune

trial = attune.current_trial(lr=0.5, layers=2)
for epoch in range(1, 4):
    trial.report(epoch, val_loss=trial.params["lr"] * trial.params["layers"] + 1 / epoch)
print(type(trial.params["lr"]).__name__, trial.is_tuned)
assert "subprocess" not in sys.modules, "nothing is started"
"""


def run(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ATTUNE_")}
    return subprocess.run(words, cwd=cwd, env={**environment, **variables}, capture_output=True, text=True, check=False)


def test_a_program_gets_its_parameters_and_alone_its_defaults(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM)
    alone = run(sys.executable, "train.py", cwd=tmp_path, PATH="")
    assert alone.stdout.splitlines() == ["step=1 val_loss=2.0", "step=2 val_loss=1.5", "step=3 val_loss=1.3333333333333333", "float False"]
    command = [sys.executable, "-m", "attune_hpo", "run", "--study", "lines", "--minimize", "val_loss", "--trials", "3", "--quiet"]
    tuned = run(*command, "--param", "lr=0..4.0", "--param", "layers=1..3", "--", sys.executable, "train.py", cwd=tmp_path)
    assert tuned.returncode == 0, tuned.stderr
    with attune.open_study("lines", storage=tmp_path / "attune.db") as opened:
        trials = opened.trials
    assert [trial.state for trial in trials] == ["complete"] * 3
    assert all([report.step for report in trial.reports] == [1, 2, 3] for trial in trials)


def test_the_command_line_says_what_it_lacks_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "node").write_text("#!/bin/sh\necho v18.1.0\n")
    (tmp_path / "node").chmod(0o755)
    old = run(sys.executable, "-m", "attune_hpo", "studies", cwd=tmp_path, ATTUNE_NODE=str(tmp_path / "node"))
    assert old.returncode == 69 and old.stderr.count("\n") == 1
    assert "needs Node 24 or later" in old.stderr and "v18.1.0" in old.stderr
    assert callable(main)
