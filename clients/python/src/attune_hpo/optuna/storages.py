"""Where studies are kept, under Optuna's names: files of Attune beside those that are named, never those themselves."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from .._connections import Connection, connect
from ._absent import absent, refusing
from .logging import log

_SQLITE_SUFFIXES = (".db", ".sqlite", ".sqlite3")


class BaseStorage:
    """A storage of Attune: `location` is its file or URL, None for memory."""

    def __init__(self, location: str | None) -> None:
        self.location = location
        self._connection: Connection | None = None
        #: What is known of each study, by name; shared by all `Study` objects over this storage.
        self.books: dict[str, Any] = {}

    @property
    def connection(self) -> Connection:
        """To its engine, begun with the first question."""
        if self._connection is None:
            self._connection = connect(self.location)
        return self._connection

    def call(self, operation: str, **given: Any) -> Any:
        """Asks the engine."""
        return self.connection.engine.call(operation, {name: value for name, value in given.items() if value is not None})

    def remove_session(self) -> None:
        """There is nothing to be removed."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.location or 'memory'!r})"

    def __reduce__(self) -> Any:
        if self.location is None:
            raise TypeError("A study in memory cannot be pickled: it lives in its engine. Give it a storage: storage='sqlite:///study.db'.")
        return (_known, (self.location,))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise absent(f"The storage's {name}", "studies are read by study.trials, study.user_attrs and get_all_study_summaries")


class InMemoryStorage(BaseStorage):
    """Lives as long as this object."""

    def __init__(self) -> None:
        super().__init__(None)


class RDBStorage(BaseStorage):
    """`sqlite:///study.db` is kept in `study.attune.db`; what is said of the database's engine does not concern it."""

    def __init__(
        self,
        url: str,
        engine_kwargs: dict[str, Any] | None = None,
        skip_compatibility_check: bool = False,
        *,
        heartbeat_interval: int | None = None,
        grace_period: int | None = None,
        heartbeat_stale_trial_callback: Callable[..., None] | None = None,
        failed_trial_callback: Callable[..., None] | None = None,
        skip_table_creation: bool = False,
    ) -> None:
        super().__init__(location_of(url))
        if heartbeat_interval is not None or failed_trial_callback is not None or heartbeat_stale_trial_callback is not None:
            log().warning("there are no heartbeats: a trial whose process was killed stays RUNNING, and is not tried again.")


class JournalFileBackend:
    """Names the file beside which a journal's studies are kept."""

    def __init__(self, file_path: str, lock_obj: Any = None) -> None:
        self.file_path = os.fspath(file_path)


class JournalStorage(BaseStorage):
    """`journal.log` is kept in `journal.log.attune.db`."""

    def __init__(self, log_storage: JournalFileBackend) -> None:
        if not isinstance(log_storage, JournalFileBackend):
            raise absent(f"JournalStorage({log_storage!r})", "give JournalFileBackend('journal.log'), or storage='sqlite:///study.db'")
        super().__init__(_beside(log_storage.file_path))


class JournalFileOpenLock:
    """Not needed: Attune's files lock themselves."""

    def __init__(self, filepath: str, grace_period: int | None = None) -> None:
        self.filepath = filepath


class JournalFileSymlinkLock(JournalFileOpenLock):
    """Not needed either."""


class JournalFileStorage(JournalFileBackend):
    """The older name of the backend."""


class RetryFailedTrialCallback:
    """Never called: a trial whose process was killed stays RUNNING."""

    def __init__(self, max_retry: int | None = None, inherit_intermediate_values: bool = False) -> None:
        self.max_retry = max_retry

    def __call__(self, study: Any, trial: Any) -> None:
        """Does nothing."""

    @staticmethod
    def retried_trial_number(trial: Any) -> int | None:
        """None: no trial is tried again."""
        return None


RetryHeartbeatStaleTrialCallback = RetryFailedTrialCallback


def get_storage(storage: str | BaseStorage | None) -> BaseStorage:
    """The storage that a URL or an object names."""
    if storage is None:
        return InMemoryStorage()
    if isinstance(storage, BaseStorage):
        return storage
    if isinstance(storage, JournalFileBackend):
        raise TypeError("create_study was given a backend; write storage=JournalStorage(JournalFileBackend(...)).")
    return _known(location_of(storage))


def fail_stale_trials(study: Any) -> None:
    """Refused: nobody can tell here which trials were killed with their process."""
    raise absent("fail_stale_trials", "tell of a trial that was killed with its process: study.tell(number, state=TrialState.FAIL)")


def location_of(url: str) -> str | None:
    """The file, or the address of a server, in which the studies of a URL are kept; None for memory."""
    text = os.fspath(url)
    if text.startswith(("http://", "https://")):
        return text
    found = re.fullmatch(r"sqlite(?:\+\w+)?://(?:/(.*))?", text, re.DOTALL)
    if found is None:
        raise absent(
            f"The storage {re.sub(r'//[^@/]*@', '//...@', text)!r}",
            "Attune keeps studies in files and on servers of its own; write 'sqlite:///study.db', or start `attune-hpo serve` and give its address",
        )
    path = unquote((found.group(1) or "").split("?", 1)[0])
    return None if path in ("", ":memory:") else _beside(path)


def _beside(path: str) -> str:
    """A file of its own, since Optuna would write its tables into whatever is there."""
    owner = _owner(path)
    if owner == "attune":
        return path
    stem, suffix = os.path.splitext(path)
    kept = f"{stem if suffix in _SQLITE_SUFFIXES else path}.attune.db"
    if owner == "other" and kept not in _told:
        log().warning("%s is a file of another program, which is left as it is and not read: studies are kept in %s.", path, kept)
    elif kept not in _told:
        log().info("studies of %s are kept in %s.", path, kept)
    _told.add(kept)
    return kept


#: PRAGMA application_id of Attune's files.
_MARK = b"Attu"
_told: set[str] = set()
_by_location: dict[str, BaseStorage] = {}


def _known(location: str | None) -> BaseStorage:
    """One object a file, so that what is known of its studies is known once."""
    if location is None:
        return InMemoryStorage()
    key = location if "://" in location else os.path.realpath(location)
    if key not in _by_location:
        _by_location[key] = BaseStorage(location)
    return _by_location[key]


def _owner(path: str) -> str:
    """Whose a file is: `attune`, `other`, or `nobody` where there is none."""
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return "nobody"
    with open(path, "rb") as file:
        header = file.read(72)
    # SQLite keeps the application's mark at byte 68 of its header.
    return "attune" if header.startswith(b"SQLite format 3\0") and header[68:72] == _MARK else "other"


__getattr__ = refusing(
    "optuna.storages",
    {
        "GrpcStorageProxy": "start `attune-hpo serve` and give its address as storage",
        "run_grpc_proxy_server": "start `attune-hpo serve` and give its address as storage",
        "JournalRedisStorage": "give storage='sqlite:///study.db', or start `attune-hpo serve` and give its address",
        "JournalRedisBackend": "give storage='sqlite:///study.db', or start `attune-hpo serve` and give its address",
    },
    "give storage='sqlite:///study.db', an InMemoryStorage(), or the address of `attune-hpo serve`",
)
