"""Give drafts the dates, places and topics that the choosers think right, and say how sure they
are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rajnay.compose.choosers.date_features import date_candidates
from rajnay.compose.choosers.features import NOWHERE, Article, Candidate, Features
from rajnay.compose.choosers.model import Model
from rajnay.compose.choosers.place_features import place_candidates
from rajnay.compose.choosers.topic_features import topic_candidates
from rajnay.compose.confidence import doubts_of
from rajnay.compose.drafts import SETTLED, TOLD, Draft
from rajnay.models import Span

# A draft less likely than this to be an engagement is let go (on 222 unread articles:
# precision 0.817 to 0.833, strict F1 0.401 to 0.405; a higher bound costs more than it saves).
LEAST_TOLD = 0.35
# A date less likely than this is left open: a gap is better than a wrong day (on 222 unread
# articles, event F1 0.677 to 0.697, strict 0.416 to 0.405; a bound for places only cost).
LEAST_CHANCE = {"date": 0.5, "place": 0.0}
# A topic as likely as this is an engagement's, by whether the rules think so (on 341 unread
# articles, F1 of topics: 0.60 by the rules alone, 0.65 to 0.68 with bounds from 0.25 to 0.45).
LEAST_TOPIC = {True: 0.3, False: 0.4}
Candidates = Callable[[Article, Draft], list[Candidate]]
Options = Mapping[str, Sequence[Candidate]]
QUESTIONS: dict[str, Candidates] = {"date": date_candidates, "place": place_candidates}


@dataclass(frozen=True)
class Choice:
    """What was chosen for a field, how likely it is, and what came second, if anything did."""

    candidate: Candidate
    chance: float
    second: Candidate | None
    of_rules: bool


def choose(question: str, candidates: Sequence[Candidate], rules: int, model: Model) -> Choice:
    """Choose the likeliest of candidates, or none where it is not likely enough.

    Args:
        question: date or place.
        candidates: what the field may be.
        rules: which of them the rules chose.
        model: the trained weights.
    """
    chances = model.probabilities(question, [one.features for one in candidates])
    settled = any(candidates[rules].features.get(f"rules: {how}", 0.0) for how in SETTLED)
    told = question == "date" and settled
    if told:
        return Choice(candidates[rules], chances[rules], None, True)
    # A day that is past dates no plan, and one that is to come nothing done: a fact, no likelihood.
    free = (place for place, one in enumerate(candidates) if not one.features.get("clash"))
    best, *others = sorted({*free, rules}, key=lambda place: -chances[place])
    if chances[best] < LEAST_CHANCE[question]:
        others = [best]
        best = next(place for place, one in enumerate(candidates) if one.value == NOWHERE)
    second = candidates[others[0]] if others else None
    return Choice(candidates[best], chances[best], second, best == rules)


def rules_choice(question: str, draft: Draft, candidates: Sequence[Candidate]) -> int:
    """Return which candidate is the one that the rules chose for a draft.

    Args:
        question: date or place.
        draft: the draft.
        candidates: what the field may be.
    """
    value = draft.dates if question == "date" else (draft.place, draft.country)
    return next(place for place, one in enumerate(candidates) if one.value == value)


def options_of(article: Article, draft: Draft) -> Options:
    """Return what the date and the place of a draft may be, and what it may be about.

    Args:
        article: the article.
        draft: the draft.
    """
    near = article.around(draft)
    found = {question: candidates(near, draft) for question, candidates in QUESTIONS.items()}
    return {**found, "topic": topic_candidates(near, draft)}


def choices_of(draft: Draft, options: Options, model: Model) -> dict[str, Choice]:
    """Return what the date and the place of a draft should be.

    Args:
        draft: the draft.
        options: what the date and place may be.
        model: the trained weights.
    """
    found = {}
    for question in QUESTIONS:
        candidates = options[question]
        ruled = rules_choice(question, draft, candidates)
        found[question] = choose(question, candidates, ruled, model)
    if draft.dated_by == TOLD and found["place"].candidate.span is not None and not draft.country:
        place = rules_choice("place", draft, options["place"])  # "then" tells when, not where
        found["place"] = Choice(options["place"][place], found["place"].chance, None, True)
    return found


def chosen_drafts(article: Article, options: Sequence[Options], model: Model) -> list[Draft]:
    """Return the drafts of an article with the dates and places chosen for them, each with the
    chance that all of it is right.

    Args:
        article: the article; its own drafts are left as they are.
        options: what the date and place of each draft may be.
        model: the trained weights; where it knows nothing, the drafts stay as the rules have them.
    """
    if not model.knows("date"):
        return list(article.drafts)
    found = []
    for draft, open_to in zip(article.drafts, options, strict=True):
        choices = choices_of(draft, open_to, model)
        chosen = replace(draft, spans=dict(draft.spans), steps=list(draft.steps))
        features = certainty(draft, article, choices)
        chosen.sure, chosen.told = model.chance("sure", features), model.chance("told", features)
        _take_topics(chosen, topics_of(draft, open_to["topic"], model))
        for question, choice in choices.items():
            if not choice.of_rules:
                _take(chosen, question, choice, article)
        found.append(chosen)
    return found


def topics_of(draft: Draft, candidates: Sequence[Candidate], model: Model) -> dict[str, list[Span]]:
    """Return what a draft is about, with the words that tell it.

    Args:
        draft: the draft, with the topics that the rules gave it.
        candidates: the topics told near it.
        model: the trained weights.
    """
    found: dict[str, list[Span]] = {}
    for one in candidates:
        topic = str(one.value[0])
        known = draft.topics.get(topic)
        if model.chance("topic", one.features) >= LEAST_TOPIC[known is not None]:
            found[topic] = known or [*filter(None, [one.span])]
    return found


def _take_topics(draft: Draft, topics: dict[str, list[Span]]) -> None:
    """Give a draft its topics, and say which of them the rules did not give, or no longer have."""
    for topic, spans in (draft.topics | topics).items():
        if (topic in topics) != (topic in draft.topics):
            what = "topic" if topic in topics else "no topic"
            draft.note(spans[0], f"{what} {topic}", "by how likely it is, told where it is")
    draft.topics = topics


def stands(draft: Draft) -> bool:
    """Return whether a draft is likely enough to be an engagement.

    Args:
        draft: the draft.
    """
    return draft.told is None or draft.told >= LEAST_TOLD


def certainty(draft: Draft, article: Article, choices: Mapping[str, Choice]) -> Features:
    """Return what the chance that every field of a draft is right rests on.

    Args:
        draft: the draft.
        article: the article.
        choices: what was chosen for each field.
    """
    features: Features = {"always": 1.0, f"a {draft.kind}": 1.0, f"in the {draft.tense}": 1.0}
    for name in doubts_of(draft, article.pair):
        features[f"doubt: {name}"] = 1.0
    for question, choice in choices.items():
        features[f"chance of {question}"] = choice.chance
        features[f"{question} by the rules"] = float(choice.of_rules)
        features[f"no {question}"] = float(choice.candidate.value == NOWHERE)
    named = sum(len(draft.names(code)) for code in article.pair)
    features["people named"] = float(min(4, named))
    features["drafts"] = float(min(6, len(article.drafts)))
    features["late"] = float(min(10, draft.passage)) / 10
    return features


def _take(draft: Draft, question: str, choice: Choice, article: Article) -> None:
    """Give a draft a chosen date or place, with the words that prove it."""
    chosen, (first, second) = choice.candidate, choice.candidate.value
    if question == "date":
        draft.when, draft.dated_by = chosen.when, "chosen" if chosen.when else "none"
    else:
        draft.place, draft.country = first, second
        draft.spans.pop("country", None)
    draft.spans.pop(question, None)
    here = draft.spans.get("kind") or [article.span_of(draft)]
    if chosen.span is not None:
        draft.prove(question, chosen.span)
    told = "/".join(part for part in chosen.value if part) or "none"
    share = f"{choice.chance:.0%} likely, of all that the article names"
    draft.note(chosen.span or here[0], f"{question} {told}", share)
