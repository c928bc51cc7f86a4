"""How people, places and forums are called in the languages of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rajnay.knowledge.defaults import load_defaults
from rajnay.timeline.wording import TableNames, load_wording, report_languages

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge


def table_names(knowledge: Knowledge, languages: Iterable[str] | None = None) -> TableNames:
    """Take the first form of each name from the languages' tables of names, in some languages or in
    all that have reports; reports in the language of the names of record print those. What a
    report.yaml has under ``name`` stands before both.
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

    found = {
        "person": first("bodies", "forms") | first("people", "full"),
        "place": first("places", "forms"),
        "forum": first("forums", "forms"),
    }
    for lang in set(languages or report_languages()).intersection(report_languages()):
        for key, said in load_wording(lang).texts.items():
            section, _, rest = key.partition(".")
            table, _, name = rest.partition(".")
            if section == "name":
                found[table][name] = {**found[table].get(name, {}), lang: str(said)}
    return TableNames(found["person"], found["place"], found["forum"])
