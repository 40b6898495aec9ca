"""Brings requests of the right form to a study that there is, and lets none wait. Those of a wrong form go out as they are."""

import schemathesis

STUDY = "a"


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@schemathesis.hook
def before_call(context, case, kwargs):
    study = (case.path_parameters or {}).get("study")
    if isinstance(study, str) and 1 <= len(study) <= 200:
        case.path_parameters["study"] = STUDY
    for place in (case.query, case.body):
        if isinstance(place, dict) and is_number(place.get("wait")) and 0 <= place["wait"] <= 3600:
            place["wait"] = 0
    if case.operation.path.endswith("/events"):
        seconds = (case.query or {}).get("seconds", 1)
        if is_number(seconds) and 0 < seconds <= 86400:
            case.query = {**(case.query or {}), "seconds": 0.05}
