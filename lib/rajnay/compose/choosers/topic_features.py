"""What a draft may be about, and what speaks for each topic that the article names near it."""

from __future__ import annotations

from collections.abc import Sequence

from rajnay.compose.choosers.features import (
    MOST_SUPPORTS,
    Article,
    Candidate,
    Features,
    kept,
    nearest,
    place_in_text,
)
from rajnay.compose.choosers.readings import TopicReading
from rajnay.compose.drafts import Draft

_MOST_DRAFTS = 6
_FARTHEST = 4


def topic_candidates(article: Article, draft: Draft) -> list[Candidate]:
    """Return each topic that is told near a draft, or that the rules gave it.

    Args:
        article: the article as it is seen from the draft.
        draft: the draft.
    """
    readings: dict[str, list[TopicReading]] = {topic: [] for topic in draft.topics}
    for reading in article.topics:
        readings.setdefault(reading.value[0], []).append(reading)
    marks = sorted({one.where.token for one in article.topics})
    every = sum(map(len, readings.values())) or 1
    found = []
    for topic, told in readings.items():
        features: Features = {"always": 1.0, "share": len(told) / every}
        _for_whom(features, article, draft, topic)
        span = None
        if told:
            span = _told_topic(features, article, draft, told, marks).span
        found.append(Candidate((topic, None), kept(features), None, span))
    return found


def _for_whom(features: Features, article: Article, draft: Draft, topic: str) -> None:
    """What a topic has to do with the kind of engagement, its people and its forum."""
    features[f"rules {topic in draft.topics}"] = 1.0
    features[f"topic {topic}"] = 1.0
    features[f"for a {draft.kind}"] = 1.0
    features[f"{topic} for a {draft.kind}"] = 1.0
    features[f"in the {draft.tense}"] = 1.0
    if draft.forum:
        features[f"{topic} at {draft.forum.split()[0]}"] = 1.0
    for party in draft.everyone:
        features[f"{topic} for {party.office}"] = 1.0
    features["drafts"] = float(min(_MOST_DRAFTS, len(article.drafts)))
    features["alone"] = float(len(article.drafts) == 1)


def _told_topic(
    features: Features,
    article: Article,
    draft: Draft,
    told: Sequence[TopicReading],
    marks: Sequence[int],
) -> TopicReading:
    """Where a topic is told, seen from the draft; return the reading nearest to it."""
    one = nearest(told, draft)
    place_in_text(features, article, draft, one.where, marks)
    del features["same paragraph"]  # wrapped text may run a headline into its first paragraph
    features["supports"] = float(min(len(told), MOST_SUPPORTS))
    for reading in told:
        away = max(-_FARTHEST, min(_FARTHEST, reading.where.passage - draft.passage))
        features[f"any {away} away"] = 1.0
    features["any inside"] = float(any(draft.first <= o.where.token <= draft.last for o in told))
    first, last = sorted((one.where.passage, draft.passage))
    features["another between"] = float(
        any(first <= other.passage <= last != draft.passage for other in article.others(draft))
    )
    passage = article.analysis.passages[one.where.passage]
    features |= {f"noun {hit.value('noun')}": 1.0 for hit in passage.hits if hit.value("noun")}
    features |= {f"then {what}": 1.0 for what in one.then}
    features["topics here"] = float(min(_MOST_DRAFTS, len(passage.topics)))
    if verb := article.verb(one.where):
        features |= {f"verb {sense}": 1.0 for sense in verb.senses}
        features["of the same time"] = float(verb.tense == draft.tense)
    return one
