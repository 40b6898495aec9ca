"""What every peer needs to know of a space: the parameters as JSON objects, parents before children."""

import math


def is_active(parameter, params):
    """Whether a parameter is active, given the values of those before it."""
    lists = parameter.get("when", [])
    return not lists or any(all(c["parent"] in params and params[c["parent"]] in c["in"] for c in conditions) for conditions in lists)


def choices(parameter):
    """The values of a parameter that has a list of them, else None."""
    kind = parameter["type"]
    if kind == "categorical":
        return parameter["choices"]
    if kind == "ordinal":
        return parameter["values"]
    return [False, True] if kind == "boolean" else None


def is_log(parameter):
    return parameter.get("scale") == "log"


def axis_bounds(parameter):
    """Bounds of a number on the axis that a peer searches: its log-odds for scale logit, which peers do not know, else itself."""
    return tuple(to_axis(parameter, parameter[end]) for end in ("low", "high"))


def to_axis(parameter, value):
    return math.log(value / (1 - value)) if parameter.get("scale") == "logit" else value


def from_axis(parameter, value):
    if parameter.get("scale") != "logit":
        return value
    return min(parameter["high"], max(parameter["low"], 1 / (1 + math.exp(-value))))
