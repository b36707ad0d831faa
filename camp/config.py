"""Settings: defaults, then the instance's config.toml and keys.toml, then CAMP_* in the environment."""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from camp.errors import N_, BadInput


@dataclass(frozen=True, slots=True)
class Config:
    """What one installation is set to. `folder` is its own: config.toml, keys.toml, database, uploads, mail."""

    folder: Path
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    secret_key: str = ""
    vote_key: str = ""
    badge_key: str = ""
    processes: int = 2
    lease_seconds: int = 30
    trusted_proxies: int = 0
    development: bool = False
    smtp_url: str = ""
    mail_from: str = "Camp <camp@localhost>"
    mails_per_network: int = 60
    mails_per_hour: int = 600

    @property
    def database(self) -> str:
        """The database's address; the embedded SQLite file unless another one is set."""
        return self.database_url or f"sqlite:///{self.folder / 'camp.sqlite3'}"

    @property
    def host(self) -> str:
        """The host name that links, calendars and badges carry."""
        return urlsplit(self.base_url).netloc

    @property
    def mail_folder(self) -> Path:
        """Where mails are laid down as .eml files while no mail server is set."""
        return self.folder / "mail"


_SHORTEST_KEY = 32
_SETTINGS = {field.name: field for field in fields(Config) if field.name != "folder"}
KEYS_FILE = "keys.toml"
KEYS = ("secret_key", "vote_key", "badge_key")


def instance_folder(given: str | None = None) -> Path:
    """The folder of this installation: --instance, else CAMP_INSTANCE, else ./instance."""
    return Path(given or os.environ.get("CAMP_INSTANCE") or "instance").resolve()


def load(folder: Path, environ: dict[str, str] | None = None) -> Config:
    """Read the settings of an installation. Raises BadInput with the setting's name and the nearest right one."""
    values: dict[str, Any] = {}
    for name in ("config.toml", KEYS_FILE):
        path = folder / name
        if path.exists():
            values |= _read(path)
    for key, text in (os.environ if environ is None else environ).items():
        name = key.removeprefix("CAMP_").lower()
        if key.startswith("CAMP_") and name not in ("instance", "clock"):
            values[name] = _from_text(name, text)
    return replace(Config(folder=folder), **{name: _typed(name, value) for name, value in values.items()})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def refuse_unsafe(config: Config) -> None:
    """Refuse what may not go before others. Raises BadInput for missing or weak keys, a mail server's address that is
    none, and for development elsewhere.

    Development accepts weak keys, and goes only where the pages are this machine's own.
    """
    if config.development and not is_loopback(urlsplit(config.base_url).hostname or ""):
        raise BadInput(N_("Development shows the inside of mistakes, and others come to %(address)s."),
                       N_("Take development out of config.toml, or set base_url to this machine."),
                       address=config.base_url)
    if config.smtp_url:
        from camp import smtp  # loads ssl, which help does without
        smtp.parse(config.smtp_url)
    weak = [key for key in KEYS if len(getattr(config, key)) < (1 if config.development else _SHORTEST_KEY)]
    if weak:
        raise BadInput(N_("Too short or missing: %(keys)s."),
                       N_("Put at least 32 random characters for each into keys.toml; camp init makes them."),
                       keys=", ".join(weak))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(N_("%(file)s cannot be read: %(why)s."), N_("Mend that line and start again."),
                       file=str(path), why=str(error)) from error


def _from_text(name: str, text: str) -> Any:
    kind = _SETTINGS[name].type if name in _SETTINGS else "str"
    if kind == "bool":
        return text.lower() in ("1", "true", "yes", "on")
    if kind == "int" and text.isdigit():
        return int(text)
    return text


def _typed(name: str, value: Any) -> Any:
    if name not in _SETTINGS:
        near = difflib.get_close_matches(name, _SETTINGS, 1)
        raise BadInput(N_("There is no setting “%(name)s”."), N_("The nearest one is “%(near)s”.") if near else "",
                       name=name, near=near[0] if near else "")
    kind = str(_SETTINGS[name].type)
    if type(value).__name__ != kind:
        raise BadInput(N_("The setting “%(name)s” has to be of the kind %(kind)s."), name=name, kind=kind)
    return value
