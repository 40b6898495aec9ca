"""What notebooks and terminals show."""

from __future__ import annotations

import re

import pytest

import attune_hpo as attune
from attune_hpo._progress import Progress


def test_figures_come_in_light_and_dark(study: attune.Study) -> None:
    study.optimize(lambda trial: trial.params["x"], trials=6)
    assert "history" in dir(study.plot)
    figure = study.plot.history()
    assert figure.light.startswith("<svg") and figure.dark.startswith("<svg") and figure.light != figure.dark
    assert "prefers-color-scheme:dark" in figure._repr_html_() and "[data-jp-theme-light=true]" in figure._repr_html_() and not figure.empty
    shown = study._repr_html_()
    assert "<b>one</b>" in shown and shown.count("<svg") >= 2
    with pytest.raises(attune.InvalidArgument, match="history"):
        study.plot.histori()


def test_results_are_tables_and_their_texts_are_short(study: attune.Study) -> None:
    result = study.optimize(lambda trial: trial.params["x"], trials=6)
    best = result.best
    assert best is not None and f"<td>{best.value:.6g}</td>" in result._repr_html_() and "<th>loss</th>" in best._repr_html_()
    assert repr(result) == f"Result(reason='trials', trials_spent=6, ran=6, best={best!r})"
    names = attune.choice(["<b>a</b>"])
    with attune.create_study("two", minimize=["cost", "time"], space={"x": attune.float(0, 1), "kind": names}, sampler="random", seed=1) as two:
        found = two.optimize(lambda trial: {"cost": trial.params["x"], "time": -trial.params["x"]}, trials=12)
        assert repr(found) == "Result(reason='trials', trials_spent=12, ran=12, front=<12 configurations>)"
        shown = found._repr_html_()
        assert shown.count("<tr>") == 11 and "and 2 more" in shown and "&lt;b&gt;a&lt;/b&gt;" in shown
        assert "12 that nothing beats in everything" in two._repr_html_() and two.plot.front()._repr_html_() in two._repr_html_()


def test_a_run_that_goes_on_knows_the_best_of_before(study: attune.Study, capsys: pytest.CaptureFixture[str]) -> None:
    before = study.optimize(lambda trial: 0.25, trials=2).best
    study.optimize(lambda trial: 9, trials=4, progress=True)
    assert before is not None and "4/4 trials, best loss 0.25" in capsys.readouterr().err


def test_the_line_of_a_run_says_how_far_it_is() -> None:
    progress = Progress(("loss",), 10, False)
    progress({"type": "resumed", "trialsSpent": 4})
    for best, value in ((True, 0.5), (False, 0.75)):
        progress({"type": "finished", "state": "complete", "values": {"loss": value}, "best": best})
    progress({"type": "finished", "state": "failed", "values": {}, "best": False})
    assert re.fullmatch(r"7/10 trials, 1 failed, best loss 0\.5, \S+( s each|/s), [\d:]+ left", progress.line)


def test_a_terminal_has_one_line_and_pipes_none(study: attune.Study, capsys: pytest.CaptureFixture[str]) -> None:
    study.optimize(lambda trial: trial.params["x"], trials=3)
    assert capsys.readouterr().err == ""
    study.optimize(lambda trial: trial.params["x"], trials=6, progress=True)
    assert "6/6 trials" in capsys.readouterr().err.splitlines()[-1]
