"""Read verbs that stand together: what they mean, of what time they tell, whether they are denied
or only possible.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rajnay.knowledge.lexicon import Hit, Meaning
from rajnay.knowledge.packs.words import Grammar
from rajnay.text.folding import fold
from rajnay.text.sentences import Sentence
from rajnay.text.tokens import Token

_ATTRIBUTIVE = frozenset({"participle", "prospective", "imperfect"})
_LONGEST_PARTICLE = 1
# Words that open a clause of their own, and those after which a participle is no noun's.
OPENERS = frozenset({"openers", "relatives"})
_ENDERS = OPENERS | {"joining", "then"}
LINKS = frozenset({"after", "before", "during"})
_DOUBTS = frozenset({"doubts", "possibilities"})
# Forms of a verb, none for "not", that another may follow in the same group.
_LEADING = frozenset(
    {
        "",
        "past",
        "present",
        "conjunctive",
        "infinitive",
        "prospective",
        "participle",
        "progressive",
        "imperfect",
        "stem",
    }
)
# Forms after which another verb may only round off what they say.
_HELPED = frozenset({"past", "stem"})
# Forms that the purpose before them leaves to tell the time ("left to go").
_AFTER_PURPOSE = frozenset({"past", "participle", "future"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Verbs that stand together: their senses, the tense of the whole, whether it is denied or only
    possible.

    The tense is past, present, future, infinitive, or unrealised for what was going to be;
    ``unreal`` is what would have been ("had they met").
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
    unreal: bool = False
    attributive: bool = False
    linked: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its known words, in order, and the tokens that their indices count."""

    sentence: Sentence
    tokens: Sequence[Token]
    hits: Sequence[Hit]

    def hit(self, position: int) -> Hit | None:
        """Return the known word at a position, None before the first and after the last."""
        return self.hits[position] if 0 <= position < len(self.hits) else None

    def right_after(self, position: int) -> Hit | None:
        """Return the known word at the token after one, None if none is known there."""
        hit = self.hit(position + 1)
        return hit if hit is not None and hit.first == self.hits[position].last + 1 else None


@dataclass(frozen=True, slots=True)
class VerbForms:
    """What the verb forms of a language do.

    ``future`` and ``joined`` are folded endings of unknown verbs: of the future, and of those that
    another rounds off; ``helpers`` senses that only round off, ``describing`` forms that before a
    noun describe it; ``afterthoughts`` says that what follows a last verb is of its clause.
    """

    future: tuple[str, ...]
    joined: tuple[str, ...]
    helpers: frozenset[str]
    describing: frozenset[str]
    afterthoughts: bool


def verb_forms(grammar: Grammar) -> VerbForms:
    """Return what the verb forms of a language do, by its closed classes."""
    return VerbForms(
        tuple(map(fold, grammar.verb_endings.get("future", ()))),
        tuple(map(fold, grammar.joined_stems)),
        frozenset(grammar.helpers),
        _ATTRIBUTIVE.union(grammar.describing),
        grammar.afterthoughts,
    )


def verb_groups(line: Line, forms: VerbForms) -> list[VerbGroup]:
    """Return the verbs of a sentence that stand together, in order.

    Args:
        line: the sentence with its known words.
        forms: what the language's verb forms do.
    """
    return _with_borrowed_tense([*_verb_groups(line, forms), *_unknown_verb(line, forms.future)])


# --- what a word may be


@functools.lru_cache(maxsize=65536)
def _verb_meant(meanings: tuple[Meaning, ...]) -> str | None:
    verb = next((meaning.value for meaning in meanings if meaning.kind == "verb"), None)
    return None if any(map(_is_noun, meanings)) or ("word", "openers") in meanings else verb


def _is_noun(meaning: Meaning) -> bool:
    """Return whether a meaning keeps a form that may be a verb from being one."""
    return meaning.kind in ("noun", "post", "pronoun") and meaning.value != "such"


def verb_of(hit: Hit) -> str | None:
    """Return the verb that a known word is; a form that is also a noun is taken for the noun.

    Args:
        hit: a known word.
    """
    return _verb_meant(hit.meanings)


def word_of(hit: Hit | None) -> str | None:
    """Return the closed class of small words that a known word is of, if it is of one.

    Args:
        hit: a known word, or None.
    """
    return hit.value("word") if hit is not None else None


def _is_such(line: Line, position: int) -> bool:
    """Return whether a form of "come" means "such": a word follows that is no verb."""
    hit, following = line.hits[position], line.right_after(position)
    if hit.value("pronoun") != "such" or _is_mark(line, hit.last + 1):
        return False
    return following is None or not (verb_of(following) or word_of(following))


