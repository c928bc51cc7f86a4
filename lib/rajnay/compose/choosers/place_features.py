"""Where a draft may be set, and what speaks for each place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rajnay.compose.choosers.features import (
    MOST_SUPPORTS,
    NOWHERE,
    Article,
    Candidate,
    Features,
    Value,
    kept,
    nearest,
    place_in_text,
)
from rajnay.compose.choosers.readings import PlaceReading
from rajnay.compose.drafts import Draft

# Senses of verbs in whose clause a place is where something is done.
_SENSES = frozenset({"go", "come", "arrive", "stay", "meet", "say", "attend", "receive", "leave"})


def place_candidates(article: Article, draft: Draft) -> list[Candidate]:
    """Return where a draft may be set: each place and country once, the one that the rules chose,
    and none.

    Args:
        article: the article.
        draft: the draft.
    """
    readings: dict[Value, list[PlaceReading]] = {}
    for reading in article.places:
        readings.setdefault(reading.value, []).append(reading)
    chosen: Value = (draft.place, draft.country)
    readings.setdefault(chosen, [])
    readings.setdefault(NOWHERE, [])
    for country in {value[1] for value in list(readings) if value[1]}:
        readings.setdefault((None, country), [])
    marks = sorted({one.where.token for one in article.places if one.how == "named"})
    found = []
    for value, told in readings.items():
        features: Features = {}
        _place_by_the_rules(features, draft, value, chosen)
        _place_itself(features, article, draft, value, readings)
        real = [one for one in told if one.where.token >= 0]
        span = None
        if real:
            span = _told_place(features, article, draft, real, marks).span
        else:
            features["no mention"] = 1.0
        datelines = [one for one in told if one.how == "dateline"]
        features["dateline"] = float(bool(datelines))
        passages = {one.where.passage for one in datelines}
        features["dateline here"] = float(draft.passage in passages)
        found.append(Candidate(value, kept(features), None, span))
    return found


def _place_by_the_rules(features: Features, draft: Draft, value: Value, chosen: Value) -> None:
    """What the hand rules say of a place."""
    city, country = value
    if value == chosen:
        features["rules"] = 1.0
        features[f"rules, named {draft.placed}"] = 1.0
        features[f"rules for a {draft.kind}"] = 1.0
        features[f"rules, city {bool(city)}"] = 1.0
        return
    features[f"not rules, city {bool(draft.place)}"] = 1.0
    features["rules' country"] = float(country is not None and country == draft.country)
    refines = country == draft.country and draft.place is None and city is not None
    features["refines the rules'"] = float(refines)


def _place_itself(
    features: Features,
    article: Article,
    draft: Draft,
    value: Value,
    readings: Iterable[Value],
) -> None:
    """What kind of answer a place is: none, a country alone, at home or abroad."""
    city, country = value
    here = article.analysis.passages[draft.passage].hits
    if value == NOWHERE:
        features[f"none for a {draft.kind}"] = 1.0
        features["none, though here"] = float(any(hit.value("place") for hit in here))
        features["none at a forum"] = float(bool(draft.forum))
        return
    features[f"some for a {draft.kind}"] = 1.0
    if city is None:
        features["country alone"] = 1.0
        features[f"country alone for a {draft.kind}"] = 1.0
        features["its city told"] = float(any(c == country and p for p, c in readings))
    of_pair = country in article.pair
    named = [code for code in article.pair if draft.sides.get(code)]
    features["of the pair"] = float(of_pair)
    features["somebody's home"] = float(country in named)
    abroad = of_pair and len(named) == 1 and country not in named
    features[f"guests' land for a {draft.kind}"] = float(abroad)


def _told_place(
    features: Features,
    article: Article,
    draft: Draft,
    told: Sequence[PlaceReading],
    marks: Sequence[int],
) -> PlaceReading:
    """Where a place is told, seen from the draft; return the reading nearest to it."""
    one = nearest(told, draft)
    place_in_text(features, article, draft, one.where, marks)
    features[f"{one.how}: {one.case}"] = 1.0
    features["in a title"] = float(one.inside)
    features[f"a {one.kind}"] = 1.0
    features["supports"] = float(min(len(told), MOST_SUPPORTS))
    features["locatives"] = float(min(3, sum(reading.case == "locative" for reading in told)))
    others = [(other.place, other.country) for other in article.others(draft)]
    features["another's"] = float(one.value in others)
    if verb := article.verb(one.where):
        features["clause of the same time"] = float(verb.tense == draft.tense)
        features |= {f"verb: {sense}": 1.0 for sense in verb.senses & _SENSES}
    return one
