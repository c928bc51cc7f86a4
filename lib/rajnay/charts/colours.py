"""The colours of the charts, on light pages and on dark ones."""

from __future__ import annotations

# Light and dark value of each colour. The six level colours keep a distance of 20 (CIE 1976)
# between any two, also to eyes that lack one kind of cone, and a contrast of 3 to the page;
# tests/charts/test_charts.py measures both.
COLOURS = {
    "ink": ("#1B1F24", "#E4E7EA"),
    "muted": ("#59616A", "#A6AEB7"),
    "grid": ("#D9DDE1", "#363C43"),
    "land": ("#E3E6E2", "#2E343A"),
    "paper": ("#FFFFFF", "#14171A"),
    "leaders": ("#7A1F0B", "#D9583E"),
    "ministers": ("#3A8DDE", "#8FBDF0"),
    "officials": ("#1F6C49", "#34BF76"),
    "parliament": ("#8A7010", "#D9B84A"),
    "armed-forces": ("#8B2A7E", "#B84DB3"),
    "unknown": ("#87929C", "#6E7A86"),
}


def stylesheet() -> str:
    """Return the CSS that gives a page's charts their colours, light and dark; put it into the
    page's own style.
    """
    themes = [
        " ".join(f"--chart-{name}: {values[theme]};" for name, values in COLOURS.items())
        for theme in (0, 1)
    ]
    return (
        f":root {{ {themes[0]} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {themes[1]} }} }}\n"
        "svg.chart { display: block; width: 100%; height: auto; max-width: 40rem; }\n"
    )
