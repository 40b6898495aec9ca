"""Optuna's samplers of one objective, to be made small, within limits. Words: tpe|gp|random. Version 5's defaults."""

import sys
from types import SimpleNamespace

import optuna
from optuna_like import Peer
from serve import converse

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
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
peer = None


def open_peer(message):
    global peer
    study = optuna.create_study(direction="minimize", sampler=SAMPLERS[sys.argv[1]](message["seed"]))
    peer = Peer(PACKAGE, study, message["parameters"])


def tell(message):
    """`excesses`: by how much each limit is broken, at most 0 where it is kept."""
    for place, excess in enumerate(message["excesses"]):
        peer.trials[message["trial"]].set_constraint(f"limit {place}", excess)
    peer.tell(message["trial"], message["params"], message["value"])


converse({"open": open_peer, "ask": lambda message: {"params": peer.ask(message["trial"])}, "tell": tell})
