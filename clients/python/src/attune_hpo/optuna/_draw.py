"""Values drawn here, for samplers that are written in Python."""

from __future__ import annotations

import math
import random
from typing import Any

from .distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution


def drawn(dist: BaseDistribution, chance: random.Random) -> Any:
    """A value, evenly on the parameter's scale."""
    if isinstance(dist, CategoricalDistribution):
        return chance.choice(dist.choices)
    if isinstance(dist, IntDistribution):
        if dist.log:
            place = math.exp(chance.uniform(math.log(dist.low - 0.5), math.log(dist.high + 0.5)))
            return min(dist.high, max(dist.low, round(place)))
        return chance.randrange(dist.low, dist.high + 1, dist.step)
    assert isinstance(dist, FloatDistribution)
    if dist.log:
        return min(dist.high, max(dist.low, math.exp(chance.uniform(math.log(dist.low), math.log(dist.high)))))
    if dist.step is not None:
        return float(dist.low + dist.step * chance.randint(0, round((dist.high - dist.low) / dist.step)))
    return chance.uniform(dist.low, dist.high)


def all_values(dist: BaseDistribution) -> list[Any] | None:
    """All of them, in order; None where there is no end of them."""
    if isinstance(dist, CategoricalDistribution):
        return list(dist.choices)
    if isinstance(dist, IntDistribution):
        return list(range(dist.low, dist.high + 1, dist.step))
    assert isinstance(dist, FloatDistribution)
    if dist.single():
        return [dist.low]
    if dist.step is None:
        return None
    return [dist.low + dist.step * place for place in range(round((dist.high - dist.low) / dist.step) + 1)]
