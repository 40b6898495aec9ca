"""What tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Before numpy is loaded: its threads wait for one another actively, which takes seconds for a fit of milliseconds on a machine that is busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import attune_hpo as attune  # noqa: E402


@pytest.fixture
def storage(tmp_path: Path) -> str:
    """A storage of the test's own."""
    return str(tmp_path / "attune.db")


@pytest.fixture
def study() -> Iterator[attune.Study]:
    """A study in memory, of each kind of parameter."""
    space = {"x": attune.float(0, 1), "n": "1..3", "kind": attune.choice(["a", "b"])}
    with attune.create_study("one", minimize="loss", space=space, sampler="random", seed=1) as made:
        yield made
