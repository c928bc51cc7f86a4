"""Cut a sentence into clauses, each closed by its verb, and read what the verb says of time, denial
and doubt.

The languages served put the verb last, so that what stands between one finite verb and the next
belongs together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rajnay.knowledge.lexicon import Hit
from rajnay.text.sentences import COLONS, Sentence
from rajnay.text.tokens import Token

_ATTRIBUTIVE = frozenset({"participle", "prospective", "imperfect"})
_OPEN = frozenset({"infinitive"})
_LONGEST_PARTICLE = 1


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Verbs that stand together: their senses, the tense of the whole, whether it is denied or only
    possible.

    The tense is past, present, future, infinitive, or unrealised for what was going to be.
    ``attributive`` says that it describes the noun after it; ``linked`` that a word for after,
    before or when follows.
    """

    first: int
    last: int
    senses: frozenset[str]
    tense: str
    progressive: bool = False
    negated: bool = False
    possible: bool = False
    attributive: bool = False
    linked: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``first`` to ``last`` with the hits among them and the verb that closes them, if any,
    and the participles inside.
    """

    first: int
    last: int
    hits: tuple[Hit, ...]
    verb: VerbGroup | None
    participles: tuple[VerbGroup, ...] = ()

    def holds(self, index: int) -> bool:
        """Return whether a token index lies in the clause."""
        return self.first <= index <= self.last

    def nouns(self, *classes: str) -> list[Hit]:
        """Return the hits that have one of these noun classes, in order."""
        return [hit for hit in self.hits if hit.value("noun") in classes]

    def words(self, name: str) -> list[Hit]:
        """Return the hits of a closed class of small words, in order."""
        return [
            hit for hit in self.hits if any(meaning == ("word", name) for meaning in hit.meanings)
        ]


def split_clauses(
    sentence: Sentence, tokens: Sequence[Token], hits: Sequence[Hit], future: Collection[str] = ()
) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order.

    Args:
        sentence: the sentence, its dateline left out.
        tokens: all tokens of the text.
        hits: the known words of the text, in order.
        future: folded endings that show an unknown verb at the end of the sentence to be of the
            future.
    """
    inside = [hit for hit in hits if sentence.body <= hit.first and hit.last <= sentence.last]
    groups = _with_borrowed_tense(
        [*_verb_groups(inside, tokens, sentence), *_unknown_verb(inside, tokens, sentence, future)]
    )
    cuts: list[tuple[int, VerbGroup | None]] = []
    for group in groups:
        if not group.attributive and (group.tense not in _OPEN or group.linked):
            linked = next(
                (
                    hit.last
                    for hit in inside
                    if hit.first == group.last + 1 and _word(hit) in ("after", "before", "during")
                ),
                group.last,
            )
            cuts.append((linked, group))
    cuts.extend(
        (hit.first - 1, None)
        for hit in inside
        if _word(hit) in ("openers", "relatives") and hit.first > sentence.body
    )
    cuts.extend(
        (index, None)
        for index in range(sentence.body, sentence.last + 1)
        if tokens[index].surface == ";"
    )
    cuts.extend(
        (index, None)
        for index in range(sentence.body, sentence.last + 1)
        if _colon(tokens, index, inside)
    )
    return tuple(_cut(sentence, sorted(cuts, key=lambda cut: cut[0]), inside, groups, tokens))


def _colon(tokens: Sequence[Token], index: int, hits: Sequence[Hit]) -> bool:
    """Return whether a colon closes something told, rather than a heading, a date or an hour."""
    if tokens[index].surface not in COLONS or any(
        near.kind == "number" for near in tokens[index + 1 : index + 2]
    ):
        return False
    return any(
        hit.last < index and (hit.value("noun") is not None or _verb(hit) is not None)
        for hit in hits
    )


