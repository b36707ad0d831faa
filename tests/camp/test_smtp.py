from __future__ import annotations

import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from camp import smtp
from camp.errors import BadInput
from camp.smtp import Away, Connection, Rejected, Server
from tests.net import free_port
from tests.smtp_box import box


@pytest.mark.parametrize(("url", "server"), [
    ("smtp://mail.example.org", Server("mail.example.org", 25)),
    ("smtp://mail.example.org:2525/?starttls=never", Server("mail.example.org", 2525, starttls="never")),
    ("smtp://camp:p%40ss%2Fw@mail.example.org", Server("mail.example.org", 587, "camp", "p@ss/w", starttls="always")),
    ("smtps://camp%40example.org:x@mail.example.org", Server("mail.example.org", 465, "camp@example.org", "x", tls=True)),
    ("smtp://camp:x@localhost:25?starttls=never", Server("localhost", 25, "camp", "x", starttls="never")),
    ("smtp://[::1]:25", Server("::1", 25)),
])
def test_addresses_of_servers(url: str, server: Server) -> None:
    assert smtp.parse(url) == server


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail:port", "smtp://mail?tls=1", "smtp://mail?starttls=maybe",
                                 "smtp://mail/path", "smtp://mail?x"])
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadInput, match="smtp_url is no address of a mail server"):
        smtp.parse(url)


def test_a_password_never_goes_out_unencrypted() -> None:
    with pytest.raises(BadInput, match="unencrypted"):
        smtp.parse("smtp://camp:x@mail.example.org?starttls=never")


def _message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = "a@example.org", "b@example.org", "Ü", "<1@example.org>"
    made.set_content("Grüße")
    return made


def _sent(url: str, trust: ssl.SSLContext | None = None, monkeypatch: pytest.MonkeyPatch | None = None) -> None:
    if monkeypatch is not None and trust is not None:
        monkeypatch.setattr(ssl, "create_default_context", lambda: trust)
    talk = Connection(smtp.parse(url))
    try:
        talk.send(_message())
    finally:
        talk.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side of TLS for localhost, and a client's that trusts it."""
    folder: Path = tmp_path_factory.mktemp("tls")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder / "key.pem", "-out",
                    folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def _login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(handled=False, success=isinstance(data, LoginPassword) and (data.login, data.password) == (b"camp", b"p@ss"))


def test_a_plain_server(app: object) -> None:
    with box() as made:
        _sent(made.url)
        assert [mail["Subject"] for mail in made.mails] == ["Ü"]


def test_starttls_with_a_password(certificate: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> None:
    server, trust = certificate
    with box(tls_context=server, require_starttls=True, auth_required=True, authenticator=_login) as made:
        _sent(f"smtp://camp:p%40ss@127.0.0.1:{made.port}?starttls=always", trust, monkeypatch)
        assert len(made.mails) == 1
        with pytest.raises(Away, match="535"):
            _sent(f"smtp://camp:wrong@127.0.0.1:{made.port}?starttls=always")


def test_tls_from_the_first_byte_and_no_trust_in_strangers(certificate: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> None:
    server, trust = certificate
    with box(ssl_context=server) as made:
        with pytest.raises(Away, match="CERTIFICATE_VERIFY_FAILED"):
            _sent(f"smtps://127.0.0.1:{made.port}")
        _sent(f"smtps://127.0.0.1:{made.port}", trust, monkeypatch)
        assert len(made.mails) == 1


def test_where_starttls_is_demanded_and_not_offered_nothing_goes_out() -> None:
    with box() as made:
        with pytest.raises(Away, match="STARTTLS"):
            _sent(f"smtp://127.0.0.1:{made.port}?starttls=always")
        assert made.mails == []


def test_who_is_away_and_who_refuses() -> None:
    with pytest.raises(Away, match="ConnectionRefusedError"):
        _sent(f"smtp://127.0.0.1:{free_port()}")
    with box() as made:
        made.answer = "554 no"
        with pytest.raises(Rejected, match="554"):
            _sent(made.url)
