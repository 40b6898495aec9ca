"""Studies of a storage: made, listed, deleted, copied."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from ..errors import StudyChanged, UnknownStudy
from ._book import SYSTEM, USER, Book
from ._frozen import FrozenTrial
from ._states import StudyDirection, TrialState
from .exceptions import DuplicatedStudyError
from .storages import BaseStorage


def find_book(storage: BaseStorage, name: str) -> Book | None:
    """What is known of a study that exists."""
    known: Book | None = storage.books.get(name)
    if known is not None:
        return known
    if storage.location is not None and "://" not in storage.location:
        import os

        if not os.path.exists(storage.location):
            return None
    try:
        record = storage.call("study", study=name)
    except UnknownStudy:
        return None
    book: Book = storage.books.setdefault(name, Book(storage, record))
    return book


def make_book(
    storage: BaseStorage,
    name: str | None,
    directions: Sequence[Any],
    load_if_exists: bool,
    sampler: Any,
    scheduler: Any,
    seed: int | None,
) -> Book:
    """A new study, or where that is wanted the one there is."""
    ways = [read_direction(one) for one in directions]
    if not ways:
        raise ValueError("create_study is given no direction; give 'minimize' or 'maximize' for each objective.")
    called = name if name is not None else f"no-name-{uuid.uuid4()}"
    found = find_book(storage, called)
    if found is not None:
        return _existing(found, load_if_exists)
    keys = ["value"] if len(ways) == 1 else [f"value_{place}" for place in range(len(ways))]
    metrics = [{"name": key, "direction": way.name.lower()} for key, way in zip(keys, ways, strict=True)]
    try:
        told = storage.call("createStudy", name=called, metrics=metrics, sampler=sampler, scheduler=scheduler, seed=seed)
    except StudyChanged as error:  # Somebody else made another one of that name just now.
        raise duplicated(called) from error
    book: Book = storage.books.setdefault(called, Book(storage, told["study"]))
    return book if told["created"] else _existing(book, load_if_exists)


def _existing(book: Book, load_if_exists: bool) -> Book:
    if not load_if_exists:
        raise duplicated(book.name)
    return book


def duplicated(name: str) -> DuplicatedStudyError:
    """There is one of that name."""
    return DuplicatedStudyError(f"The storage has a study {name!r}; give another name, or load_if_exists=True to go on with it.")


def unknown(storage: BaseStorage, name: str) -> KeyError:
    """There is none of that name."""
    names = list_names(storage)
    has = f"it has {', '.join(names[:10])}" if names else "it has none"
    return KeyError(f"The storage {storage.location or 'in memory'} has no study {name!r}; {has}. Make it with create_study.")


def read_direction(given: Any) -> StudyDirection:
    """From its word."""
    if isinstance(given, StudyDirection) and given is not StudyDirection.NOT_SET:
        return given
    if given in ("minimize", "maximize"):
        return StudyDirection[str(given).upper()]
    raise ValueError(f"The direction is {given!r}; give 'minimize' or 'maximize'.")


def list_names(storage: BaseStorage) -> list[str]:
    """Of all studies of a storage."""
    import os

    location = storage.location
    if location is None and storage._connection is None:
        return []
    if location is not None and "://" not in location and not os.path.exists(location):
        return []
    names: list[str] = []
    after: str | None = None
    while True:
        page = storage.call("studies", after=after, limit=1_000)
        names.extend(str(study["name"]) for study in page["studies"] if study["damage"] is None)
        after = page["next"]
        if after is None:
            return names


class StudySummary:
    """A study without its trials."""

    def __init__(
        self,
        study_name: str,
        direction: StudyDirection | None,
        best_trial: FrozenTrial | None,
        user_attrs: dict[str, Any],
        n_trials: int,
        datetime_start: datetime.datetime | None,
        study_id: int,
        *,
        directions: Sequence[StudyDirection] | None = None,
        system_attrs: dict[str, Any] | None = None,
    ) -> None:
        self.study_name = study_name
        self._directions = list(directions) if directions is not None else [direction or StudyDirection.NOT_SET]
        self.best_trial = best_trial
        self.user_attrs = user_attrs
        self.system_attrs = system_attrs or {}
        self.n_trials = n_trials
        self.datetime_start = datetime_start
        self._study_id = study_id

    @property
    def direction(self) -> StudyDirection:
        """Of the one objective."""
        if len(self._directions) > 1:
            raise RuntimeError("The study has several objectives; read directions.")
        return self._directions[0]

    @property
    def directions(self) -> list[StudyDirection]:
        """Of each objective."""
        return self._directions


def copy_book(source: Book, target: Book) -> None:
    """Trials, directions and attributes."""
    for prefix, attrs in ((USER, source.user_attrs), (SYSTEM, source.system_attrs)):
        for key, value in attrs.items():
            target.set_attr(None, prefix, key, value)
    ended: list[FrozenTrial] = []
    for trial in source.trials():
        if trial.state.is_finished():
            ended.append(trial)
            continue
        if ended:
            target.add(ended)
            ended = []
        if trial.state is TrialState.WAITING:
            attrs = {key: value for key, value in trial.system_attrs.items() if key != "fixed_params"}
            target.enqueue(trial.system_attrs.get("fixed_params", {}), trial.user_attrs, attrs)
    if ended:
        target.add(ended)
