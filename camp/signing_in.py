"""Signing in without a password: ask for a link, open it, press its button; then perhaps a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from camp import clock, log, mail, mail_limits, second_factor, sign_ins, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import Person, SignIn, SignInLink
from camp.people import by_address, is_known_at, normal_address

LINK_AGE = timedelta(minutes=30)
OPERATOR_AGE = timedelta(minutes=15)
_TRIES = 5
_AGAIN = N_("Ask for a new link; we will gladly send one.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A link as its page sees it: whether this browser asked for it, and the code for the one that did."""

    same_browser: bool
    code: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in that has begun: the token for the browser, where to go on, and whether a second factor is due first."""

    token: str
    then: str
    half_open: bool


def ask(address: str, *, browser: str, key: str, then: str, language: str, camp_id: int | None,
        remote: str | None = None, ceilings: mail_limits.Ceilings = mail_limits.Ceilings()) -> None:
    """Send a sign-in link if the address is known and the limits allow it; the caller shows the same page each time.

    For an unknown address the same rows are written, with a link that nobody holds and a mail that is void at once, so
    that neither the answer nor its duration tells who is registered. `remote` is the IP address that asks.
    Raises BadInput if the text is no address.
    """
    address = normal_address(address)
    person = by_address(address)
    if not mail_limits.take(mail_limits.asker(key, address, browser, remote), ceilings, known=person is not None):
        return
    token = tokens.draw()
    code = tokens.hash_of(tokens.code_for(key, token))
    link = _new_link(person, token, then, LINK_AGE)
    link.browser_hash = tokens.hash_of(browser)
    link.code_hash = code if person else None
    own = is_known_at(camp_id, person.id if person else 0)  # organisers see the mails of their own people only
    mail.put("sign_in", to=person.email if person else "", language=language, camp_id=camp_id if own else None,
             dedupe_key=f"sign-in/{link.token_hash}", values={"token": token if person else ""},
             void_at=link.expires_at if person else clock.now())


def operator_link(person: Person, then: str) -> str:
    """A token for the operator's own terminal: works in any browser, once, for 15 minutes."""
    token = tokens.draw()
    _new_link(person, token, then, OPERATOR_AGE)
    return token


def _new_link(person: Person | None, token: str, then: str, age: timedelta) -> SignInLink:
    now = clock.now()
    link = SignInLink(person_id=person.id if person else None, token_hash=tokens.hash_of(token), then=then, made_at=now,
                      expires_at=now + age)
    db.session.add(link)
    return link


def look(token: str, browser: str | None, key: str) -> Opened:
    """What the page behind a link shows; changes nothing. Raises BadInput or Conflict if the link is of no use."""
    link = _usable(token)
    return Opened(_same_browser(link, browser), tokens.code_for(key, token))


def enter(token: str, browser: str | None) -> Entered:
    """Sign the browser in that asked for the link, and spend the link.

    Raises BadInput if the link is unknown, too old, or was asked for by another browser, Conflict if it is spent.
    """
    link = _usable(token)
    if not _same_browser(link, browser):
        raise BadInput(N_("Another browser asked for this link."), N_("Type the code of this page into that browser."))
    return _spend(link)


def enter_by_code(code: str, browser: str | None) -> Entered:
    """Sign the asking browser in by the code that the link shows elsewhere; five tries for each link.

    A wrong code is counted in the transaction: the caller commits on BadInput too. It counts for every link that this
    browser waits for, because a code belongs to the link and not to the address.
    """
    awaited = db.session.scalars(select(SignInLink).where(
        SignInLink.browser_hash == tokens.hash_of(browser), SignInLink.used_at.is_(None),
        SignInLink.expires_at > clock.now(), SignInLink.tries < _TRIES).with_for_update()).all() if browser else ()
    if not awaited:
        raise BadInput(N_("No code is awaited here."), _AGAIN, field="code")
    typed = tokens.hash_of(tokens.typed(code))
    for link in awaited:
        if link.code_hash == typed:
            return _spend(link)
    for link in awaited:
        link.tries += 1
    raise BadInput(N_("This is not the code."), N_("Compare it with the page that the link opens."), field="code")


def pass_second_factor(half: SignIn, code: str, key: str) -> str:
    """Turn a half-open sign-in into a whole one with a new token; five tries, then it has ended.

    Tries are counted in the transaction: the caller commits on BadInput too.
    """
    left = sign_ins.take_try(half)
    try:
        second_factor.check(half.person_id, code, key)
    except BadInput as error:
        if not left:
            raise BadInput(N_("That was the fifth wrong code."), _AGAIN, field="code") from error
        raise
    log.note("signed in", person_id=half.person_id, second_factor=True)
    return sign_ins.renew(half)


def _usable(token: str) -> SignInLink:
    link = db.session.scalar(select(SignInLink).where(SignInLink.token_hash == tokens.hash_of(token)))
    if link is None:
        raise BadInput(N_("We do not know this link."), _AGAIN)
    if link.used_at is not None:
        raise Conflict(N_("This link has been used."), _AGAIN)
    if link.expires_at <= clock.now():
        raise BadInput(N_("This link is too old."), _AGAIN)
    return link


def _same_browser(link: SignInLink, browser: str | None) -> bool:
    if link.browser_hash is None:
        return True
    return browser is not None and link.browser_hash == tokens.hash_of(browser)


def _spend(link: SignInLink) -> Entered:
    spent = db.session.scalar(update(SignInLink).where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
                              .values(used_at=clock.now()).returning(SignInLink.id))
    if spent is None or link.person_id is None:
        raise Conflict(N_("This link has been used."), _AGAIN)
    half_open = second_factor.has(link.person_id)
    if not half_open:
        log.note("signed in", person_id=link.person_id)
    return Entered(sign_ins.start(link.person_id, half_open=half_open), link.then, half_open)
