"""What a study shows of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import attune_hpo as attune
from attune_hpo._dataframe import columns_of


def objective(trial: attune.Trial) -> float:
    for epoch in (1, 2):
        trial.report(epoch, trial.params["x"] + 1 / epoch)
    if trial.number == 2:
        raise RuntimeError("out of luck")
    return float(trial.params["x"])


def test_trials_are_told_whole(study: attune.Study) -> None:
    study.optimize(objective, trials=4)
    trials = study.trials
    assert [(trial.number, trial.state) for trial in trials] == [(0, "complete"), (1, "complete"), (2, "failed"), (3, "complete")]
    assert [report.step for report in trials[1].reports] == [1, 2] and trials[1].values == {"loss": trials[1].params["x"]}
    assert isinstance(trials[0].params["x"], float) and trials[0].started_at is not None
    assert [trial.number for trial in study.iter_trials("state == 'complete'", sort=["-loss"])][-1] == study.best.number  # type: ignore[union-attr]


def test_a_table_of_trials_has_a_column_each(study: attune.Study) -> None:
    study.optimize(objective, trials=3)
    pandas = pytest.importorskip("pandas")
    table = study.trials_dataframe()
    assert isinstance(table, pandas.DataFrame)
    assert list(table.columns)[:6] == ["number", "state", "loss", "x", "n", "kind"] and len(table) == 3


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_choices_of_several_types_are_a_column(library: Any) -> None:
    pytest.importorskip(library)
    space = {"kind": attune.choice(["a", None, 3]), "size": attune.choice([1, 2.5])}
    with attune.create_study("mixed", minimize="loss", space=space, sampler="random", seed=1) as study:
        study.optimize(lambda trial: 1, trials=8)
        table = study.trials_dataframe(library)
        assert list(table["kind"]) == [trial.params["kind"] for trial in study.trials]
        assert list(table["size"]) == [trial.params["size"] for trial in study.trials]


def test_no_column_hides_another() -> None:
    space = {"state": attune.float(0, 1), "loss": attune.float(2, 3), "x": attune.float(4, 5)}
    with attune.create_study("names", minimize=["loss", "duration"], space=space, sampler="random", seed=1) as study:
        study.optimize(lambda trial: {"loss": 7, "duration": 8}, trials=2)
        columns = columns_of(study.trials, study.metrics)
    names = ["number", "state", "loss", "values.duration", "params.state", "params.loss", "x", "duration", "started_at", "finished_at", "message"]
    assert list(columns) == names and columns["state"] == ["complete"] * 2 and columns["loss"] == [7, 7] and columns["values.duration"] == [8, 8]
    assert all(0 <= value <= 1 for value in columns["params.state"]) and all(2 <= value <= 3 for value in columns["params.loss"])


def test_a_table_says_what_it_needs(study: attune.Study) -> None:
    with pytest.raises(attune.InvalidArgument, match="pandas or polars"):
        study.trials_dataframe("excel")  # type: ignore[arg-type]


def test_why_replay_log_notes_and_attributes(study: attune.Study, storage: str) -> None:
    study.optimize(objective, trials=4)
    assert study.why(1)["equal"] is True and study.replay()["differences"] == [] and study.replay()["checked"] >= 3
    study.note(1, "good")
    study.set_attribute("data", {"path": Path("/x"), "rows": 3})
    study.set_attribute("host", "a", trial=1)
    assert study.trials[1].note == "good" and study.attributes == {"data": {"path": "/x", "rows": 3}}
    study.invalidate(1, "wrong data")
    assert study.trials[1].invalid
    study.restore(1)
    assert not study.trials[1].invalid


def test_a_winner_is_confirmed_and_has_an_interval(study: attune.Study) -> None:
    noise = iter(range(1000))
    study.optimize(lambda trial: trial.params["x"] + next(noise) % 3 / 100, trials=6)
    assert study.best is not None and study.best.interval is None and not study.best.confirmed
    numbers = study.confirm(3)
    assert len(numbers) >= 3
    study.optimize(lambda trial: trial.params["x"] + next(noise) % 3 / 100, trials=6 + len(numbers))
    best = study.best
    assert best is not None and best.confirmed and best.interval is not None and best.value is not None
    assert best.interval.low < best.value < best.interval.high


def test_trials_made_elsewhere_are_taken_in(study: attune.Study) -> None:
    made = [{"params": {"x": 0.25, "n": 2, "kind": "a"}, "values": {"loss": value}} for value in (0.5, float("inf"))]
    assert study.import_trials([*made, {"params": {"x": 0.5, "n": 1, "kind": "b"}, "state": "failed"}]) == [0, 1, 2]
    assert study.best is not None and study.best.value == 0.5


def test_several_objectives_have_a_front_and_limits() -> None:
    space = {"width": attune.float(1, 64, log=True)}
    with attune.create_study("many", minimize=["loss", "ms"], limits="ms <= 20", space=space, sampler="random", seed=1) as study:
        result = study.optimize(lambda trial: {"loss": 1 / trial.params["width"], "ms": trial.params["width"] / 2}, trials=10)
        assert result.best is None and result.front and all(point.values["ms"] <= 20 for point in result.front)
        with pytest.raises(attune.InvalidArgument, match="loss"):
            study.tell(study.ask(), 3)


def test_a_study_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(attune.UnknownStudy):
        attune.open_study("one", storage=tmp_path / "typo.db")
    assert list(tmp_path.iterdir()) == []
