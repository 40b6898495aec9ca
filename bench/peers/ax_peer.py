"""Ax with its defaults (BoTorch underneath). Conditions are left out of its space: inactive parameters are searched all the same."""

import logging

import torch
from ax.api.client import Client
from ax.api.configs import ChoiceParameterConfig, RangeParameterConfig
from serve import serve
from space import axis_bounds, choices, from_axis, is_active, is_log

logging.disable(logging.CRITICAL)
torch.set_num_threads(1)


def parameter(p):
    name = p["name"]
    if choices(p) is not None:
        values = list(range(len(choices(p))))
        return ChoiceParameterConfig(name=name, values=values, parameter_type="int", is_ordered=p["type"] == "ordinal")
    if "step" in p:
        return RangeParameterConfig(name=name, bounds=(0, round((p["high"] - p["low"]) / p["step"])), parameter_type="int")
    scaling = "log" if is_log(p) else "linear"
    return RangeParameterConfig(name=name, bounds=axis_bounds(p), parameter_type=p["type"], scaling=scaling)


def value_of(p, given):
    if choices(p) is not None:
        return choices(p)[int(given)]
    if "step" in p:
        return p["low"] + p["step"] * int(given)
    return int(given) if p["type"] == "int" else from_axis(p, float(given))


class Peer:
    def __init__(self, parameters, seed, budget, pending):
        self.parameters = parameters
        self.client = Client(random_seed=seed)
        self.client.configure_experiment(parameters=[parameter(p) for p in parameters if p["type"] != "fixed"])
        self.client.configure_optimization(objective="value")
        self.trials = {}

    def ask(self, number):
        [(index, given)] = self.client.get_next_trials(max_trials=1).items()
        self.trials[number] = index
        params = {}
        for p in self.parameters:
            if is_active(p, params):
                params[p["name"]] = p["value"] if p["type"] == "fixed" else value_of(p, given[p["name"]])
        return params

    def tell(self, number, params, value):
        index = self.trials.pop(number)
        if value is None:
            self.client.mark_trial_failed(trial_index=index)
        else:
            self.client.complete_trial(trial_index=index, raw_data={"value": value})


serve(Peer)
