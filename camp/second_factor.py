"""The second factor: codes of six digits from an authenticator app (TOTP, RFC 6238), and recovery codes on paper.

What protects the secret: it is nowhere stored. It is derived from the installation's secret key, which lies in
keys.toml, and a salt, which lies in the database; a copy of the database alone makes no codes. With another secret key
the app's codes are void and the recovery codes, which lie here as hashes, still open.
"""

from __future__ import annotations

import hmac
import re

import pyotp
from sqlalchemy import delete, func, select

from camp import clock, log, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import Person, Role, SecondFactor

RECOVERY_CODES = 8
_DRIFT = 1  # steps of 30 seconds by which the clock of a phone may be off (RFC 6238 section 5.2)
_SALT = re.compile(r"[A-Za-z0-9_-]{20,64}")


def draw_salt() -> str:
    """A new salt, from which a new secret follows."""
    return tokens.draw()


def secret(key: str, person_id: int, salt: str) -> str:
    """The secret for an authenticator app, base32. Raises BadInput for a salt that this program never draws."""
    if not _SALT.fullmatch(salt):
        raise BadInput(N_("This page is too old."), N_("Load it again."))
    return tokens.one_time_secret(key, person_id, salt)


def app_address(secret: str, account: str, issuer: str) -> str:
    """What the QR holds for an authenticator app (otpauth://, the key URI format)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def has(person_id: int) -> bool:
    """Whether a person has a second factor."""
    return db.session.get(SecondFactor, person_id) is not None


def set_up(person: Person, salt: str, code: str, key: str) -> list[str]:
    """Switch the second factor on; gives the recovery codes, which are shown once.

    Raises BadInput for a wrong code, Conflict if there is one already.
    """
    if has(person.id):
        raise Conflict(N_("You have a second factor already."), N_("Switch it off first."))
    step = _step_of(secret(key, person.id, salt), code)
    if step is None:
        raise BadInput(N_("This is not the code."), N_("Type the one that the app shows at this moment."), field="code")
    codes = [f"{tokens.short_code()}-{tokens.short_code()}" for _ in range(RECOVERY_CODES)]
    db.session.add(SecondFactor(person_id=person.id, salt=salt, last_step=step, made_at=clock.now(),
                                recovery=[tokens.hash_of(tokens.typed(code)) for code in codes]))
    log.note("second factor on", person_id=person.id)
    return codes


def check(person_id: int, typed: str, key: str) -> None:
    """Take a code of the app or a recovery code, each once. Raises BadInput if it is neither, or has been used."""
    row = db.session.scalar(select(SecondFactor).where(SecondFactor.person_id == person_id).with_for_update())
    if row is None or not (_takes_code(row, typed, key) or _takes_recovery(row, typed)):
        raise BadInput(N_("This is not the code, or it has been used."),
                       N_("Wait for the next one in the app, or take a recovery code."), field="code")


def turn_off(person_id: int, typed: str, key: str) -> None:
    """Switch the second factor off with one of its codes. Raises BadInput if it is none."""
    check(person_id, typed, key)
    forget(person_id)


def forget(person_id: int) -> None:
    """Take the second factor from somebody who lost it; for the operator's terminal."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    log.note("second factor off", person_id=person_id)


def share(camp_id: int) -> tuple[int, int]:
    """How many organisers of a camp have a second factor, and how many there are."""
    row = db.session.execute(select(func.count(SecondFactor.person_id), func.count()).select_from(Role).join(
        SecondFactor, SecondFactor.person_id == Role.person_id, isouter=True).where(
        Role.camp_id == camp_id, Role.name == "organiser")).one()
    return row[0], row[1]


def _takes_code(row: SecondFactor, typed: str, key: str) -> bool:
    step = _step_of(secret(key, row.person_id, row.salt), typed)
    if step is None or step <= row.last_step:
        return False
    row.last_step = step
    return True


def _takes_recovery(row: SecondFactor, typed: str) -> bool:
    code = tokens.hash_of(tokens.typed(typed))
    if code not in row.recovery:
        return False
    row.recovery = [other for other in row.recovery if other != code]
    log.note("recovery code used", person_id=row.person_id, left=len(row.recovery))
    return True


def _step_of(secret: str, typed: str) -> int | None:
    """The step whose code was typed, the newest first; none if it is no code of the present steps."""
    totp = pyotp.TOTP(secret)
    now = totp.timecode(clock.now())
    code = "".join(typed.split()).encode()
    return next((step for step in range(now + _DRIFT, now - _DRIFT - 1, -1)
                 if hmac.compare_digest(totp.generate_otp(step).encode(), code)), None)
