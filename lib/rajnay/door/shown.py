"""How the front door's objects show themselves in a notebook: one screen, escaped, in light and
dark. What draws is imported when something is shown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rajnay.knowledge.defaults import load_defaults
from rajnay.models import Article, Engagement, Extraction
from rajnay.timeline.wording import load_wording

if TYPE_CHECKING:
    import pandas as pd

LINES = 8  # of a table on one screen
UNREAD = 4  # inputs that could not be read, named on one screen
LONGEST = 60  # characters of a cell on one screen
PARAGRAPHS = 3_000  # characters of an article on one screen


def screen(
    told: str, frame: pd.DataFrame, *, all_of_it: str = ".frame()", unread: Sequence[str] = ()
) -> str:
    """Return a sentence with the first lines of a table under it, and what could not be read.

    Args:
        told: the sentence.
        frame: the whole table; cells that are lists are joined, long ones cut.
        all_of_it: what to write for the lines that are left out; columns without a cell are too.
        unread: a line for each input that could not be read.
    """
    import pandas as pd

    from rajnay.lab.views import Table, styled, typefaces

    first = frame.head(LINES)
    cells = pd.DataFrame({name: first[name].map(cell).astype(object) for name in first})
    cells = cells.loc[:, (cells != "").any()]
    more = f"and {len(frame) - LINES} more: {all_of_it}" if len(frame) > LINES else ""
    left = f"and {len(unread) - UNREAD} more: .unread" if len(unread) > UNREAD else ""
    body = styled(
        "screen.html.j2",
        told=told,
        table=Table(cells, empty=""),
        more=more,
        unread=unread[:UNREAD],
        left=left,
    )
    return typefaces(body) + body


def cell(value: Any) -> object:
    """Return a cell as people read it: a day without its midnight, a list joined, a long text cut.

    >>> import pandas as pd
    >>> cell(["A", "B"]), cell(pd.Timestamp("2025-08-21")), cell(pd.NaT)
    ('A, B', '2025-08-21', '')
    """
    import pandas as pd

    if isinstance(value, list):
        value = ", ".join(map(str, value))
    elif isinstance(value, dict):
        value = ", ".join(value)
    if isinstance(value, str):
        return value if len(value) <= LONGEST else f"{value[: LONGEST - 1].rstrip()}…"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return "" if pd.isna(value) else value


def when(engagements: Iterable[Engagement]) -> list[str]:
    """Return in words when engagements are, as surely as that is known."""
    words = load_wording(load_defaults().names_of_record)
    return [words.when(one) for one in engagements]


def register() -> None:
    """Let an article, and what one tells, show themselves too when a notebook's cell ends in
    them.
    """
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        html = shell.display_formatter.formatters["text/html"]
        html.for_type(Article, article)
        html.for_type(Extraction, extraction)


def article(one: Article) -> str:
    """Return the HTML of an article: where it is from, and its words."""
    from rajnay.lab.views import typefaces
    from rajnay.report.html.articles import html_of_article
    from rajnay.report.html.templates import with_style

    body = with_style(html_of_article(shortened(one)))
    return typefaces(body) + body


def extraction(one: Extraction) -> str:
    """Return the HTML of an article beside what it tells."""
    from rajnay.lab.views import styled, typefaces
    from rajnay.report.html.articles import html_of_article, html_of_engagements

    kept = shortened(one.article)
    named = [mention for mention in one.mentions if mention.span.end <= len(kept.text)]
    parts = html_of_article(kept, named), html_of_engagements(one)
    body = styled("beside.html.j2", parts=parts)
    return typefaces(body) + body


def shortened(one: Article) -> Article:
    """Return an article whose text is cut after what a screen holds, so that all offsets before it
    hold.
    """
    if len(one.text) <= PARAGRAPHS:
        return one
    return replace(one, text=one.text[:PARAGRAPHS].rpartition(" ")[0])


def counted(number: int, what: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "article"), counted(0, "event")
    ('1 article', '0 events')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"
