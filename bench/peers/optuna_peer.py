"""Optuna's samplers. Words: random|tpe|tpe-group|gp|cmaes. Version 5's defaults but for what the name says."""

import sys

import optuna
from optuna_itself import PACKAGE
from optuna_like import Peer
from serve import serve

SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe-group": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
}


def make(parameters, seed, budget, pending):
    study = optuna.create_study(direction="maximize", sampler=SAMPLERS[sys.argv[1]](seed))
    return Peer(PACKAGE, study, parameters)


serve(make)