def _unknown_verb(
    hits: list[Hit], tokens: Sequence[Token], sentence: Sentence, future: Collection[str]
) -> Iterator[VerbGroup]:
    """Yield the last word of a sentence, if no pack knows it and its ending is a future's."""
    last = next(
        (
            index
            for index in range(sentence.last, sentence.body, -1)
            if tokens[index].kind == "word"
        ),
        None,
    )
    if last is None or any(hit.first <= last <= hit.last for hit in hits):
        return
    if any(
        len(tokens[last].key) > len(ending) + 1 and tokens[last].key.endswith(ending)
        for ending in future
    ):
        yield VerbGroup(last, last, frozenset({"light"}), "future")


def _with_borrowed_tense(groups: list[VerbGroup]) -> list[VerbGroup]:
    """Give "having gone" and "while going" the tense of the verb that they lead to."""
    tense, possible, negated = "past", False, False
    borrowed: list[VerbGroup] = []
    for group in reversed(groups):
        while_doing = (
            group.tense == "present"
            and group.linked == "during"
            and not (group.progressive or group.possible)
        )
        if group.tense == "conjunctive" or while_doing:
            group = replace(
                group,
                tense=tense,
                linked="during",
                possible=group.possible or possible,
                negated=group.negated or negated,
            )
        elif not group.attributive and group.tense not in _OPEN:
            tense, possible, negated = group.tense, group.possible, False
        borrowed.insert(0, group)
    return borrowed


def _cut(
    sentence: Sentence,
    cuts: list[tuple[int, VerbGroup | None]],
    hits: list[Hit],
    groups: list[VerbGroup],
    tokens: Sequence[Token],
) -> Iterator[Clause]:
    first = sentence.body
    for last, verb in [*cuts, (sentence.last, None)]:
        if any(token.kind != "mark" for token in tokens[first : last + 1]):
            part = tuple(hit for hit in hits if first <= hit.first <= last)
            inner = tuple(
                group for group in groups if first <= group.first <= last and group is not verb
            )
            yield Clause(first, last, part, verb, inner)
            first = last + 1


def _verb(hit: Hit) -> str | None:
    """Return the verb that a hit is; a form that is also a noun is taken for the noun."""
    other = any(
        meaning.kind in ("noun", "post") or (meaning.kind == "pronoun" and meaning.value != "such")
        for meaning in hit.meanings
    )
    return None if other else hit.value("verb")


def _such(hits: Sequence[Hit], index: int, tokens: Sequence[Token]) -> bool:
    """Return whether a form of "come" means "such": a word follows that is no verb."""
    hit = hits[index]
    if (
        hit.value("pronoun") != "such"
        or hit.last + 1 >= len(tokens)
        or tokens[hit.last + 1].kind == "mark"
    ):
        return False
    following = (
        hits[index + 1] if index + 1 < len(hits) and hits[index + 1].first == hit.last + 1 else None
    )
    return following is None or (_verb(following) is None and _word(following) is None)


def _word(hit: Hit) -> str | None:
    return hit.value("word")


def _verb_groups(
    hits: list[Hit], tokens: Sequence[Token], sentence: Sentence
) -> Iterator[VerbGroup]:
    index = 0
    while index < len(hits):
        if (
            _verb(hits[index]) is None
            or _such(hits, index, tokens)
            or (hits[index].first == sentence.body and hits[index].last < sentence.last)
        ):
            index += 1
            continue
        run = [hits[index]]
        after = index + 1
        while after < len(hits):
            skip = after + 1 < len(hits) and _particle(run[-1], hits[after])
            if not _continues(
                hits[after] if skip else run[-1], hits[after + skip], tokens, run[-1]
            ):
                break
            run.append(hits[after + skip])
            after += 1 + skip
        before = hits[index - 1] if index else None
        denied_before = (
            before is not None and _word(before) == "negations" and before.last == run[0].first - 1
        )
        following = hits[after] if after < len(hits) else None
        helps = _helps(run[0], before, tokens, sentence)
        yield _group(run, denied_before, helps, following, tokens, sentence)
        index = after


def _particle(last: Hit, following: Hit) -> bool:
    """Return whether a short everyday word ("also") stands right after a verb."""
    return following.everyday and following.first == following.last == last.last + 1


