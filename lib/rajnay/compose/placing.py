"""Where: what a scene says of its place itself, or takes over from what was told before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rajnay.base.first import first
from rajnay.compose.drafts import Circumstance, Draft
from rajnay.compose.scenes.scene import Scene
from rajnay.knowledge.lexicon import Hit, Lexicon
from rajnay.knowledge.reference import Reference
from rajnay.mentions.parties import Party
from rajnay.mentions.passages import Passage
from rajnay.text.tokens import Token, covered

# A city or a venue says where better than the land around it.
_WIDE = frozenset({"region", "state", "sea", "range"})
# "Of the city, in the hall ...": a venue ends in its own "in" within so many words.
_LONGEST_VENUE = 5
_HELD_AT = frozenset({"encounter", "visit", "meeting", "airport"})
_NAMED_PLACE = ("locative", "adessive"), ("genitive",), (None,), ("ergative",)


class Places:
    """Finds where scenes are set."""

    def __init__(self, reference: Reference, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Prepare to read."""
        self._reference = reference
        self._tokens = tokens
        self._lexicon = lexicon

    def locate(self, draft: Draft, passage: Passage, scene: Scene, there: Circumstance) -> None:
        """Give a draft the place of its scene; failing that, one named earlier in the sentence.

        Args:
            draft: the draft.
            passage: the sentence.
            scene: the scene in it.
            there: the place last told of.
        """
        place = self.place_in(scene.hits, scene.parties)
        if place is not None:
            self.settle(draft, place, "named")
        elif (here := scene.pronoun("here")) is not None and passage.place:
            draft.place, draft.country = (
                self._reference.city_of(passage.place),
                self._reference.places[passage.place].country or None,
            )
            draft.placed = True
            draft.note(here.span, f"place {draft.place}", "here: the dateline's city")
        elif scene.pronoun("there") is not None:
            draft.place, draft.country = there.place, there.country
        if draft.country is None:
            inside = first(
                scene.parties, lambda party: party.form == "country" and party.role == "locative"
            )
            if inside is not None:
                draft.country = inside.country
                draft.prove("country", inside.span)
        if draft.place is None and draft.country is None:
            earlier = self.place_in(
                [hit for hit in passage.hits if hit.first < scene.first], passage.parties
            )
            if earlier is not None:
                self.settle(draft, earlier, "named earlier in the sentence")

    def place_in(self, hits: Iterable[Hit], parties: Iterable[Party]) -> Hit | None:
        """Return the place that hits name as a setting, the clearest first: "in", "of", bare; not
        one inside a title.

        Args:
            hits: known words of the sentence.
            parties: parties of the sentence.
        """
        titled = covered(
            party
            for party in parties
            if party.form in ("person", "office")
            or (party.form, party.role) == ("body", "adessive")  # who says so, not where
        )
        hits = list(hits)
        places = [
            hit
            for hit in hits
            if hit.value("place")
            and hit.first not in titled
            and not self._owns_something(hit, hits)
        ]
        places.sort(key=lambda hit: self._reference.places[hit.value("place") or ""].kind in _WIDE)
        posts = {hit.first for hit in hits if hit.value("post") == "locative"}
        return next(
            (
                hit
                for cases in _NAMED_PLACE
                for hit in places
                if (hit.case in cases or ("locative" in cases and hit.last + 1 in posts))
            ),
            None,
        )

    def _owns_something(self, place: Hit, hits: Sequence[Hit]) -> bool:
        """Return whether "of the place" qualifies a thing or an office ("the situation in Gaza"),
        not a venue or a visit.
        """
        if place.case != "genitive":
            return False
        following = first(hits, lambda hit: hit.first > place.last)
        if following is not None and following.value("noun") in _HELD_AT:
            return False
        if following is not None and following.first == place.last + 1:
            venue = following.value("place") or following.value("forum") or following.everyday
            return not venue
        until = following.first if following is not None else place.last + _LONGEST_VENUE
        until = min(until, place.last + _LONGEST_VENUE, len(self._tokens))
        words = range(place.last + 1, until)
        return not any(self._lexicon.role_at(self._tokens, word) == "locative" for word in words)

    def settle(self, draft: Draft, hit: Hit, why: str) -> None:
        """Give a draft a named place and its country.

        Args:
            draft: the draft.
            hit: a known word.
            why: what to say of it.
        """
        name = hit.value("place") or ""
        draft.place = self._reference.city_of(name)
        draft.country = self._reference.places[name].country or None
        draft.placed = True
        draft.prove("place", hit.span)
        draft.note(hit.span, f"place {draft.place}", why)
