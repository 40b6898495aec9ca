"""A space as ConfigSpace has it."""

from ConfigSpace import AndConjunction, CategoricalHyperparameter, ConfigurationSpace, Constant, EqualsCondition, InCondition
from ConfigSpace import OrConjunction, OrdinalHyperparameter, UniformFloatHyperparameter, UniformIntegerHyperparameter
from space import axis_bounds, choices, from_axis, is_log


def hyperparameter(p):
    name, kind = p["name"], p["type"]
    if kind == "fixed":
        return Constant(name, "0")
    if choices(p) is not None:
        make = OrdinalHyperparameter if kind == "ordinal" else CategoricalHyperparameter
        return make(name, [str(i) for i in range(len(choices(p)))])
    if kind == "int" and p.get("step", 1) == 1:
        return UniformIntegerHyperparameter(name, p["low"], p["high"], log=is_log(p))
    if "step" in p:
        return UniformIntegerHyperparameter(name, 0, round((p["high"] - p["low"]) / p["step"]))
    return UniformFloatHyperparameter(name, *axis_bounds(p), log=is_log(p))


def value_of(p, given):
    if p["type"] == "fixed":
        return p["value"]
    if choices(p) is not None:
        return choices(p)[int(given)]
    if "step" in p:
        return p["low"] + p["step"] * int(given)
    return int(given) if p["type"] == "int" else from_axis(p, float(given))


def one_condition(space, by_name, child, condition):
    parent = by_name[condition["parent"]]
    if choices(parent) is not None:
        values = [str(choices(parent).index(value)) for value in condition["in"]]
    else:
        values = list(condition["in"])
    own, above = space[child], space[condition["parent"]]
    return EqualsCondition(own, above, values[0]) if len(values) == 1 else InCondition(own, above, values)


def conditions(space, by_name, p):
    lists = []
    for group in p.get("when", []):
        parts = [one_condition(space, by_name, p["name"], condition) for condition in group]
        lists.append(parts[0] if len(parts) == 1 else AndConjunction(*parts))
    return [] if not lists else [lists[0] if len(lists) == 1 else OrConjunction(*lists)]


def config_space(parameters, seed):
    by_name = {p["name"]: p for p in parameters}
    space = ConfigurationSpace(seed=seed)
    space.add([hyperparameter(p) for p in parameters])
    for p in parameters:
        space.add(conditions(space, by_name, p))
    return space


def params_of(parameters, config):
    by_name = {p["name"]: p for p in parameters}
    return {name: value_of(by_name[name], given) for name, given in dict(config).items()}
