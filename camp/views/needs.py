"""What of the ground floor needs the organisers: mails that do not go out, failed jobs, WLAN codes, old backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app, url_for
from flask_babel import gettext, ngettext

from camp import backup, clock, health, jobs, mail, wlan
from camp.config import Config
from camp.models import Camp
from camp.todos import Todo

OLD_BACKUP = timedelta(days=7)


def look(camp: Camp) -> Iterator[Todo]:
    """Mails, jobs, WLAN codes and the last backup of the installation."""
    yield from _mails(camp)
    if failed := jobs.failed(camp):
        yield Todo("warn", ngettext("A job failed.", "%(num)s jobs failed.", failed),
                   gettext("Its page says why; it can be run again."), url_for("records.job_list"), gettext("Jobs"))
    if lacking := wlan.stock(camp).lacking:
        yield Todo("warn", ngettext("A WLAN code is missing.", "%(num)s WLAN codes are missing.", lacking),
                   gettext("There are more people with a place than codes."), url_for("wlan.index"),
                   gettext("WLAN codes"))
    yield from _backup(current_app.config["CAMP"])


def _mails(camp: Camp) -> Iterator[Todo]:
    if given_up := mail.counts(camp).get("failed", 0):
        yield Todo("bad", ngettext("A mail could not be delivered.", "%(num)s mails could not be delivered.", given_up),
                   gettext("Mend the address or the mail server, then let them go out again."),
                   url_for("mails.outbox", state="failed"), gettext("Mails"))
    waiting = mail.oldest_due(camp)
    if waiting is not None and clock.now() - waiting > health.LONGEST_WAIT:
        yield Todo("bad", gettext("Mails have been waiting for more than a quarter of an hour."),
                   gettext("Tell whoever runs the installation: the worker or the mail server stands still."),
                   url_for("mails.outbox", state="queued"), gettext("Mails"))


def _backup(config: Config) -> Iterator[Todo]:
    if not backup.is_embedded(config):
        return  # the database of a larger installation is saved by its own operator
    last = last_backup(config)
    if last is None:
        yield Todo("warn", gettext("There is no backup yet."),
                   gettext("Whoever runs the installation makes one: camp backup"))
    elif clock.now() - last > OLD_BACKUP:
        yield Todo("warn", gettext("The last backup is %(days)s days old.", days=(clock.now() - last).days),
                   gettext("Whoever runs the installation makes one: camp backup"))


def last_backup(config: Config) -> datetime | None:
    """When the newest backup in the instance's folder was made; None if there is none."""
    found: list[Path] = backup.all_in(config.folder / backup.FOLDER)
    return datetime.fromtimestamp(found[-1].stat().st_mtime, UTC) if found else None
