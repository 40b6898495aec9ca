"""The errors of Attune: a code that stays, and a sentence that says what was given, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AttuneError(Exception):
    """What went wrong: `code` is for programs, the message for people, `data` has what else is known."""

    code: str
    data: Mapping[str, Any]

    def __init__(self, code: str, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = dict(data or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return (_made, (type(self), self.code, str(self), dict(self.data)))


class InvalidArgument(AttuneError, ValueError):
    """Something given is not allowed: a wrong option, space, configuration or file."""


class UnknownStudy(AttuneError, LookupError):
    """There is no study of that name; the message names the nearest."""


class UnknownTrial(AttuneError, LookupError):
    """The study has no trial of that number."""


class StudyChanged(AttuneError):
    """A study of that name is there and is another one."""


class Conflict(AttuneError):
    """Somebody else was first, or nothing can be handed out yet."""


class Exhausted(AttuneError):
    """All trials that were wanted are handed out, or the sampler has nothing left."""


class StorageError(AttuneError, OSError):
    """The storage cannot be used: damaged, full, newer, busy or out of reach."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoEngine(AttuneError):
    """The engine could not be started or has ended: no Node, one too old, or one that was killed."""


class Stopped(BaseException):
    """
    Raised by `trial.report` where the trial is to end early; let it pass.

    Like `KeyboardInterrupt` it is no `Exception`, so that `except Exception` around a training loop does not swallow it.
    `action` is `stop`, or `pause` for a trial that may be handed out again, to go on.
    """

    def __init__(self, reason: str, action: str = "stop") -> None:
        super().__init__(reason)
        self.reason = reason
        self.action = action

    def __reduce__(self) -> tuple[Any, ...]:
        return (Stopped, (self.reason, self.action))


_CLASSES: dict[str, type[AttuneError]] = {
    "invalid-argument": InvalidArgument,
    "invalid-space": InvalidArgument,
    "invalid-file": InvalidArgument,
    "invalid-params": InvalidArgument,
    "unsupported": InvalidArgument,
    "unknown-study": UnknownStudy,
    "unknown-trial": UnknownTrial,
    "study-changed": StudyChanged,
    "study-exists": StudyChanged,
    "conflict": Conflict,
    "exhausted": Exhausted,
    "no-engine": NoEngine,
}


def error_of(code: str, message: str, data: Mapping[str, Any] | None = None) -> AttuneError:
    """The error of a code, of the class that stands for it."""
    kind = _CLASSES.get(code, StorageError if code.startswith("storage-") else AttuneError)
    return kind(code, message, data)


def _made(kind: type[AttuneError], code: str, message: str, data: dict[str, Any]) -> AttuneError:
    return kind(code, message, data)
