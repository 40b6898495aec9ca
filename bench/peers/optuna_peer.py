"""Optuna's samplers. Words: random|tpe|tpe-group|gp|cmaes. Version 5's defaults but for what the name says."""

import sys

import optuna
from serve import serve
from space import axis_bounds, choices, from_axis, is_active, is_log, to_axis

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe-group": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
}


def suggest(trial, parameter):
    name, kind = parameter["name"], parameter["type"]
    if kind == "fixed":
        return parameter["value"]
    if kind == "ordinal":
        return parameter["values"][trial.suggest_int(name, 0, len(parameter["values"]) - 1)]
    if choices(parameter) is not None:
        return trial.suggest_categorical(name, choices(parameter))
    low, high, step = parameter["low"], parameter["high"], parameter.get("step")
    if kind == "int":
        return trial.suggest_int(name, low, high, step=step or 1, log=is_log(parameter))
    low, high = axis_bounds(parameter)
    return from_axis(parameter, trial.suggest_float(name, low, high, step=step, log=is_log(parameter)))


def distribution(parameter):
    """What `suggest` gives the trial as the parameter's distribution."""
    kind = parameter["type"]
    if kind == "ordinal":
        return optuna.distributions.IntDistribution(0, len(parameter["values"]) - 1)
    if choices(parameter) is not None:
        return optuna.distributions.CategoricalDistribution(choices(parameter))
    low, high, step = parameter["low"], parameter["high"], parameter.get("step")
    if kind == "int":
        return optuna.distributions.IntDistribution(low, high, step=step or 1, log=is_log(parameter))
    low, high = axis_bounds(parameter)
    return optuna.distributions.FloatDistribution(low, high, step=step, log=is_log(parameter))


class Peer:
    def __init__(self, parameters, seed, budget, pending):
        self.parameters = parameters
        self.study = optuna.create_study(direction="maximize", sampler=SAMPLERS[sys.argv[1]](seed))
        self.trials = {}

    def ask(self, number):
        trial = self.trials[number] = self.study.ask()
        params = {}
        for parameter in self.parameters:
            if is_active(parameter, params):
                params[parameter["name"]] = suggest(trial, parameter)
        return params

    def tell(self, number, params, value):
        if number not in self.trials:
            self.add(params, value)
        elif value is None:
            self.study.tell(self.trials.pop(number), state=optuna.trial.TrialState.FAIL)
        else:
            self.study.tell(self.trials.pop(number), value)

    def add(self, params, value):
        """A trial made elsewhere."""
        state = optuna.trial.TrialState.FAIL if value is None else optuna.trial.TrialState.COMPLETE
        own = [p for p in self.parameters if p["name"] in params and p["type"] != "fixed"]
        trial = optuna.trial.create_trial(
            params={p["name"]: encode(p, params) for p in own},
            distributions={p["name"]: distribution(p) for p in own},
            value=value,
            state=state,
        )
        self.study.add_trial(trial)


def encode(parameter, params):
    value = params[parameter["name"]]
    if parameter["type"] == "ordinal":
        return parameter["values"].index(value)
    return to_axis(parameter, value) if parameter["type"] == "float" else value


serve(Peer)
