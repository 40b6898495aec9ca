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
    assert "prefers-color-scheme:dark" in figure._repr_html_() and not figure.empty
    shown = study._repr_html_()
    assert "<b>one</b>" in shown and shown.count("<svg") >= 2
    with pytest.raises(attune.InvalidArgument, match="history"):
        study.plot.histori()


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
