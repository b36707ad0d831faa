"""The mail server: its address as a URL, and a connection over which several mails go out."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from camp.errors import N_, BadInput

_TIMEOUT = 10  # seconds, for each step of the talk
_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. `tls`: from the first byte; `starttls`: auto takes it where it is offered."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: str = "auto"


class Away(Exception):
    """The server is not to be reached, or takes nothing from us at all: no mail's fault."""


class Rejected(Exception):
    """The server will never take this mail."""


def parse(url: str) -> Server:
    """The server of smtp://user:password@host:587?starttls=always or smtps://…; raises BadInput with the reason.

    Without a port 25, with a password 587, for smtps 465. A password never goes out unencrypted, but to this machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise _wrong() from None
    starttls = asked.pop("starttls", ["auto"])[0]
    sound = parts.scheme in _PORTS and starttls in _STARTTLS and parts.path in ("", "/")
    if not sound or not parts.hostname or asked:
        raise _wrong()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    tls = parts.scheme == "smtps"
    if password and not tls and not _is_near(parts.hostname):
        if starttls == "never":
            raise BadInput(N_("smtp_url would send the password unencrypted."), N_("Take starttls=never out of it."))
        starttls = "always"
    usual = 587 if user and not tls else _PORTS[parts.scheme]
    return Server(parts.hostname, port or usual, user, password, tls, starttls)


class Connection:
    """A talk with a server that begins with the first mail and is taken up again when it broke off."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._talk: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over. Raises Away, Rejected, or what smtplib says of a mail that may go through later."""
        fresh = self._talk is None
        talk = self._open()
        try:
            talk.send_message(message)
        except smtplib.SMTPServerDisconnected as error:
            self._drop()
            if fresh:
                raise Away(str(error)) from error
            self.send(message)  # an idle server hangs up between two mails
        except smtplib.SMTPResponseException as error:
            self._judge(error.smtp_code, error)
        except smtplib.SMTPRecipientsRefused as error:
            self._judge(min(code for code, _ in error.recipients.values()), error)
        except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as error:
            raise Rejected(f"{type(error).__name__}: {error}") from error
        except OSError as error:  # smtplib's own errors are of this kind too
            self._drop()
            raise Away(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Say goodbye."""
        if self._talk is not None:
            try:
                self._talk.quit()
            except (OSError, smtplib.SMTPException):
                self._talk.close()
            self._talk = None

    def _open(self) -> smtplib.SMTP:
        if self._talk is None:
            try:
                self._talk = connect(self.server)
            except (OSError, smtplib.SMTPException) as error:
                raise Away(f"{type(error).__name__}: {error}") from error
        return self._talk

    def _drop(self) -> None:
        if self._talk is not None:
            self._talk.close()
            self._talk = None

    def _judge(self, code: int, error: Exception) -> None:
        if code == 421:  # the server closes down
            self._drop()
            raise Away(str(error)) from error
        if 500 <= code < 600:
            raise Rejected(str(error)) from error
        raise error


def connect(server: Server) -> smtplib.SMTP:
    """Open the talk up to the point where mails may follow. Raises OSError or smtplib.SMTPException."""
    trust = ssl.create_default_context()
    talk: smtplib.SMTP
    if server.tls:
        talk = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=trust)
    else:
        talk = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    try:
        talk.ehlo_or_helo_if_needed()
        if not server.tls and (server.starttls == "always" or server.starttls == "auto" and talk.has_extn("starttls")):
            talk.starttls(context=trust)
        if server.user:
            talk.login(server.user, server.password)
    except BaseException:
        talk.close()
        raise
    return talk


def _is_near(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong() -> BadInput:
    return BadInput(N_("smtp_url is no address of a mail server."),
                    N_("For example: smtp://user:password@mail.example.org:587 or smtps://mail.example.org"))
