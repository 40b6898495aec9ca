"""Runs a pruner of Optuna's over tables of learning curves: {curves, orders, name, options} comes on standard input, epochs run by trial go out.

Each trial reports its value after each epoch and asks whether it should be pruned; nothing is sampled.
"""
import json
import math
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
asked = json.load(sys.stdin)
answers = []
for order in asked["orders"]:
    options = dict(asked["options"])
    if asked["name"] == "PercentilePruner":
        options = {"percentile": 25.0, **options}
    if asked["name"] == "HyperbandPruner":
        options = {"max_resource": len(asked["curves"][0]), **options}
    study = optuna.create_study(pruner=getattr(optuna.pruners, asked["name"])(**options), sampler=optuna.samplers.RandomSampler(seed=0))
    ran = []
    for configuration in order:
        trial = study.ask()
        curve = asked["curves"][configuration]
        epochs, pruned = len(curve), False
        for step, value in enumerate(curve, 1):
            trial.report(math.nan if value is None else value, step)
            if step < len(curve) and trial.should_prune():
                epochs, pruned = step, True
                break
        ran.append(epochs)
        if pruned:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        elif curve[-1] is None:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(trial, curve[-1])
    answers.append(ran)
json.dump({"version": optuna.__version__, "ran": answers}, sys.stdout)
