"""A study of Optuna, or of a package with the same functions."""

from space import axis_bounds, choices, from_axis, is_active, is_log, to_axis


class Peer:
    """`package` has `create_trial`, `TrialState` and the three distributions of Optuna."""

    def __init__(self, package, study, parameters):
        self.package = package
        self.parameters = parameters
        self.study = study
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
            self.study.tell(self.trials.pop(number).number, state=self.package.TrialState.FAIL)
        else:
            self.study.tell(self.trials.pop(number).number, value)

    def add(self, params, value):
        """A trial made elsewhere."""
        state = self.package.TrialState.FAIL if value is None else self.package.TrialState.COMPLETE
        own = [p for p in self.parameters if p["name"] in params and p["type"] != "fixed"]
        trial = self.package.create_trial(
            params={p["name"]: encode(p, params) for p in own},
            distributions={p["name"]: self.distribution(p) for p in own},
            value=value,
            state=state,
        )
        self.study.add_trial(trial)

    def distribution(self, parameter):
        """What `suggest` gives the trial as the parameter's distribution."""
        package = self.package
        kind = parameter["type"]
        if kind == "ordinal":
            return package.IntDistribution(0, len(parameter["values"]) - 1)
        if choices(parameter) is not None:
            return package.CategoricalDistribution(choices(parameter))
        low, high, step = parameter["low"], parameter["high"], parameter.get("step")
        if kind == "int":
            return package.IntDistribution(low, high, step=step or 1, log=is_log(parameter))
        low, high = axis_bounds(parameter)
        return package.FloatDistribution(low, high, step=step, log=is_log(parameter))


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


def encode(parameter, params):
    value = params[parameter["name"]]
    if parameter["type"] == "ordinal":
        return parameter["values"].index(value)
    return to_axis(parameter, value) if parameter["type"] == "float" else value
