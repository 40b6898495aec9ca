"""Scripts as people write them for Optuna, each run as it is: see optuna_scripts.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from optuna_scripts import FOUND, NEEDED, SAME, SCRIPTS, check


def test_there_are_twenty_and_each_is_checked() -> None:
    assert len(SCRIPTS) >= 20 and set(SCRIPTS) == set(FOUND) and set(SAME) <= set(FOUND)


@pytest.mark.parametrize("name", [name for name in SCRIPTS if "sklearn" not in NEEDED.get(name, [])])
def test_a_script_runs_as_it_is(name: str, tmp_path: Path) -> None:
    check(name, tmp_path)
