"""How people, places and forums are called in the languages of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rajnay.knowledge.defaults import load_defaults
from rajnay.timeline.wording import TableNames, report_languages

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge


def table_names(knowledge: Knowledge, languages: Iterable[str] | None = None) -> TableNames:
    """Take the first form of each name from the languages' tables of names, in some languages or in
    all that have reports; reports in the language of the names of record print those.
    """
    own = load_defaults().names_of_record
    names = {lang: knowledge.names(lang) for lang in languages or report_languages() if lang != own}

    def first(table: str, column: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for lang, tables in names.items():
            for name, row in getattr(tables, table).items():
                if forms := getattr(row, column):
                    found[name][lang] = forms[0]
        return dict(found)

    return TableNames(
        first("bodies", "forms") | first("people", "full"),
        first("places", "forms"),
        first("forums", "forms"),
    )
