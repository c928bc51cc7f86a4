"""When, where and under which forum: what a scene says of its circumstances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rajnay.compose.dating import Dates
from rajnay.compose.drafts import Circumstance, Drafting
from rajnay.compose.forums import Forums
from rajnay.compose.placing import Places
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION
from rajnay.compose.sessions import Counted
from rajnay.knowledge.lexicon import Lexicon, is_native
from rajnay.knowledge.reference import Reference
from rajnay.mentions.dates.finder import DateMention, resolve
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.text.tokens import Token, covered

_OBLIQUE = frozenset({"ablative", "adessive", "comitative", "dative", "genitive", "locative"})


class Circumstances:
    """Finds circumstances: ``dates``, ``places`` and ``forums`` each know their own."""

    def __init__(
        self,
        reference: Reference,
        pair: tuple[str, str],
        out: Drafting,
        tokens: Sequence[Token],
        lexicon: Lexicon,
        counted: Counted,
    ) -> None:
        """Prepare to read; what cannot be resolved is noted in ``out``."""
        self._tokens = tokens
        self._lexicon = lexicon
        self._reference = reference
        self.dates = Dates(out, tokens, lexicon)
        self.places = Places(reference, tokens, lexicon)
        self.forums = Forums(reference, pair, counted)

    def names_something(self, scene: Scene) -> bool:
        """Return whether a scene holds a vehicle, or a word that nobody knows: it may be who, or
        what, does what the verb says.

        Args:
            scene: the scene in it.
        """
        if scene.noun("vehicle") is not None:
            return True
        known = covered(scene.hits) | covered(scene.parties) | covered(scene.dates)
        return any(
            is_native(self._tokens[index])
            and index not in known
            and self._lexicon.role_at(self._tokens, index) not in _OBLIQUE
            for index in range(scene.first, scene.last + 1)
        )

    def describes(self, passage: Passage, party: Party) -> bool:
        """Return whether a country only says of what kind a thing is that has no part in it: "on
        the hundredth day of the war of A and B".

        Args:
            passage: the sentence.
            party: somebody whom the text names.
        """
        while party.joined:  # a list stands as its last member does
            later = (other for other in passage.parties if other.first > party.last)
            party = next(later, replace(party, joined=False))
        after = party.last + 1
        if (party.form, party.role) != ("country", "bare") or after >= passage.sentence.last:
            return False
        known = covered(passage.hits) | covered(passage.dates)
        named = self._tokens[after].kind == "word" and after not in known
        return named and not any(
            hit.first == after + 1 and hit.value("noun") for hit in passage.hits
        )

    def of_scene(self, passage: Passage, scene: Scene) -> Circumstance:
        """Return the circumstances that a scene names, whether or not it tells of an engagement.

        Args:
            passage: the sentence.
            scene: the scene in it.
        """
        place = self.places.place_in(scene.hits, scene.parties)
        name = (
            place.value("place")
            if place is not None
            else passage.place
            if scene.pronoun("here")
            else None
        )
        country = self._reference.places[name].country if name else None
        inside = next(
            (
                party.country
                for party in scene.parties
                if party.form == "country"
                and (party.role == "locative" or (party.role == "bare" and scene.senses & MOTION))
            ),
            None,
        )
        forum = next((value for hit in scene.hits if (value := hit.value("forum"))), None)
        when = next(
            (
                when
                for mention in scene.dates
                if mention.kind == "date"
                and mention.expression.relation is None
                and (
                    when := resolve(
                        mention, passage.anchor, _tense_of(mention, scene), self.dates.last_when
                    ).when
                )
            ),
            None,
        )
        bounds = {mention.bound for mention in scene.dates if mention.kind == "date"}
        if (
            when is not None
            and when.day is not None
            and bounds == {"on"}
            and "say" not in scene.senses
        ):
            self.dates.last_when = when
        host = scene.word("hosting")
        if host is not None and country is None and inside is None:
            inside = next(
                (party.country for party in scene.parties if party.last == host.first - 1), None
            )
        return Circumstance(
            when, self._reference.city_of(name) if name else None, country or inside, forum
        )


def _tense_of(mention: DateMention, scene: Scene) -> str | None:
    """Return the tense that a date shares: that of its clause, unless it only qualifies a noun."""
    return None if mention.attributive else scene.tense
