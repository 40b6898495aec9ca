"""Studies: made, opened, asked, told, tuned."""

from __future__ import annotations

import enum
import math
from pathlib import Path
from typing import Any

import numpy
import pytest

import attune_hpo as attune


class Kind(enum.Enum):
    SMALL = 1
    LARGE = 2


def counts(study: attune.Study) -> dict[str, int]:
    return {state: count for state, count in study.summary()["counts"].items() if count > 0}


def test_a_trial_is_asked_for_reported_about_and_told(study: attune.Study) -> None:
    trial = study.ask()
    assert trial.number == 0 and set(trial.params) == {"x", "n", "kind"}
    assert isinstance(trial.params["x"], float) and isinstance(trial.params["n"], int)
    trial.report(1, loss=2)
    trial.report(2, numpy.float32(1.5))
    assert not trial.should_stop()
    assert study.tell(trial, 0.25) == "complete"
    assert study.best is not None
    assert (study.best.number, study.best.value, study.best.params) == (0, 0.25, trial.params)


def test_failures_and_results_that_are_no_numbers_are_told(study: attune.Study) -> None:
    assert study.tell(study.ask(), failed="no memory") == "failed"
    assert study.tell(study.ask(), math.nan) == "failed"
    assert study.tell(study.ask(), {"loss": math.inf, "seconds": 3}) == "complete"
    with pytest.raises(attune.InvalidArgument, match="is None|give one of"):
        study.tell(study.ask())


def test_the_budget_is_a_total_over_all_calls(study: attune.Study) -> None:
    ran: list[int] = []

    def function(trial: attune.Trial) -> float:
        ran.append(trial.number)
        return float(trial.params["x"])

    assert study.optimize(function, trials=5).ran == 5
    result = study.optimize(function, trials=8)
    assert (result.reason, result.trials_spent, result.ran, ran) == ("trials", 8, 3, list(range(8)))
    assert result.best is not None and result.best.value == min(result.best.values.values())


def test_a_study_goes_on_in_its_storage(storage: str) -> None:
    given: dict[str, Any] = {"minimize": "loss", "space": {"x": attune.float(0, 1)}, "storage": storage, "sampler": "random"}
    with attune.create_study("kept", **given, seed=7) as study:
        first = study.ask()
        study.tell(first, 1)
    with attune.create_study("kept", **given) as again:
        assert (again.seed, again.ask().number) == (7, 1)
    with attune.open_study("kept", storage=storage) as opened:
        assert opened.best is not None and opened.best.params == first.params


def test_choices_come_back_as_the_objects_that_were_given() -> None:
    values = {
        "path": attune.choice([Path("/data/a"), Path("/data/b")]),
        "kind": attune.choice([Kind.SMALL, Kind.LARGE]),
        "rate": attune.choice([1.0, 2.0]),
        "width": attune.choice([numpy.int64(8), numpy.int64(16)]),
        "branch": attune.one_of({"left": {"depth": attune.choice([2.0, 4.0])}, "right": {}}),
        "layers": attune.int(1, 2),
        "layer": attune.repeat("layers", {"units": attune.ordinal([1.0, 2.0])}),
        "set": attune.fixed(3.0),
    }
    with attune.create_study("objects", maximize="score", space=values, sampler="random", seed=3) as study:
        for _ in range(10):
            params = study.ask().params
            kinds = {name: type(value).__name__ for name, value in params.items()}
            assert kinds["path"] == type(Path()).__name__ and kinds["kind"] == "Kind"
            assert kinds["rate"] == "float" and kinds["width"] == "int64" and kinds["set"] == "float"
            assert kinds["layer.1.units"] == "float" and kinds.get("depth", "float") == "float"


def test_a_float_that_happens_to_be_whole_is_a_float() -> None:
    space = {"x": attune.float(0, 4, step=1), "y": "1.0 | 0.5", "z": "0.0..3.0 step 1.0"}
    with attune.create_study("whole", minimize="loss", space=space, sampler="random", seed=3) as study:
        for _ in range(20):
            assert {type(value) for value in study.ask().params.values()} == {float}


def test_parameters_can_be_asked_for_while_the_function_runs() -> None:
    def function(trial: attune.Trial) -> float:
        rate = trial.float("rate", 1e-5, 1e-1, log=True)
        kind = trial.choice("kind", [Kind.SMALL, Kind.LARGE])
        width = trial.int("width", 1, 3) if kind is Kind.LARGE else 1
        assert type(rate) is float and type(width) is int
        assert trial.params["rate"] == rate and trial.params["kind"] is kind
        return rate * width + trial.ordinal("size", [1.0, 2.0]) + trial.boolean("flag")

    with attune.create_study("asked", minimize="loss", sampler="random", seed=2) as study:
        result = study.optimize(function, trials=20)
    assert result.best is not None and {"rate", "kind", "size", "flag"} <= set(result.best.params)


def test_an_exception_fails_the_trial(study: attune.Study) -> None:
    def function(trial: attune.Trial) -> float:
        if trial.number < 2:
            raise ValueError(f"no {trial.params['n']}")
        return 1.0

    result = study.optimize(function, trials=4)
    assert (result.trials_spent, counts(study)) == (4, {"complete": 2, "failed": 2})


def test_a_scheduler_ends_a_trial_by_an_exception_that_is_let_pass() -> None:
    scheduler = {"name": "threshold", "upper": 10}
    with attune.create_study(
        "stopped", minimize="loss", space={"x": attune.float(0, 1)}, scheduler=scheduler, sampler="random", seed=1
    ) as study:

        def function(trial: attune.Trial) -> float:
            for epoch in range(1, 5):
                try:
                    trial.report(epoch, loss=100 if trial.number % 2 and epoch > 1 else 1)
                except Exception:
                    pytest.fail("a stop is no Exception")
                assert not (trial.number % 2 and epoch > 1)
            return 1.0

        study.optimize(function, trials=4)
        assert counts(study) == {"complete": 2, "pruned": 2}


def test_errors_are_told_by_code_and_class(study: attune.Study, storage: str) -> None:
    with pytest.raises(attune.UnknownStudy) as unknown:
        attune.open_study("two", storage=storage)
    assert unknown.value.code == "unknown-study"
    with pytest.raises(attune.InvalidArgument, match="lgo"):
        attune.create_study("two", minimize="loss", space={"x": "1e-5..1 lgo"})
    with pytest.raises(attune.InvalidArgument, match="no_sampler"):
        attune.create_study("two", minimize="loss", sampler="no_sampler")
    trial = study.ask()
    study.tell(trial, 1)
    with pytest.raises(attune.AttuneError) as over:
        study.tell(trial, 2)
    assert over.value.code == "conflict" and isinstance(over.value, attune.Conflict)
