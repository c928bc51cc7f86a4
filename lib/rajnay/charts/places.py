"""Where the engagements were: land outlines, and a mark a city, by which country was the host."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from rajnay.base import paths
from rajnay.charts.canvas import HOSTS, MARGIN, WIDTH, Canvas, Chart, Label, nothing
from rajnay.charts.lettering import LITTLE, SMALL, measure
from rajnay.models import Engagement, Row
from rajnay.timeline.edition import Edition
from rajnay.timeline.summary import MOST

Point = tuple[float, float]
LARGEST, SMALLEST = 24.0, 7.0
PADDING = 12.0  # degrees of the projection around the outermost places
LAND = paths.REFERENCE / "land-110m.json"
DISTANCES = (0.0, 7.0, 14.0, 24.0)


def places_map(
    rows: Sequence[Row],
    edition: Edition,
    coordinates: Mapping[str, Point],
    *,
    width: float = WIDTH,
    said: str = "",
    land: Path = LAND,
) -> Chart:
    """Draw where the engagements were, a mark a city: its size says how many, its shape and colour
    who was the host.

    Only land is drawn, and no border. Only what was held counts.

    ``coordinates`` are latitude and longitude of places by English name of record; ``land`` holds
    outlines as TopoJSON (world-atlas, from Natural Earth); ``said``, the period in words, stands in
    an empty chart's sentence.
    """
    words, text = edition.wording, edition.wording.text
    shown = [row.engagement for row in rows if row.engagement.status == "held"]
    cities = Counter((one.place, one.country or "") for one in shown if one.place)
    ranked = sorted(cities, key=lambda city: (-cities[city], city))
    lines = [
        (edition.place(name), words.country(country), cities[name, country])
        for name, country in ranked
    ]
    heads = [text(f"field.{name}") for name in ("place", "country", "count")]
    table = pd.DataFrame(lines, columns=heads)
    title = text("chart.places.title")
    hosts = _hosts(shown, edition)
    if not (cities or any(count for _, count in hosts)):
        return nothing(title, text("chart.places.empty", period=said), table)
    known = [city for city in ranked if city[0] in coordinates]
    canvas = Canvas(width)
    looks = [
        look._replace(label=edition.total(*host)) for look, host in zip(HOSTS, hosts, strict=True)
    ]
    y = canvas.key(14, compress(looks, map(itemgetter(1), hosts)), bold=True) - 4
    if known:
        placed = [(city, cities[city], coordinates[city[0]]) for city in known]
        y = _draw(canvas, y, placed, edition, land)
    _notes(canvas, y, [city[0] for city in ranked if city not in known], shown, edition)
    most = edition.counts((line[0], line[2]) for line in lines[:MOST]) or text("list.nothing")
    alt = text("chart.places.alt", places=most, hosts=edition.counts(filter(itemgetter(1), hosts)))
    return canvas.chart("places", title, alt, table, words)


def _hosts(shown: Sequence[Engagement], edition: Edition) -> list[tuple[str, int]]:
    """Return how many engagements were in each country of the pair, and how many elsewhere."""
    words, text = edition.wording, edition.wording.text
    hosted = Counter(one.country for one in shown if one.country)
    hosts = [
        (text("chart.places.in_country", country=words.country(code)), hosted[code])
        for code in edition.pair
    ]
    here = sum(count for _, count in hosts)
    return [*hosts, (text("chart.places.elsewhere"), hosted.total() - here)]


def _notes(
    canvas: Canvas, y: float, missing: Sequence[str], shown: Sequence[Engagement], edition: Edition
) -> None:
    """Write below the map which places it lacks, and how many engagements have none."""
    text = edition.wording.text
    if missing:
        said = text("chart.places.off_map", places=[edition.place(name) for name in missing])
        y = canvas.paragraph(y + 16, said) - 16
    placeless = sum(1 for one in shown if not one.place and one.kind != "call")
    if placeless:
        canvas.paragraph(y + 16, text("chart.places.placeless", count=placeless))


def _draw(
    canvas: Canvas,
    top: float,
    cities: Sequence[tuple[tuple[str, str], int, Point]],
    edition: Edition,
    land: Path,
) -> float:
    """Draw the part of the world that holds the cities, their marks and their names; return its
    lower edge.
    """
    points = [_project(*where) for _, _, where in cities]
    wide = canvas.width - 2 * MARGIN
    left, right, south, north = _window(points)
    scale = wide / (right - left)
    high = (north - south) * scale

    def place(point: Point) -> Point:
        return MARGIN + (point[0] - left) * scale, top + (north - point[1]) * scale

    frame = (MARGIN, top, MARGIN + wide, top + high)
    for outline in outlines(land):
        inside = _clipped([place(_project(*point)) for point in outline], frame)
        if len(inside) > 2:
            canvas.area(inside, "land")
    most = max(count for _, count, _ in cities)
    marks = [
        (*place(point), SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most))
        for point, (_, count, _) in zip(points, cities, strict=True)
    ]
    for (x, y, size), ((_, country), _, _) in zip(marks, cities, strict=True):
        look = HOSTS[edition.pair.index(country) if country in edition.pair else 2]
        canvas.mark(x, y, look, size=size, ring=True)
    taken = [
        Label("", x - size / 2, y - size / 2, x + size / 2, y + size / 2) for x, y, size in marks
    ]
    for (x, y, size), ((name, _), count, _) in zip(marks, cities, strict=True):
        label = edition.total(edition.place(name), count)
        found = _free(x, y, size / 2 + 3, measure(label, SMALL), taken, frame)
        if found is None:
            continue
        box, distance = found
        if distance:
            end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            canvas.line([x, end[0]], [y, end[1]], "muted", width=0.7)
        canvas.text(box.left, box.bottom - 3, label, LITTLE)
        taken.append(box)
    return top + high


def _free(
    x: float, y: float, gap: float, wide: float, taken: Sequence[Label], frame: tuple[float, ...]
) -> tuple[Label, float] | None:
    """Return the first box beside a mark that touches nothing, and how far out it had to go; None
    if there is none.
    """
    high = SMALL + 2
    for distance in DISTANCES:
        reach, slant = gap + distance, 0.7 * (gap + distance)
        straight = [
            (reach, 0),
            (-reach - wide, 0),
            (-wide / 2, -reach - high / 2),
            (-wide / 2, reach + high / 2),
        ]
        slanting = [
            (side, slope) for side in (slant, -slant - wide) for slope in (-slant - 3, slant + 3)
        ]
        for left, middle in ((x + across, y + down) for across, down in straight + slanting):
            box = Label("", left, middle - high / 2, left + wide, middle + high / 2)
            if _inside(box, frame) and not any(_touch(box, other) for other in taken):
                return box, distance
    return None


def _inside(box: Label, frame: tuple[float, ...]) -> bool:
    left, top, right, bottom = frame
    return left <= box.left and box.right <= right and top <= box.top and box.bottom <= bottom


def _touch(box: Label, other: Label) -> bool:
    beside = other.right + 2 <= box.left or box.right + 2 <= other.left
    return not (beside or other.bottom <= box.top or box.bottom <= other.top)


def _project(latitude: float, longitude: float) -> Point:
    """Miller's cylindrical projection, in degrees: straight as a plain grid, but less stretched in
    the north than Mercator's.
    """
    bound = math.radians(max(-84.0, min(84.0, latitude)))
    return longitude, math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * bound)))


def _window(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return left, right, south and north of the part to draw, between half and nine tenths as high
    as wide.
    """
    left, right = min(x for x, _ in points) - PADDING, max(x for x, _ in points) + PADDING
    south, north = min(y for _, y in points) - PADDING, max(y for _, y in points) + PADDING
    wide = max(right - left, (north - south) / 0.9, 90.0)
    high = max(north - south, wide / 2)
    middle = (left + right) / 2, (south + north) / 2
    return middle[0] - wide / 2, middle[0] + wide / 2, middle[1] - high / 2, middle[1] + high / 2


