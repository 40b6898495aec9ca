"""Optuna's samplers of several objectives. Words: nsga2|nsga3|tpe|gp|random. Version 5's defaults; two objectives, to be made small."""

import sys
from types import SimpleNamespace

import optuna
from optuna_like import Peer
from serve import serve

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "nsga2": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
    "nsga3": lambda seed: optuna.samplers.NSGAIIISampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}
PACKAGE = SimpleNamespace(
    create_trial=optuna.trial.create_trial,
    TrialState=optuna.trial.TrialState,
    FloatDistribution=optuna.distributions.FloatDistribution,
    IntDistribution=optuna.distributions.IntDistribution,
    CategoricalDistribution=optuna.distributions.CategoricalDistribution,
)


def make(parameters, seed, budget, pending):
    study = optuna.create_study(directions=["minimize", "minimize"], sampler=SAMPLERS[sys.argv[1]](seed))
    return Peer(PACKAGE, study, parameters)


serve(make)
