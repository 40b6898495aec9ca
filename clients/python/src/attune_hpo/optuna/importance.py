"""How much each parameter matters, by Attune's own analysis of variance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._absent import refusing
from ._base_sampler import warn_once
from ._domain import read_name
from ._metric import metric_of

if TYPE_CHECKING:
    from ._frozen import FrozenTrial
    from .study import Study


class BaseImportanceEvaluator:
    """Names a method; Attune's own is used."""

    def __init__(self, **_: Any) -> None:
        pass


class FanovaImportanceEvaluator(BaseImportanceEvaluator):
    """An analysis of variance over a forest, which Attune's is too."""


class MeanDecreaseImpurityImportanceEvaluator(BaseImportanceEvaluator):
    """Another method, in whose place Attune's own is used."""


class PedAnovaImportanceEvaluator(BaseImportanceEvaluator):
    """Another method, in whose place Attune's own is used."""


def get_param_importances(
    study: Study,
    *,
    evaluator: BaseImportanceEvaluator | None = None,
    params: list[str] | None = None,
    target: Callable[[FrozenTrial], float] | None = None,
    normalize: bool = True,
) -> dict[str, float]:
    """Shares by name, the largest first; they sum to 1 with `normalize`. ValueError where too few trials tell."""
    if isinstance(evaluator, (MeanDecreaseImpurityImportanceEvaluator, PedAnovaImportanceEvaluator)):
        warn_once(f"{type(evaluator).__name__} is Attune's own analysis of variance (fanova).")
    if target is None and len(study.directions) > 1:
        raise ValueError("The study has several objectives; give target=lambda trial: trial.values[0], or another of them.")
    metric = study._book.metrics[0] if target is None else metric_of(study, target)
    told = study._book.figure("importance", metric=metric)
    shares = {read_name(str(bar["name"])): float(bar["share"]) for bar in told["data"]["bars"]}
    if params is not None:
        shares = {name: share for name, share in shares.items() if name in params}
    if not shares:
        raise ValueError(f"No importances yet: {told['sentence']}")
    total = sum(shares.values())
    if normalize:
        shares = {name: share / total if total > 0 else 1 / len(shares) for name, share in shares.items()}
    return dict(sorted(shares.items(), key=lambda one: -one[1]))


__getattr__ = refusing("optuna.importance", {}, "get_param_importances(study) is there")
