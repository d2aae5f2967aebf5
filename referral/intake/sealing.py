"""Seals the answers of one consultation with AES-256-GCM.

    payload = version (1 byte) · key id (8) · nonce (12) · ciphertext with its tag

The context (the consultation's id) is authenticated with the text, so a payload moved to another row does
not open. New answers are sealed with the first key; every key in the list opens, so keys can be changed.
"""

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_ID_BYTES = 8
NONCE_BYTES = 12
HEADER_BYTES = len(VERSION) + KEY_ID_BYTES


class BrokenSealError(Exception):
    """The payload cannot be opened. Holds nothing of what was sealed."""


def seal(text: bytes, *, context: bytes, keys: Sequence[bytes]) -> bytes:
    """`keys` are 32 bytes each; the first is used."""
    header = VERSION + key_id(keys[0])
    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + AESGCM(keys[0]).encrypt(nonce, text, header + context)


def unseal(payload: bytes, *, context: bytes, keys: Sequence[bytes]) -> bytes:
    """The sealed text. Raises BrokenSealError for another context, a changed payload or a key that is gone."""
    header, rest = payload[:HEADER_BYTES], payload[HEADER_BYTES:]
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(_key_for(header, keys)).decrypt(nonce, ciphertext, header + context)
    except (InvalidTag, ValueError):
        raise BrokenSealError("The answers cannot be opened.") from None


def key_id(key: bytes) -> bytes:
    """Names a key without telling anything about it."""
    return hashlib.sha256(b"veivalg answer key" + key).digest()[:KEY_ID_BYTES]


def _key_for(header: bytes, keys: Sequence[bytes]) -> bytes:
    for key in keys:
        if header == VERSION + key_id(key):
            return key
    raise BrokenSealError("The answers were sealed with a key that is not here.")
