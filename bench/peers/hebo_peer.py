"""HEBO with its defaults. It knows no conditions: inactive parameters are searched too and left out of what is evaluated."""

import numpy as np
import torch
from hebo.design_space.design_space import DesignSpace
from hebo.optimizers.hebo import HEBO
from serve import serve
from space import axis_bounds, choices, from_axis, is_active, is_log

torch.set_num_threads(1)


def variable(p):
    if p["type"] == "boolean":
        return {"name": p["name"], "type": "bool"}
    if choices(p) is not None:
        return {"name": p["name"], "type": "cat", "categories": [str(i) for i in range(len(choices(p)))]}
    low, high = axis_bounds(p)
    if "step" in p:
        return {"name": p["name"], "type": "int", "lb": 0, "ub": round((high - low) / p["step"])}
    kind = ("pow_int" if is_log(p) else "int") if p["type"] == "int" else ("pow" if is_log(p) else "num")
    return {"name": p["name"], "type": kind, "lb": low, "ub": high}


def value_of(p, given):
    if p["type"] == "boolean":
        return bool(given)
    if choices(p) is not None:
        return choices(p)[int(given)]
    if "step" in p:
        return p["low"] + p["step"] * int(given)
    return int(given) if p["type"] == "int" else from_axis(p, min(max(float(given), axis_bounds(p)[0]), axis_bounds(p)[1]))


class Peer:
    def __init__(self, parameters, seed, budget, pending):
        np.random.seed(seed)
        torch.manual_seed(seed)
        self.parameters = parameters
        self.searched = [p for p in parameters if p["type"] != "fixed"]
        self.hebo = HEBO(DesignSpace().parse([variable(p) for p in self.searched]), scramble_seed=seed)
        self.asked = {}
        self.worst = 0.0

    def ask(self, number):
        frame = self.asked[number] = self.hebo.suggest(n_suggestions=1)
        row = frame.iloc[0]
        params = {}
        for p in self.parameters:
            if is_active(p, params):
                params[p["name"]] = p["value"] if p["type"] == "fixed" else value_of(p, row[p["name"]])
        return params

    def tell(self, number, params, value):
        """HEBO takes no failures: they get the worst value so far."""
        cost = self.worst if value is None else -value
        self.worst = max(self.worst, cost)
        self.hebo.observe(self.asked.pop(number), np.array([[cost]]))


serve(Peer)
