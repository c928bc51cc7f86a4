"""How people, places and forums are called in the languages of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rajnay.knowledge.defaults import load_defaults
from rajnay.text.languages import script_of_language
from rajnay.timeline.wording import TableNames, load_wording, report_languages

if TYPE_CHECKING:
    from rajnay.knowledge.store import Knowledge


def table_names(knowledge: Knowledge, languages: Iterable[str] | None = None) -> TableNames:
    """Take the first form of each name from the languages' tables of names, in some languages or in
    all that have reports, or from those of a language in the same script whose names they take;
    reports in the language of the names of record print those. What a report.yaml has under
    ``name`` stands before all.
    """
    own = load_defaults().names_of_record
    names = [
        (lang, knowledge.names(source))
        for lang in languages or report_languages()
        for source in (*_lenders(lang, knowledge), lang)
        if lang != own
    ]

    def first(table: str, column: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for lang, tables in names:
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


def _lenders(lang: str, knowledge: Knowledge) -> list[str]:
    """Return the languages in the script of another whose names it takes."""
    pack = knowledge.packs.get(lang)
    borrowing = pack.grammar.names_from if pack else None
    script = script_of_language(lang)
    lenders = borrowing.languages if borrowing else ()
    return [code for code in lenders if script_of_language(code) == script]