@lru_cache
def outlines(land: Path = LAND) -> list[list[Point]]:
    """Read the outer rings of TopoJSON land as lists of latitude and longitude."""
    topology = json.loads(land.read_text(encoding="utf-8"))
    (across, up), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((low + y * up, left + x * across))
        arcs.append(points)
    shapes = topology["objects"]["land"]["geometries"]
    polygons = [
        polygon
        for shape in shapes
        for polygon in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])
    ]
    rings = [
        [point for arc in polygon[0] for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
        for polygon in polygons
    ]
    return [_unbroken(ring) for ring in rings]


def _unbroken(ring: list[Point]) -> list[Point]:
    """Carry a ring that crosses the date line on beyond it, lest it be drawn across the whole
    world.
    """
    turn, points = 0.0, ring[:1]
    for (_, before), (latitude, longitude) in pairwise(ring):
        if abs(longitude - before) > 180:
            turn += math.copysign(360, before - longitude)
        points.append((latitude, longitude + turn))
    middle = sum(longitude for _, longitude in points) / len(points)
    home = 360 * round(middle / 360)
    return [(latitude, longitude - home) for latitude, longitude in points]


def _clipped(points: Sequence[Point], frame: tuple[float, float, float, float]) -> list[Point]:
    """Cut a polygon to a box: left, top, right and bottom."""
    inside = Outline([*points, points[0]], closed=True).clip_to_bbox(Bbox.from_extents(*frame))
    return [(x, y) for x, y in np.asarray(inside.vertices).tolist()]
