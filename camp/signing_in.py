"""Signing in without a password: ask for a link, open it, press its button; every sign-in is a record that can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from camp import clock, log, mail, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import Person, SignIn, SignInLink
from camp.people import by_address, normal_address

LINK_AGE = timedelta(minutes=30)
OPERATOR_AGE = timedelta(minutes=15)
SIGN_IN_AGE = timedelta(days=14)
_TRIES = 5
_AGAIN = N_("Ask for a new link; we will gladly send one.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A link as its page sees it: whether this browser asked for it, and the code for the one that did."""

    same_browser: bool
    code: str


def ask(address: str, *, browser: str, key: str, then: str, language: str, camp_id: int | None) -> None:
    """Send a sign-in link if the address is known; the caller shows the same page either way.

    Raises BadInput if the text is no address.
    """
    person = by_address(normal_address(address))
    if person is None:
        return
    recent = db.session.scalar(select(SignInLink.id).where(
        SignInLink.person_id == person.id, SignInLink.browser_hash == tokens.hash_of(browser),
        SignInLink.made_at > clock.now() - timedelta(seconds=20), SignInLink.used_at.is_(None)))
    if recent is not None:  # a double tap on the button sends one mail
        return
    token = tokens.draw()
    link = _new_link(person, token, then, LINK_AGE)
    link.browser_hash = tokens.hash_of(browser)
    link.code_hash = tokens.hash_of(tokens.code_for(key, token))
    mail.put("sign_in", to=person.email, language=language, camp_id=camp_id, dedupe_key=f"sign-in/{link.token_hash}",
             values={"token": token}, void_at=link.expires_at)


def operator_link(person: Person, then: str) -> str:
    """A token for the operator's own terminal: works in any browser, once, for 15 minutes."""
    token = tokens.draw()
    _new_link(person, token, then, OPERATOR_AGE)
    return token


def _new_link(person: Person, token: str, then: str, age: timedelta) -> SignInLink:
    now = clock.now()
    link = SignInLink(person_id=person.id, token_hash=tokens.hash_of(token), then=then, made_at=now,
                      expires_at=now + age)
    db.session.add(link)
    return link


def look(token: str, browser: str | None, key: str) -> Opened:
    """What the page behind a link shows; changes nothing. Raises BadInput or Conflict if the link is of no use."""
    link = _usable(token)
    return Opened(_same_browser(link, browser), tokens.code_for(key, token))


def enter(token: str, browser: str | None) -> tuple[str, str]:
    """Sign the browser in that asked for the link, and spend the link. Gives (sign-in token, where to go).

    Raises BadInput if the link is unknown, too old, or was asked for by another browser, Conflict if it is spent.
    """
    link = _usable(token)
    if not _same_browser(link, browser):
        raise BadInput(N_("Another browser asked for this link."), N_("Type the code of this page into that browser."))
    return _spend(link)


def enter_by_code(code: str, browser: str | None) -> tuple[str, str]:
    """Sign the asking browser in by the code that the link shows elsewhere; five tries for each link.

    A wrong code is counted in the transaction: the caller commits on BadInput too.
    """
    now = clock.now()
    link = browser and db.session.scalar(select(SignInLink).where(
        SignInLink.browser_hash == tokens.hash_of(browser), SignInLink.used_at.is_(None), SignInLink.expires_at > now,
    ).order_by(SignInLink.id.desc()).limit(1))
    if not link or link.tries >= _TRIES:
        raise BadInput(N_("No code is awaited here."), _AGAIN, field="code")
    if link.code_hash != tokens.hash_of(tokens.typed(code)):
        link.tries += 1
        raise BadInput(N_("This is not the code."), N_("Compare it with the page that the link opens."), field="code")
    return _spend(link)


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


def _spend(link: SignInLink) -> tuple[str, str]:
    spent = db.session.scalar(update(SignInLink).where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
                              .values(used_at=clock.now()).returning(SignInLink.id))
    if spent is None:
        raise Conflict(N_("This link has been used."), _AGAIN)
    token = tokens.draw()
    db.session.add(SignIn(person_id=link.person_id, token_hash=tokens.hash_of(token), made_at=clock.now()))
    log.note("signed in", person_id=link.person_id)
    return token, link.then


def person_of(token: str) -> Person | None:
    """Who is signed in with a token: none if the record has ended or is older than 14 days."""
    return db.session.scalar(select(Person).join(SignIn, SignIn.person_id == Person.id).where(
        SignIn.token_hash == tokens.hash_of(token), SignIn.ended_at.is_(None),
        SignIn.made_at > clock.now() - SIGN_IN_AGE))


def leave(token: str) -> None:
    """End a sign-in at once."""
    db.session.execute(update(SignIn).where(SignIn.token_hash == tokens.hash_of(token), SignIn.ended_at.is_(None))
                       .values(ended_at=clock.now()))
