"""A sampler of one's own: small steps around the best, downhill as a rule."""

import json
import math
import random

import optuna
from optuna.samplers import BaseSampler


class Annealing(BaseSampler):
    def __init__(self, temperature=10.0, seed=0):
        self._chance = random.Random(seed)
        self._fallback = optuna.samplers.RandomSampler(seed=seed)
        self._temperature = temperature
        self._at = None
        self.calls = []

    def infer_relative_search_space(self, study, trial):
        return optuna.search_space.intersection_search_space(study.get_trials(deepcopy=False))

    def sample_relative(self, study, trial, search_space):
        if search_space == {}:
            return {}
        last = study.trials[-2]
        if self._at is None or last.value <= self._at.value:
            self._at = last
        elif self._chance.random() < math.exp((self._at.value - last.value) / self._temperature):
            self._at = last
        self._temperature *= 0.9
        params = {}
        for name, dist in search_space.items():
            step = (dist.high - dist.low) * 0.1
            value = self._at.params[name] + self._chance.uniform(-step, step)
            params[name] = min(dist.high, max(dist.low, value))
        return params

    def sample_independent(self, study, trial, param_name, param_distribution):
        self.calls.append(param_name)
        return self._fallback.sample_independent(study, trial, param_name, param_distribution)

    def after_trial(self, study, trial, state, values):
        self.calls.append(state.name)


def objective(trial):
    x = trial.suggest_float("x", -10, 10)
    y = trial.suggest_float("y", -5, 5)
    return abs(x - 1) + abs(y + 2)


if __name__ == "__main__":
    sampler = Annealing()
    study = optuna.create_study(sampler=sampler)
    study.optimize(objective, n_trials=60)
    same = {"calls": sampler.calls[:6], "trials": len(study.trials), "space": sorted(optuna.search_space.intersection_search_space(study.trials))}
    print(json.dumps({"same": same, "found": study.best_value}))
