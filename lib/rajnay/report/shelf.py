"""The shelf that the reports stand on: a list of what was built when, its page and its feed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rajnay.base.safe import write_whole
from rajnay.knowledge.defaults import load_defaults
from rajnay.report.atom import add, feed_of, printed
from rajnay.report.changes import write_manifest
from rajnay.report.html.onefile import cell_of, one_file
from rajnay.report.html.templates import fill
from rajnay.report.last_run import LastRun, read_last_run
from rajnay.report.news import FEED
from rajnay.report.section import FRONT
from rajnay.timeline.wording import load_wording

Entries = Mapping[str, Mapping[str, Any]]


def write_shelf(folder: Path, entries: Entries) -> None:
    """Write the list of reports, the page that shows it and the feed into the folder of the
    reports.

    ``entries`` maps a report's name to its ``title``, ``lang``, ``period``, ``day``, ``size``,
    ``counts``, ``picture``, ``unread`` (what could not be read), ``built`` (ISO time),
    ``fingerprint`` and ``failed`` (a message, or None when the last build went well).
    """
    write_manifest(folder, entries)
    shown = {name: entry for name, entry in entries.items() if (folder / f"{name}.html").is_file()}
    notebooks = {name for name in shown if (folder / f"{name}.ipynb").is_file()}
    run, news = read_last_run(folder), (folder / FEED).is_file()
    write_whole(folder / "index.html", index_page(shown, notebooks, run, news=news))
    write_whole(folder / "feed.xml", feed(shown, run))


def index_page(
    entries: Entries,
    notebooks: Container[str] = (),
    run: LastRun | None = None,
    *,
    news: bool = False,
) -> str:
    """Return the page that lists every report once, with the languages it can be read in, newest
    period first and empty ones last, with its counts and when it was built.

    ``notebooks`` names those beside which the notebook stands that they were made from; ``run`` is
    the last unattended run, and ``news`` says whether there is a feed of what is new.
    """
    words = {name: load_wording(entry["lang"]) for name, entry in entries.items()}
    home = load_wording(load_defaults().index)
    newest = sorted(
        groups(entries, home.lang).values(),
        key=lambda group: (group[0][1]["size"] > 0, group[0][1]["day"], group[0][0]),
        reverse=True,
    )
    built = {
        name: words[name].day(date.fromisoformat(entry["built"][:10]))
        for name, entry in entries.items()
    }
    ran = run and home.day(date.fromisoformat(run.ended[:10]))
    told = run and troubles(run)
    front = fill("index-front.html.j2", home=home, run=run, ran=ran, troubles=told, news=news)
    body = fill("index.html.j2", groups=newest, words=words, built=built, notebooks=notebooks)
    return one_file([cell_of(front, FRONT), cell_of(body)], home.text("index.title"), home)


def groups(entries: Entries, home: str) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
    """Return the reports that differ in nothing but their language together, by what their names
    have in common, that in the language of the list first.

    >>> months = {"may-gu": {"lang": "gu"}, "may-en": {"lang": "en"}, "june": {"lang": "gu"}}
    >>> {name: [one for one, _ in group] for name, group in groups(months, "en").items()}
    {'may': ['may-en', 'may-gu'], 'june': ['june']}
    """
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for name, entry in entries.items():
        found.setdefault(name.removesuffix(f"-{entry['lang']}"), []).append((name, entry))
    return {
        name: sorted(group, key=lambda one: (one[1]["lang"] != home, one[1]["lang"]))
        for name, group in found.items()
    }


def feed(entries: Entries, run: LastRun | None = None) -> bytes:
    """Return an Atom feed (RFC 4287) of the reports, the newest build first; links are relative to
    the feed. A report of the last week is another entry each week, and the same one when it is
    built again. What failed in the last unattended run stands before them.

    >>> feed({}).decode().splitlines()[1]
    '<feed xmlns="http://www.w3.org/2005/Atom">'
    """
    newest = sorted(entries.items(), key=lambda item: (item[1]["built"], item[0]), reverse=True)
    home = load_wording(load_defaults().index)
    failed = run is not None and bool(run.failures)
    times = [entry["built"] for _, entry in newest[:1]] + ([run.ended] if run and failed else [])
    root = feed_of("reports", home.text("index.title"), max(times, default=None), "feed.xml")
    if run and failed:
        item = add(root, "entry")
        add(item, "id", f"urn:rajnay:run:{run.ended}")
        add(item, "title", troubles(run))
        add(item, "updated", run.ended)
        add(item, "link", rel="alternate", href="index.html", type="text/html")
        add(item, "summary", "\n".join(run.failures))
    for name, entry in newest:
        item = add(root, "entry")
        add(item, "id", f"urn:rajnay:report:{name}:{entry['day']}")
        add(item, "title", entry["title"])
        add(item, "updated", entry["built"])
        link = {"href": f"{name}.html", "type": "text/html", "hreflang": entry["lang"]}
        add(item, "link", rel="alternate", **link)
        add(item, "summary", ", ".join([entry["period"], *entry["counts"]]).removeprefix(", "))
    return printed(root)


def troubles(run: LastRun) -> str:
    """Return in the words of the list of reports how much failed in a run."""
    home = load_wording(load_defaults().index)
    day = home.day(date.fromisoformat(run.ended[:10]))
    return home.text("index.troubles", count=len(run.failures), day=day)
