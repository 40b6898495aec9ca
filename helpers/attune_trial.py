"""Talk with Attune from Python, without installing anything: keep this file beside your program.

    from attune_trial import params, report, should_stop

    p = params({"lr": 1e-3, "layers": 2})      # the trial's values over your defaults
    for epoch in range(100):
        loss = train_one_epoch(p["lr"], p["layers"])
        report(epoch, val_loss=loss)
        if should_stop():                      # save your work and end
            break

Run by hand, without Attune, it gives your defaults, prints reports, and never asks to stop.
"""

import json
import os


def params(defaults=None):
    """The parameters of this trial as a dict, over the defaults given."""
    values = dict(defaults or {})
    values.update(json.loads(os.environ.get("ATTUNE_PARAMS", "{}")))
    return values


def report(step, **metrics):
    """Reports metrics at a step (a whole number that grows). Prints them when no tuner listens."""
    line = {"step": int(step)}
    for name, value in metrics.items():
        line[name] = _number(value)
    path = os.environ.get("ATTUNE_REPORT_FILE")
    if not path:
        print(" ".join("%s=%s" % item for item in line.items()), flush=True)
        return
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def should_stop():
    """True once the tuner asks this trial to end: save what you need and return."""
    path = os.environ.get("ATTUNE_STOP_FILE")
    return bool(path) and os.path.exists(path)


def _number(value):
    """A float from anything that is one: int, numpy and torch scalars; NaN and infinities as the words the reader knows."""
    number = float(value)
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    return number
