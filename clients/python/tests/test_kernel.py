"""In a real kernel of Jupyter: what cells show, and a kernel that is restarted. `npm run frameworks:python` installs one."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kills import MARK, Victims

import attune_hpo as attune

MADE = """
import os, time
import attune_hpo as attune
study = attune.create_study("cells", minimize="loss", space={"x": attune.float(0, 1)}, storage="attune.db", sampler="random", seed=1)
"""

ENDLESS = """
def endless(trial):
    open(f"begun-{trial.number}", "w").close()
    while True:
        time.sleep(0.01)
study.optimize(endless, trials=8, workers=2)
"""


class Kernel:
    """One that runs, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.victims = Victims(f"kernel-{os.getpid()}-{folder.name}")
        clients = importlib.import_module("jupyter_client.manager")
        environment = {**os.environ, MARK: f"kernel-{os.getpid()}-{folder.name}"}
        self.manager, self.client = clients.start_new_kernel(cwd=str(folder), env=environment, startup_timeout=240)

    def run(self, code: str) -> list[dict[str, Any]]:
        """What a cell shows, message by message."""
        seen: list[dict[str, Any]] = []

        def show(message: dict[str, Any]) -> None:
            if message["msg_type"] != "status":
                seen.append({"type": message["msg_type"], **message["content"]})

        told = self.client.execute_interactive(code, timeout=240, output_hook=show)
        assert told["content"]["status"] == "ok", seen
        return seen

    def close(self) -> None:
        """Ends it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    if os.environ.get("ATTUNE_FRAMEWORKS") != "all":
        for name in ("ipykernel", "jupyter_client"):
            pytest.importorskip(name)
    made = Kernel(tmp_path)
    yield made
    made.close()


pytestmark = pytest.mark.filterwarnings("ignore")


def test_a_cell_has_one_line_that_goes_on_and_shows_what_was_found(kernel: Kernel) -> None:
    kernel.run(MADE)
    seen = kernel.run("study.optimize(lambda trial: trial.params['x'], trials=12, workers=2)")
    lines = [one["data"]["text/html"] for one in seen if one["type"] in ("display_data", "update_display_data")]
    assert [one["type"] for one in seen if "display_data" in one["type"]][:1] == ["display_data"]
    assert len({one["transient"]["display_id"] for one in seen if "display_data" in one["type"]}) == 1
    assert lines[-1].startswith("<code>12/12 trials, best loss 0.")
    (result,) = (one["data"] for one in seen if one["type"] == "execute_result")
    assert "<table>" in result["text/html"] and "best=Best(" in result["text/plain"]
    (shown,) = (one["data"] for one in kernel.run("study") if one["type"] == "execute_result")
    assert shown["text/html"].count("<svg") >= 2 and "12 complete; best loss" in shown["text/html"]
    (figure,) = (one["data"] for one in kernel.run("study.plot.history()") if one["type"] == "execute_result")
    assert figure["image/svg+xml"].startswith("<svg") and figure["text/html"].count("<svg") == 2


def test_a_kernel_that_is_restarted_leaves_nobody_and_the_study_goes_on(kernel: Kernel, tmp_path: Path) -> None:
    kernel.run(MADE)
    kernel.client.execute(ENDLESS)
    while len(list(tmp_path.glob("begun-*"))) < 2:
        time.sleep(0.02)
    assert len(kernel.victims.of("worker")) == 2 and len(kernel.victims.of("engine")) == 1
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=240)
    assert kernel.victims.left() == []
    kernel.run(MADE + "study.optimize(lambda trial: trial.params['x'], trials=8)")
    with attune.open_study("cells", storage=tmp_path / "attune.db") as study:
        assert [trial.number for trial in study.trials] == list(range(8)) and {trial.state for trial in study.trials} == {"complete"}
        first, second = (one["outcome"] for one in study._engine.call("trial", {"study": "cells", "trial": 0})["attemptList"])
        assert first in ("preempted", "lost") and second == "ok"
