"""What of the ground floor needs the organisers: mails, failed jobs, WLAN codes, meals, the roster, old backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app, url_for
from flask_babel import gettext, ngettext

from camp import backup, camps, catering_orders, clock, health, i18n, jobs, mail, roster, wlan
from camp.config import Config
from camp.models import Camp
from camp.todos import Todo

OLD_BACKUP = timedelta(days=7)
_MEALS, _ROSTER, _SOON = timedelta(days=30), timedelta(days=14), timedelta(days=3)  # before the camp


def look(camp: Camp) -> Iterator[Todo]:
    """Mails, jobs, WLAN codes, meals, the roster, and the last backup of the installation."""
    yield from _mails(camp)
    if failed := jobs.failed(camp):
        yield Todo("warn", ngettext("A job failed.", "%(num)s jobs failed.", failed),
                   gettext("Its page says why; it can be run again."), url_for("records.job_list"), gettext("Jobs"))
    if lacking := wlan.stock(camp).lacking:
        yield Todo("warn", ngettext("A WLAN code is missing.", "%(num)s WLAN codes are missing.", lacking),
                   gettext("There are more people with a place than codes."), url_for("wlan.index"),
                   gettext("WLAN codes"))
    yield from _meals(camp)
    yield from _roster(camp)
    yield from _backup(current_app.config["CAMP"])


def _meals(camp: Camp) -> Iterator[Todo]:
    order, ahead = catering_orders.of(camp), _until_the_end(camp)
    if ahead is None or order.frozen_at is not None:
        return
    way, label = url_for("exports.catering_sheet"), gettext("Catering")
    if order.order_by is None and ahead <= _MEALS:
        yield Todo("info", gettext("It is not set by when meals are ordered."),
                   gettext("With a day set, the numbers freeze then, and changes are shown."), way, label)
    elif order.order_by is not None and order.order_by - clock.now() <= _SOON:
        yield Todo("warn", gettext("Meals are ordered on %(when)s.", when=i18n.moment(order.order_by)),
                   gettext("The sheet says how many of what; the numbers freeze then."), way, label)


def _roster(camp: Camp) -> Iterator[Todo]:
    ahead = _until_the_end(camp)
    if ahead is None or ahead > _ROSTER:
        return
    today = camps.today(camp)
    gaps = [gap for gap in roster.open_hours(camp, roster.shifts(camp)) if gap.date >= today]
    if gaps:
        first = gaps[0]
        yield Todo("warn" if first.date - today <= _SOON else "info",
                   gettext("Nobody is in charge on %(day)s from %(starts)s to %(ends)s.",
                           day=i18n.short_day(first.date), starts=i18n.wall(first.starts), ends=i18n.wall(first.ends)),
                   gettext("Every helper's page names who is in charge at each hour."), url_for("roster.show"),
                   gettext("Roster"))


def _until_the_end(camp: Camp) -> timedelta | None:
    """How long it is until the last day of the camp; none for one that is over."""
    last = max((day.date for day in camp.days), default=None)
    return last - camps.today(camp) if last is not None and last >= camps.today(camp) else None


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
