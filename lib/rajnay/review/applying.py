"""Decisions applied to what articles tell, before events are made of it: which tellings are left
out, changed or put in, and which are held together or apart.

Decisions are taken in the order in which they were made, each on what those before it left. What
comes out hangs on the articles and the decisions alone: not on the order in which articles came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from rajnay.base.faults import Failed
from rajnay.models import Article, Engagement, Span
from rajnay.review.decisions import CHECKED, Anchor, Decision, Decisions, corrected, moved

# Of the shorter of two stretches of words, the share that must be in the longer one too.
_SAME_WORDS = 0.5
Fit = tuple[float, ...]


@dataclass(eq=False)
class Draft:
    """A telling on its way: as it was drawn (not at all, if a reader put it in) and as it is now
    (not at all, if one left it out).

    ``bond`` names tellings held together, ``foes`` are those held apart; ``hands`` are the
    decisions that touched it, and ``named`` whether one was about this very telling.
    """

    article: Article
    drawn: Engagement | None
    now: Engagement | None
    bond: Draft | None = None
    foes: set[Draft] = field(default_factory=set)
    hands: list[Decision] = field(default_factory=list)
    named: bool = False


def apply(
    drafts: Sequence[Draft],
    groups: Iterable[Sequence[Draft]],
    decisions: Decisions,
    articles: Mapping[str, Article],
    failed: Failed | None,
) -> list[Draft]:
    """Apply decisions to tellings.

    Args:
        drafts: every telling as it was drawn, in an order that hangs on the tellings alone.
        groups: the same by the events that would be made of them untouched: what tells of an event
            in the words of one that was rejected or corrected is taken for the same mistake.
        decisions: those that hold.
        articles: by id, also those that tell nothing.
        failed: takes the error of each decision that can no longer hold.

    Returns:
        Every telling, those among them that are left out.
    """
    table = _Table(drafts, groups, articles, decisions.tellers)
    for one in decisions.made:
        for lost in table.take(one):
            if failed:
                failed(ValueError(f"decision {one.id}, {one}: {lost}"))
    table.spread_foes()
    return table.all()


class _Table:
    """All tellings, by article."""

    def __init__(
        self,
        drafts: Iterable[Draft],
        groups: Iterable[Sequence[Draft]],
        articles: Mapping[str, Article],
        tellers: Mapping[str, str],
    ) -> None:
        self._of: defaultdict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self._of[draft.article.id].append(draft)
        self._group = {id(draft): group for group in groups for draft in group}
        self._articles, self._tellers = articles, tellers

    def all(self) -> list[Draft]:
        return [draft for name in sorted(self._of) for draft in self._of[name]]

    def take(self, decision: Decision) -> list[str]:
        """Apply one decision, and return why it cannot hold: not one of its articles has its words.

        One that only leaves out, binds or parts has done so where there is nothing left of it.
        """
        found, lost = self._found(decision, decision.anchors)
        others, _ = self._found(decision, decision.apart)
        if decision.action == "reject":
            self._reject(decision, found)
        elif decision.action == "correct":
            self._correct(decision, found)
        elif decision.action == "merge":
            _bind(found)
        elif decision.action == "split":
            _part(found, others)
        for draft in (*found, *others):
            draft.named = True
            _touch(draft, decision)
        return [] if found else lost

    def spread_foes(self) -> None:
        """Hold apart from a telling's foes all that is held together with it."""
        bonds: defaultdict[int, list[Draft]] = defaultdict(list)
        for draft in self.all():
            bonds[id(root(draft))].append(draft)
        for bound in bonds.values():
            foes = {foe for one in bound for foe in one.foes}
            for one, foe in product(bound, foes):
                one.foes.add(foe)
                foe.foes.add(one)

    def _found(
        self, decision: Decision, anchors: Iterable[Anchor]
    ) -> tuple[list[Draft], list[str]]:
        """Return the tellings that anchors mean; one that is no longer drawn is put in where the
        reader had said that it is right.
        """
        found: list[Draft] = []
        lost = []
        keeps = decision.action in ("accept", "correct", "add")
        for anchor in anchors:
            draft = self._match(anchor, found)
            if draft is None and keeps:
                draft = self._put_in(anchor)
                lost += [] if draft else [f"its words are not in article {anchor.article} any more"]
            if draft is not None:
                if decision.action in ("accept", "add"):
                    draft.now = self._pinned(anchor, draft)
                elif decision.action == "correct" and draft.now is None:
                    draft.now = draft.drawn
                found.append(draft)
        return found, lost

    def _article(self, anchor: Anchor) -> Article | None:
        teller = self._tellers.get(anchor.article, "")
        return self._articles.get(anchor.article) or self._articles.get(teller)

    def _match(self, anchor: Anchor, taken: Sequence[Draft]) -> Draft | None:
        article = self._article(anchor)
        best: tuple[Fit, Draft] | None = None
        for draft in self._of[article.id] if article else ():
            fits = [_fit(anchor, draft.article, told) for told in (draft.now, draft.drawn) if told]
            fit = max((one for one in fits if one), default=None)
            if fit and draft not in taken and (best is None or fit > best[0]):
                best = fit, draft
        return best[1] if best else None

    def _put_in(self, anchor: Anchor) -> Draft | None:
        article = self._article(anchor)
        span = located(anchor, article.text) if article else None
        if article is None or span is None:
            return None
        told = moved(anchor.engagement, span.start - anchor.engagement.evidence.start)
        draft = Draft(article, None, replace(told, confidence=CHECKED))
        self._of[article.id].append(draft)
        return draft

    def _pinned(self, anchor: Anchor, draft: Draft) -> Engagement:
        """Return what an anchor told, on the words of the telling that it means."""
        span = located(anchor, draft.article.text)
        if span is None and draft.now:  # a wire copy in another spelling
            kept = replace(anchor.engagement, evidence=draft.now.evidence, spans=draft.now.spans)
        else:
            by = span.start - anchor.engagement.evidence.start if span else 0
            kept = moved(anchor.engagement, by)
        return replace(kept, confidence=CHECKED)

    def _reject(self, decision: Decision, found: Sequence[Draft]) -> None:
        for draft in found:
            draft.now = None
            for other in self._told_alike(draft, decision):
                if _alike(draft, other, ("start", "end")):
                    other.now = None
                    _touch(other, decision)

    def _correct(self, decision: Decision, found: Sequence[Draft]) -> None:
        for draft in found:
            for other in self._told_alike(draft, decision):
                changes = decision.changes_by(other.article.published)
                same = [name for name in changes if _alike(draft, other, _fields(name))]
                if other.now and same:
                    other.now = corrected(other.now, {name: changes[name] for name in same})
                    _touch(other, decision)
            if draft.now:
                draft.now = replace(corrected(draft.now, decision.changes), confidence=CHECKED)

    def _told_alike(self, draft: Draft, decision: Decision) -> list[Draft]:
        """Return the tellings of the same event by articles that no decision is about; none where a
        reader has parted the event.
        """
        articles = {one.article for one in decision.anchors}
        group = () if draft.foes else self._group.get(id(draft), ())
        return [one for one in group if not one.named and one.article.id not in articles]