def _is_mark(line: Line, index: int) -> bool:
    """Return whether a mark, or nothing, stands at a token."""
    return index >= len(line.tokens) or line.tokens[index].kind == "mark"


# --- verbs that stand together


def _verb_groups(line: Line, forms: VerbForms) -> Iterator[VerbGroup]:
    """Yield the groups of known verbs in order."""
    position = 0
    while position < len(line.hits):
        if _opens_group(line, position):
            run, after = _run(line, position)
            group = _group(line, run, line.hit(position - 1), line.hit(after), forms)
            if group is not None:
                yield group
            position = after
        else:
            position += 1


def _opens_group(line: Line, position: int) -> bool:
    """Return whether a word is a verb; one that opens the sentence is an imperative or a name."""
    hit, sentence = line.hits[position], line.sentence
    # A letter of an abbreviation is written together with the stop before it.
    stopped = line.tokens[hit.first - 1].surface == "." and not line.tokens[hit.first].spaced
    if stopped or (hit.first == sentence.body and hit.last < sentence.last):
        return False
    return verb_of(hit) is not None and not _is_such(line, position)


def _run(line: Line, position: int) -> tuple[list[Hit], int]:
    """Return the verbs of a group, the particles between them left out, and the position after."""
    run, after = [line.hits[position]], position + 1
    while after < len(line.hits):
        skips = after + 1 < len(line.hits) and _is_particle(run[-1], line.hits[after])
        verb = after + skips
        if not _continues(line, run[-1], verb):
            break
        run.append(line.hits[verb])
        after = verb + 1
    return run, after


def _is_particle(last: Hit, following: Hit) -> bool:
    """Return whether a short everyday word ("also") stands right after a verb."""
    return following.everyday and following.first == following.last == last.last + 1


def _continues(line: Line, verb: Hit, position: int) -> bool:
    """Return whether a word carries on the group of which another is the last verb so far."""
    following = line.hits[position]
    if not _is_close(line, line.hits[position - 1].last + 1, following.first):
        return False
    if word_of(following) == "negations":
        return True
    sense = verb_of(following) or ""
    form = (verb.value("verb") or "").partition(":")[2]
    if not sense or (sense[:4], form) == ("say:", "past"):
        return False  # "they met, he said"
    return sense.startswith("auxiliary") or form in _LEADING


def _is_close(line: Line, first: int, stop: int) -> bool:
    """Return whether no mark and no longer word stands among tokens."""
    return not any(
        token.kind == "mark" or len(token.surface) > _LONGEST_PARTICLE
        for token in line.tokens[first:stop]
    )


def _unknown_verb(line: Line, future: Collection[str]) -> Iterator[VerbGroup]:
    """Yield the last word of a sentence, if no pack knows it and its ending is a future's."""
    last = line.sentence.last
    while last > line.sentence.body and line.tokens[last].kind != "word":
        last -= 1
    if last <= line.sentence.body or any(hit.first <= last <= hit.last for hit in line.hits):
        return
    key = line.tokens[last].key
    if any(len(key) > len(ending) + 1 and key.endswith(ending) for ending in future):
        yield VerbGroup(last, last, frozenset({"light"}), "future")


def _with_borrowed_tense(groups: Sequence[VerbGroup]) -> list[VerbGroup]:
    """Give "having gone" and "while going" the tense of the verb that they lead to."""
    leading = VerbGroup(0, 0, frozenset(), "past")
    borrowed: list[VerbGroup] = []
    for group in reversed(groups):
        if group.tense == "conjunctive" or _is_while(group):
            group = replace(
                group,
                tense=leading.tense,
                linked="during",
                possible=group.possible or leading.possible,
            )
        elif not group.attributive and group.tense != "infinitive":
            leading = group
        borrowed.append(group)
    return borrowed[::-1]


def _is_while(group: VerbGroup) -> bool:
    """Return whether a group is "while going"."""
    present = group.tense == "present" and group.linked == "during"
    return present and not (group.progressive or group.possible)


# --- what a group says


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of a group's verbs in order, and those of its auxiliaries among them."""

    all: Sequence[str]
    auxiliaries: Sequence[str]

    @property
    def irreal(self) -> bool:
        """Whether a bare present ("may go", "whenever he goes") tells of nothing that happened or
        is set.
        """
        bare = self.all[0] == "present" and not self.auxiliaries
        return bare and not {"future", "past"} & {*self.all}

    @property
    def tense(self) -> str:
        """The tense of the whole."""
        told = self
        while _is_purpose(told.all):
            told = _Forms(told.all[1:], self.auxiliaries)
        return next((tense for tense, applies in _TENSES if applies(told)), "past")


def _is_purpose(forms: Sequence[str]) -> bool:
    """Return whether what is done is told by the verb after the purpose ("left to go")."""
    return len(forms) > 1 and forms[0] == "infinitive" and forms[1] in _AFTER_PURPOSE


