"""A trial while it runs."""

from __future__ import annotations

import datetime
import math
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._engine import Answer
from ._absent import absent
from ._base_sampler import EngineSampler
from ._base_trial import BaseTrial, checked_report
from ._book import SYSTEM, USER
from ._frozen import FrozenTrial
from ._python_samplers import PartialFixedSampler
from .distributions import BaseDistribution, check_distribution_compatibility

if TYPE_CHECKING:
    from .study import Study


class Trial(BaseTrial):
    """What an objective gets, and `study.ask()` gives."""

    def __init__(self, study: Study, trial_id: int) -> None:
        self.study = study
        self._trial_id = trial_id
        self._record: FrozenTrial = study._book.record(trial_id)
        self._answer: Answer | None = None
        self._stops = False
        self._fixed: Mapping[str, Any] = self._record.system_attrs.get("fixed_params", {})
        sampler = study.sampler
        sampler.before_trial(study, self._record)
        self._space = sampler.infer_relative_search_space(study, self._record)
        self._relative = sampler.sample_relative(study, self._record, self._space)
        study._open[trial_id] = self

    def _suggest(self, name: str, distribution: BaseDistribution) -> Any:
        record = self._record
        if name in record.params:
            known = record.distributions[name]
            check_distribution_compatibility(known, distribution)
            if known != distribution:
                warnings.warn(
                    f"Trial {record.number} asks for {name} as {distribution}, and asked for it as {known} before; the value of then counts.",
                    RuntimeWarning,
                    stacklevel=3,
                )
            return record.params[name]
        return self.study._book.define(record, name, distribution, *self._chosen(name, distribution))

    def _chosen(self, name: str, distribution: BaseDistribution) -> tuple[Any, ...]:
        """The value that was decided here, if any."""
        if name in self._fixed:
            value = self._fixed[name]
            if not distribution.contains(value):
                warnings.warn(f"{name} was enqueued as {value!r}, which is outside {distribution}; the value counts.", UserWarning, stacklevel=4)
            return (value,)
        if distribution.single():
            return ()
        if name in self._relative and distribution.contains(self._relative[name]):
            return (self._relative[name],)
        sampler = self.study.sampler
        if isinstance(sampler, PartialFixedSampler) and sampler.engine() is not None:
            held = sampler.held()
            if name in held and not distribution.contains(held[name]):
                warnings.warn(f"{name} is held at {held[name]!r}, which is outside {distribution}; the value counts.", UserWarning, stacklevel=4)
            return (held[name],) if name in held else ()
        if isinstance(sampler, EngineSampler):
            return ()
        return (sampler.sample_independent(self.study, self._record, name, distribution),)

    def report(self, value: float, step: int) -> None:
        """Says what was measured at a step."""
        if len(self.study.directions) > 1:
            raise NotImplementedError("trial.report takes one value, and the study has several objectives; judge such trials by what they end with.")
        number, at = checked_report(value, step)
        if at in self._record.intermediate_values:
            warnings.warn(f"Trial {self.number} was reported at step {at} before; the first value counts.", UserWarning, stacklevel=2)
            return
        self._answer = self.study._book.report(self._record, number, at)

    def should_prune(self) -> bool:
        """Whether the trial is to end early, as far as it was reported."""
        if len(self.study.directions) > 1:
            raise NotImplementedError("trial.should_prune is for one objective, and the study has several.")
        last = self._record.last_step
        if last is not None and math.isnan(self._record.intermediate_values[last]) and not self.study._is_nop:
            return True
        return self.study.pruner.prune(self.study, self._record)

    def _is_stopped(self) -> bool:
        """What the engine decided about the reports so far."""
        if self._answer is not None:
            self._stops = self._stops or self._answer.get()["stop"] is not None
            self._answer = None
        return self._stops

    def set_user_attr(self, key: str, value: Any) -> None:
        self.study._book.set_attr(self._record, USER, key, value)

    def set_system_attr(self, key: str, value: Any) -> None:
        self.study._book.set_attr(self._record, SYSTEM, key, value)

    def set_constraint(self, key: str, value: float) -> None:
        number = float(value)
        if math.isnan(number):
            raise ValueError(f"The constraint {key} is NaN; give a number, which is kept where it is not above 0.")
        self.set_system_attr(f"constraints:{key}", number)

    @property
    def number(self) -> int:
        return self._record.number

    @property
    def params(self) -> dict[str, Any]:
        return dict(self._record.params)

    @property
    def distributions(self) -> dict[str, BaseDistribution]:
        return dict(self._record.distributions)

    @property
    def user_attrs(self) -> dict[str, Any]:
        return dict(self._record.user_attrs)

    @property
    def system_attrs(self) -> dict[str, Any]:
        return dict(self._record.system_attrs)

    @property
    def constraints(self) -> dict[str, float]:
        """Constraints by name, as they were set."""
        return self._record.constraints

    @property
    def relative_params(self) -> dict[str, Any]:
        """What a sampler of the program's own chose together."""
        return dict(self._relative)

    @property
    def datetime_start(self) -> datetime.datetime | None:
        return self._record.datetime_start

    @property
    def storage(self) -> Any:
        """Not there."""
        raise absent("trial.storage", "trials are read by study.trials")
