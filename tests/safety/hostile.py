"""Forty hostile texts (A-05), and two camps in which every text that people can write is one of them, or all of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import JSON, Column, String, Table, UniqueConstraint, cast, literal, select, true, update

from camp.db import db, writing

# Each would call pwn() or ask pwn.example if it were more than text. Sources: the OWASP cheat sheet on filter evasion,
# the advisories of pretalx, Indico, CTFd and pretix on stored scripts, and what Markdown and templates could do.
STRINGS = (
    "<script>pwn()</script>", "<script src=//pwn.example/x.js></script>", "<img src=x onerror=pwn()>", "<svg onload=pwn()>", "<svg><script>pwn()</script></svg>",
    "<math><mi xlink:href=javascript:pwn()>x</mi></math>", "<iframe srcdoc='<script>parent.pwn()</script>'></iframe>", "<iframe src=javascript:pwn()></iframe>",
    "<object data=javascript:pwn()></object>", "<embed src=//pwn.example/x>", "<body onload=pwn()>", "<details open ontoggle=pwn()>", "<input autofocus onfocus=pwn()>",
    "<video><source onerror=pwn()></video>", "<a href=javascript:pwn()>x</a>", "<a href='java&#10;script:pwn()'>x</a>", "<base href=//pwn.example/>",
    "<meta http-equiv=refresh content='0;url=//pwn.example'>", "<link rel=stylesheet href=//pwn.example/x.css>", "<style>@import '//pwn.example/x.css'</style>",
    "<form action=//pwn.example><button>x</button></form>", "<div style=background:url(//pwn.example/x)>x</div>", "\"><script>pwn()</script>", "'><img src=x onerror=pwn()>",
    "\" autofocus onfocus=pwn() x=\"", "' onmouseover=pwn() x='", "</textarea><script>pwn()</script>", "</title><script>pwn()</script>", "--><script>pwn()</script>",
    "]]><script>pwn()</script>", "</script><script>pwn()</script>", "[x](javascript:pwn())", "[x](data:text/html,<script>pwn()</script>)", "![x](//pwn.example/x.png)",
    "<javascript:pwn()>", "{{7*7}}${7*7}#{7*7}<%=7*7%>", "{{pwn()}} {% include 'x' %}", "=HYPERLINK(\"//pwn.example\",\"x\")", "@SUM(1+1)*cmd|' /C calc'!A0",
    "<img/src='x'/onerror=pwn()//<template><script>pwn()</script>",
)
ALL = " ".join(STRINGS)
# What people do not write: words and states of the program, addresses, tokens, its own books.
PROGRAMS = {
    "badge.uid", "badge.code_hash", "badge_look.layout", "blank_badge.uid", "blank_badge.code_hash", "broadcast.group_name", "broadcast.nonce", "camp.accent", "camp.slug", "camp.timezone",
    "camp_figure.name", "camp_text.language", "camp_text.name", "device.once", "device.station", "device.token_hash", "edition.what", "entry.room_letter", "guest_proposal.network_hash",
    "handout.day", "handout.station", "host.away", "introduction.buddy", "judged.pseudonym", "mail_text.body", "mail_text.language", "mail_text.subject", "mail_text.template",
    "pairing_code.code_hash", "pairing_code.once", "pairing_code.station", "participant.feed_hash", "participant.kind", "participant.photo", "participant.source", "participant.state",
    "partner.tier", "partner.url", "person.email", "person.language", "phase.name", "picture.mime", "pitch_turn.nonce", "pitch_turn.state", "plan_proof.mark", "print_run.layout",
    "print_run.whose", "printed_badge.face", "private_code.browser_hash", "private_code.code_hash", "private_code.sign_in_hash", "private_code.uid", "question.kind", "reply.kind",
    "reservation.email", "reservation.language", "reservation.salt", "revoked_code.code_hash", "role.name", "role_invitation.email", "role_invitation.role", "role_invitation.salt",
    "room.letter", "scan.act", "scan.code_hash", "scan.decision", "scan.nonce", "scan.verdict", "screen.kind", "screen.token_hash", "session.format", "session.guid",
    "session.language", "session.level", "session.state", "shift.task", "slot.kind", "step.verb", "upload.encoding", "upload.separator", "vote.pseudonym"}
OWN_BOOKS = {"job", "lease", "log_entry", "mail", "sign_in", "sign_in_ask", "sign_in_link", "second_factor"}
# Where texts lie in lists and mappings.
MAPPINGS = {"camp": ["institution"], "participant": ["hashtags"], "question": ["texts"], "reservation": ["values"], "session": ["more_tags"], "upload": ["lines"],
            "answer": ["value"], "begun_proposal": ["fields"], "broadcast": ["texts"]}
_KEPT = {"email", "officer", "land", "kind", "photo", "days", "format", "language", "level", "away", "away_at", "needs"}
MANY_LINES = {"session.description", "entry.description", "outcome.findings"}
MORE = "\n\n# x\nEND:VEVENT\nATTACH:javascript:pwn()\n"


def poison(text: str) -> list[str]:
    """Write a hostile text into everything that people write; gives the columns."""
    done: list[str] = []
    with writing():
        for table in db.metadata.sorted_tables:
            for column in table.columns if table.name not in OWN_BOOKS else ():
                name = f"{table.name}.{column.name}"
                if type(column.type) is JSON and column.name in MAPPINGS.get(table.name, ()):
                    _poison_json(table, column, text)
                elif isinstance(column.type, String) and not column.foreign_keys and name not in PROGRAMS:
                    said = text + MORE if name in MANY_LINES else text
                    alone = column.unique or any(column.name in one.columns for one in table.constraints if isinstance(one, UniqueConstraint))
                    value = literal(said + " ") + cast(table.c.id, String) if alone else said
                    db.session.execute(update(table).where(column != "" if name == "session.hidden_because" else true()).values({column.name: value}))
                else:
                    continue
                done.append(name)
    db.session.expire_all()
    return done


def _poison_json(table: Table, column: Column[Any], text: str) -> None:
    keys = list(table.primary_key.columns)
    for row in db.session.execute(select(*keys, column)).all():
        where = [key == value for key, value in zip(keys, row[:-1], strict=True)]
        db.session.execute(update(table).where(*where).values({column.name: _said(row[-1], text)}))


def _said(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: inner if key in _KEPT else _said(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner, text) for inner in value]
    return text if isinstance(value, str) else value


class Reader(HTMLParser):
    """Reads a page as a browser would, and notes what could run or load."""

    OWN = ("/", "#", "?", "https://localhost/", "data:image/", "mailto:")

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element or attribute that our templates never write like this."""
        found = {name: value or "" for name, value in attrs}
        self.found += [f"{tag} {name}={value}" for name, value in found.items() if name.startswith("on") or name in ("style", "srcdoc", "xlink:href", "formtarget")]
        if tag in ("iframe", "object", "embed", "base", "style", "math", "template"):
            self.found.append(tag)
        if tag == "script" and not found.get("src", "").startswith("/static/") and found.get("type") != "application/json":
            self.found.append(f"script {found}")
        if tag == "meta" and found.get("http-equiv"):
            self.found.append(f"meta {found}")
        for name in ("href", "src", "action", "formaction", "poster", "data", "hx-get", "hx-post"):
            value = found.get(name, "").strip()
            if ("pwn" in value.partition("?")[0].lower() and not value.startswith("tel:")) or re.match(r"[\s\x00-\x20]*(javascript|vbscript|data:text|blob)", value, re.IGNORECASE):
                self.found.append(f"{tag} {name}={value[:60]}")
