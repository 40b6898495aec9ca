"""Files without a name: whoever holds them may be killed at any moment, and nothing is left."""

from __future__ import annotations

import os


def nameless_file() -> int:
    """A descriptor of one that is empty, in the folder of temporary files."""
    import tempfile

    handle, path = tempfile.mkstemp(prefix="attune-")
    os.unlink(path)
    return handle
