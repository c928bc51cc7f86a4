"""One part of a report, and the names by which the parts of an executed notebook are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rajnay.report.html.templates import fill, with_style

if TYPE_CHECKING:
    from rajnay.report.issue import Issue

# Media types of what a report says beside its HTML.
CARD = "application/vnd.rajnay.report+json"
LINKED_DATA = "application/ld+json"
# The anchor of the head of a page, which stands before its table of contents.
FRONT = "front"


@dataclass(frozen=True)
class Section:
    """One part of the report, which shows itself in a notebook and is printed by the report's
    template.

    ``anchor`` and ``heading`` stand in the table of contents (a section without a heading does
    not); ``data`` holds further values for the template, by media type, and ``fonts`` a style
    for notebooks with the fonts that all sections need.
    """

    body: str
    anchor: str = ""
    heading: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    fonts: str = field(default="", repr=False)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {
            "text/html": self.fonts + with_style(self.body),
            "text/plain": self.heading or "report",
        }
        return {**shown, **self.data}, {"rajnay": {"anchor": self.anchor, "heading": self.heading}}


def filled(
    issue: Issue, template: str, name: str, data: Mapping[str, Any] | None = None, **values: Any
) -> Section:
    """Return a section of a report from a template of ``reports/template/parts``.

    Args:
        issue: the report.
        template: the template's file name.
        name: the anchor, and the key of the heading.
        data: further values for the page's template, by media type.
        values: what the template is filled with besides.
    """
    heading = issue.title if name == FRONT else issue.words.text(f"section.{name}")
    body = fill(
        template,
        issue=issue,
        words=issue.words,
        text=issue.words.text,
        anchor=name,
        heading=heading,
        **values,
    )
    return Section(body, name, heading, data or {})
