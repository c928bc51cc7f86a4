"""Find the noun phrases that name somebody: country, office, title, name or body, with the role of
their ending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rajnay.knowledge.lexicon import Hit, Lexicon, is_native
from rajnay.knowledge.reference import Reference
from rajnay.knowledge.store import Knowledge
from rajnay.mentions.names import ALIKE, NameBook
from rajnay.mentions.parties import Party, share_roles
from rajnay.models import Span
from rajnay.text.folding import fold, is_indic
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token

_OPENING = frozenset(
    {
        "country",
        "nationality",
        "office",
        "position",
        "title",
        "person",
        "body",
        "named body",
        "counterpart",
    }
)
_LONGEST_NAME = 6
_LONGEST_FORENAME = 3
# "The navy chief there": of a country that is not told, and so of neither of the pair.
_ELSEWHERE = "?"
_INITIAL = 2


def party_finder(knowledge: Knowledge, lang: str) -> PartyFinder:
    """Return the finder of people of a language, built at the first call."""

    def build() -> PartyFinder:
        lexicon, grammar = knowledge.lexicon(lang), knowledge.packs[lang].grammar
        names = NameBook(knowledge.reference, lexicon, knowledge.names(lang), lang)
        return PartyFinder(knowledge.reference, lexicon, names, grammar.joining, grammar.home)

    return knowledge.once("parties", lang, build)


class PartyFinder:
    """Finds the parties of a sentence with the names of one language."""

    def __init__(
        self,
        reference: Reference,
        lexicon: Lexicon,
        names: NameBook,
        joining: Iterable[str],
        home: str,
    ) -> None:
        """Prepare to find.

        Args:
            reference: the tables.
            lexicon: the language's lexicon, for its endings.
            names: the names in the language.
            joining: the words for "and".
            home: the country whose people's names are spelled in one way only.
        """
        self._home = home
        self._aliases: Mapping[str, Party] = {}
        self._joining = frozenset(fold(word) for word in joining)
        self._reference = reference
        self._lexicon = lexicon
        self._names = names

    def find(
        self,
        tokens: Sequence[Token],
        hits: Sequence[Hit],
        sentence: Sentence,
        taken: Collection[int],
        aliases: Mapping[str, Party] | None = None,
    ) -> tuple[Party, ...]:
        """Return the parties of a sentence in order.

        Args:
            tokens: all tokens of the text.
            hits: the known words of the text.
            sentence: where to look.
            taken: indices of tokens that belong to dates.
            aliases: surnames of people that the article names in full elsewhere, by the folded key.
        """
        self._aliases = aliases or {}
        inside = [
            hit
            for hit in hits
            if sentence.body <= hit.first and hit.last <= sentence.last and hit.first not in taken
        ]
        parties = list(self._phrases(tokens, inside, sentence, taken))
        return tuple(share_roles(parties, tokens, self._joining))

    def _phrases(
        self, tokens: Sequence[Token], hits: list[Hit], sentence: Sentence, taken: Collection[int]
    ) -> Iterator[Party]:
        index = 0
        by_start = {hit.first: position for position, hit in enumerate(hits)}
        free = sentence.body
        covered = {token for hit in hits for token in range(hit.first, hit.last + 1)}
        while index < len(hits):
            for loose in range(free, hits[index].first):
                yield from self._loose_name(tokens, loose, taken, hits, covered)
            free = max(free, hits[index].last + 1)
            if _kind(hits[index]) in _OPENING:
                party, index = self._phrase(tokens, hits, index, sentence, taken, by_start, covered)
                if party is not None:
                    free = max(free, party.last + 1)
                    yield party
            else:
                index += 1
        for loose in range(free, sentence.last + 1):
            yield from self._loose_name(tokens, loose, taken, hits, covered)

    def _phrase(
        self,
        tokens: Sequence[Token],
        hits: list[Hit],
        index: int,
        sentence: Sentence,
        taken: Collection[int],
        by_start: dict[int, int],
        covered: Collection[int],
    ) -> tuple[Party | None, int]:
        start = hits[index]
        country = self._country_before(hits, index)
        body = office = owned = None
        counterpart = False
        last = start
        head: Hit | None = None
        while True:
            hit, kind = hits[index], _kind(hits[index])
            last = hit
            if kind in ("country", "nationality"):
                country = hit.value(kind)
            elif (
                kind == "body"
                and body is not None
                and hits[index - 1] is body
                and body.case == "genitive"
            ):
                owned = hit  # "a contingent of the army" is of the army
            elif kind in ("body", "named body"):
                body = hit
                named_body = hit.value("named body")
                country = self._reference.bodies[named_body].country if named_body else country
            elif kind == "office":
                office, head = hit.value("office"), hit
            elif kind in ("position", "title"):
                head = hit
                office = office if kind == "title" else None
            elif kind == "counterpart":
                counterpart, head = True, hit
            elif kind == "person":
                name = self._in_full(tokens, hit) or self._choose(hit, country, office)
                after = index + 1
                return self._finish(
                    tokens,
                    hits,
                    after,
                    start,
                    hit,
                    "person",
                    name,
                    country,
                    office,
                    counterpart=False,
                ), after
            index += 1
            counted = (
                index + 1 < len(hits) and hits[index].everyday and hits[index].first == hit.last + 1
            )
            if (
                counted
                and hit.case == "genitive"
                and _kind(hits[index + 1]) == "body"
                and hits[index + 1].first == hits[index].last + 1
            ):
                hit, index = hits[index], index + 1
            following = hits[index] if index < len(hits) else None
            if following is None or not _continues(hit, kind, following, tokens):
                break
            if kind in ("country", "nationality") and _kind(following) in (
                "country",
                "nationality",
            ):
                break
            if (
                office is not None
                and following.value("office") == office
                and not _in_brackets(following, tokens)
            ):
                break
            if (
                office is not None
                and country is not None
                and (named := following.value("person"))
                and self._reference.people[named].country != country
            ):
                break
        if head is not None and head is last and head.case is None:
            end = self._unknown_name(tokens, last, sentence, taken, covered, head)
            surname = hits[index] if index < len(hits) and hits[index].value("person") else None
            if (
                surname is not None
                and last.last < surname.first <= last.last + _LONGEST_FORENAME
                and (end == surname.first - 1 or end == last.last)
            ):
                name = self._choose(surname, country, office)
                whole = self._finish(
                    tokens, hits, index + 1, start, surname, "person", name, country, office, False
                )
                return replace(whole, named_from=last.last + 1), index + 1
            if end > last.last:
                name, known, case = self._names.name_of(
                    tokens, last.last + 1, end, country, office, self._home
                )
                before = self._in_article(tokens[end]) if end == last.last + 1 else None
                if before is not None and before.name is not None:
                    name, known = before.name, before.known
                after = next(
                    (position for position, hit in enumerate(hits) if hit.first > end), len(hits)
                )
                span = Span(start.span.start, tokens[end].span.end)
                country = self._reference.people[name].country if known else country
                party = Party(
                    start.first, end, span, "person", country, name, office, case or "bare", known
                )
                return self._role(
                    replace(party, named_from=last.last + 1), tokens, hits, after
                ), after
        if head is not None:
            form = "office" if office or counterpart else None
            if form is None:
                return None, index
            return self._finish(
                tokens, hits, index, start, last, form, None, country, office, counterpart
            ), index
        if body is not None and (last is body or last is owned):
            named = body.value("named body")
            role = self._reference.bodies[named].role if named else body.value("body")
            if role == "warship":
                named, role = None, "navy"
            return self._finish(
                tokens, hits, index, start, last, "body", named, country, role, counterpart=False
            ), index
        opens_list = (
            index < len(hits)
            and hits[index].value("word") == "joining"
            and hits[index].first == last.last + 1
        )
        if country is not None and (
            last.value("country") or (last.value("nationality") and opens_list)
        ):
            return self._finish(
                tokens, hits, index, start, last, "country", None, country, None, counterpart=False
            ), index
        return None, index

    def _country_before(self, hits: list[Hit], index: int) -> str | None:
        """Return the country of "the head of Kalmykia" or "the President's aide", told by the place
        or person before.
        """
        if _kind(hits[index]) not in ("office", "position", "title"):
            return None
        back = index - 1
        while back >= 0 and hits[back].everyday and hits[back].last == hits[back + 1].first - 1:
            back -= 1
        if (
            back >= 0
            and hits[back].value("pronoun") == "there"
            and hits[back].last == hits[back + 1].first - 1
        ):
            return _ELSEWHERE
        before = (
            hits[back]
            if back >= 0
            and hits[back].case == "genitive"
            and hits[back].last == hits[back + 1].first - 1
            else None
        )
        if before is None:
            return None
        place, person, body = (
            before.value("place"),
            before.value("person"),
            before.value("named body"),
        )
        if body is not None:
            return self._reference.bodies[body].country
        return (
            (self._reference.places[place].country or None)
            if place
            else self._reference.people[person].country
            if person
            else None
        )

    def _finish(
        self,
        tokens: Sequence[Token],
        hits: list[Hit],
        after: int,
        start: Hit,
        last: Hit,
        form: str,
        name: str | None,
        country: str | None,
        office: str | None,
        counterpart: bool,
    ) -> Party:
        if form == "person" and name is not None:
            country = self._reference.people[name].country
        party = Party(
            start.first,
            last.last,
            Span(start.span.start, last.span.end),
            form,
            country,
            name,
            office,
            last.case or "bare",
            True,
            counterpart,
            plural=last.plural,
            named_from=last.first if form == "person" else None,
        )
        return self._role(party, tokens, hits, after)

    def _role(self, party: Party, tokens: Sequence[Token], hits: list[Hit], after: int) -> Party:
        following = hits[after] if after < len(hits) else None
        gap = tokens[party.last + 1 : following.first] if following is not None else ()
        if following is not None and all(
            (token.kind == "mark" and token.surface in "()\"'”’") or not is_native(token)
            for token in gap
        ):
            post = following.value("post")
            if post is not None and (
                party.role in ("bare", "plural", "honorific")
                or post in ("comitative", "between", "led", "invited", "residence", "instrument")
            ):
                return replace(party, role=post)
        role = {"ergative": "subject", "honorific": "bare", "plural": "bare"}.get(
            party.role, party.role
        )
        return replace(party, role=role)

    def _in_full(self, tokens: Sequence[Token], hit: Hit) -> str | None:
        """Return whom the article names in full elsewhere, if the hit is no more than that surname
        and may mean several.
        """
        found = self._in_article(tokens[hit.first]) if hit.first == hit.last else None
        return found.name if found is not None and found.known else None

    def _in_article(self, word: Token) -> Party | None:
        """Return whom the article names in full elsewhere by a word, with or without its ending."""
        stems = [word.key, *(word.key[:at] for at, _ in self._lexicon.endings_of(word))]
        return next((self._aliases[stem] for stem in stems if stem in self._aliases), None)

    def _choose(self, hit: Hit, country: str | None, office: str | None) -> str:
        names = [meaning.value for meaning in hit.meanings if meaning.kind == "person"]
        fitting = [
            name
            for name in names
            if country is None or self._reference.people[name].country == country
        ] or names
        return max(
            fitting,
            key=lambda name: (
                office in self._reference.offices_of(name),
                len(self._reference.offices_of(name)),
            ),
        )

    def _unknown_name(
        self,
        tokens: Sequence[Token],
        last: Hit,
        sentence: Sentence,
        taken: Collection[int],
        covered: Collection[int],
        head: Hit,
    ) -> int:
        end = last.last
        while end < sentence.last and end - last.last < _LONGEST_NAME:
            token = tokens[end + 1]
            initial = (
                token.surface == "." and end > last.last and len(tokens[end].surface) <= _INITIAL
            )
            initial = initial or (
                end + 2 <= sentence.last
                and tokens[end + 2].surface == "."
                and len(token.surface) <= _INITIAL
                and is_native(token)
            )
            if not initial and (
                token.kind != "word"
                or not is_native(token)
                or end + 1 in taken
                or (end + 1 in covered)
            ):
                break
            end += 1
            if (
                len(token.key) > 3
                and any(
                    role in ("dative", "genitive", "ergative")
                    for _, role in self._lexicon.endings_of(token)[:1]
                )
                and self._closes(tokens, end, covered)
            ):
                break
        words = [token for token in tokens[last.last + 1 : end + 1] if token.kind == "word"]
        if not words or all(len(word.surface) <= 2 for word in words):
            return last.last
        familiar = any(self._names.familiar(word) for word in words)
        titled = head.value("title") is not None or head.value("position") is not None
        return (
            end
            if familiar
            or len(words) >= 2
            or (titled and len(words[0].key) > 3 and bool(self._lexicon.endings_of(words[-1])))
            else last.last
        )

    def _closes(self, tokens: Sequence[Token], end: int, covered: Collection[int]) -> bool:
        word = tokens[end]
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        ending = next((role for _, role in self._lexicon.endings_of(word)), None)
        return (
            ending in ("dative", "genitive")
            or following is None
            or following.kind != "word"
            or end + 1 in covered
            or not self._names.familiar(following)
        )

    def _loose_name(
        self,
        tokens: Sequence[Token],
        index: int,
        taken: Collection[int],
        hits: Sequence[Hit],
        covered: Collection[int],
    ) -> Iterator[Party]:
        word = tokens[index]
        if (
            index in taken
            or index in covered
            or not is_native(word)
            or not is_indic(word.surface[0])
        ):
            return
        for at, role in [(len(word.key), "bare"), *self._lexicon.endings_of(word)]:
            alias = self._aliases.get(word.key[:at])
            if alias is not None:
                after = next(
                    (position for position, hit in enumerate(hits) if hit.first > index), len(hits)
                )
                party = Party(
                    index,
                    index,
                    word.span,
                    "person",
                    alias.country,
                    alias.name,
                    alias.office,
                    role,
                    alias.known,
                )
                yield self._role(party, tokens, list(hits), after)
                return
            name = self._names.lookup(word.key[:at], None, ())
            if (
                name is not None
                and self._reference.people[name].country != self._home
                and self._names.sounds_like(word.key[:at], name, ALIKE)
            ):
                party = Party(
                    index,
                    index,
                    word.span,
                    "person",
                    self._reference.people[name].country,
                    name,
                    None,
                    role,
                )
                after = next(
                    (position for position, hit in enumerate(hits) if hit.first > index), len(hits)
                )
                yield self._role(party, tokens, list(hits), after)
                return


def _kind(hit: Hit) -> str:
    kinds = [
        meaning.kind if meaning.kind != "pronoun" else meaning.value for meaning in hit.meanings
    ]
    return next(
        (
            kind
            for kind in (
                "person",
                "office",
                "title",
                "position",
                "named body",
                "body",
                "country",
                "nationality",
                "counterpart",
            )
            if kind in kinds
        ),
        kinds[0],
    )


def _continues(hit: Hit, kind: str, following: Hit, tokens: Sequence[Token]) -> bool:
    after = _kind(following)
    gap = tokens[hit.last + 1 : following.first]
    if (
        any(token.kind != "mark" or token.surface not in "-–.()" for token in gap)
        or after not in _OPENING
    ):
        return False
    if kind in ("country", "nationality"):
        return hit.case in (None, "genitive") and (
            kind == "nationality"
            or hit.case == "genitive"
            or after in ("office", "person", "title", "position")
        )
    if kind in ("body", "named body"):
        return hit.case == "genitive" and after in ("office", "position", "title", "body")
    if hit.case == "genitive" and kind == "office":
        return after in ("position", "office") and after != "person"
    return hit.case is None and after in ("office", "position", "title", "person")


def _in_brackets(hit: Hit, tokens: Sequence[Token]) -> bool:
    return hit.first > 0 and tokens[hit.first - 1].surface == "("
