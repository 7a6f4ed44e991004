"""Tokens: long random texts that prove something once, or for a while; only their hash is kept."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

BYTES = 32


def make_token() -> str:
    """Give a new token."""
    return secrets.token_urlsafe(BYTES)


def hash_token(token: str) -> str:
    """Give the hash under which a token is kept; it is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def mask_secret(token: str) -> str:
    """Give the secret that the forms of a session carry, in other letters each time.

    It is made from the session's token, so that none has to be kept; and masked, so that its length
    in a packed page tells nothing of it.
    """
    pad = secrets.token_bytes(BYTES)
    return urlsafe_b64encode(pad + _xor(pad, _secret(token))).decode()


def is_secret(token: str, masked: str) -> bool:
    """Say whether a form carried the secret of this session."""
    try:
        given = urlsafe_b64decode(masked.encode("ascii"))
    except ValueError:
        return False
    return len(given) == 2 * BYTES and hmac.compare_digest(
        _xor(given[:BYTES], given[BYTES:]), _secret(token)
    )


def _secret(token: str) -> bytes:
    return hmac.digest(token.encode(), b"the forms of this session", "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
