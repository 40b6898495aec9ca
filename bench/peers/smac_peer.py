"""SMAC3's facade for hyperparameter optimisation, asked and told; the options that its authors' benchmarks use."""

import os
import tempfile

from config_space import config_space, params_of
from serve import serve
from smac import HyperparameterOptimizationFacade, Scenario
from smac.runhistory.dataclasses import TrialValue
from smac.runhistory.enumerations import StatusType


class Peer:
    def __init__(self, parameters, seed, budget, pending):
        self.parameters = parameters
        space = config_space(parameters, seed)
        folder = tempfile.mkdtemp(prefix="smac-")
        scenario = Scenario(space, deterministic=True, n_trials=budget, seed=seed, output_directory=folder)
        intensifier = HyperparameterOptimizationFacade.get_intensifier(scenario, max_config_calls=1)
        self.smac = HyperparameterOptimizationFacade(
            scenario, lambda config, seed=0: 0.0, intensifier=intensifier, logging_level=50, overwrite=True
        )
        self.trials = {}
        self.worst = 0.0

    def ask(self, number):
        info = self.trials[number] = self.smac.ask()
        return params_of(self.parameters, info.config)

    def tell(self, number, params, value):
        """A failure gets the worst cost so far: SMAC's own, infinity, is more than its forest takes."""
        cost = self.worst if value is None else -value
        self.worst = max(self.worst, cost)
        status = StatusType.CRASHED if value is None else StatusType.SUCCESS
        self.smac.tell(self.trials.pop(number), TrialValue(cost=cost, status=status), save=False)


os.environ.setdefault("MKL_NUM_THREADS", "1")
serve(Peer)
