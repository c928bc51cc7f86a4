"""Matplotlib's SVG made fit to stand inside a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from rajnay.charts.colours import COLOURS

SVG = "http://www.w3.org/2000/svg"
LINK = f"{{{SVG}}}a"
# Glyphs are drawn in 1/64 of a hundredth of their size; a quarter of a hundredth is fine enough for
# any screen.
GLYPH = ("scale(0.015625)", "scale(0.25)")
XLINK = "{http://www.w3.org/1999/xlink}href"
# JupyterLab 4.6 sets the href of every link in an output that has one, and fails at those in
# drawings; the elder name it passes by.
LINKED = "xlink:href"


def web_svg(source: str, name: str, alt: str, links: dict[str, str], lang: str) -> str:
    """Make Matplotlib's SVG fit to stand inside a page: no style or id of its own to clash, links
    with words, colours by name.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(source)
    wide, high = root.attrib["viewBox"].split()[2:]
    board = next(group for group in root.iter(f"{{{SVG}}}g") if group.get("id") == "axes_1")
    role = "group" if any(link.tag == LINK for link in board.iter()) else "img"
    attributes = {
        "viewBox": f"0 0 {wide} {high}",
        "width": wide,
        "height": high,
        "class": "chart",
        "role": role,
    }
    drawing = ElementTree.Element(f"{{{SVG}}}svg", attributes | {"aria-label": alt, "lang": lang})
    drawing.set("xmlns:xlink", XLINK[1:].partition("}")[0])
    drawing.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    for part in map(_lifted, board):
        if part.tag == LINK and len(drawing) and drawing[-1].get(XLINK) == part.get(XLINK):
            drawing[-1].extend(part)
        else:
            drawing.append(part)
    blank = {path.get("id") for path in drawing.iter(f"{{{SVG}}}path") if not path.get("d")}
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', source))
    short = {key: f"{name}-{number}" for number, key in enumerate(used) if key not in blank}
    for element in drawing.iter():
        for child in [
            child for child in element if child.get("id", child.get(XLINK, "#")[1:]) in blank
        ]:
            element.remove(child)
        _tidy(element, short, links)
    text = ElementTree.tostring(drawing, encoding="unicode")
    for colour, (light, _) in COLOURS.items():
        text = re.sub(light, f"var(--chart-{colour}, {light.lower()})", text, flags=re.IGNORECASE)
    return text


def _lifted(part: ElementTree.Element) -> ElementTree.Element:
    """Return the link that a group wraps, with the group's definitions inside it, or else the group
    itself.
    """
    link = part.find(f".//{LINK}")
    if link is None:
        return part
    for index, definitions in enumerate(part.findall(f"{{{SVG}}}defs")):
        link.insert(index, definitions)
    return link


def _tidy(element: ElementTree.Element, short: dict[str, str], links: dict[str, str]) -> None:
    attributes = element.attrib
    key = attributes.pop("id", None)
    if key in short:
        attributes["id"] = short[key]
    target = attributes.pop(XLINK, None)
    if element.tag == LINK and target:
        attributes.pop("target", None)
        attributes |= {LINKED: target, "aria-label": links.get(target, target)}
    elif target:
        attributes["href"] = f"#{short[target[1:]]}"
    if attributes.get("transform") == GLYPH[0]:
        attributes["transform"] = GLYPH[1]
        attributes["d"] = re.sub(
            r"-?\d+", lambda number: f"{int(number[0]) / 16:.0f}", attributes["d"]
        )
    for name in {"d", "transform", "x", "y"} & attributes.keys():
        rounded = re.sub(r"(\.\d\d)\d+", r"\1", attributes[name])
        attributes[name] = re.sub(
            r"\s+", " ", re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded) if name == "d" else rounded
        ).strip()
    element.text = element.tail = None
