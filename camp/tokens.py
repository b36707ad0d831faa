"""Tokens: drawn at random and kept as hashes, or derived from a key; each serves one purpose only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

# Crockford's alphabet without I, L, O, U: what people type from one screen into another.
_TYPED = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILOU", "110V")


def draw() -> str:
    """A new random secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def draw_short() -> str:
    """A new random secret of 128 bits, for addresses that people type into a screen."""
    return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def short_code() -> str:
    """Eight random characters (40 bits) from an alphabet without look-alikes, for typing."""
    return "".join(secrets.choice(_TYPED) for _ in range(8))


def code_for(key: str, token: str) -> str:
    """The eight characters that belong to a sign-in link; whoever holds the link can be shown them."""
    digest = _mac(key, "sign-in code", token)
    return "".join(_TYPED[byte % 32] for byte in digest[:8])


def typed(text: str) -> str:
    """A code as somebody typed it, without blanks and dashes, look-alikes put right."""
    return "".join(text.upper().split()).replace("-", "").translate(_LOOKALIKES)


def masked(key: str, purpose: str, text: str) -> str:
    """A text as a keyed hash, for counting and comparing what a dump of the database must not tell."""
    return _mac(key, purpose, text).hex()


def one_time_secret(key: str, person_id: int, salt: str) -> str:
    """The secret (160 bits as base32, RFC 4226 section 4) that a person's one-time codes are made from."""
    return base64.b32encode(_mac(key, "second factor", f"{person_id}/{salt}")[:20]).decode()


def wall_code(key: str, camp_id: int, number: int) -> str:
    """The eight characters (40 bits) by which a poster at the wall leads to proposing without an account."""
    return "".join(_TYPED[byte % 32] for byte in _mac(key, "wall", f"{camp_id}/{number}")[:8])


def vote_pseudonym(key: str, camp_id: int, participant_id: int) -> str:
    """The name under which a participant's votes lie: 128 bits that only the key links to a person."""
    return _mac(key, "vote", f"{camp_id}/{participant_id}")[:16].hex()


def badge_code(key: str, uid: str, issue: int) -> str:
    """The 16 base32 characters (80 bits) on a badge: the same for a reprint, another for the next issue.

    80 and not 128 bits, because the code opens nothing private and guesses are limited.
    """
    return base64.b32encode(_mac(key, "badge", f"{uid}/{issue}")[:10]).decode()


def private_code(key: str, uid: str) -> str:
    """The 26 base32 characters (128 bits) inside a badge, which sign its owner in."""
    return base64.b32encode(_mac(key, "private code", uid)[:16]).decode().rstrip("=")


def link(key: str, purpose: str, number: int, mark: str) -> str:
    """A token for an address in a mail: the row's number and 144 bits that only the key makes from purpose and mark."""
    return f"{number}-{base64.urlsafe_b64encode(_mac(key, purpose, f'{number}/{mark}')[:18]).decode()}"


def number_of(token: str) -> int:
    """The number in front of such a token, not proved yet; 0 if there is none."""
    head = token.partition("-")[0]
    return int(head) if head.isascii() and head.isdigit() and len(head) < 10 else 0


def opens(key: str, purpose: str, number: int, mark: str, token: str) -> bool:
    """Whether a token is the one of this purpose, row and mark."""
    return hmac.compare_digest(link(key, purpose, number, mark).encode(), token.encode("utf-8", "replace"))


def _mac(key: str, purpose: str, text: str) -> bytes:
    if not key:
        raise ValueError(f"no key for {purpose}")
    return hmac.new(key.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
