"""What is missing or unsafe in an installation, and what to do about it."""

from __future__ import annotations

import ctypes
import shutil
import smtplib
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from zoneinfo import available_timezones

from sqlalchemy.exc import DBAPIError

from camp import schema, smtp
from camp.config import KEYS, KEYS_FILE, Config, is_loopback
from camp.doctor_data import LOOKS, Finding
from camp.errors import CampError

_PYTHON = (3, 11)
_FREE = 500 * 1024 * 1024
# What a name in the script looks like to fontconfig, and Debian's package for it.
_SCRIPTS = {"Latin": ("017b 1ec7 0131", "fonts-noto-core"), "Arabic": ("0645", "fonts-noto-core"),
            "Chinese": ("738b", "fonts-noto-cjk")}
# Characters that a code of level Q in alphanumeric mode holds, by version from 1 (ISO/IEC 18004, table 7).
_HOLDS = (16, 29, 47, 67, 87, 108)
_CODE = 16


def findings(config: Config) -> Iterator[Finding]:
    """Look at everything, inside an application context; each look is independent of the others."""
    for look in _LOOKS:
        yield look(config)


def _python(config: Config) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _PYTHON:
        return Finding("python", "fail", f"Python {version}", "Install Python 3.11 or newer.")
    return Finding("python", "ok", f"Python {version}")


def _pango(config: Config) -> Finding:
    try:
        library = ctypes.CDLL("libpango-1.0.so.0" if sys.platform == "linux" else "libpango-1.0.dylib")
        ctypes.CDLL("libpangoft2-1.0.so.0" if sys.platform == "linux" else "libpangoft2-1.0.dylib")
    except OSError:
        return Finding("pango", "fail", "Pango is missing: no badges and no camp book as PDF.",
                       "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    library.pango_version_string.restype = ctypes.c_char_p
    return Finding("pango", "ok", f"Pango {library.pango_version_string().decode()}")


def _fonts(config: Config) -> Finding:
    if shutil.which("fc-list") is None:
        return Finding("fonts", "warn", "The system's fonts cannot be listed.",
                       "On Debian: apt-get install fontconfig fonts-noto-core fonts-noto-cjk")
    missing = {script: package for script, (letters, package) in _SCRIPTS.items() if not _covered(letters)}
    if missing:
        return Finding("fonts", "warn", f"No font for names in {' and '.join(missing)} letters.",
                       "On Debian: apt-get install " + " ".join(sorted(set(missing.values()))))
    return Finding("fonts", "ok", f"Fonts for {', '.join(_SCRIPTS)} names")


def _covered(letters: str) -> bool:
    found = subprocess.run(["fc-list", f":charset={letters}", "family"], capture_output=True, check=False, timeout=30)
    return bool(found.stdout.strip())


def _schema(config: Config) -> Finding:
    try:
        found = schema.revision()
    except DBAPIError as error:
        return Finding("schema", "fail", f"The database does not answer: {error.orig}.",
                       "Check database_url and the rights of the instance folder.")
    if found == schema.newest():
        return Finding("schema", "ok", f"The schema is current ({found}).")
    return Finding("schema", "fail", f"The schema is {found or 'not there'}; the program's is {schema.newest()}.",
                   "Run: camp db upgrade")


def _mail(config: Config) -> Finding:
    if not config.smtp_url:
        return Finding("mail", "warn", f"No mail server: mails are laid down in {config.mail_folder}.",
                       "Set smtp_url in config.toml.")
    try:
        server = smtp.parse(config.smtp_url)
    except CampError as error:
        return Finding("mail", "fail", error.text, error.hint)
    where = f"{server.host}:{server.port}"
    try:
        smtp.connect(server).quit()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", "fail", f"{where} does not let us in: {error}.", "Check smtp_url in config.toml.")
    return Finding("mail", "ok", f"{where} answers{' and knows us' if server.user else ''}.")


def _zones(config: Config) -> Finding:
    if "Europe/Berlin" not in available_timezones():
        return Finding("zones", "fail", "There is no time zone data.", "On Debian: apt-get install tzdata")
    return Finding("zones", "ok", f"{len(available_timezones())} time zones")


def _disk(config: Config) -> Finding:
    free = shutil.disk_usage(config.folder).free
    text = f"{free // 1024 ** 2} MB are free in {config.folder}."
    if free < _FREE:
        return Finding("disk", "warn" if free > _FREE // 10 else "fail", text, "Make room: a camp needs some 500 MB.")
    return Finding("disk", "ok", text)


def _keys(config: Config) -> Finding:
    weak = [key for key in KEYS if len(getattr(config, key)) < 32]
    if weak:
        return Finding("keys", "fail", f"Too short: {', '.join(weak)}.", "Use at least 32 random characters for each.")
    path = config.folder / KEYS_FILE
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("keys", "fail", f"Others can read {path}.", f"Run: chmod 600 {path}")
    return Finding("keys", "ok", "Three keys, for nobody else to read.")


def _development(config: Config) -> Finding:
    if config.development:
        return Finding("development", "warn", "Development is on: mistakes show their inside, weak keys are accepted.",
                       "Take `development` out of config.toml before others come.")
    return Finding("development", "ok", "Development is off.")


def _address(config: Config) -> Finding:
    if config.base_url == Config(config.folder).base_url:
        return Finding("address", "warn", "base_url is not set; links in mails lead to this machine.",
                       "Set base_url in config.toml to the https address people use.")
    if config.base_url.startswith("https://"):
        return Finding("address", "ok", f"People come to {config.base_url}")
    if is_loopback(config.host.rpartition(":")[0] or config.host):
        return Finding("address", "warn", f"{config.base_url} is this machine only.",
                       "For others: an https server in front, and its address as base_url in config.toml.")
    return Finding("address", "fail", f"Over {config.base_url} nobody can sign in and the door's camera stays dark.",
                   "Put an https server in front and set base_url to its address.")


def _codes(config: Config) -> Finding:
    length = len(f"HTTPS://{config.host}/B/") + _CODE
    version = next((number for number, most in enumerate(_HOLDS, 1) if length <= most), len(_HOLDS) + 1)
    text = f"The codes on badges hold {length} characters: QR version {version}."
    if version > 3:
        return Finding("codes", "warn", text, "A host name of at most 20 characters makes larger dots that scan well.")
    return Finding("codes", "ok", text)


_LOOKS: tuple[Callable[[Config], Finding], ...] = (
    _python, _pango, _fonts, *LOOKS, _schema, _mail, _zones, _disk, _keys, _development, _address, _codes)
