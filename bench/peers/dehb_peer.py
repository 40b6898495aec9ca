"""DEHB, asked and told, with its own defaults."""

import tempfile

from config_space import config_space, params_of
from dehb import DEHB
from serve import serve_steps


class Peer:
    def __init__(self, message):
        self.parameters, self.fidelity = message["parameters"], message["fidelity"]
        self.dehb = DEHB(
            f=lambda config, fidelity: {"fitness": 0.0, "cost": 1.0},
            cs=config_space(self.parameters, message["seed"]),
            min_fidelity=self.fidelity["low"],
            max_fidelity=self.fidelity["high"],
            n_workers=1,
            seed=message["seed"],
            save_freq=None,
            output_path=tempfile.mkdtemp(prefix="dehb-"),
            log_level="ERROR",
        )
        self.job = None

    def ask(self):
        self.job = self.dehb.ask()
        given = float(self.job["fidelity"])
        fidelity = round(given) if self.fidelity["type"] == "int" else given
        fidelity = min(max(fidelity, self.fidelity["low"]), self.fidelity["high"])
        return str(self.job["config_id"]), params_of(self.parameters, self.job["config"]), fidelity

    def tell(self, _key, fidelity, value):
        self.dehb.tell(self.job, {"fitness": -value, "cost": float(fidelity)})


serve_steps(Peer)
