"""Verbosity and handlers, as Optuna has them, over the logger `optuna`."""

from __future__ import annotations

import logging as _logging
import sys
import threading
from logging import CRITICAL, DEBUG, ERROR, FATAL, INFO, WARN, WARNING

__all__ = [
    "CRITICAL",
    "DEBUG",
    "ERROR",
    "FATAL",
    "INFO",
    "WARN",
    "WARNING",
    "disable_default_handler",
    "disable_propagation",
    "enable_default_handler",
    "enable_propagation",
    "get_logger",
    "get_verbosity",
    "set_verbosity",
]

_lock = threading.Lock()
_handler: _logging.Handler | None = None


def _root() -> _logging.Logger:
    global _handler
    logger = _logging.getLogger("optuna")
    with _lock:
        if _handler is None:
            _handler = _logging.StreamHandler(sys.stderr)
            _handler.setFormatter(_logging.Formatter("[%(levelname).1s %(asctime)s] %(message)s"))
            logger.addHandler(_handler)
            logger.setLevel(INFO)
            logger.propagate = False
    return logger


def get_logger(name: str) -> _logging.Logger:
    """The logger of that name, below `optuna` where the name is."""
    _root()
    return _logging.getLogger(name)


def get_verbosity() -> int:
    """The level from which messages are shown."""
    return _root().getEffectiveLevel()


def set_verbosity(verbosity: int) -> None:
    """Shows messages from this level on."""
    _root().setLevel(verbosity)


def enable_default_handler() -> None:
    """Writes messages to standard error."""
    root = _root()
    assert _handler is not None
    root.addHandler(_handler)


def disable_default_handler() -> None:
    """Writes none to standard error."""
    root = _root()
    assert _handler is not None
    root.removeHandler(_handler)


def enable_propagation() -> None:
    """Hands messages to the handlers of the program's root logger too."""
    _root().propagate = True


def disable_propagation() -> None:
    """Keeps them."""
    _root().propagate = False


def log() -> _logging.Logger:
    """The logger of this package's own messages."""
    return _root()
