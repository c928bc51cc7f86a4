"""What a scene tells again, or tells of an act told before."""

from __future__ import annotations

from rajnay.base.lazy import lazy
from rajnay.compose.scenes.words import (
    FACE_TO_FACE,
    MOTION,
    PLANNED,
    Words,
)
from rajnay.knowledge.lexicon import Hit

# Two who act are of two countries.
_BOTH = (0, 1)


class Retelling(Words):
    """A scene as one that leans on what was told before it, or counts it."""

    @lazy
    def noun_pointing_back(self) -> Hit | None:
        """The act's noun in "this call", "that visit" or "the same exercise", told before; None if
        there is no such noun.
        """
        act = self.noun(*PLANNED)
        near = range(act.first - 3, act.first) if act is not None else ()
        another = any(hit.value("word") == "series" and hit.last in near for hit in self.of("word"))
        pointing = not another and any(
            hit.value("pronoun") == "this" and hit.last in near for hit in self.of("pronoun")
        )
        return act if pointing else None

    @lazy
    def points_back(self) -> bool:
        """Whether the act is "this call" or "that meeting", told before."""
        noun = self.noun_pointing_back
        return noun is not None and noun.value("noun") in ("meeting", "call", "encounter")

    @lazy
    def sits_in_it(self) -> bool:
        """Whether somebody sits in a gathering told before: "in it", "will represent the country at
        that meeting".
        """
        noun = self.noun_pointing_back
        there = noun is not None and noun.value("noun") == "meeting" and noun.case == "locative"
        return self.pronoun("in_it") is not None or (there and self.noun("attendance") is not None)

    @lazy
    def only_described(self) -> bool:
        """Whether the scene tells what an act told before is ("this is their second meeting"), not
        that there was another.
        """
        noun = self.noun_pointing_back
        if noun is None or self.verb is None or self.noun("chairing", "presiding") is not None:
            return False
        acts = [hit for hit in self.of("noun") if hit.value("noun") in PLANNED]
        people = self.people
        if (
            noun.case in (None, "ergative")
            and not people
            and not self.dates
            and not self.senses & FACE_TO_FACE
            and "light" not in self.senses
        ):
            return True  # "this visit will take the friendship to a new height"
        alone = len(people) == 1 and people[0].role not in ("comitative", "between")
        talked = noun.case == "locative" and noun.value("noun") in (
            "meeting",
            "encounter",
            "talk",
            "call",
        )
        if talked and alone and not self.senses & FACE_TO_FACE and self.noun("attendance") is None:
            return True  # "at this meeting he offered help"
        owner = (
            noun.case == "genitive"
            and noun.value("noun") != "exercise"
            and len(acts) == 1
            and not self.senses & (FACE_TO_FACE | MOTION)
        )
        return owner or (not self.verb.senses and self.verb.first <= noun.last + 2)

    @lazy
    def names_another(self) -> bool:
        """Whether the subject is "this leader", told before: whom an owner beside it ("B's friend")
        is not.
        """
        leaders = {hit.first for hit in self.of("people")}
        return any(
            hit.value("pronoun") == "this" and hit.last + 1 in leaders for hit in self.of("pronoun")
        )

    @lazy
    def relative(self) -> bool:
        """Whether the scene tells more of what the clause before it told: "where", "in which", or
        after a "when".
        """
        return (
            bool(self.hits)
            and self.hits[0].value("word") == "relatives"
            and self.hits[0].first <= self.first + 1
        )

    @property
    def each_elsewhere(self) -> bool:
        """Whether two who act are each said to be in a city of their own: "A in this one and B in
        that one met people".
        """
        acting = [party for party in self.parties if party.role in ("subject", "bare")]
        people = [party for party in acting if party.form in ("person", "office")]
        if len({party.country for party in people}) < len(_BOTH):
            return False
        ends = [*(party.first for party in people[1:]), self.last + 1]
        cities = [
            {hit.value("place") for hit in self.of("place") if party.last < hit.first < end}
            for party, end in zip(people, ends, strict=True)
        ]
        return all(len(named) == 1 for named in cities) and len(set.union(*cities)) > 1

    @lazy
    def repeated(self) -> bool:
        """Whether what is told was done again and again, or so many times: no one time of it."""
        return self.word("habits") is not None or any(
            mention.kind == "repetition" for mention in self.dates
        )

    @property
    def taken_back(self) -> bool:
        """Whether the scene says of what was told right before it that it did not come about: "but
        that meeting was not held", "but no such thing happened".
        """
        if self.verb is None or not self.verb.negated or self.parties or self.dates:
            return False
        noun = self.noun(*PLANNED)
        named = noun.first if noun is not None else self.verb.first
        before = [hit for hit in self.hits if hit.first < named]
        pointing = [hit for hit in before if _points_back(hit)]
        marks = self.first + (1 if before and before[0].first > self.first else 0)
        alone = sum(hit.last - hit.first + 1 for hit in before) == named - marks
        others = [hit for hit in before if hit not in pointing and hit.value("word") != "common"]
        if not (alone and pointing) or others:
            return False
        spoken = noun is not None and noun.value("noun") == "talk"
        unnamed = noun is None and not self.nouns
        return self.senses <= {"light"} and (unnamed or (noun is not None and not spoken))

    @property
    def counted(self) -> bool:
        """Whether what is told was done so many times since a day, none of them told by itself."""
        since = any(mention.kind == "date" and mention.bound == "from" for mention in self.dates)
        return since and any(mention.kind == "repetition" for mention in self.dates)


def _points_back(hit: Hit) -> bool:
    """Return whether a word leads back to what was told: "but", "that", "such"."""
    pronoun = hit.value("pronoun") in ("this", "such", "in_it")
    return pronoun or hit.value("word") in ("openers", "contents", "also")
