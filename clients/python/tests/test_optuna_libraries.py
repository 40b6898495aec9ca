"""The same for scripts that train models of libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
from optuna_scripts import NEEDED, check


@pytest.mark.parametrize("name", sorted(name for name, libraries in NEEDED.items() if "sklearn" in libraries))
def test_a_script_that_trains_models_runs_as_it_is(name: str, tmp_path: Path) -> None:
    check(name, tmp_path)
