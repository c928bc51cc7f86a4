"""What of a page's HTML is kept: an allow list of elements and attributes; nothing in it runs,
loads or covers the page.
"""

from __future__ import annotations

import nh3


def names(text: str) -> set[str]:
    """Return the words of a text as a set.

    >>> sorted(names("a b"))
    ['a', 'b']
    """
    return set(text.split())


DRAWING = names(
    "svg g path use defs clipPath rect circle ellipse line polyline polygon text tspan title "
    "desc linearGradient stop"
)
WRITING = names(
    "a abbr article aside b bdi blockquote br button caption cite code col colgroup data dd "
    "details div dl dt em fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i input label legend li mark nav "
    "ol optgroup option output p "
    "pre q s search section select small span strong sub summary sup table tbody td tfoot th "
    "thead time tr u ul wbr"
)
EVERYWHERE = names(
    "id class lang dir role title tabindex hidden aria-label aria-labelledby aria-describedby "
    "aria-hidden aria-live "
    "aria-controls aria-current aria-expanded scope colspan rowspan headers datetime value for "
    "name type open data-label"
)
GEOMETRY = names(
    "viewBox version preserveAspectRatio focusable width height x y x1 x2 y1 y2 cx cy r rx ry d "
    "points transform offset "
    "fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-opacity "
    "stroke-linecap stroke-linejoin opacity "
    "clip-path clip-rule style text-anchor dominant-baseline font-size font-weight font-family "
    "href gradientUnits "
    "stop-color"
)
STYLES = names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity opacity stop-color font font-size font-weight font-family "
    "text-anchor isolation --n"
)
CLEANER = nh3.Cleaner(
    tags=DRAWING | WRITING,
    clean_content_tags={
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "embed",
        "noscript",
        "math",
    },
    attributes={"*": EVERYWHERE, "a": {"href"}, **dict.fromkeys(DRAWING, GEOMETRY)},
    generic_attribute_prefixes={"data-"},
    url_schemes={"http", "https"},
    filter_style_properties=STYLES,
    link_rel=None,
)


def clean_html(markup: str) -> str:
    """Return HTML with nothing left in it that runs, loads or covers the page: an allow list of
    elements and attributes.

    ``markup`` is a fragment of HTML, drawings in SVG included. Scripts, styles, handlers, frames,
    images and any link that is neither http(s) nor inside the page are dropped; style properties
    are kept in drawings, and only those that paint.

    >>> clean_html('<p onclick="x()">a<script>b</script> <a href="javascript:c">d</a></p>')
    '<p>a <a>d</a></p>'
    """
    return CLEANER.clean(markup)
