"""Optuna's samplers of several objectives. Words: nsga2|nsga3|tpe|gp|random. Version 5's defaults; two objectives, to be made small."""

import sys

import optuna
from optuna_itself import PACKAGE
from optuna_like import Peer
from serve import serve

SAMPLERS = {
    "nsga2": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
    "nsga3": lambda seed: optuna.samplers.NSGAIIISampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def make(parameters, seed, budget, pending):
    study = optuna.create_study(directions=["minimize", "minimize"], sampler=SAMPLERS[sys.argv[1]](seed))
    return Peer(PACKAGE, study, parameters)


serve(make)
