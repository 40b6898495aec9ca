"""
Callbacks in the real frameworks: each reports every step, and is left at the first where the trial is to end early. What is not installed is skipped;
`npm run frameworks:python` installs all.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import attune_hpo as attune

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(80, 4)).astype("float32")
Y = (X[:, 0] + RANDOM.normal(size=80) > 0).astype("float32")
STEPS = 3


def imported(name: str) -> Any:
    """The framework; not there it is a skip, unless all are to be."""
    return importlib.import_module(name) if os.environ.get("ATTUNE_FRAMEWORKS") == "all" else pytest.importorskip(name)


def lightgbm_train(trial: Any, metric: Any = "binary_logloss") -> None:
    lightgbm = imported("lightgbm")
    from attune_hpo.lightgbm import ReportCallback

    data = lightgbm.Dataset(X, Y)
    held = lightgbm.Dataset(X[:20], Y[:20], reference=data)
    given = {"objective": "binary", "verbose": -1, "num_threads": 1}
    lightgbm.train(given, data, STEPS, valid_sets=[held], callbacks=[ReportCallback(trial, metric)])


def lightgbm_fit(trial: Any) -> None:
    lightgbm = imported("lightgbm")
    from attune_hpo.lightgbm import ReportCallback

    model = lightgbm.LGBMClassifier(n_estimators=STEPS, verbose=-1, n_jobs=1)
    callbacks = [ReportCallback(trial, "valid_0 binary_logloss"), lightgbm.early_stopping(50, verbose=False)]
    model.fit(X, Y, eval_X=X[:20], eval_y=Y[:20], callbacks=callbacks)


def lightgbm_cv(trial: Any) -> None:
    lightgbm = imported("lightgbm")
    from attune_hpo.lightgbm import ReportCallback

    given = {"objective": "binary", "verbose": -1, "num_threads": 1}
    lightgbm.cv(given, lightgbm.Dataset(X, Y), STEPS, nfold=2, callbacks=[ReportCallback(trial, "binary_logloss")])


def xgboost_train(trial: Any) -> None:
    xgboost = imported("xgboost")
    from attune_hpo.xgboost import ReportCallback

    data = xgboost.DMatrix(X, Y)
    given = {"objective": "binary:logistic", "nthread": 1}
    xgboost.train(given, data, STEPS, evals=[(data, "train"), (data, "held")], verbose_eval=False, callbacks=[ReportCallback(trial, "held logloss")])


def xgboost_fit(trial: Any) -> None:
    xgboost = imported("xgboost")
    from attune_hpo.xgboost import ReportCallback

    model = xgboost.XGBClassifier(n_estimators=STEPS, n_jobs=1, callbacks=[ReportCallback(trial, "logloss")])
    model.fit(X, Y, eval_set=[(X[:20], Y[:20])], verbose=False)


def xgboost_cv(trial: Any) -> None:
    xgboost = imported("xgboost")
    from attune_hpo.xgboost import ReportCallback

    given = {"objective": "binary:logistic", "nthread": 1}
    xgboost.cv(given, xgboost.DMatrix(X, Y), STEPS, nfold=2, callbacks=[ReportCallback(trial, "test logloss")])


def catboost_fit(trial: Any) -> None:
    catboost = imported("catboost")
    from attune_hpo.catboost import ReportCallback

    callback = ReportCallback(trial, "validation Logloss")
    model = catboost.CatBoostClassifier(iterations=STEPS, verbose=False, thread_count=1, allow_writing_files=False)
    model.fit(X, Y, eval_set=(X[:20], Y[:20]), callbacks=[callback])
    assert model.tree_count_ <= STEPS
    callback.raise_if_stopped()


def keras_fit(trial: Any) -> None:
    os.environ["KERAS_BACKEND"] = "torch"
    keras = imported("keras")
    from attune_hpo.keras import ReportCallback

    model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="sgd", loss="binary_crossentropy")
    model.fit(X, Y, validation_data=(X, Y), epochs=STEPS, verbose=0, callbacks=[ReportCallback(trial)])


def lightning_fit(trial: Any) -> None:
    pytorch = imported("lightning.pytorch")
    torch = imported("torch")
    from attune_hpo.lightning import ReportCallback

    class Model(pytorch.LightningModule):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.layer = torch.nn.Linear(4, 1)

        def training_step(self, batch: Any) -> Any:
            return self.loss(batch)

        def validation_step(self, batch: Any) -> None:
            self.log("val_loss", self.loss(batch))

        def loss(self, batch: Any) -> Any:
            return torch.nn.functional.binary_cross_entropy_with_logits(self.layer(batch[0])[:, 0], batch[1])

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.tensor(X), torch.tensor(Y)), batch_size=40)
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
    trainer = pytorch.Trainer(max_epochs=STEPS, accelerator="cpu", callbacks=[ReportCallback(trial)], **quiet)
    trainer.fit(Model(), data, data)


def transformers_train(trial: Any) -> None:
    transformers = imported("transformers")
    torch = imported("torch")
    from attune_hpo.transformers import ReportCallback

    class Model(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.layer = torch.nn.Linear(4, 1)

        def forward(self, x: Any, labels: Any) -> Any:
            logits = self.layer(x)[:, 0]
            return {"loss": torch.nn.functional.binary_cross_entropy_with_logits(logits, labels), "logits": logits}

    rows = [{"x": x, "labels": y} for x, y in zip(X, Y, strict=True)]
    where = os.environ["ATTUNE_TEST_FOLDER"]
    given = {"eval_strategy": "epoch", "save_strategy": "no", "report_to": "none", "disable_tqdm": True, "use_cpu": True}
    settings = transformers.TrainingArguments(where, num_train_epochs=STEPS, per_device_train_batch_size=40, **given)
    trainer = transformers.Trainer(Model(), settings, train_dataset=rows, eval_dataset=rows, callbacks=[ReportCallback(trial)])
    trainer.train()


TRAINED = [
    lightgbm_train,
    lightgbm_fit,
    lightgbm_cv,
    xgboost_train,
    xgboost_fit,
    xgboost_cv,
    catboost_fit,
    keras_fit,
    lightning_fit,
    transformers_train,
]


@pytest.mark.parametrize("train", TRAINED, ids=lambda train: train.__name__)
@pytest.mark.filterwarnings("ignore")
def test_each_step_is_reported_and_the_trial_is_left_where_it_is_to_end(train: Callable[[Any], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_TEST_FOLDER", str(tmp_path / "trainer"))
    storage = tmp_path / "attune.db"
    with attune.create_study("runs", minimize="loss", scheduler="none", storage=storage) as study:
        train(study.ask())
        reports = study.trials[0].reports
        assert [report.step for report in reports] == [1, 2, 3]
        assert all(report.values.keys() == {"loss"} and 0 < report.values["loss"] < 2 for report in reports)
        with attune.create_study("stops", minimize="loss", scheduler={"name": "threshold", "upper": 1e-9}, storage=storage) as stops:
            with pytest.raises(attune.Stopped):
                train(stops.ask())
            assert [report.step for report in stops.trials[0].reports] == [1]


@pytest.mark.filterwarnings("ignore")
def test_measurements_go_to_objectives_by_name_and_what_is_not_measured_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with attune.create_study("both", minimize=["loss", "again"], scheduler="none") as study:
        lightgbm_train(study.ask(), {"loss": "binary_logloss", "again": "valid_0 binary_logloss"})
        (trial,) = study.trials
        assert all(report.values["loss"] == report.values["again"] for report in trial.reports)
        with pytest.raises(attune.InvalidArgument, match="there is nothing of that name among what was measured: 'valid_0 binary_logloss'"):
            lightgbm_train(study.ask(), {"loss": "auc"})
    lightgbm_train(attune.current_trial())
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["step=1", "step=2", "step=3"]
