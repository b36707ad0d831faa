"""A-05: forty hostile texts in everything that people write are text in every page, part, calendar, table and PDF."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
from collections.abc import Iterator
from datetime import date, time

import pypdf
import pytest
from icalendar import Calendar
from jinja2 import meta
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from camp import jobs, post
from camp.db import db, writing
from camp.letters import Word
from camp.models import Camp, Mail
from camp.paths import TEMPLATES
from sessions import book, book_files
from tests.safety import calls
from tests.safety.hostile import ALL, STRINGS, Reader, poison
from tests.safety.test_matrix import CALLS
from tests.safety.world import World

# What pages read from their address.
ASKED = dict.fromkeys(("q", "tag", "format", "host", "since", "view", "group", "state", "show", "cell", "rate", "then", "at", "day", "kind", "one", "other", "seen", "word", "template",
                       "begins", "changed_from", "title", "name", "page"), ALL)


@pytest.fixture
def hostile(world: World) -> World:
    """The two camps with all hostile texts in every field."""
    assert len(STRINGS) == 40
    assert len(poison(ALL)) > 60
    return world


def raw(text: str) -> list[str]:
    """What stands in a page as it was typed, though it holds an angle bracket."""
    return [one for one in STRINGS if "<" in one and one in text]


def test_a05_no_page_and_no_part_holds_an_element_that_people_wrote(hostile: World) -> None:
    wrong: dict[str, list[str]] = {}
    pages = shown = 0
    for call in calls.all_calls(hostile.app):
        if call.method != "GET" or call.rule.endpoint in ("static", "paper.pdf", "changed.pdf"):  # PDFs: below
            continue
        likely = calls.may_call(call, ("organiser", "host", "participant", "administrator", "door", "anonymous", "half signed in"))
        for actor, asked in ((likely, {}), (likely, ASKED), ("participant", {})):
            if actor == "participant" and call.route.policy != "everyone":
                continue
            answer = calls.send(hostile, call, actor, query_string=asked)
            assert answer.status_code < 500, (call.key, actor)
            if answer.mimetype == "application/json":
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
            if answer.mimetype != "text/html":
                continue
            pages += 1
            shown += "pwn()" in answer.text
            if found := Reader(answer.text).found + raw(answer.text):
                wrong[f"{call.key} as {actor}"] = found[:3]
    assert wrong == {}
    assert pages > 150 and shown > 120


def test_a05_previews_refusals_and_conflicts_hold_text_alone(hostile: World) -> None:
    """What is typed comes back in a page: previews, errors, the second of two who save, and what htmx puts in."""
    typed = {name: ALL for call in CALLS if call.method == "POST" for name in call.route.data}
    typed |= dict.fromkeys(("title", "description", "de", "en", "label_de", "body", "subject", "subject_de", "body_de", "findings", "who", "contact", "typed", "reason", "edit_number"), ALL)
    wrong, pages = {}, 0
    for call in CALLS:
        if call.method != "POST":
            continue
        actor = calls.may_call(call, ("organiser", "host", "participant", "administrator", "door", "anonymous", "half signed in"))
        for headers in ({}, {"HX-Request": "true"}):
            answer = calls.send(hostile, call, actor, data=typed, headers=headers)
            assert answer.status_code < 500, call.key
            if answer.mimetype == "text/html":
                pages += 1
                if found := Reader(answer.text).found + raw(answer.text):
                    wrong[call.key] = found[:3]
    assert wrong == {}
    assert pages > 60


def test_a05_calendars_and_tables_hold_them_as_values(hostile: World) -> None:
    names = set()
    for key in ("GET feeds.camp", "GET feeds.session", "GET feeds.mine"):
        call = next(one for one in CALLS if one.key == key)
        text = calls.send(hostile, call, "anonymous").text
        names |= {re.split("[;:]", line)[0] for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n") if line}
        events = Calendar.from_ical(text).walk("VEVENT")
        assert events and all("ATTACH" not in event for event in events)
        assert any("pwn()" in str(event["SUMMARY"]) for event in events)
    assert "ATTACH" not in names and "END" in names
    for text in STRINGS[37:39]:  # formulas
        poison(text)
        call = next(one for one in CALLS if one.key == "GET exports.people_file")
        rows = list(csv.reader(io.StringIO(calls.send(hostile, call, "organiser").get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
        assert any(text in cell for row in rows for cell in row)
        assert [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell] == []


def test_a05_mails_are_plain_text_that_holds_them_as_they_are(hostile: World) -> None:
    """No mail has a part that a reader would run; subject and headers are one line each, and nothing is evaluated."""
    camp, source = db.session.query(Camp).filter_by(slug="camp-a").one(), hostile.app.jinja_env
    known = {"day": date(2027, 4, 24), "time": time(9, 5), "role": Word("Catering"), "answer": "%(place)s", "token": "17-T", "path": "me",
             "page": "https://localhost/camp-a/me", "cannot_come": "https://localhost/camp-a/place/17-T"}
    for path in sorted((TEMPLATES / "mail").iterdir()):
        names = meta.find_undeclared_variables(source.parse(path.read_text())) - {"camp", "base_url", "_", "gettext"}
        letter = Mail(camp_id=camp.id, dedupe_key=path.stem, to="mai@example.org", language="en", template=path.stem, values={})
        with hostile.app.test_request_context("/", base_url="https://localhost"):
            message = post.compose(letter, {name: known.get(name, ALL) for name in names})
        back = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
        text, *files = [part for part in back.walk() if not part.is_multipart()]
        assert set(map(str.lower, back)) <= {"subject", "from", "to", "date", "message-id", "auto-submitted", "content-type", "content-transfer-encoding", "mime-version"}, path.stem
        assert (text.get_content_type(), back["To"], "\n" in str(back["Subject"])) == ("text/plain", "mai@example.org", False), path.stem
        assert all(part.get_content_disposition() == "attachment" and part.get_content_type() in ("text/calendar", "image/png") for part in files), path.stem
        assert " ".join(ALL.split()) in " ".join(f"{back['Subject']} {text.get_content()}".split()), path.stem
        calendars = [Calendar.from_ical(part.get_content()) for part in files if part.get_content_type() == "text/calendar"]
        assert all("ATTACH" not in event for calendar in calendars for event in calendar.walk("VEVENT")), path.stem


def actions(thing: object, seen: set[int]) -> Iterator[str]:
    """The names in a PDF that make a reader do something, and where its links lead."""
    thing = thing.get_object() if isinstance(thing, IndirectObject) else thing
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, DictionaryObject):
        for name, inner in thing.items():
            if name in ("/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/OpenAction", "/AA", "/RichMedia"):
                yield str(name)
            if name == "/URI":
                yield str(inner)
            if name != "/Parent":
                yield from actions(inner, seen)
    elif isinstance(thing, ArrayObject):
        for inner in thing:
            yield from actions(inner, seen)


def test_a05_pdfs_print_them_and_do_nothing(hostile: World) -> None:
    camp = db.session.query(Camp).filter_by(slug="camp-a").one()
    made = {}
    made["changes"] = calls.raw(hostile, "GET", "/camp-a/organise/plan/changed.pdf?since=1", "moderator").data
    with writing():
        job = jobs.ask(camp, "paper", {"which": "unplaced", "size": "a6", "language": "de"}, None)
        db.session.query(type(job)).filter(type(job).id != job.id).delete()
    jobs.run_next()
    made["cards"] = calls.raw(hostile, "GET", f"/camp-a/organise/paper/{job.id}.pdf", "moderator").data
    with hostile.app.test_request_context("/", base_url="https://localhost"):
        made["book"] = book_files.pdf_file(book.gather(camp), "de")
    for name, content in made.items():
        reader = pypdf.PdfReader(io.BytesIO(content))
        assert "pwn" in "".join(page.extract_text() for page in reader.pages), name
        found = list(actions(reader.trailer["/Root"], set()))
        assert [one for one in found if "pwn" in one or one.startswith("/") or not one.startswith("https://localhost")] == [], name
