"""One seed means the same in Python, in TypeScript and on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import attune_hpo as attune
from attune_hpo._node import engine_script, find_node

SPACE = {"x": "1e-4..1.0 log", "n": "1..9", "kind": "a | b | c"}
PROGRAM = "import sys; x, n = float(sys.argv[1]), int(sys.argv[2]); print('loss=%r' % (x * n))"
MODULE = """
const { createStudy, readSpace } = await import(process.argv[1]);
const [sampler, trials] = process.argv.slice(2);
const study = await createStudy({ name: "one", minimize: "loss", space: readSpace(%s), sampler, seed: 11 });
await study.optimize(({ params }) => params.x * params.n, { trials: Number(trials) });
console.log(JSON.stringify(study.trials().map(({ params }) => params)));
await study.close();
"""


@pytest.mark.parametrize(("sampler", "trials"), [("random", 12), ("tpe", 24), ("gp", 14)])
def test_suggestions_are_equal_to_the_bit(sampler: str, trials: int, tmp_path: Path) -> None:
    with attune.create_study("one", minimize="loss", space=SPACE, sampler=sampler, seed=11) as study:
        study.optimize(lambda trial: trial.params["x"] * trial.params["n"], trials=trials)
        ours = [dict(trial.params) for trial in study.trials]
        assert study.replay()["differences"] == []
    library = os.path.join(os.path.dirname(os.path.dirname(engine_script())), "dist", "index.js")
    words = [find_node(), "--input-type=module", "-e", MODULE % json.dumps(SPACE), library, sampler, str(trials)]
    told = subprocess.run(words, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == ours
    (tmp_path / "program.py").write_text(PROGRAM)
    run = [sys.executable, "-m", "attune_hpo", "run", "--study", "one", "--minimize", "loss", "--sampler", sampler, "--seed", "11", "--quiet"]
    params = [word for name, text in SPACE.items() for word in ("--param", f"{name}={text}")]
    words = [*run, "--trials", str(trials), *params, "--", sys.executable, "program.py", "${x}", "${n}", "${kind}"]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    with attune.open_study("one", storage=tmp_path / "attune.db") as study:
        assert [dict(trial.params) for trial in study.trials] == ours
