"""From one article to its engagements: the library's core, a pure function."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from rajnay.base.garbage import uncollected
from rajnay.compose.asides import by_language, told_among
from rajnay.compose.choosers import features as choosers
from rajnay.compose.choosers.choosing import chosen_drafts, options_of, stands
from rajnay.compose.choosers.model import load_model
from rajnay.compose.confidence import confidence
from rajnay.compose.drafting import draft_engagements
from rajnay.compose.drafts import Draft
from rajnay.compose.settling import settle
from rajnay.compose.status import status_of
from rajnay.knowledge.lexicon import Hit
from rajnay.knowledge.reference import Reference
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.dates.context import NO_ANCHOR
from rajnay.mentions.parties import Party, party_name
from rajnay.mentions.passages import Analysis, analyse
from rajnay.models import Article, Engagement, Extraction, Mention, Span, Step, Unresolved
from rajnay.text.tokens import span_of

# Tables may be some months behind a change of office.
_GRACE = timedelta(days=366)
# What a known word may mention, the first that it means, and the mention's kind.
_MENTIONED = {"place": "place", "forum": "forum", "topic": "topic", "noun": "act"}
# "Former" stands so near before the office or name.
_BESIDE = 2


def extract(article: Article, pair: tuple[str, str], knowledge: Knowledge) -> Extraction:
    """Draw the engagements between two countries from one article.

    Args:
        article: the article; its ``lang`` must have a pack.
        pair: two ISO 3166-1 alpha-2 codes, ``("IN", "RU")``.
        knowledge: the reference tables and language packs.

    Returns:
        The engagements in the order of the text, each with the spans that prove it and the steps
        that led to it; what could not be resolved; what was dropped, and why; all mentions.

    Raises:
        KeyError: there is no pack for the article's language.
    """
    with uncollected():
        own, asides = by_language(article, knowledge)
        told = _extract(own, pair, knowledge)
        for aside in asides:
            told = _beside(told, _extract(aside, pair, knowledge))
    return replace(told, article=article)


def _beside(told: Extraction, aside: Extraction) -> Extraction:
    """Return what was drawn from an article with what it tells beside that in another language."""
    new = [
        (one, steps)
        for one, steps in zip(aside.engagements, aside.steps, strict=True)
        if not told_among(one, told.engagements)
    ]
    both = sorted(
        [*zip(told.engagements, told.steps, strict=True), *new],
        key=lambda one: one[0].evidence.start,
    )
    return replace(
        told,
        engagements=tuple(one for one, _ in both),
        steps=tuple(steps for _, steps in both),
        unresolved=(*told.unresolved, *aside.unresolved),
        mentions=tuple(sorted({*told.mentions, *aside.mentions}, key=lambda one: one.span)),
        dropped=(*told.dropped, *aside.dropped),
    )


def _extract(article: Article, pair: tuple[str, str], knowledge: Knowledge) -> Extraction:
    """Return what the rules and choosers draw from an article of one language."""
    settled = settled_drafts(article, pair, knowledge)
    analysis, reference = settled.analysis, knowledge.reference
    choosing = choosers.Article.of(analysis, settled.drafts, pair, reference)
    options = [options_of(choosing, draft) for draft in settled.drafts]
    judged = chosen_drafts(choosing, options, knowledge.once("model", "", load_model))
    drafts = [draft for draft in judged if stands(draft)]
    doubted = [draft for draft in judged if not stands(draft)]
    engagements = tuple(as_engagement(draft, analysis, pair, reference) for draft in drafts)
    return Extraction(
        article,
        engagements,
        tuple(dict.fromkeys(_bounded(gap, article) for gap in settled.unresolved)),
        _mentions(analysis),
        tuple(_steps(draft, analysis, pair) for draft in drafts),
        (*settled.dropped, *(_doubted(draft, analysis) for draft in doubted)),
    )


def _doubted(draft: Draft, analysis: Analysis) -> Step:
    """Return the line that tells of a draft which the trained model takes for none."""
    why = f"told so that it is one in {draft.told or 0:.0%} of such cases only"
    return Step(evidence_of(draft, analysis), "no engagement", why)


class Settled(NamedTuple):
    """What the rules make of an article, before dates and places are chosen."""

    analysis: Analysis
    drafts: list[Draft]
    unresolved: list[Unresolved]
    dropped: tuple[Step, ...]


def settled_drafts(article: Article, pair: tuple[str, str], knowledge: Knowledge) -> Settled:
    """Return the drafts of an article that stand as engagements, in the order of the text, and what
    was dropped, as the rules have it; the arguments are those of `extract`.

    Args:
        article: the article.
        pair: two ISO 3166-1 alpha-2 codes.
        knowledge: the reference tables and packs.
    """
    analysis = analyse(article, knowledge)
    drafting = draft_engagements(analysis, pair, knowledge)
    drafts, folded = settle(drafting.drafts, pair, article.published)
    drafts.sort(key=lambda draft: draft.first)
    former = [hit for hit in analysis.hits if hit.value("word") == "former"]
    steps = [Step(evidence_of(one, analysis), f"{kind} folded", why) for one, kind, why in folded]
    for draft in list(drafts):
        draft.retired = not all(
            _in_office(draft, code, article, knowledge.reference, former) for code in pair
        )
        if draft.retired and any(_called(party, former) for party in draft.everyone):
            drafts.remove(draft)
            why = "a side is no longer in office"
            steps.append(Step(evidence_of(draft, analysis), "no engagement", why))
    dropped = (*drafting.dropped, *steps)
    return Settled(analysis, drafts, drafting.unresolved, dropped)


def _bounded(gap: Unresolved, article: Article) -> Unresolved:
    """Return a gap for want of a day of publication with what is known of that day."""
    if article.modified is None or gap.why != NO_ANCHOR:
        return gap
    return replace(gap, why=f"{gap.why}; published not after {article.modified}, the last change")


def as_engagement(
    draft: Draft, analysis: Analysis, pair: tuple[str, str], reference: Reference
) -> Engagement:
    """Return a draft as an engagement of record.

    Args:
        draft: the draft.
        analysis: the article as it was read.
        pair: two ISO 3166-1 alpha-2 codes.
        reference: the reference tables.
    """
    when, proved = draft.when, {"topics": list(itertools.chain(*draft.topics.values()))}
    return Engagement(
        draft.kind,
        status_of(draft, analysis.article.published),
        *draft.dates,
        when.edtf if when else None,
        draft.place,
        draft.country,
        {code: _names(draft.sides.get(code, ()), reference) for code in pair},
        draft.forum,
        tuple(sorted(draft.topics)),
        draft.source,
        evidence_of(draft, analysis),
        {name: tuple(spans) for name, spans in (draft.spans | proved).items() if spans},
        confidence=confidence(draft, pair)[0],
    )


def _names(parties: Iterable[Party], reference: Reference) -> tuple[str, ...]:
    """Return by what names parties go into a record, each once."""
    named = (party_name(party, reference) for party in parties)
    return tuple(dict.fromkeys(name for name in named if name))


def _steps(draft: Draft, analysis: Analysis, pair: tuple[str, str]) -> tuple[Step, ...]:
    """Return how a draft came about, with the ground of its status and of its confidence."""
    span = evidence_of(draft, analysis)
    status, (sure, doubts) = status_of(draft, analysis.article.published), confidence(draft, pair)
    day = analysis.article.published or "unknown"
    seen = f"the verb's time is {draft.tense or 'not told'}, the day of publication {day}"
    return (
        *draft.steps,
        Step(span, f"status {status}", seen),
        Step(span, f"confidence {sure}", "; ".join(doubts) or "nothing speaks against it"),
    )


def _in_office(
    draft: Draft, code: str, article: Article, reference: Reference, former: Sequence[Hit]
) -> bool:
    """Return whether somebody on a side may have spoken for the state then; who is in no table
    may, unless the text calls them a former holder of an office.
    """
    day = (draft.when.earliest if draft.when else None) or article.published
    people = draft.sides.get(code, [])
    if day is None or not people:
        return True
    unknown = [one for one in people if one.form == "person" and not one.known]
    return any(
        not _called(party, former) if party in unknown else _may_speak(party, day, reference)
        for party in people
    )


def _may_speak(party: Party, day: date, reference: Reference) -> bool:
    """Return whether somebody held an office on a day, as far as the tables know."""
    name = party.name or ""
    if party.form != "person" or not party.known or not reference.offices_of(name):
        return True
    return bool(reference.offices_of(name, day, _GRACE))


def _called(party: Party, former: Sequence[Hit]) -> bool:
    """Return whether the text itself calls somebody a former holder of an office."""
    return party.role != "understood" and any(
        party.first - _BESIDE <= hit.first <= party.last for hit in former
    )


def evidence_of(draft: Draft, analysis: Analysis) -> Span:
    """Return the span of the text that a draft rests on, without marks at its ends.

    Args:
        draft: the draft.
        analysis: the article as it was read.
    """
    tokens = analysis.tokens
    first, last = draft.first, draft.last
    while first < last and tokens[first].kind == "mark":
        first += 1
    while last > first and tokens[last].kind == "mark":
        last -= 1
    return span_of(tokens, first, last)


def _mentions(analysis: Analysis) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for hit in (*analysis.hits, *analysis.topics):
        told = ((kind, hit.value(name)) for name, kind in _MENTIONED.items())
        found += [Mention(kind, hit.span, value) for kind, value in told if value is not None][:1]
    for passage in analysis.passages:
        found.extend(
            Mention(party.form, party.span, party.name or party.office or party.country or "")
            for party in passage.parties
        )
        found.extend(Mention("date", mention.span, mention.grain) for mention in passage.dates)
    return tuple(sorted(found, key=lambda mention: mention.span))
