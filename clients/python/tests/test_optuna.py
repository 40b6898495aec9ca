"""Optuna's calls over the engine."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attune_hpo import optuna
from attune_hpo.optuna.trial import TrialState


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* is Attune's (sampler|scheduler)")
        yield


def seeded(**given: Any) -> optuna.Study:
    return optuna.create_study(**{"sampler": optuna.samplers.RandomSampler(seed=1), **given})


def test_a_study_is_optimized_so_many_trials_a_call() -> None:
    study = seeded()
    study.optimize(lambda trial: trial.suggest_float("x", -1, 1) ** 2, n_trials=4)
    study.optimize(lambda trial: trial.suggest_float("x", -1, 1) ** 2, n_trials=3)
    assert [trial.number for trial in study.trials] == list(range(7))
    assert study.best_value == min(trial.values[0] for trial in study.trials if trial.values)
    assert study.best_trial.params == study.best_params and study.best_value == study.best_params["x"] ** 2


def test_what_is_enqueued_comes_first_and_the_rest_is_suggested() -> None:
    study = seeded()
    study.enqueue_trial({"x": 0.5, "seed": 3}, user_attrs={"from": "me"})
    study.enqueue_trial({"x": 0.5, "seed": 3}, skip_if_exists=True)
    study.enqueue_trial({"x": 7.0})
    assert [trial.state for trial in study.trials] == [TrialState.WAITING] * 2
    with pytest.warns(UserWarning, match="outside"):
        study.optimize(lambda t: t.suggest_float("x", 0, 1) + t.suggest_int("seed", 0, 9) + t.suggest_float("a b", 0, 1), n_trials=3)
    first, second, _ = study.trials
    assert first.params["x"] == 0.5 and first.params["seed"] == 3 and 0 <= first.params["a b"] <= 1
    assert first.user_attrs == {"from": "me"} and second.params["x"] == 7.0
    assert first.system_attrs == {"fixed_params": {"x": 0.5, "seed": 3}}


def test_a_storage_keeps_everything_and_another_object_reads_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/study.db"
    study = seeded(storage=url, study_name="kept", directions=["maximize"])

    def objective(trial: optuna.Trial) -> float:
        trial.set_user_attr("rate", 2.0)
        trial.set_user_attr("none", None)
        x = trial.suggest_float("x", 0, 4, step=1)
        trial.suggest_categorical("kind", [1, 1.0, True, None, "a", math.inf])
        trial.suggest_int("one", 3, 3)
        trial.report(math.inf if trial.number else 1.5, 2)
        if trial.number == 3:
            raise optuna.TrialPruned
        if trial.number == 4:
            raise KeyError("no")
        return math.inf if trial.number == 2 else x

    study.optimize(objective, n_trials=5, catch=KeyError)
    study.set_user_attr("what", {"a": [1.0, 2]})
    study.enqueue_trial({"x": 3.0})
    code = (
        "import sys; from attune_hpo import optuna; optuna.logging.set_verbosity(40)\n"
        f"study = optuna.load_study(study_name=None, storage={url!r})\n"
        "print(repr((study.user_attrs, study.directions, [(t.number, t.state, t.values, t.params, t.distributions, t.user_attrs,"
        " t.system_attrs, t.intermediate_values) for t in study.trials])))"
    )
    read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    told = [
        (t.number, t.state, t.values, t.params, t.distributions, t.user_attrs, t.system_attrs, t.intermediate_values)
        for t in study.trials
    ]
    assert read.strip() == repr((study.user_attrs, study.directions, told))
    assert [t.state.name for t in study.trials] == ["COMPLETE"] * 3 + ["PRUNED", "FAIL", "WAITING"]
    assert not (tmp_path / "study.db").exists() and (tmp_path / "study.attune.db").exists()


def test_trials_told_by_hand_end_as_they_are_told() -> None:
    study = seeded()
    states: list[Any] = []
    told: list[dict[str, Any]] = [
        {"values": 1.0},
        {"values": [1.0, 2.0]},
        {"values": math.nan},
        {"values": "much"},
        {"state": TrialState.PRUNED},
        {"state": TrialState.FAIL},
        {},
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for given in told:
            trial = study.ask({"x": optuna.distributions.FloatDistribution(0, 1)})
            assert 0 <= trial.params["x"] <= 1
            states.append(study.tell(trial, **given).state.name)
    assert states == ["COMPLETE", "FAIL", "FAIL", "FAIL", "PRUNED", "FAIL", "FAIL"]
    with pytest.raises(ValueError, match="COMPLETE"):
        study.tell(0, 1.0)
    assert study.tell(0, 2.0, skip_if_finished=True).value == 1.0
    with pytest.raises(ValueError, match="no trial 99"):
        study.tell(99, 1.0)
    trial = study.ask()
    refused: list[dict[str, Any]] = [{"state": TrialState.RUNNING}, {"state": TrialState.FAIL, "values": 1.0}, {"state": TrialState.COMPLETE}]
    for given in refused:
        with pytest.raises(ValueError):
            study.tell(trial, **given)


def test_an_objective_that_raises_fails_its_trial_and_ends_the_call() -> None:
    study = seeded()

    def objective(trial: optuna.Trial) -> float:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        study.optimize(objective, n_trials=3)
    study.optimize(objective, n_trials=3, catch=(ValueError,))
    assert [trial.state for trial in study.trials] == [TrialState.FAIL] * 4
    with pytest.raises(ValueError, match="No trial is complete"):
        study.best_trial  # noqa: B018


def test_a_pruner_is_asked_by_should_prune_alone() -> None:
    study = seeded(pruner=optuna.pruners.MedianPruner(n_startup_trials=1))

    def objective(trial: optuna.Trial) -> float:
        for step in range(3):
            trial.report(trial.number * 10.0, step)
            if trial.number % 2 and trial.should_prune():
                raise optuna.TrialPruned
        return float(trial.number)

    study.optimize(objective, n_trials=5)
    assert [trial.state.name for trial in study.trials] == ["COMPLETE", "PRUNED", "COMPLETE", "PRUNED", "COMPLETE"]
    assert study.trials[1].value == 10.0 and study.trials[4].value == 4.0


def test_what_is_not_there_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotImplementedError, match="optuna.multi_objective is not there .*docs/guide/optuna.md"):
        optuna.multi_objective  # noqa: B018
    with pytest.raises(AttributeError, match="TPESampler"):
        optuna.samplers.MOTPESampler  # noqa: B018
    with pytest.raises(NotImplementedError, match="serve"):
        optuna.create_study(storage="mysql://me:secret@host/db")
    study = seeded()
    with pytest.raises(AttributeError, match="study.best_everything is not there"):
        study.best_everything  # noqa: B018


def test_what_differs_is_said_once_where_the_program_chose_it() -> None:
    code = (
        "import warnings\nfrom attune_hpo import optuna\noptuna.logging.set_verbosity(40)\n"
        "def run(**given):\n    study = optuna.create_study(**given)\n    study.optimize(lambda trial: trial.suggest_float('x', 0, 1), n_trials=1)\n"
        "run()\nrun(sampler=optuna.samplers.CmaEsSampler(popsize=9))\nrun(sampler=optuna.samplers.CmaEsSampler(popsize=9))\n"
        "run(pruner=optuna.pruners.MedianPruner())\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = [line for line in ran.stderr.splitlines() if "Warning" in line]
    assert [line.split(" is Attune's")[0] for line in lines] == ["<string>:6: UserWarning: CmaEsSampler", "<string>:6: UserWarning: MedianPruner"]
    assert "Attune has no CMA-ES of its own" in lines[0] and "popsize=9 means nothing to it." in lines[0]


def test_a_script_runs_as_it_is(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nimport optuna\nfrom optuna.samplers import RandomSampler\nimport optuna.distributions as d\n"
        "study = optuna.create_study(sampler=RandomSampler(seed=int(sys.argv[1])))\n"
        "study.optimize(lambda trial: trial.suggest_float('x', 0, 1), n_trials=3)\n"
        "print(__name__, len(study.trials), d.FloatDistribution(0, 1))\n"
        "try:\n    import optuna.cli\nexcept ImportError as error:\n    print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-m", "attune_hpo.optuna", str(script), "7"], capture_output=True, text=True, check=True)
    assert "__main__ 3 FloatDistribution(high=1.0, log=False, low=0.0, step=None)" in ran.stdout
    assert "optuna.cli is not there" in ran.stdout and "trial 2: value" in ran.stderr
    missing = subprocess.run([sys.executable, "-m", "attune_hpo.optuna", "none.py"], capture_output=True, text=True)
    assert missing.returncode == 66 and "no script none.py" in missing.stderr
