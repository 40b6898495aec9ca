"""Spaces that stand in files."""

from __future__ import annotations

from pathlib import Path

import pytest

import attune_hpo as attune

STUDY = """minimize: loss
space:
  lr: 1e-5..1e-1 log
  share: [0.5, 1.0]
  mode: [on, no, "1"]
  layers: 1..4
where: ["layers <= 3"]
trials: 20
command: [python, train.py]
"""


def test_a_study_file_is_read_as_the_command_line_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "-digits.yaml"
    file.write_text(STUDY)
    with attune.create_study("digits", minimize="loss", space=file, sampler="random", seed=1) as study:
        seen = [study.ask().params for _ in range(40)]
    assert {params["mode"] for params in seen} == {"on", "no", "1"}
    assert {params["layers"] for params in seen} == {1, 2, 3}
    assert {str(params["share"]) for params in seen} == {"0.5", "1.0"}
    assert all(isinstance(params["lr"], float) and 1e-5 <= params["lr"] <= 0.1 for params in seen)


def test_the_path_may_be_a_text_and_constraints_may_be_added(tmp_path: Path) -> None:
    file = tmp_path / "space.yaml"
    file.write_text("layers: 1..4\nunits: 1..100\n")
    with attune.create_study("one", minimize="loss", space=str(file), where="layers >= 3", sampler="random", seed=1) as study:
        assert {study.ask().params["layers"] for _ in range(30)} == {3, 4}


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("space:\n  lr: 1e-1..1e-5 log\n")
    with pytest.raises(attune.InvalidArgument, match=r"wrong\.yaml:2:7"):
        attune.create_study("one", minimize="loss", space=file)
    with pytest.raises(attune.InvalidArgument, match=r"missing\.yaml cannot be read"):
        attune.create_study("one", minimize="loss", space=tmp_path / "missing.yaml")
    with pytest.raises(attune.InvalidArgument, match="layers: text"):
        attune.create_study("one", minimize="loss", space="layers: text")
