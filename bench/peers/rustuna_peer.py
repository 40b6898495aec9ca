"""The TPE sampler of rustuna, Optuna's rewrite in Rust, with its defaults."""

from types import SimpleNamespace

import rustuna
from optuna_like import Peer
from serve import serve

PACKAGE = SimpleNamespace(
    create_trial=rustuna.create_trial,
    TrialState=rustuna.trial.TrialState,
    FloatDistribution=rustuna.distributions.FloatDistribution,
    IntDistribution=rustuna.distributions.IntDistribution,
    CategoricalDistribution=rustuna.distributions.CategoricalDistribution,
)


def make(parameters, seed, budget, pending):
    study = rustuna.create_study(direction="maximize", sampler=rustuna.samplers.TPESampler(seed=seed))
    return Peer(PACKAGE, study, parameters)


serve(make)
