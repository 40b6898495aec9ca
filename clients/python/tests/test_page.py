"""The page of a study, as a program shows it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import attune_hpo as attune


def _made(storage: str) -> attune.Study:
    study = attune.create_study("digits of lr", minimize="loss", space={"x": attune.float(0, 1)}, storage=storage, sampler="random", seed=1)
    study.optimize(lambda trial: trial.params["x"], trials=3)
    return study


def _studies(page: attune.page.Page) -> list[str]:
    """The studies that the page lists, for who comes by its link."""
    code = page.link.rpartition("code=")[2].partition("&")[0]
    body = json.dumps({"code": code}).encode()
    exchange = urllib.request.Request(f"{page.address}/v1/session", body, {"content-type": "application/json"})
    with urllib.request.urlopen(exchange) as answer:
        secret = json.load(answer)["secret"]
    asked = urllib.request.Request(f"{page.address}/v1/studies", headers={"authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(asked) as answer:
        return [study["name"] for study in json.load(answer)["studies"]]


def test_a_study_is_shown_by_a_process_of_its_own(storage: str, capfd: pytest.CaptureFixture[str]) -> None:
    with _made(storage) as study:
        page = study.ui(open=False)
        out, err = capfd.readouterr()
        assert (out, err) == ("", f"attune: digits of lr in a browser: {page.link}\n")
        with urllib.request.urlopen(f"{page.address}/") as answer:
            assert b"<title>Attune" in answer.read()
        assert _studies(page) == ["digits of lr"]
        assert page.link in repr(page)
        assert page.address in page._repr_html_()
        page.close()
        page.close()
        with pytest.raises(OSError):
            urllib.request.urlopen(f"{page.address}/")


def test_a_study_in_memory_is_refused(study: attune.Study) -> None:
    with pytest.raises(attune.InvalidArgument, match="keep it in a file to show its page"):
        study.ui(open=False)


def test_why_a_page_cannot_be_served_is_told(storage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with _made(storage) as study:
        # The engine that has the storage goes on; what serves the page finds none.
        monkeypatch.setattr("attune_hpo.page.engine_script", lambda: str(tmp_path / "none.cjs"))
        with pytest.raises(attune.InvalidArgument, match=r"(?s)The page could not be served: .*none\.cjs"):
            study.ui(open=False)


_SCRIPT = """
import sys, attune_hpo as attune
study = attune.open_study("digits of lr", storage=sys.argv[1])
page = study.ui(open=False)
print(page.address, page._process.pid)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_script_ends_at_once_and_leaves_its_page(storage: str) -> None:
    _made(storage).close()
    ended = subprocess.run([sys.executable, "-W", "error", "-c", _SCRIPT, storage], capture_output=True, text=True, check=True)
    address, pid = ended.stdout.split()
    try:
        # Nothing but where it is: no warning of a process that still runs.
        assert ended.stderr.count("\n") == 1
        with urllib.request.urlopen(f"{address}/") as answer:
            assert answer.status == 200
    finally:
        os.kill(int(pid), signal.SIGTERM)
