"""Functions as bytes, wherever they were defined: in a notebook, in another function, on the command line."""

from __future__ import annotations

import types
from typing import IO, Any

import cloudpickle


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]
    """Keeps the names of files, which cloudpickle replaces: tracebacks show them, and their lines."""

    def reducer_override(self, obj: Any) -> Any:
        """As of cloudpickle, but for code."""
        if not isinstance(obj, types.CodeType):
            return super().reducer_override(obj)
        reduced: Any = self.dispatch_table[types.CodeType](obj)
        return reduced[0], tuple(obj.co_filename if one == "<dynamic-code>" else one for one in reduced[1])


def dump(parts: object, file: IO[bytes]) -> None:
    """Writes functions and what they close over."""
    _Pickler(file).dump(parts)
