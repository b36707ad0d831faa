"""A-16: no address that somebody slips in leads off this site: by `then` through the sign-in, and by the Referer header."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import pytest
from sqlalchemy import select, update

from camp import ways
from camp.db import db, writing
from camp.models import Mail, SignInLink
from tests import make
from tests.safety.calls import ORIGIN, raw
from tests.safety.world import World

# Published ways around checks of redirects (OWASP cheat sheet on unvalidated redirects, the open-redirect lists of
# PayloadsAllTheThings and cujanovic, and advisories of Flask-Security, CTFd and Indico), with evil.example as the aim.
BYPASSES = [
    "//evil.example", "///evil.example", "////evil.example", "/////evil.example/", "//evil.example/%2f..", "//evil.example/..;/css",
    "https://evil.example", "http://evil.example", "HTTPS://evil.example", "https:evil.example", "https:/evil.example",
    "https:///evil.example", "http:/\\evil.example", "https:\\\\evil.example", "//https://evil.example",
    "/\\evil.example", "/\\/evil.example", "\\/evil.example", "\\\\evil.example", "\\evil.example", "/\\\\evil.example", "//\\evil.example",
    "\\/\\/evil.example/", "/\\/\\evil.example", "/%09/evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example",
    "\t//evil.example", "\n//evil.example", " //evil.example", "\x00//evil.example", "/\x0b/evil.example", "/\x00/evil.example",
    "/%5cevil.example", "/%2f/evil.example", "//%09/evil.example", "/%0d/evil.example", "%2f%2fevil.example", "/%2e%2e//evil.example",
    "//localhost@evil.example", "https://localhost@evil.example", "https://localhost:x@evil.example/", "//localhost%40evil.example",
    "https://localhost.evil.example", "//localhost.evil.example/", "//evil.example#localhost", "//evil.example?localhost",
    "https://evil.example\\.localhost", "//evil%00.example", "//evil。example", "//evil．example", "/／evil.example", "／／evil.example", "〱evil.example",
    "//①②⑦.0.0.1", "//0x7f000001", "//2130706433", "//[::1]", "//[::ffff:127.0.0.1]/", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)", "javascript://localhost/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "/camp-a/../..//evil.example", "/./\\evil.example", "/x/..//evil.example", ".evil.example", "@evil.example", ":80#@evil.example/", "",
    "http://", "//", "/\\", "///", "?//evil.example", "#//evil.example", "/\u2028/evil.example", "/\ufeff/evil.example",
]


def where(location: str) -> str:
    """The origin to which a browser goes (URL Standard: blanks off, tab and newline out, backslash is a slash)."""
    cleaned = location.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None}).replace("\\", "/")
    if urlsplit(cleaned).scheme and not cleaned.lower().startswith(("http:", "https:")):
        return cleaned
    if cleaned[:6].lower() in ("https:", "http:/") and not cleaned.lower().startswith(("https://", "http://")):
        cleaned = "//" + cleaned.partition(":")[2].lstrip("/")
    target = urlsplit(urljoin(f"{ORIGIN}/sign-in/x", "//" + cleaned.lstrip("/") if cleaned.startswith("//") else cleaned))
    return f"{target.scheme}://{target.netloc}"


def test_a16_there_are_sixty_bypasses_and_browsers_would_follow_most() -> None:
    """The control: the function that judges below knows where these lead."""
    assert len(set(BYPASSES)) == len(BYPASSES) >= 60
    assert sum(where(bypass) != ORIGIN for bypass in BYPASSES) >= 50
    assert (where("/camp-a/agenda?x=1"), where("agenda"), where(f"{ORIGIN}/a")) == (ORIGIN, ORIGIN, ORIGIN)


@pytest.mark.parametrize("bypass", BYPASSES, ids=ascii)
def test_a16_the_sign_in_leads_to_own_pages_only(bypass: str, world: World) -> None:
    browser = make.browser(world.app)
    asked = browser.post("/sign-in", query_string={"then": bypass}, data={"email": world.values["a"]["email"]}, base_url=ORIGIN)
    assert asked.status_code == 303 and where(asked.headers["Location"]) == ORIGIN
    token = _mailed()
    entered = browser.post(f"/sign-in/{token}", base_url=ORIGIN)
    assert entered.status_code == 303
    assert where(entered.headers["Location"]) == ORIGIN, entered.headers["Location"]
    assert "\n" not in entered.headers["Location"]


@pytest.mark.parametrize("bypass", BYPASSES, ids=ascii)
def test_a16_a_way_on_that_lies_in_the_database_is_checked_again(bypass: str, world: World) -> None:
    browser = make.browser(world.app)
    with writing():
        db.session.execute(update(SignInLink).values(then=bypass.replace("\0", "")))  # no PostgreSQL holds a NUL
    entered = browser.post(f"/sign-in/{world.values['a']['token']}", base_url=ORIGIN)
    assert entered.status_code == 303
    assert where(entered.headers["Location"]) == ORIGIN, entered.headers["Location"]


@pytest.mark.parametrize("bypass", BYPASSES, ids=ascii)
def test_a16_a_page_that_goes_back_goes_back_to_own_pages_only(bypass: str, world: World) -> None:
    """Header lines cannot hold line breaks; a browser sends what is left percent-encoded or as Latin-1."""
    header = "".join(character for character in bypass if character not in "\r\n\0").encode("utf-8").decode("latin-1")
    for referer in (header, f"{ORIGIN}{header}", f"{ORIGIN}/{header}", f"{ORIGIN}//{header}", f"{ORIGIN}/\\{header}"):
        for path, data in (("proposals/{withdrawn}/vote", {"wanted": "yes"}), ("agenda/{session_id}/pick", {"wanted": "yes"})):
            answer = raw(world, "POST", f"/camp-a/{path}".format(**world.values["a"]), "participant", data=data,
                         headers={"Referer": referer})
            location = answer.headers.get("Location", "/")
            assert where(location) == ORIGIN, (referer, location)


@pytest.mark.parametrize("bypass", BYPASSES, ids=ascii)
def test_a16_the_second_factor_and_the_sign_in_page_pass_nothing_foreign_on(bypass: str, world: World) -> None:
    for path, actor in (("/sign-in/second-factor", "anonymous"), ("/sign-in/second-factor", "participant"), ("/sign-in", "anonymous")):
        answer = raw(world, "GET", path, actor, query_string={"then": bypass})
        assert where(answer.headers.get("Location", "/")) == ORIGIN, answer.headers["Location"]


@pytest.mark.parametrize("slug", ["//evil.example", "/\\evil.example", "..//evil.example", "\\evil.example", "%2f%2fevil.example", "evil.example"])
def test_a16_the_camp_to_return_to_is_no_way_out(slug: str, world: World) -> None:
    browser = make.browser(world.app)
    page = browser.get("/sign-in", query_string={"at": slug}, base_url=ORIGIN)
    assert page.status_code in (200, 404) and "href=\"//" not in page.text
    browser.post("/sign-in", query_string={"at": slug}, data={"email": world.values["a"]["email"]}, base_url=ORIGIN)
    entered = browser.post(f"/sign-in/{_mailed()}", base_url=ORIGIN)
    assert where(entered.headers["Location"]) == ORIGIN


@pytest.mark.parametrize("path", ["//evil.example/camp-a", "///evil.example", "/\\evil.example", "//evil.example/%2e%2e", "/camp-a//evil.example",
                                  "//camp-a", "/%2f%2fevil.example", "/camp-a?//evil.example"])
def test_a16_no_address_redirects_off_site_by_itself(path: str, world: World) -> None:
    """Also the map's own redirects to an address with a slash at its end or with single slashes."""
    answer = raw(world, "GET", "/", "anonymous", environ_overrides={"PATH_INFO": path, "REQUEST_URI": quote(path)})
    assert where(answer.headers.get("Location", "/")) == ORIGIN


@pytest.mark.parametrize("path", ["/", "/camp-a/agenda", "/camp-a/proposals?q=a%20b&page=2", "/camp-a/proposals?q=%C3%BC", "/a:b", "/x//y"])
def test_a16_own_pages_are_reached(path: str) -> None:
    assert ways.own_path(path, "/otherwise") == path


def _mailed() -> str:
    mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert mail is not None
    return str(mail.values["token"])
