"""Predicts how a disease progresses with boosted trees; every setting is in config.toml, beside which it is started."""

import tomllib
from pathlib import Path

import lightgbm
from sklearn.datasets import load_diabetes

config = tomllib.loads(Path("config.toml").read_text())

X, y = load_diabetes(return_X_y=True)
results = lightgbm.cv(
    {"objective": "regression", "metric": "rmse", "verbosity": -1, "num_threads": 1, "deterministic": True, **config["trees"]},
    lightgbm.Dataset(X, y),
    num_boost_round=config["training"]["rounds"],
    nfold=5,
    stratified=False,
    seed=config["training"]["seed"],
)
for step, rmse in enumerate(results["valid rmse-mean"], start=1):
    if step % 10 == 0:
        print(f"[{step}]\tvalid rmse: {rmse:.4f}")
