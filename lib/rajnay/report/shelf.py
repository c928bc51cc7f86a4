"""The shelf that the reports stand on: a list of what was built when, its page and its feed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rajnay.base.safe import plain, write_whole
from rajnay.knowledge.defaults import load_defaults
from rajnay.report.changes import write_manifest
from rajnay.report.html.onefile import cell_of, one_file
from rajnay.report.html.templates import fill
from rajnay.report.section import FRONT
from rajnay.timeline.wording import load_wording

ATOM = "http://www.w3.org/2005/Atom"

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
    write_whole(folder / "index.html", index_page(shown, notebooks))
    write_whole(folder / "feed.xml", feed(shown))


def index_page(entries: Entries, notebooks: Container[str] = ()) -> str:
    """Return the page that lists every report once, with the languages it can be read in, newest
    period first and empty ones last, with its counts and when it was built.

    ``notebooks`` names those beside which the notebook stands that they were made from.
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
    front = fill("index-front.html.j2", home=home)
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


def feed(entries: Entries) -> bytes:
    """Return an Atom feed (RFC 4287) of the reports, the newest build first; links are relative to
    the feed. A report of the last week is another entry each week, and the same one when it is
    built again.

    >>> feed({}).decode().splitlines()[1]
    '<feed xmlns="http://www.w3.org/2005/Atom">'
    """
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    newest = sorted(entries.items(), key=lambda item: (item[1]["built"], item[0]), reverse=True)
    home = load_wording(load_defaults().index)
    add(root, "id", "urn:rajnay:reports")
    add(root, "title", f"Rajnay: {home.text('index.title')}")
    add(root, "updated", newest[0][1]["built"] if newest else "1970-01-01T00:00:00Z")
    add(add(root, "author"), "name", "Rajnay")
    add(root, "link", rel="self", href="feed.xml")
    add(root, "link", rel="alternate", href="index.html", type="text/html")
    for name, entry in newest:
        item = add(root, "entry")
        add(item, "id", f"urn:rajnay:report:{name}:{entry['day']}")
        add(item, "title", entry["title"])
        add(item, "updated", entry["built"])
        add(
            item,
            "link",
            rel="alternate",
            href=f"{name}.html",
            type="text/html",
            hreflang=entry["lang"],
        )
        add(item, "summary", ", ".join([entry["period"], *entry["counts"]]).removeprefix(", "))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    """Add an Atom element with its text and attributes to another, and return it."""
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = None if text is None else plain(text)
    return element
