"""SMAC3's multi-fidelity facade (Hyperband with its forest), asked and told, with its own defaults."""

import os
import tempfile

from config_space import config_space, params_of
from serve import serve_steps
from smac import MultiFidelityFacade, Scenario
from smac.runhistory.dataclasses import TrialValue

# More trials than any budget pays for.
TRIALS = 100_000
# Runs of Hyperband that a full run pays for, about: of these the facade draws a quarter at random first, and ten for each parameter at most.
RUNS_FOR_ONE = 5


class Peer:
    def __init__(self, message):
        self.parameters, self.fidelity, seed = message["parameters"], message["fidelity"], message["seed"]
        scenario = Scenario(
            config_space(self.parameters, seed),
            deterministic=True,
            n_trials=TRIALS,
            min_budget=self.fidelity["low"],
            max_budget=self.fidelity["high"],
            seed=seed,
            output_directory=tempfile.mkdtemp(prefix="smac-"),
        )
        first = min(10 * len(self.parameters), RUNS_FOR_ONE * message["budget"] // 4)
        initial = MultiFidelityFacade.get_initial_design(scenario, n_configs=first)
        self.smac = MultiFidelityFacade(
            scenario, lambda config, seed=0, budget=0: 0.0, initial_design=initial, logging_level=50, overwrite=True
        )
        self.info = None

    def ask(self):
        self.info = self.smac.ask()
        budget = self.info.budget
        fidelity = max(self.fidelity["low"], round(budget) if self.fidelity["type"] == "int" else budget)
        key = str(sorted(dict(self.info.config).items()))
        return key, params_of(self.parameters, self.info.config), min(fidelity, self.fidelity["high"])

    def tell(self, _key, _fidelity, value):
        self.smac.tell(self.info, TrialValue(cost=-value), save=False)


os.environ.setdefault("MKL_NUM_THREADS", "1")
serve_steps(Peer)
