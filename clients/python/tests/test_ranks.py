"""
Callbacks over two ranks on one machine: the first reports, and all are left where the trial is to end early. `npm run frameworks:python` installs the
frameworks; without them these are skipped.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import attune_hpo as attune

BASE = """
import os, sys, torch
import attune_hpo as attune

def left(error):
    rank = int(os.environ.get("RANK") or os.environ.get("LOCAL_RANK") or 0)
    with open(f"left-{rank}", "w") as file:
        file.write(f"{type(error).__name__} {torch.distributed.get_world_size()}")

epochs = int(os.environ["EPOCHS"])
trial = attune.current_trial(rate=0.1)
x = torch.randn(40, 4, generator=torch.Generator().manual_seed(1))
y = (x[:, 0] > 0).float()

def loss(layer, x, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(layer(x)[:, 0], y)
"""

LIGHTNING = (
    BASE
    + """
import lightning.pytorch as pytorch
from attune_hpo.lightning import ReportCallback

class Model(pytorch.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)

    def training_step(self, batch):
        return loss(self.layer, *batch)

    def validation_step(self, batch):
        self.log("val_loss", loss(self.layer, *batch), sync_dist=True)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=trial.params["rate"])

data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=10)
quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
given = attune.create_study("mine", minimize="val_loss", space={"rate": "0..1.0"}).ask() if "--mine" in sys.argv else trial
trainer = pytorch.Trainer(max_epochs=epochs, accelerator="cpu", devices=2, strategy="ddp", callbacks=[ReportCallback(given)], **quiet)
try:
    trainer.fit(Model(), data, data)
except BaseException as error:
    left(error)
    raise
left(None)
"""
)

TRAINER = (
    BASE
    + """
import transformers
from attune_hpo.transformers import ReportCallback

class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)

    def forward(self, x, labels):
        return {"loss": loss(self.layer, x, labels), "logits": self.layer(x)[:, 0]}

rows = [{"x": one, "labels": label} for one, label in zip(x, y)]
given = {"eval_strategy": "epoch", "save_strategy": "no", "report_to": "none", "disable_tqdm": True, "use_cpu": True, "ddp_backend": "gloo"}
settings = transformers.TrainingArguments("trainer", num_train_epochs=epochs, per_device_train_batch_size=10, **given)
trainer = transformers.Trainer(Model(), settings, train_dataset=rows, eval_dataset=rows, callbacks=[ReportCallback(trial, {"val_loss": "eval_loss"})])
try:
    trainer.train()
except BaseException as error:
    left(error)
    raise
left(None)
"""
)


def program(framework: str, folder: Path) -> list[str]:
    """How it is begun, in two ranks."""
    for name in ("torch", framework):
        if os.environ.get("ATTUNE_FRAMEWORKS") != "all" and importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed here")
    (folder / "train.py").write_text(LIGHTNING if framework == "lightning" else TRAINER)
    if framework == "lightning":
        return [sys.executable, "train.py"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port", str(port), "train.py"]


def run(words: list[str], folder: Path, epochs: int) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATTUNE_")}
    threads = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return subprocess.run(words, cwd=folder, env={**kept, **threads, "EPOCHS": str(epochs)}, capture_output=True, text=True, check=False)


def tuned(framework: str, folder: Path, epochs: int, scheduler: str) -> attune.TrialRecord:
    """One trial of it by the command line."""
    command = [sys.executable, "-m", "attune_hpo", "run", "--study", "ranks", "--minimize", "val_loss", "--trials", "1", "--grace", "600s"]
    words = [*command, "--scheduler", scheduler, "--param", "rate=0..1.0", "--", *program(framework, folder)]
    ended = run(words, folder, epochs)
    assert (folder / "attune.db").exists(), ended.stderr
    with attune.open_study("ranks", storage=folder / "attune.db") as study:
        (trial,) = study.trials
        assert trial.state in ("complete", "pruned"), f"{ended.stderr} {study.log(0)}"
        return trial


@pytest.mark.parametrize("framework", ["lightning", "transformers"])
def test_the_first_rank_reports_each_epoch_once(framework: str, tmp_path: Path) -> None:
    trial = tuned(framework, tmp_path, 3, "none")
    assert trial.state == "complete" and [report.step for report in trial.reports] == [1, 2, 3]
    assert [(tmp_path / f"left-{rank}").read_text() for rank in (0, 1)] == ["NoneType 2"] * 2


@pytest.mark.parametrize("framework", ["lightning", "transformers"])
def test_all_ranks_are_left_where_the_trial_is_to_end_early(framework: str, tmp_path: Path) -> None:
    trial = tuned(framework, tmp_path, 100_000, "{name: threshold, upper: 1e-9}")
    assert trial.state == "pruned" and len(trial.reports) < 100_000
    assert [(tmp_path / f"left-{rank}").read_text() for rank in (0, 1)] == ["ProgramStopped 2"] * 2


def test_a_trial_that_each_rank_would_ask_for_is_refused(tmp_path: Path) -> None:
    ended = run([*program("lightning", tmp_path), "--mine"], tmp_path, 3)
    assert ended.returncode != 0 and "let `attune-hpo run` tune the program" in ended.stderr
