"""Engines by storage: one a storage and process, shared by its studies, ended when the last of them is closed."""

from __future__ import annotations

import atexit
import os
import threading

from ._engine import MEMORY, Engine, Speaker
from .errors import error_of


class Connection:
    """A study's hold on the engine of its storage."""

    def __init__(self, engine: Speaker, key: str | None) -> None:
        self.engine = engine
        self._key = key
        self._open = True

    def close(self) -> None:
        """Lets go; the last one ends the engine."""
        if self._open:
            self._open = False
            _release(self.engine, self._key)


_lock = threading.Lock()
_shared: dict[str, tuple[Speaker, int]] = {}
_alone: set[Speaker] = set()


def connect(storage: str | os.PathLike[str] | None) -> Connection:
    """To the engine of a storage: a file, a URL, or None for the memory of a process that is this study's alone."""
    location = MEMORY if storage is None else os.fspath(storage)
    engine: Speaker
    if location == MEMORY:
        engine = Engine(MEMORY)
        with _lock:
            _alone.add(engine)
        return Connection(engine, None)
    key = location if "://" in location else os.path.realpath(location)
    with _lock:
        engine, users = _shared.get(key) or (_made(key), 0)
        _shared[key] = (engine, users + 1)
    return Connection(engine, key)


def _made(key: str) -> Speaker:
    if not key.startswith(("http://", "https://")):
        return Engine(key)
    from ._http import HttpEngine

    return HttpEngine(key)


def require_file(study: str, storage: str | os.PathLike[str] | None) -> None:
    """Refuses to look into a storage that is not there, so that a typing mistake makes no empty file."""
    location = MEMORY if storage is None else os.fspath(storage)
    if "://" in location or (location != MEMORY and os.path.exists(location)):
        return
    where = "memory holds none before it is made" if location == MEMORY else f"there is no storage {os.path.abspath(location)}"
    raise error_of("unknown-study", f"There is no study {study!r}: {where}; make it with create_study, or name its storage.")


def _release(engine: Speaker, key: str | None) -> None:
    with _lock:
        if key is None:
            _alone.discard(engine)
        else:
            known, users = _shared.get(key, (engine, 1))
            if known is engine and users > 1:
                _shared[key] = (engine, users - 1)
                return
            if known is engine:
                _shared.pop(key, None)
    engine.close()


def _close_all() -> None:
    for engine in [*_alone, *(engine for engine, _ in _shared.values())]:
        engine.close()


def _in_child() -> None:
    global _lock
    _lock = threading.Lock()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
