"""The templates of the report: whatever is put into them is escaped, and nothing is left out
silently.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import jinja2
from markupsafe import Markup, escape

from rajnay.base import paths
from rajnay.knowledge.defaults import load_defaults

LATIN = r"[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f0-9 .'’&+-]*[A-Za-z\u00c0-\u024f0-9.])?"


def with_style(body: str) -> str:
    """Return HTML with the style that a notebook needs to show it; a report takes the style out
    again and has its own.
    """
    sheet = style("marks.css") + style("notebook.css")
    return f'<style>{sheet}</style><div class="rajnay">{body}</div>'


@functools.cache
def style(name: str) -> str:
    """Return a style sheet of the report's template by its file name."""
    return (paths.TEMPLATE / name).read_text(encoding="utf-8")


@functools.cache
def environment() -> jinja2.Environment:
    """Return the template environment: everything put into a template is escaped, and an unknown
    name is an error.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(paths.TEMPLATE / "parts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["tongues"] = tongues
    return made


@jinja2.pass_context
def tongues(context: jinja2.runtime.Context, text: str) -> Markup:
    """Return a text of the report, its Latin words marked as names of record where the report's own
    language is not written so.

    Names that have no form in the report's language stand as they are of record, in English: a
    voice must be told.
    """
    if re.search("[A-Za-z]", context["words"].locale.display_name):
        return escape(text)
    of_record = load_defaults().names_of_record
    pieces = re.split(f"({LATIN})", str(text))
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(of_record, piece) if index % 2 else escape(piece)
        for index, piece in enumerate(pieces)
    )


def fill(template: str, **values: Any) -> Markup:
    """Return a template of ``reports/template/parts`` filled with values, every one of them escaped
    unless it is HTML already.
    """
    return Markup(environment().get_template(template).render(**values))
