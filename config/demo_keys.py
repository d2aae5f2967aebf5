"""Keys of the demo: made once, kept in a file only its owner can read. Never used in production."""

import base64
import os
import secrets
from pathlib import Path


def demo_key(path: Path) -> str:
    """The key in this file, 32 random bytes as base64; made now if the file is not there."""
    path.parent.mkdir(exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
