"""Take the day of publication from what articles and pages write for it, in the outlet's zone.

The day counts where the paper is read: a stamp of 20:30 in Greenwich is the next day in India. A
day is taken only from what holds one; nothing is filled in, and a zone that is not known is not
guessed.
"""

from __future__ import annotations

import csv
import functools
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from rajnay.base import paths

_ZONES = paths.DATA / "reference" / "zones.csv"
# The row of zones.csv that holds for every outlet without its own.
_ANY_OUTLET = "*"
# Seconds since 1970 from 1990 to 2099; longer numbers count thousandths or finer parts.
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d+)?")
_FIRST_SECOND, _LAST_SECOND = 631_152_000, 4_102_444_800
# Placeholders of programs lie before any newspaper.
_FIRST_YEAR = 1800
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_STAMP = re.compile(
    rf"""
    (?:[a-z]{{3,9}}\.?,?\s+)?                                                   # a day of the week
    (?: (?P<y1>\d{{4}})(?P<mark>[-/.]?)(?P<m1>\d\d)(?P=mark)(?P<d1>\d\d)
      | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m2>{_MONTH}),?[\s-]+(?P<y2>\d{{4}})
      | (?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}}) )
    (?: (?:T|,?\s+(?:at\s+)?)
        (?P<hour>\d{{1,2}}) (?: :?(?P<minute>\d\d) (?: :?(?P<second>\d\d)(?:[.,]\d+)? )? )?
        \s*(?P<half>[ap]\.?m\.?)?
        \s*(?P<zone>\(?(?:(?:gmt|utc)?\s*(?P<sign>[-+])(?P<ahead>\d\d?)(?::?(?P<more>\d\d))?
                       |(?P<name>[a-z]{{1,5}}))\)?)?
        (?:\[[\w/+-]+\])? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MEAN_TIME = frozenset(("Z", "UT", "UTC", "GMT"))
_SHOWN = 60


def day(text: str | int | float, zone: ZoneInfo | None = None) -> date:
    """Return the day that a date, a date and time, or an epoch stamp falls on in a zone.

    Args:
        text: ISO 8601, RFC 822 (``Tue, 12 Aug 2025 20:30:00 GMT``) or as English pages write it
            (``August 12, 2025, 8:30 PM IST``), or seconds or milliseconds since 1970.
        zone: the outlet's zone (that of ``outlet_zone(None)`` if it is not given); a time without
            an offset is taken for its time.

    Raises:
        ValueError: anything else, told in one line.

    >>> day("2025-08-12T20:30:00Z"), day("Tue, 12 Aug 2025 10:00:00 +0530"), day(1755030600)
    (datetime.date(2025, 8, 13), datetime.date(2025, 8, 12), datetime.date(2025, 8, 13))
    """
    zone = zone or outlet_zone(None)
    written = str(text).strip()
    try:
        found = _of_epoch(written, zone) or _of_stamp(written, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None or found.year < _FIRST_YEAR:
        shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "..."
        raise ValueError(f"{shown!r} is not a day; write YYYY-MM-DD")
    return found


def _of_epoch(written: str, zone: ZoneInfo) -> date | None:
    if not _EPOCH.fullmatch(written):
        return None
    seconds = float(written)
    while seconds > _LAST_SECOND:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, zone).date() if seconds >= _FIRST_SECOND else None


def _of_stamp(written: str, zone: ZoneInfo) -> date | None:
    """Return the day of a stamp in a zone; None or ValueError for what is no stamp."""
    found = _STAMP.fullmatch(written)
    if not found:
        return None
    year, month, number = (
        found[f"{part}1"] or found[f"{part}2"] or found[f"{part}3"] for part in "ymd"
    )
    months = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"][0] in "pP")
    clock = hour, int(found["minute"] or 0), int(found["second"] or 0)
    moment = datetime(int(year), months, int(number), *clock)
    if not found["zone"]:
        return moment.date()
    return moment.replace(tzinfo=_offset(found, zone)).astimezone(zone).date()


def _offset(found: re.Match[str], zone: ZoneInfo) -> tzinfo:
    """Return the offset that a stamp ends with; ValueError for the name of a zone not known here.

    The only names understood are those of Greenwich and of the outlet's own zone: IST is India's
    time in an Indian paper, and that of Israel or Ireland in theirs.
    """
    if found["sign"]:
        ahead = timedelta(hours=int(found["ahead"]), minutes=int(found["more"] or 0))
        return timezone(ahead if found["sign"] == "+" else -ahead)
    name = found["name"].upper()
    if name in _MEAN_TIME:
        return UTC
    if name in {datetime(2025, month, 1, tzinfo=zone).tzname() for month in (1, 7)}:
        return zone
    raise ValueError(name)


@functools.cache
def outlet_zones(path: Path) -> dict[str, ZoneInfo]:
    """Return the zones of outlets, and under ``*`` that of all others, from a table.

    Raises:
        ValueError: the table is missing or wrong; file and line are named.
    """
    zones: dict[str, ZoneInfo] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                try:
                    if row.pop(None, None):
                        raise ValueError
                    zones[row["publisher"].casefold()] = ZoneInfo(row["zone"])
                except (KeyError, ValueError, AttributeError, TypeError, OSError, RecursionError):
                    raise ValueError(
                        f"{path}:{number}: zone {row.get('zone')!r} is not known; write a row "
                        "publisher,zone with the name of one in the IANA database"
                    ) from None
    except OSError as error:
        raise ValueError(f"{path}:1: cannot be read ({error.strerror}): put it back") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"{path}:1: not CSV in UTF-8 ({error}): mend it") from None
    if _ANY_OUTLET not in zones:
        raise ValueError(f"{path}:1: no row for {_ANY_OUTLET}; add it, with their zone")
    return zones


def outlet_zone(publisher: str | None) -> ZoneInfo:
    """Return the zone that an outlet dates its articles in, from ``data/reference/zones.csv``.

    >>> outlet_zone("an outlet that the table does not name").key
    'Asia/Kolkata'
    """
    zones = outlet_zones(_ZONES)
    return zones.get((publisher or "").casefold(), zones[_ANY_OUTLET])
