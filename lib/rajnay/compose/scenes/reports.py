"""What a scene tells only as said, asked, agreed on, imagined or denied."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rajnay.base.first import first
from rajnay.base.lazy import lazy
from rajnay.compose.scenes.words import (
    BESIDE,
    MOTION,
    RELATIVE_TO_ANOTHER,
    Words,
)
from rajnay.knowledge.lexicon import Hit
from rajnay.mentions.verbs import OPENERS, verb_of

_PAST_A_MARK = 2
# So many known words after a scene may call it a prophecy: "..., so the stars foretell".
_TOLD_AFTER = 4
# What is said of a report follows its name within so many known words.
_NEAR = 3


class Reports(Words):
    """A scene as what somebody says, wishes or denies."""

    @lazy
    def only_reported(self) -> bool:
        """Whether what the scene tells is the content of a report: "the news that A will come"."""
        contents = any(hit.value("word") == "contents" for hit in self.hits[-BESIDE:])
        if contents or self._marked_as_told or self._called_a_report or self._told_in_a_report:
            return True
        act = self.acts[-1] if self.acts else None
        report = self.noun("statement")
        return (
            act is not None
            and report is not None
            and act.case == "genitive"
            and 0 < report.first - act.last <= BESIDE
        )

    @property
    def _marked_as_told(self) -> bool:
        """Whether what follows the scene, perhaps after the end of a quotation, makes it the
        content of something.
        """
        after = next(iter(self.rest), None)
        if after is None:
            return False
        if after.value("word") == "contents":
            return after.first <= self.last + _PAST_A_MARK
        # "The news of A's coming": what comes next is what the verb describes.
        of_it = self.verb is not None and self.verb.attributive and is_report(self.rest[:1])
        return after.first == self.last + 1 and (of_it or after.value("pronoun") == "this")

    @property
    def _called_a_report(self) -> bool:
        """Whether a report is made of the scene after a comma: "..., such is the claim", "..., that
        is false".
        """
        points, after, *_ = (*self.rest[:2], None, None)
        if points is None or after is None:
            return False
        if points.first != self.last + _PAST_A_MARK or after.first != points.last + 1:
            return False
        called = after.value("noun") == "statement" or means(after, "word", "denials")
        return called and (points.value("word") == "contents" or points.value("pronoun") == "this")

    @property
    def _told_in_a_report(self) -> bool:
        """Whether the scene goes on with the report that a verb is of: "A met B, this news"."""
        return any(
            verb_of(told) is not None
            and points.value("pronoun") == "this"
            and (report.value("noun") == "statement" or report.value("word") == "truths")
            and told.last + 1 == points.first == report.first - 1
            for told, points, report in zip(self.hits, self.hits[1:], self.hits[2:], strict=False)
        )

    @property
    def ruled_out(self) -> bool:
        """Whether it is said right after the scene that it is not so ("there is no chance that"),
        or that what it describes is not ("there is no plan of A's coming").
        """
        link = next(iter(self.rest), None)
        if link is None:
            return False
        says = "say" in self.senses  # what somebody denies is not that he said so
        linked = link.value("word") in ("contents", *["openers"][says:])
        starts = 1 if linked and link.first == self.last + 1 else 0
        ends = link.last if starts else self.last
        near = [hit for hit in self.rest[starts : BESIDE + 1] if hit.first <= ends + BESIDE]
        words = [hit.value("word") for hit in near]
        if "negations" not in words or not (starts or self._of_what_follows):
            return False
        between = near[: words.index("negations")]
        return not any(
            verb_of(hit) or hit.value("word") in OPENERS or named(hit) for hit in between
        )

    @property
    def _of_what_follows(self) -> bool:
        """Whether the verb describes what is said next, and has not come about: "A's coming"."""
        return self.verb is not None and self.verb.attributive and self.verb.tense != "past"

    @property
    def only_wished(self) -> bool:
        """Whether all that is told is a meeting wished for or refused: "eager to meet B"."""
        refused = self.verb is not None and self.verb.negated
        met = any(
            "meet" in group.senses and group.tense == "infinitive"
            for group in self.clause.participles
        )
        return met and (refused or bool(self.words.keys() & {"possibilities", "duties"}))

    @property
    def told_to_the_face(self) -> bool:
        """Whether somebody is told something by somebody else where both are: "in A, B told C"."""
        people = self.people
        told = {party.country for party in people if party.role == "dative"}
        tells = {party.country for party in people if party.role in ("subject", "bare")}
        there = any(hit.value("place") and hit.case == "locative" for hit in self.of("place"))
        return "say" in self.senses and there and len(told) == len(tells) == 1 and told != tells

    @property
    def told_beside_talks(self) -> bool:
        """Whether somebody says something before or after talks that only he can have had: "A told
        reporters after talks with B".
        """
        ends = {hit.first for hit in self.of("word") if hit.value("word") in RELATIVE_TO_ANOTHER}
        talks = first(self.acts, lambda hit: hit.last + 1 in ends)
        people = self.people
        partners = [party for party in people if party.role == "comitative"]
        if talks is None or not partners or partners[-1].last > talks.first:
            return False
        sides = {party.country for party in people}
        return len(people) - len(partners) == 1 and len(sides) > 1

    @property
    def demanded(self) -> bool:
        """Whether the scene is only what somebody asks for: "demanded that A talk to B"."""
        link = next(iter(self.hits), None)
        if link is None or link.value("word") != "openers" or self.verb is None:
            return False
        asked = any(hit.value("word") == "possibilities" for hit in self.before)
        return asked and self.verb.tense == "present" and not self.verb.progressive

    @lazy
    def said_before(self) -> frozenset[str | None]:
        """The classes of the small words that the sentence says before the act."""
        act = self.acts[0].first if self.acts else self.last
        told = (*self.before, *(hit for hit in self.hits if hit.first <= act))
        return frozenset(hit.value("word") for hit in told)

    @lazy
    def denied_report(self) -> bool:
        """Whether a report of what the scene tells is called wrong, or said not to be true."""
        if self._untrue_that:
            return True
        if not self.only_reported:
            return self.only_rumoured
        told = self.acts[0] if self.acts else self.verb
        inside = (hit for hit in self.hits if told is not None and hit.first > told.first)
        return is_untrue((*inside, *self.rest)) or self.only_rumoured

    @property
    def _untrue_that(self) -> bool:
        """Whether the sentence says before the act that it is not true: "it is not true that"."""
        act = self.acts[0].first if self.acts else self.last
        told = (*self.before[-BESIDE:], *(hit for hit in self.hits if hit.first < act))
        words = [hit.value("word") for hit in told]
        links = [place for place, word in enumerate(words) if word == "openers"]
        opens = [hit for hit in self.hits[:1] if hit.last > hit.first]  # "not true that" as one
        return any(means(hit, "word", "denials") for hit in opens) or any(
            {"truths", "negations"} <= {*words[max(0, at - BESIDE) : at]} for at in links
        )

    @property
    def only_rumoured(self) -> bool:
        """Whether the sentence opens with a rumour of what is told ("there was a rumour that"), or
        with its denial ("it is false that", "it denied the news that").
        """
        opens = [*self.before[-1:], *self.hits[:1]]
        if not any(hit.value("word") == "openers" for hit in opens):
            return False
        kinds = [hit.value("word") for hit in self.before]
        opener = opens[-1] if self.before else None
        if opener and any(
            hit.last + 1 == opener.first for hit in self.before if means(hit, "word", "denials")
        ):
            return True  # "denied that A would come"
        said = any((hit.value("verb") or "").startswith("say:") for hit in self.before)
        denials = [place for place, hit in enumerate(self.before) if means(hit, "word", "denials")]
        false = denials[0] if denials else 0
        if not denials or (said and "relatives" not in kinds[false:]):
            return False
        points = any(hit.value("pronoun") == "this" for hit in self.before[:false])
        nouns = [hit.value("noun") for hit in self.before]
        news = "contents" in kinds or "statement" in nouns[:false]
        return news or (points and "statement" not in nouns[false:])

    @property
    def foretold(self) -> bool:
        """Whether stars or gossip tell what is to come ("there are rumours that A will visit"), or
        the sentence opens with them and goes on with what they say.
        """
        opens = (*self.before[-1:], *self.hits[:1])
        linked = any(hit.value("word") == "openers" for hit in opens)
        ahead = self.verb is not None and (self.verb.tense == "future" or self.verb.possible)
        denied = is_untrue([hit for hit in self.before if not means(hit, "word", "hearsay")])
        told = [
            *(self.before if (linked or ahead) and not denied else ()),
            *((*self.hits, *self.rest[:_TOLD_AFTER]) if ahead else ()),
        ]
        return any(means(hit, "word", "hearsay") for hit in told)

    @property
    def denied(self) -> bool:
        """Whether the verb is denied, or what stands there without one."""
        return self.verb.negated if self.verb is not None else self.word("negations") is not None

    @property
    def ends_denied(self) -> bool:
        """Whether the scene has no verb but ends in a word of denial: "no meeting is there"."""
        last = self.hits[-1] if self.hits else None
        return self.verb is None and last is not None and last.value("word") == "negations"

    @lazy
    def invited(self) -> bool:
        """Whether the act is only what somebody is invited to."""
        near = (*self.hits[-2:], *self.following[:2])
        return any(hit.value("noun") == "invitation" for hit in near) or "invite" in self.senses

    @lazy
    def asked_to_come(self) -> bool:
        """Whether the act is only what somebody is told to do: "asked him to pay a visit"."""
        last = self.clause.participles[-1] if self.clause.participles else None
        if any(group.attributive and group.tense == "future" for group in self.clause.participles):
            return False
        if "say" in self.senses and self.senses & MOTION:
            return True
        act = self.noun("encounter", "visit", "meeting")
        return (
            "say" in self.senses
            and last is not None
            and last.tense == "infinitive"
            and act is not None
            and act.first < last.first
        )

    @lazy
    def only_agreed(self) -> bool:
        """Whether an act is only what was agreed on: "agreed to set up a dialogue"."""
        act = self.noun("meeting", "talk", "consultation", "exercise", "call")
        if act is None or self.verb is None or self.senses & MOTION:
            return False
        return any(
            group.tense == "infinitive"
            and act.last < group.first <= act.last + 3
            and group.last < self.verb.first - 1
            for group in self.clause.participles
        )


def named(hit: Hit) -> bool:
    """Return whether a word names somebody or some land.

    Args:
        hit: a known word.
    """
    return any(hit.value(kind) for kind in ("person", "office", "country", "place"))


def means(hit: Hit, kind: str, value: str) -> bool:
    """Return whether a hit has this among its meanings, be it the first or not.

    Args:
        hit: a known word.
        kind: a class of meanings.
        value: a meaning within it.
    """
    return any((meaning.kind, meaning.value) == (kind, value) for meaning in hit.meanings)


def is_untrue(hits: Sequence[Hit]) -> bool:
    """Return whether words call something wrong, deny it, or say that it is not true.

    Args:
        hits: known words of the sentence.
    """
    words = [hit.value("word") for hit in hits]
    untrue = "truths" in words and "negations" in words[words.index("truths") :]
    return untrue or any(means(hit, "word", "denials") for hit in hits)


def is_report(hits: Sequence[Hit]) -> bool:
    """Return whether a sentence tells what is said or rumoured, by its words for reports.

    Args:
        hits: known words of the sentence.
    """
    return any(
        hit.value("word") in ("contents", "possibilities") or hit.value("noun") == "statement"
        for hit in hits
    )


def calls_a_report_false(hits: Sequence[Hit]) -> bool:
    """Return whether a sentence says "this report is false" of what was told before it, or "this is
    not true".

    Args:
        hits: known words of the sentence.
    """
    for place, (this, report) in enumerate(pairwise(hits)):
        if this.value("pronoun") != "this" or report.first != this.last + 1:
            continue
        if report.value("noun") in ("statement", "talk"):
            told = hits[place + 2 : place + 2 + _NEAR]
            ahead = any(
                link.value("word") == "openers" and link.first == hit.last + 1
                for hit, link in pairwise(told)
            )  # "it is false that ..." says so of what follows
            return is_untrue(told) and not ahead
    return False
