"""Studies, with Optuna's calls, over Attune's engine."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from ._absent import absent, refusing
from ._base_sampler import BaseSampler, EngineSampler, warn_once
from ._base_trial import is_number
from ._best import best_of, front_of
from ._book import SYSTEM, USER, Book
from ._dataframe import trials_dataframe
from ._frozen import FrozenTrial, check_record
from ._optimize import Callback, Loop, Objective, checked_catch, checked_jobs, read_values
from ._python_samplers import PartialFixedSampler
from ._states import StudyDirection, TrialState
from ._studies import StudySummary, copy_book, find_book, list_names, make_book, unknown
from ._trial import Trial
from .distributions import BaseDistribution
from .logging import log
from .pruners import NONE, BasePruner, EnginePruner, MedianPruner, NopPruner
from .samplers import TPESampler
from .storages import BaseStorage, get_storage

__all__ = [
    "MaxTrialsCallback",
    "Study",
    "StudyDirection",
    "StudySummary",
    "copy_study",
    "create_study",
    "delete_study",
    "get_all_study_names",
    "get_all_study_summaries",
    "load_study",
]


class Study:
    """A study of a storage."""

    def __init__(
        self, study_name: str, storage: str | BaseStorage, sampler: BaseSampler | None = None, pruner: BasePruner | None = None
    ) -> None:
        kept = get_storage(storage)
        book = find_book(kept, study_name)
        if book is None:
            raise unknown(kept, study_name)
        self.study_name = study_name
        self._storage = kept
        self._book: Book = book
        #: Those that nobody named.
        self._usual = (TPESampler(), MedianPruner())
        self.sampler: BaseSampler = sampler or self._usual[0]
        self.pruner: BasePruner = pruner or self._usual[1]
        self._thread = threading.local()
        self._stopped = False
        self._running = False
        self._open: dict[int, Trial] = {}

    def __reduce__(self) -> Any:
        if self._storage.location is None:
            raise TypeError("A study in memory cannot be pickled: it lives in its engine. Give it a storage: storage='sqlite:///study.db'.")
        return (Study, (self.study_name, self._storage, self.sampler, self.pruner))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise absent(f"study.{name}", "docs/guide/optuna.md lists what there is")

    # What it has found.

    @property
    def direction(self) -> StudyDirection:
        """Of the one objective."""
        self._require_one("direction", "directions")
        return self._book.directions[0]

    @property
    def directions(self) -> list[StudyDirection]:
        """Of each objective."""
        return list(self._book.directions)

    @property
    def best_trial(self) -> FrozenTrial:
        """The single trial with the best value that keeps its constraints."""
        self._require_one("best_trial", "best_trials")
        return best_of(self._book.trials(), self._book.directions).copied()

    @property
    def best_value(self) -> float:
        """Its value."""
        self._require_one("best_value", "best_trials")
        value = best_of(self._book.trials(), self._book.directions).value
        assert value is not None
        return value

    @property
    def best_params(self) -> dict[str, Any]:
        """Its parameters."""
        self._require_one("best_params", "best_trials")
        return dict(best_of(self._book.trials(), self._book.directions).params)

    @property
    def best_trials(self) -> list[FrozenTrial]:
        """Those that no other one beats in everything."""
        return [trial.copied() for trial in front_of(self._book.trials(), self._book.directions)]

    @property
    def trials(self) -> list[FrozenTrial]:
        """All of them, by number."""
        return self.get_trials()

    def get_trials(self, deepcopy: bool = True, states: Container[TrialState] | None = None) -> list[FrozenTrial]:
        """Those in the given states, by number."""
        found = [trial for trial in self._book.trials() if states is None or trial.state in states]
        return [trial.copied() for trial in found] if deepcopy else found

    def trials_dataframe(
        self,
        attrs: tuple[str, ...] = (
            *("number", "value", "datetime_start", "datetime_complete", "duration"),
            *("params", "user_attrs", "system_attrs", "state"),
        ),
        multi_index: bool = False,
    ) -> Any:
        """A DataFrame of pandas, a row each."""
        return trials_dataframe(self.get_trials(deepcopy=False), len(self._book.metrics), self.metric_names, attrs, multi_index)

    @property
    def user_attrs(self) -> dict[str, Any]:
        """What the program keeps with it."""
        return dict(self._book.user_attrs)

    @property
    def system_attrs(self) -> dict[str, Any]:
        """What the machinery keeps with it."""
        return dict(self._book.system_attrs)

    def set_user_attr(self, key: str, value: Any) -> None:
        """Keeps a value with it."""
        self._book.set_attr(None, USER, key, value)

    def set_system_attr(self, key: str, value: Any) -> None:
        """The same for what belongs to the machinery."""
        self._book.set_attr(None, SYSTEM, key, value)

    @property
    def metric_names(self) -> list[str] | None:
        """Names of the values, where they were given."""
        return self._book.system_attrs.get("study:metric_names")

    def set_metric_names(self, metric_names: list[str]) -> None:
        """Names the values, in order; tables and messages then have these."""
        if len(metric_names) != len(self._book.metrics):
            raise ValueError(f"set_metric_names is given {len(metric_names)} names, and the study has {len(self._book.metrics)} objectives.")
        self.set_system_attr("study:metric_names", list(metric_names))

    # How it runs.

    def optimize(
        self,
        func: Objective,
        n_trials: int | None = None,
        timeout: float | None = None,
        n_jobs: int = 1,
        catch: Iterable[type[Exception]] | type[Exception] = (),
        callbacks: Iterable[Callback] | None = None,
        gc_after_trial: bool = False,
        show_progress_bar: bool = False,
    ) -> None:
        """Runs so many trials more, or until the time is over, or until `study.stop()`; without either until it is stopped."""
        if not callable(func):
            raise TypeError(f"optimize is given {func!r}; give a function that takes a trial.")
        if getattr(self._thread, "inside", False) or self._running:
            raise RuntimeError("study.optimize is called within an objective or a callback of the same study; call it once the other call is over.")
        self._stopped, self._running = False, True
        try:
            told = list(callbacks or ())
            Loop(self, func, n_trials, timeout, checked_catch(catch), told, gc_after_trial, show_progress_bar).run(checked_jobs(n_jobs))
        finally:
            self._running = False

    def stop(self) -> None:
        """Lets no new trial begin; for objectives and callbacks."""
        if not self._running:
            raise RuntimeError("study.stop is for objectives and callbacks; nothing runs.")
        self._stopped = True

    def ask(self, fixed_distributions: Mapping[str, BaseDistribution] | None = None) -> Trial:
        """The next trial, to be told with `tell`; with distributions, their values are asked for at once."""
        trial = self._ask(by_hand=True)
        for name, distribution in (fixed_distributions or {}).items():
            trial._suggest(name, distribution)
        return trial

    def tell(
        self,
        trial: Trial | int,
        values: float | Sequence[float] | None = None,
        state: TrialState | None = None,
        skip_if_finished: bool = False,
    ) -> FrozenTrial:
        """Says how a trial ended."""
        if not isinstance(trial, (Trial, int)):
            raise TypeError(f"tell is given {trial!r}; give the trial that ask gave, or its number.")
        record = trial._record if isinstance(trial, Trial) else self._book.record(trial)
        if record.state.is_finished() and skip_if_finished:
            return record.copied()
        if record.state is not TrialState.RUNNING:
            raise ValueError(f"Trial {record.number} is {record.state.name}; tell of one that runs.")
        ended, read, message = _read_told(values, state, len(self._book.metrics))
        if message is not None:
            warnings.warn(f"Trial {record.number} fails: {message}", UserWarning, stacklevel=2)
        self._finish(record, ended, read, message)
        return record.copied()

    def enqueue_trial(self, params: dict[str, Any], user_attrs: dict[str, Any] | None = None, skip_if_exists: bool = False) -> None:
        """Has values tried next; what is left out the sampler chooses."""
        if not isinstance(params, Mapping):
            raise TypeError(f"enqueue_trial is given {params!r}; give values by name.")
        if skip_if_exists and self._has(params):
            log().info("%s is there already and was not enqueued again.", dict(params))
            return
        self._book.enqueue(params, user_attrs or {}, {})

    def add_trial(self, trial: FrozenTrial) -> None:
        """Takes in a trial made elsewhere."""
        self.add_trials([trial])

    def add_trials(self, trials: Iterable[FrozenTrial]) -> None:
        """Takes in trials made elsewhere, in their order."""
        ended: list[FrozenTrial] = []
        for trial in trials:
            check_record(trial)
            if trial.values is not None and len(trial.values) != len(self._book.metrics):
                raise ValueError(f"The trial has {len(trial.values)} values, and the study has {len(self._book.metrics)} objectives.")
            if trial.state is TrialState.RUNNING:
                raise absent("add_trial of a running trial", "add it once it has come to its end, or enqueue its values")
            if trial.state is not TrialState.WAITING:
                ended.append(trial)
                continue
            if ended:
                self._book.add(ended)
                ended = []
            rest = {key: value for key, value in trial.system_attrs.items() if key != "fixed_params"}
            self._book.enqueue(trial.system_attrs.get("fixed_params", trial.params), trial.user_attrs, rest)
        if ended:
            self._book.add(ended)

    # For what belongs to this package.

    def _trials(self) -> list[FrozenTrial]:
        return self._book.trials()

    def _ask(self, by_hand: bool) -> Trial:
        self._configure()
        record = self._book.ask(by_hand)
        return Trial(self, record.number)

    def _configure(self) -> None:
        sampler, pruner, objectives = self.sampler, self.pruner, len(self._book.metrics)
        engine = sampler.engine() if isinstance(sampler, PartialFixedSampler) else sampler
        component: Mapping[str, Any] | None = {"name": "random"}
        if isinstance(engine, EngineSampler):
            component = engine.component_for(objectives)
            if engine is not self._usual[0]:
                warn_once(engine.note(objectives))
        scheduler = NONE
        if isinstance(pruner, EnginePruner) and objectives == 1:
            scheduler = pruner.component
            if pruner is not self._usual[1]:
                warn_once(pruner.note())
        self._book.configure(component, scheduler)

    @property
    def _is_nop(self) -> bool:
        return isinstance(self.pruner, NopPruner)

    def _is_stopped(self, record: FrozenTrial) -> bool:
        trial = self._open.get(record.number)
        return trial is not None and trial._is_stopped()

    def _set_system_attr_of(self, record: FrozenTrial, key: str, value: Any) -> None:
        self._book.set_attr(record, SYSTEM, key, value)

    def _stop_if_running(self) -> None:
        self._stopped = True

    def _finish(self, record: FrozenTrial, state: TrialState, values: Sequence[float] | None, message: str | None) -> None:
        sampler = self.sampler
        constrained = sampler.base_sampler if isinstance(sampler, PartialFixedSampler) else sampler
        function: Callable[[FrozenTrial], Sequence[float]] | None = getattr(constrained, "constraints_func", None)
        if function is not None and state in (TrialState.COMPLETE, TrialState.PRUNED):
            self._constrain(record, function)
        sampler.after_trial(self, record, state, values)
        self._book.finish(record, state, values, message)
        self._open.pop(record.number, None)

    def _constrain(self, record: FrozenTrial, function: Callable[[FrozenTrial], Sequence[float]]) -> None:
        values = [float(value) for value in function(record.copied())]
        if any(not is_number(value) for value in values):
            raise ValueError(f"constraints_func answered {values} for trial {record.number}; give numbers.")
        self._set_system_attr_of(record, "constraints", values)

    def _say(self, record: FrozenTrial, message: str | None) -> None:
        if record.state is TrialState.FAIL:
            log().warning("trial %d failed with %s: %s", record.number, record.params, message)
            return
        if record.state is TrialState.PRUNED:
            log().info("trial %d was pruned. %s", record.number, message or "")
            return
        values = record.values or []
        if len(values) > 1:
            log().info("trial %d: values %s from %s", record.number, values, record.params)
            return
        if not log().isEnabledFor(20):
            return
        try:
            best = best_of(self._book.known(), self._book.directions)
            so_far = f"the best is trial {best.number} with {best.value}"
        except ValueError:
            so_far = "none keeps the constraints yet"
        log().info("trial %d: value %s from %s; %s", record.number, values[0], record.params, so_far)

    def _has(self, params: Mapping[str, Any]) -> bool:
        for trial in self._book.trials():
            known = trial.system_attrs.get("fixed_params", trial.params)
            if dict(known) == dict(params):
                return True
        return False

    def _require_one(self, what: str, instead: str) -> None:
        if len(self._book.directions) > 1:
            raise RuntimeError(f"study.{what} is of one objective, and this study has several; read study.{instead}.")


def create_study(
    *,
    storage: str | BaseStorage | None = None,
    sampler: BaseSampler | None = None,
    pruner: BasePruner | None = None,
    study_name: str | None = None,
    direction: str | StudyDirection | None = None,
    load_if_exists: bool = False,
    directions: Sequence[str | StudyDirection] | None = None,
) -> Study:
    """A new study; with `load_if_exists` the one of that name where there is one."""
    if direction is not None and directions is not None:
        raise ValueError("create_study is given direction and directions; give one of them.")
    ways: Sequence[Any] = directions if directions is not None else ["minimize" if direction is None else direction]
    kept = get_storage(storage)
    chosen = sampler or TPESampler()
    engine = chosen.engine() if isinstance(chosen, PartialFixedSampler) else chosen
    made = engine if isinstance(engine, EngineSampler) else None
    component = {"name": "random"} if made is None else made.component_for(len(ways))
    book = make_book(kept, study_name, ways, load_if_exists, component, NONE, getattr(made, "seed", None))
    log().info("study %s in %s", book.name, kept.location or "memory")
    return Study(book.name, kept, sampler, pruner)


def load_study(
    *, study_name: str | None, storage: str | BaseStorage, sampler: BaseSampler | None = None, pruner: BasePruner | None = None
) -> Study:
    """A study that exists; without a name the only one of the storage."""
    kept = get_storage(storage)
    if study_name is None:
        names = list_names(kept)
        if len(names) != 1:
            raise ValueError(f"The storage has {len(names)} studies; give study_name.")
        study_name = names[0]
    return Study(study_name, kept, sampler, pruner)


def delete_study(*, study_name: str, storage: str | BaseStorage) -> None:
    """Removes a study."""
    kept = get_storage(storage)
    if find_book(kept, study_name) is None:
        raise unknown(kept, study_name)
    kept.call("deleteStudy", study=study_name)
    kept.books.pop(study_name, None)


def copy_study(
    *, from_study_name: str, from_storage: str | BaseStorage, to_storage: str | BaseStorage, to_study_name: str | None = None
) -> None:
    """Copies what a study has, but for trials that run."""
    source = load_study(study_name=from_study_name, storage=from_storage)
    target = create_study(study_name=to_study_name or from_study_name, storage=to_storage, directions=source.directions)
    copy_book(source._book, target._book)


def get_all_study_names(storage: str | BaseStorage) -> list[str]:
    """Of all studies of a storage."""
    return list_names(get_storage(storage))


def get_all_study_summaries(storage: str | BaseStorage, include_best_trial: bool = True) -> list[StudySummary]:
    """All studies of a storage without their trials."""
    kept = get_storage(storage)
    found: list[StudySummary] = []
    for place, name in enumerate(list_names(kept)):
        book = find_book(kept, name)
        assert book is not None
        trials = book.trials()
        try:
            best = best_of(trials, book.directions).copied() if include_best_trial and len(book.directions) == 1 else None
        except ValueError:
            best = None
        starts = [trial.datetime_start for trial in trials if trial.datetime_start is not None]
        first = min(starts, default=None)
        found.append(
            StudySummary(name, None, best, dict(book.user_attrs), len(trials), first, place, directions=book.directions, system_attrs=dict(book.system_attrs))
        )
    return found


class MaxTrialsCallback:
    """Stops a study, whoever runs it, at so many trials in the given states."""

    def __init__(self, n_trials: int, states: Container[TrialState] | None = (TrialState.COMPLETE,)) -> None:
        self._n_trials = n_trials
        self._states = states

    def __call__(self, study: Study, trial: FrozenTrial) -> None:
        """After each trial."""
        if len(study.get_trials(deepcopy=False, states=self._states)) >= self._n_trials:
            study.stop()


def _read_told(
    values: float | Sequence[float] | None, state: TrialState | None, objectives: int
) -> tuple[TrialState, list[float] | None, str | None]:
    """The end that was told, its values, and why it fails where it was told with what is no result."""
    if state not in (None, TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL):
        raise ValueError(f"A trial cannot end as {state!r}; give COMPLETE, PRUNED or FAIL.")
    if state is TrialState.PRUNED or state is TrialState.FAIL:
        if values is not None:
            raise ValueError(f"A trial that ends as {state.name} is told without values; leave them out.")
        return state, None, None
    if values is None and state is TrialState.COMPLETE:
        raise ValueError("A trial that ends as COMPLETE is told with its value; give it.")
    read, message = read_values(values, objectives)
    if read is None and state is TrialState.COMPLETE:
        raise ValueError(message)
    return (TrialState.FAIL, None, message) if read is None else (TrialState.COMPLETE, read, None)


ObjectiveFuncType = Objective
__getattr__ = refusing("optuna.study", {}, "docs/guide/optuna.md lists what there is")
