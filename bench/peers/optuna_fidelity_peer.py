"""Optuna's TPE with its pruners. Words: none|median|hyperband. Version 5's defaults but for the sampler's two options for conditional spaces.

Without a pruner each trial is one full run. With one, a trial that can go on reports each epoch; one that is trained anew each time is run with a
twenty-seventh, a ninth, a third and all of the data, as far as the pruner lets it."""

import sys

import optuna
from optuna_like import suggest
from serve import serve_steps
from space import is_active

optuna.logging.set_verbosity(optuna.logging.ERROR)

REDUCTION = 3


class Peer:
    def __init__(self, message):
        self.parameters = message["parameters"]
        self.fidelity = message["fidelity"]
        sampler = optuna.samplers.TPESampler(seed=message["seed"], multivariate=True, group=True)
        self.steps = self.ladder(message["resumes"])
        self.study = optuna.create_study(direction="maximize", sampler=sampler, pruner=self.pruner())
        self.trial = None

    def ladder(self, resumes):
        """Pairs of the step that Optuna is told and the fidelity that it stands for."""
        low, high = self.fidelity["low"], self.fidelity["high"]
        if sys.argv[1] == "none":
            return [(1, high)]
        if resumes:
            return [(epoch, epoch) for epoch in range(low, high + 1)]
        steps = [1]
        while high / (steps[-1] * REDUCTION) >= low:
            steps.append(steps[-1] * REDUCTION)
        return [(step, high * step / steps[-1]) for step in steps]

    def pruner(self):
        if sys.argv[1] == "none":
            return optuna.pruners.NopPruner()
        if sys.argv[1] == "median":
            return optuna.pruners.MedianPruner()
        first, last = self.steps[0][0], self.steps[-1][0]
        return optuna.pruners.HyperbandPruner(min_resource=first, max_resource=last, reduction_factor=REDUCTION)

    def ask(self):
        if self.trial is None:
            self.trial = self.study.ask()
            self.at = 0
            self.params = {}
            for parameter in self.parameters:
                if is_active(parameter, self.params):
                    self.params[parameter["name"]] = suggest(self.trial, parameter)
        return str(self.trial.number), self.params, self.steps[self.at][1]

    def tell(self, _key, _fidelity, value):
        self.trial.report(value, self.steps[self.at][0])
        self.at += 1
        if self.at == len(self.steps):
            self.study.tell(self.trial, value)
            self.trial = None
        elif self.trial.should_prune():
            self.study.tell(self.trial, state=optuna.trial.TrialState.PRUNED)
            self.trial = None


serve_steps(Peer)
