"""Atom feeds (RFC 4287), whose links are relative to them."""

from __future__ import annotations

from xml.etree import ElementTree

from rajnay.base.safe import plain

ATOM = "http://www.w3.org/2005/Atom"
# The time of a feed that has nothing to tell.
NEVER = "1970-01-01T00:00:00Z"


def feed_of(name: str, title: str, updated: str | None, file: str) -> ElementTree.Element:
    """Return a feed without entries.

    Args:
        name: what it is a feed of, for its id.
        title: its title, after that of the library.
        updated: when its newest entry was, ISO 8601; None without any.
        file: the name of its file.
    """
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    add(root, "id", f"urn:rajnay:{name}")
    add(root, "title", f"Rajnay: {title}")
    add(root, "updated", updated or NEVER)
    add(add(root, "author"), "name", "Rajnay")
    add(root, "link", rel="self", href=file)
    add(root, "link", rel="alternate", href="index.html", type="text/html")
    return root


def add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    """Add an Atom element with its text and attributes to another, and return it."""
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = None if text is None else plain(text)
    return element


def printed(root: ElementTree.Element) -> bytes:
    """Return a feed as a file."""
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
