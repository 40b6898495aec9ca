"""What every peer needs to know of a space: the parameters as JSON objects, parents before children."""


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
