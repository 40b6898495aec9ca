"""Samplers under Optuna's names: Attune's own where there is one, others in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._absent import refuse_options, refusing
from ._base_sampler import BaseSampler, Constraints, EngineSampler
from ._python_samplers import BruteForceSampler, GridSampler, PartialFixedSampler
from .search_space import IntersectionSearchSpace, intersection_search_space

__all__ = [
    "BaseSampler",
    "BruteForceSampler",
    "CmaEsSampler",
    "GPSampler",
    "GridSampler",
    "IntersectionSearchSpace",
    "NSGAIIISampler",
    "NSGAIISampler",
    "PartialFixedSampler",
    "QMCSampler",
    "RandomSampler",
    "TPESampler",
    "intersection_search_space",
]


class TPESampler(EngineSampler):
    """Attune's `tpe`."""

    differs = "It models parameters together (as with multivariate=True and group=True), and counts running trials."

    def __init__(
        self,
        *,
        n_startup_trials: int = 10,
        n_ei_candidates: int = 24,
        seed: int | None = None,
        constraints_func: Constraints | None = None,
        **options: Any,
    ) -> None:
        heeded = ("multivariate", "group", "constant_liar", "warn_independent_sampling", "consider_endpoints")
        known = (*heeded, "consider_prior", "prior_weight", "consider_magic_clip", "gamma", "weights", "categorical_distance_func")
        ignored = _ignored("TPESampler", options, known, heeded)
        component = {"name": "tpe", "startup": n_startup_trials, "candidates": n_ei_candidates}
        super().__init__(component, seed, ignored, constraints_func)

    @staticmethod
    def hyperopt_parameters() -> dict[str, Any]:
        """Options for other defaults: startup trials are what Attune's heeds of them."""
        return {"n_startup_trials": 20, "n_ei_candidates": 24}


class RandomSampler(EngineSampler):
    """Attune's `random`."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__({"name": "random"}, seed)


class QMCSampler(EngineSampler):
    """Attune's `qmc`."""

    differs = "Its points are a scrambled Sobol sequence, the first trial's random, and are shared by all processes of a study."

    def __init__(self, *, qmc_type: str = "sobol", scramble: bool = False, seed: int | None = None, **options: Any) -> None:
        usual = ("independent_sampler", "warn_asynchronous_seeding", "warn_independent_sampling")
        ignored = _ignored("QMCSampler", options, usual, usual[1:])
        if qmc_type != "sobol":
            ignored.append(f"qmc_type={qmc_type!r}")
        super().__init__({"name": "qmc"}, seed, ignored)


class GPSampler(EngineSampler):
    """Attune's `gp`."""

    differs = "It begins with the middle of the space and points far from all others, and takes one noise for all trials from the data."

    def __init__(
        self, *, seed: int | None = None, n_startup_trials: int = 10, constraints_func: Constraints | None = None, **options: Any
    ) -> None:
        usual = ("independent_sampler", "deterministic_objective", "warn_independent_sampling")
        ignored = _ignored("GPSampler", options, usual, ("warn_independent_sampling",))
        super().__init__({"name": "gp", "initial": max(1, n_startup_trials)}, seed, ignored, constraints_func)


class CmaEsSampler(EngineSampler):
    """Attune's `auto`, a Gaussian process first."""

    differs = (
        "Attune has no CMA-ES of its own: a Gaussian process searches (tpe from a thousand trials on), which needs fewer trials and more time for each; "
        "see docs/guide/samplers-of-your-own.md for CMA-ES itself."
    )

    def __init__(self, *, x0: dict[str, Any] | None = None, seed: int | None = None, **options: Any) -> None:
        usual = ("independent_sampler", "warn_independent_sampling")
        known = (
            *usual,
            *("sigma0", "n_startup_trials", "consider_pruned_trials", "restart_strategy", "popsize", "inc_popsize"),
            *("use_separable_cma", "with_margin", "lr_adapt", "source_trials"),
        )
        ignored = _ignored("CmaEsSampler", options, known, usual)
        super().__init__({"name": "auto"}, seed, [*ignored, *(["x0"] if x0 is not None else [])])


class NSGAIISampler(EngineSampler):
    """Attune's `nsga2`; `tpe` for one objective."""

    differs = "Parents are chosen from all trials that ended, not from one generation after the other."
    _name = "nsga2"

    def __init__(
        self,
        *,
        population_size: int = 50,
        crossover_prob: float = 0.9,
        seed: int | None = None,
        constraints_func: Constraints | None = None,
        **options: Any,
    ) -> None:
        known = (
            *("mutation", "mutation_prob", "crossover", "swapping_prob", "reference_points", "dividing_parameter"),
            *("elite_population_selection_strategy", "child_generation_strategy", "after_trial_strategy"),
        )
        ignored = _ignored(type(self).__name__, options, known, ())
        component = {"name": self._name, "population": population_size, "crossover": crossover_prob}
        super().__init__(component, seed, ignored, constraints_func)

    def component_for(self, objectives: int) -> Mapping[str, Any]:
        return self.component if objectives > 1 else {"name": "tpe"}


class NSGAIIISampler(NSGAIISampler):
    """Attune's `nsga3`; `tpe` for one objective."""

    _name = "nsga3"


def _ignored(what: str, options: dict[str, Any], known: tuple[str, ...], heeded: tuple[str, ...]) -> list[str]:
    """Options that mean nothing here; TypeError for those that Optuna does not have either."""
    for name in options:
        if name not in known:
            raise TypeError(f"{what} has no option {name}; Optuna's own has {', '.join(known)}.")
    return [text for text in refuse_options(what, {n: v for n, v in options.items() if n not in heeded}, {}) if not text.endswith("=None")]


__getattr__ = refusing(
    "optuna.samplers",
    {
        "nsgaii": "how children are made is the engine's; leave the option out",
        "BaseGASampler": "write the sampler as a BaseSampler, or use NSGAIISampler()",
        "MOTPESampler": "write TPESampler(), which takes several objectives",
        "IntersectionSearchSpace": "it is in optuna.search_space",
    },
    "use TPESampler, GPSampler, CmaEsSampler, NSGAIISampler, NSGAIIISampler, QMCSampler, RandomSampler, GridSampler, BruteForceSampler or "
    "PartialFixedSampler, or write a BaseSampler",
)