def _fields(change: str) -> tuple[str, ...]:
    if change == "date":
        return ("start", "end")
    return ("parties",) if change.startswith("parties_") else (change,)


def _alike(one: Draft, other: Draft, fields: Iterable[str]) -> bool:
    """Say whether two tellings were drawn with the same values."""
    first, second = one.drawn, other.drawn
    if first is None or second is None:
        return False
    return all(getattr(first, name) == getattr(second, name) for name in fields)


def _touch(draft: Draft, decision: Decision) -> None:
    if decision not in draft.hands:
        draft.hands.append(decision)


def root(draft: Draft) -> Draft:
    """Return the telling that stands for all that are held together with one."""
    while draft.bond is not None:
        draft = draft.bond
    return draft


def _bind(drafts: Sequence[Draft]) -> None:
    """Hold tellings together, whatever parted them before."""
    for one, other in product(drafts, drafts):
        one.foes.discard(other)
    for draft in drafts[1:]:
        first, second = root(drafts[0]), root(draft)
        if first is not second:
            second.bond = first


def _part(drafts: Sequence[Draft], others: Sequence[Draft]) -> None:
    """Hold tellings apart, whatever bound them before: those of each side stay together."""
    sides = drafts, others
    for side in sides:
        for one in side:
            one.bond = None
    for side in sides:
        _bind(side)
    for one, other in product(drafts, others):
        one.foes.add(other)
        other.foes.add(one)


def located(anchor: Anchor, text: str) -> Span | None:
    """Return where the words of an anchor stand in a text: where they stood, or the first place
    that has them.
    """
    span = anchor.engagement.evidence
    if span.of(text) == anchor.words:
        return span
    at = text.find(anchor.words) if anchor.words else -1
    return Span(at, at + len(anchor.words)) if at >= 0 else None


def _fit(anchor: Anchor, article: Article, told: Engagement) -> Fit | None:
    """Return how well a telling fits an anchor, more is better; None if it is not what was meant:
    its words must be the same, and its kind or one of its people.
    """
    meant = anchor.engagement
    shared = len({*meant.everyone} & {*told.everyone})
    kind = meant.kind == told.kind
    span = located(anchor, article.text)
    if span is None:
        same = kind and shared and (meant.start, meant.end) == (told.start, told.end)
        return (0.0, kind, shared, 0.0) if same else None
    start, end = max(span.start, told.evidence.start), min(span.end, told.evidence.end)
    shorter = min(span.end - span.start, told.evidence.end - told.evidence.start)
    share = (end - start) / max(1, shorter)
    nameless = not (meant.everyone or told.everyone)
    if share < _SAME_WORDS or not (kind or shared or nameless):
        return None
    same_day = (meant.start, meant.end) == (told.start, told.end)
    return (1.0, kind, shared, same_day, share)