def _continues(before: Hit, following: Hit, tokens: Sequence[Token], last: Hit) -> bool:
    gap = tokens[before.last + 1 : following.first]
    if any(token.kind == "mark" or len(token.surface) > _LONGEST_PARTICLE for token in gap):
        return False
    verb = _verb(following)
    if _word(following) == "negations":
        return True
    if verb is None:
        return False
    form = (last.value("verb") or "").partition(":")[2]
    return (
        verb.startswith("auxiliary")
        or _word(last) == "negations"
        or form
        in (
            "past",
            "present",
            "conjunctive",
            "infinitive",
            "prospective",
            "participle",
            "progressive",
            "imperfect",
        )
    )


def _helps(verb: Hit, before: Hit | None, tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Return whether "went" only rounds off an unknown verb right before it ("broke out")."""
    index = verb.first - 1
    unknown = index >= sentence.body and (before is None or before.last < index)
    return unknown and tokens[index].kind == "word" and tokens[index].key.endswith("i")


def _group(
    run: list[Hit],
    denied: bool,
    helps: bool,
    following: Hit | None,
    tokens: Sequence[Token],
    sentence: Sentence,
) -> VerbGroup:
    verbs = [verb.partition(":") for hit in run if (verb := hit.value("verb"))]
    if verbs and verbs[0][0] == "go" and helps:
        verbs[0] = ("light", ":", verbs[0][2])
    if len(verbs) > 1 and verbs[0][2] == "imperfect":
        verbs = [verb for verb in verbs if verb[0] != "stay"]  # "will go on buying" stays nowhere
    senses = frozenset(sense for sense, _, _ in verbs if sense != "auxiliary")
    main = [hit for hit in run if not (hit.value("verb") or "auxiliary").startswith("auxiliary")]
    if len(main) == 1 and any(
        meaning.kind == "verb" and meaning.value.startswith("get:") for meaning in main[0].meanings
    ):
        senses |= {"get"}
    forms = [form for _, _, form in verbs]
    auxiliaries = [form for sense, _, form in verbs if sense == "auxiliary"]
    first, last = run[0].first, run[-1].last
    at_end = (
        last >= sentence.last
        or tokens[last + 1].kind == "mark"
        or (following is not None and _word(following) in ("openers", "relatives", "joining"))
    )
    linked = _word(following) if following is not None and following.first == last + 1 else None
    attributive = forms[-1] in _ATTRIBUTIVE and not at_end and linked != "during"
    scheduled = "schedule" in senses and auxiliaries == ["present"]
    return VerbGroup(
        first,
        last,
        senses,
        "future" if scheduled else _tense(forms, auxiliaries),
        "progressive" in forms,
        denied or any(_word(hit) == "negations" for hit in run),
        "can" in forms
        or _irreal(forms, auxiliaries)
        or (
            following is not None
            and following.first == last + 1
            and _word(following) in ("doubts", "possibilities")
        ),
        attributive,
        linked if linked in ("after", "before", "during") else None,
    )


def _irreal(forms: list[str], auxiliaries: list[str]) -> bool:
    """A bare present ("may go", "whenever he goes") tells of nothing that happened or is set."""
    return (
        forms[0] == "present" and not auxiliaries and "future" not in forms and "past" not in forms
    )


def _tense(forms: list[str], auxiliaries: list[str]) -> str:
    while (
        len(forms) > 1 and forms[0] == "infinitive" and forms[1] in ("past", "participle", "future")
    ):
        forms = forms[1:]  # "left to go": what is done is told by the verb after the purpose
    if "prospective" in forms:
        return "unrealised" if "past" in auxiliaries else "future"
    if "future" in forms and "can" not in forms:
        return "future"
    if "past" in auxiliaries or "done" in forms:
        return "past"
    if "progressive" in forms:
        return "present"
    if forms[-1] == "conjunctive":
        return "conjunctive"
    if forms[0] in ("past", "participle") or ("past" in forms and "present" not in forms[1:]):
        return "past"
    if forms[-1] == "infinitive" and not auxiliaries:
        return "infinitive"
    return "present" if {"present", "imperfect"} & set(forms) else "past"