def _is_past(forms: _Forms) -> bool:
    """Return whether the main verb is of the past and no present after it takes that back."""
    if forms.all[0] in ("past", "participle"):
        return True
    return "past" in forms.all and "present" not in forms.all[1:]


# The first that applies is the tense of a group.
_TENSES: tuple[tuple[str, Callable[[_Forms], bool]], ...] = (
    # "was going to go"
    ("unrealised", lambda told: "prospective" in told.all and "past" in told.auxiliaries),
    ("unrealised", lambda told: "unrealised" in told.all),
    # "is going to go"
    ("future", lambda told: "prospective" in told.all),
    ("future", lambda told: "future" in told.all and "can" not in told.all),
    # "had gone", "has done going"
    ("past", lambda told: "past" in told.auxiliaries or "done" in told.all),
    # "can go", whose first part looks past
    ("present", lambda told: "can" in told.all),
    ("present", lambda told: "progressive" in told.all),
    ("conjunctive", lambda told: told.all[-1] == "conjunctive"),
    ("past", _is_past),
    ("infinitive", lambda told: told.all[-1] == "infinitive" and not told.auxiliaries),
    ("present", lambda told: bool({"present", "imperfect"} & {*told.all})),
)


def _group(
    line: Line,
    run: Sequence[Hit],
    before: Hit | None,
    following: Hit | None,
    language: VerbForms,
) -> VerbGroup | None:
    """Return what verbs say together, between the known words before and after them; a stem that
    no verb follows is none.
    """
    verbs = _senses_and_forms(line, run, before, language)
    told = [form for _, form in verbs if form != "stem"]
    if not told and {sense for sense, _ in verbs} != {"light"}:
        return None
    told = told or ["conjunctive"]  # "having done", said by the stem alone
    forms = _Forms(told, [form for sense, form in verbs if sense == "auxiliary"])
    senses = _senses(run, verbs)
    first, last = run[0].first, run[-1].last
    adjacent = word_of(following) if following and following.first == last + 1 else None
    beside = before if before is not None and before.last == first - 1 else None
    at_end = last >= line.sentence.last or _is_mark(line, last + 1) or word_of(following) in _ENDERS
    finite = at_end or adjacent == "during" or (beside is not None and beside.case == "ergative")
    scheduled = "schedule" in senses and forms.auxiliaries == ["present"]
    return VerbGroup(
        first,
        last,
        senses,
        "future" if scheduled else forms.tense,
        progressive="progressive" in forms.all,
        negated=word_of(beside) == "negations" or any(word_of(hit) == "negations" for hit in run),
        possible=bool({"can", "could"} & {*forms.all}) or forms.irreal or adjacent in _DOUBTS,
        unreal="unreal" in forms.all,
        attributive=forms.all[-1] in language.describing and not finite,
        linked=adjacent if adjacent in LINKS else None,
    )


def _senses_and_forms(
    line: Line, run: Sequence[Hit], before: Hit | None, language: VerbForms
) -> list[tuple[str, str]]:
    """Return the sense and the form of each verb of a group, those left out that only help."""
    told = [verb.partition(":") for hit in run if (verb := hit.value("verb"))]
    verbs = [(sense, form) for sense, _, form in told]
    if verbs[0][0] == "go" and _only_helps(line, run[0], before, language):
        verbs[0] = ("light", verbs[0][1])
    for place, (sense, form) in enumerate(verbs[1:], start=1):
        if sense in language.helpers and verbs[place - 1][1] in _HELPED:
            verbs[place] = ("light", form)
    if len(verbs) > 1 and verbs[0][1] == "imperfect":  # "will go on buying" stays nowhere
        verbs = [verb for verb in verbs if verb[0] != "stay"] or verbs
    return verbs


def _only_helps(line: Line, verb: Hit, before: Hit | None, language: VerbForms) -> bool:
    """Return whether "went" only rounds off an unknown verb right before it ("broke out")."""
    index = verb.first - 1
    if index < line.sentence.body or (before is not None and before.last >= index):
        return False
    return line.tokens[index].kind == "word" and line.tokens[index].key.endswith(language.joined)


def _senses(run: Sequence[Hit], verbs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return what a group's verbs mean; one that may also mean "get" and stands alone does."""
    senses = {sense for sense, _ in verbs} - {"auxiliary"}
    main = [hit for hit in run if not (hit.value("verb") or "auxiliary").startswith("auxiliary")]
    told = main[0].meanings if len(main) == 1 else ()
    if any(kind == "verb" and value.startswith("get:") for kind, value in told):
        senses.add("get")
    return frozenset(senses)
