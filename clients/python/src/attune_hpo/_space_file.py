"""Spaces in files. The engine reads them: YAML means something else in Python (`on`, `no`, `1e-3`)."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from ._node import engine_script, find_node
from .errors import error_of


def read_space(file: str | os.PathLike[str]) -> dict[str, Any]:
    """
    The space of a study file, of a space alone (YAML or JSON), or of a JSON file from ConfigSpace, in canonical form.

    Its constraints are part of it; what else a study file says (`minimize`, `sampler`, `trials`, ...) is for the command line.
    Raises `InvalidArgument` with file, line and column of a fault.
    """
    path = os.fspath(file)
    command = [find_node(), engine_script(), "space", "describe", "--json", "--", path]
    told = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    if told.returncode != 0:
        said = told.stderr.strip().removeprefix("attune: ") or f"The engine ended with code {told.returncode} as it read {path}."
        raise error_of("invalid-file" if told.returncode in (1, 2) else "no-engine", said)
    space: dict[str, Any] = json.loads(told.stdout)["space"]
    return space
