"""What may date a draft, and what speaks for each date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rajnay.compose.choosers.features import (
    MOST_RANKS,
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
from rajnay.compose.choosers.readings import ANY_TENSE, DateReading, Where, clause_tense
from rajnay.compose.drafts import Draft
from rajnay.times.intervals import When, touch


def date_candidates(article: Article, draft: Draft) -> list[Candidate]:
    """Return what may date a draft: each reading's value once, the one that the rules chose, and
    none.

    Args:
        article: the article.
        draft: the draft.
    """
    readings: dict[Value, list[DateReading]] = {}
    dates = _left_open(article.dates) if _is_open(draft) else article.dates
    for reading in dates:
        if not (draft.tense == "future" and reading.mention and reading.mention.topical):
            readings.setdefault(reading.value, []).append(reading)
    chosen = draft.dates
    if chosen not in readings:
        readings[chosen] = list(_as_ruled(article, draft))
    readings.setdefault(NOWHERE, [])
    marks = sorted({one.where.token for one in article.dates if one.where.token >= 0})
    found = []
    for value, told in readings.items():
        when = None if value == NOWHERE else told[0].when if told else draft.when
        features: Features = {}
        _by_the_rules(features, draft, value, when, chosen)
        if value == NOWHERE:
            _undated(features, article, draft, bool(marks))
        real = [one for one in told if one.where.token >= 0]
        span = None
        if real:
            nearest = _told_date(features, article, draft, real, marks)
            span = nearest.mention.span if nearest.mention is not None else None
        else:
            features["no mention"] = 1.0
        if when is not None and when.start:
            _stretch(features, article, draft, when, readings)
        found.append(Candidate(value, kept(features), when, span))
    return found


def _as_ruled(article: Article, draft: Draft) -> Iterator[DateReading]:
    """Yield the date of a draft as the rules read it in its mentions, where it is read so nowhere
    else: a day of the year that the sentence before names.
    """
    proofs = set(draft.spans.get("date", ()))
    for index, passage in enumerate(article.analysis.passages):
        for mention in passage.dates:
            if draft.when is not None and mention.span in proofs:
                where = Where(index, mention.first)
                yield DateReading(draft.when, where, "ruled", ANY_TENSE, mention)


def _is_open(draft: Draft) -> bool:
    """Return whether the rules know a first day and no last: of an arrival, a start, a "from"."""
    return draft.when is not None and draft.when.start is not None and draft.when.end is None


def _left_open(readings: Iterable[DateReading]) -> Iterator[DateReading]:
    """Yield days as the first of a time whose end is not told; a later day is no end by itself."""
    for reading in readings:
        if reading.how == "span":
            continue
        plain = reading.how in ("plain", "unbound", "published") and reading.when.day is not None
        yield replace(reading, when=reading.when.open_ended()) if plain else reading


def _by_the_rules(
    features: Features, draft: Draft, value: Value, when: When | None, chosen: Value
) -> None:
    """What the hand rules say of a date."""
    if value == chosen:
        features["rules"] = 1.0
        features[f"rules: {draft.dated_by}"] = 1.0
        features[f"rules for a {draft.kind}"] = 1.0
        return
    features[f"not rules: {draft.dated_by}"] = 1.0
    if draft.when is not None and when is not None:
        features["touches the rules'"] = float(touch(when, draft.when))
        same = when.earliest is not None and when.earliest == draft.when.earliest
        features["starts as the rules'"] = float(same)


def _undated(features: Features, article: Article, draft: Draft, dated: bool) -> None:
    """What speaks for no date."""
    passage = article.analysis.passages[draft.passage]
    features[f"none for a {draft.kind}"] = 1.0
    features[f"none in the {draft.tense}"] = 1.0
    features["none in the article"] = float(not dated)
    features["none, though here"] = float(any(one.kind == "date" for one in passage.dates))
    features[f"none beside {draft.dated_by}"] = 1.0


def _told_date(
    features: Features,
    article: Article,
    draft: Draft,
    told: Sequence[DateReading],
    marks: Sequence[int],
) -> DateReading:
    """Where a date is told, seen from the draft; return the reading nearest to it."""
    one = nearest(told, draft)
    place_in_text(features, article, draft, one.where, marks)
    before = [mark for mark in reversed(marks) if mark <= draft.last]
    told_before = one.where.token in before
    back = min(before.index(one.where.token), MOST_RANKS) if told_before else MOST_RANKS + 1
    features["last before"] = float(back == 0)
    features["back"] = float(back)
    features[f"how: {one.how}"] = 1.0
    features[f"how: {one.how} for a {draft.kind}"] = 1.0
    features["supports"] = float(min(len({r.where for r in told}), MOST_SUPPORTS))
    _agreement(features, article, draft, one, told)
    features["another's"] = float(one.value in [o.dates for o in article.others(draft)])
    if one.mention is not None:
        inside = draft.first <= one.where.token <= draft.last
        features["attributive"] = float(one.mention.attributive)
        features["attributive inside"] = float(one.mention.attributive and inside)
        features["relative"] = float(bool(one.mention.expression.relation))
        features["year told"] = float(bool(one.mention.expression.year))
    return one


def _agreement(
    features: Features,
    article: Article,
    draft: Draft,
    one: DateReading,
    told: Sequence[DateReading],
) -> None:
    """Whether a reading holds under the draft's time and under that of its own clause."""
    tenses = frozenset().union(*(r.tenses for r in told if r.where == one.where))
    want = clause_tense(draft.tense)
    features["any time"] = float({"past", "future"} <= tenses)
    features["time agrees"] = float(want in tenses)
    features["time clashes"] = float(want is not None and want not in tenses)
    if verb := article.verb(one.where):
        own = clause_tense(verb.tense)
        features["clause's time agrees"] = float(own in tenses)
        features["clause's time clashes"] = float(own is not None and own not in tenses)
        features["clause of the same time"] = float(verb.tense == draft.tense)


def _stretch(
    features: Features,
    article: Article,
    draft: Draft,
    when: When,
    readings: dict[Value, list[DateReading]],
) -> None:
    """How long a stretch is, and how it lies to the day of publication."""
    start, end = when.start or "", when.end
    grain = 0 if start.startswith("--") else len(start)
    features[f"grain {grain}"] = 1.0
    for name, holds in (("range", end not in (None, start)), ("open", end is None)):
        features[name] = float(holds)
        features[f"{name} for a {draft.kind}"] = float(holds)
    finer = (
        told[0].when
        for value, told in readings.items()
        if told and value[0] and len(value[0]) > grain and value != (when.start, when.end)
    )
    features["a finer one"] = float(any(touch(other, when) for other in finer))
    published = article.published
    if when.earliest is None or published is None:
        return
    ahead = (when.earliest - published).days
    over = when.bounds[1] < published
    features["that day"] = float(ahead == 0)
    features["the day before"] = float(ahead == -1)
    features["ahead"] = float(ahead > 0)
    features["far"] = math.log1p(abs(ahead))
    features["clash"] = float(
        (ahead > 0 and draft.tense == "past") or (over and draft.tense == "future")
    )
    features[f"ahead in the {draft.tense}"] = float(ahead > 0)
    features[f"over in the {draft.tense}"] = float(ahead < 0)
