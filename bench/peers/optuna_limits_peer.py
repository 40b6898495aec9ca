"""Optuna's samplers of one objective, to be made small, within limits. Words: tpe|gp|random. Version 5's defaults."""

import sys

import optuna
from optuna_itself import PACKAGE
from optuna_like import Peer
from serve import converse

SAMPLERS = {
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}
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
