"""When: what a scene says of its day itself, or takes over from what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from rajnay.compose.days import LASTING, counts_ahead
from rajnay.compose.drafts import TOLD, Draft, Drafting
from rajnay.compose.scenes.scene import Scene
from rajnay.compose.scenes.words import MOTION, PLANNED
from rajnay.compose.years import Years
from rajnay.knowledge.lexicon import Lexicon
from rajnay.mentions.dates.finder import DateMention, resolve
from rajnay.mentions.dates.reckoning import Resolution
from rajnay.mentions.passages import Passage
from rajnay.models import Unresolved
from rajnay.text.quotations import in_quotes
from rajnay.text.tokens import Token
from rajnay.times.expressions import Expression
from rajnay.times.intervals import When, touch
from rajnay.times.stretches import bounded, ending, finer

_HALF_A_WEEK = 3
# A participle ties a day to a thing that stands within so many words of it.
_NEAR_A_DAY = 5
_OF_ONE_DAY = frozenset({"meeting", "consultation", "call"})


class Dates:
    """Finds the days of scenes; remembers the last date, on which "the same day" leans."""

    def __init__(self, out: Drafting, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Prepare to read; what cannot be resolved is noted in ``out``."""
        self._tokens = tokens
        self._quotes = in_quotes(tokens)
        self._lexicon = lexicon
        self._out = out
        self._last_when: When | None = None
        self._last_day: When | None = None
        self._years = Years()
        self._weekday: tuple[int, When] | None = None
        self._time: DateMention | None = None
        self._time_before: DateMention | None = None

    @property
    def last_when(self) -> When | None:
        """The date last reckoned."""
        return self._last_when

    @last_when.setter
    def last_when(self, when: When | None) -> None:
        self._last_when = when
        if when is not None and when.grain == "day":
            self._last_day = when

    def date(
        self, draft: Draft, passage: Passage, scene: Scene, mentions: Sequence[DateMention]
    ) -> None:
        """Give a draft the date of its scene: every mention that dates the act, not a thing named
        beside it.
        """
        if any(
            mention.kind == "date" and mention.expression.relation is None for mention in mentions
        ):
            mentions = [
                mention
                for mention in mentions
                if mention.kind != "date" or mention.expression.relation is None
            ]
        found: list[tuple[DateMention, When]] = []
        outside = [mention for mention in mentions if mention.first > scene.inner_end]
        for mention in outside or mentions:
            if mention.kind == "duration":
                draft.days = draft.days or (
                    mention.expression.count if mention.expression.unit == "day" else None
                )
            elif (
                (mention.kind == "date" or counts_ahead(mention, scene, draft))
                and not _is_term(mention, draft)
                and _dates_the_act(mention, scene)
                and not self._dates_the_calling_off(mention, passage, scene)
                and not self._dates_something_else(mention, scene)
                and not (mention.expression.unit == "day" and self._quoted(mention.first))
                and not (mention.expression.relation and scene.points_back)
            ):
                when = self.reckon(mention, passage, draft.tense, draft)
                draft.unreckoned = draft.unreckoned or when is None
                if when is not None:
                    found.append((mention, when))
        # "On Wednesday they spoke of the summit of April": the day of the act stands by itself.
        for mention, when in [one for one in found if not one[0].attributive] or found:
            draft.prove("date", mention.span)
            days = next(
                (
                    other.expression
                    for other in mentions
                    if other.kind == "duration" and other.first == mention.last + 1
                ),
                None,
            )
            if (
                mention.bound == "from"
                and days is not None
                and days.unit == "day"
                and days.count
                and when.day is not None
            ):
                draft.when = when.lasting(days.count)
                continue
            home = scene.word("returns") is not None and draft.kind == "visit" and draft.days
            if home or (scene.noun("ending") is not None and draft.kind in LASTING):
                draft.when = ending(when, draft.days)
            elif draft.when is None or (
                mention.bound == "on"
                and (finer(when, draft.when) or (when.day and _only_since(draft)))
            ):
                begun = (
                    draft.kind == "exercise"
                    and scene.noun("beginning") is not None
                    and when.day is not None
                )
                draft.when = bounded(when, "from" if begun else mention.bound)
        if draft.when is None and not found:
            self._same_day(draft, passage, scene)
        if draft.when is None and not passage.dates and self._just_before(scene):
            draft.when, draft.dated_by = self.last_when, TOLD
        if draft.when is None and not mentions:
            self._told_before(draft, passage, scene)
        if draft.when is not None:
            draft.dated_by = TOLD if draft.dated_by == TOLD else "own"
            if (
                draft.days
                and draft.when.day is not None
                and draft.kind in LASTING
                and scene.noun("ending") is None
                and scene.word("returns") is None
            ):
                draft.when = draft.when.lasting(draft.days)
            elif (
                draft.days
                and draft.when.end is None
                and draft.when.earliest
                and draft.kind in LASTING
            ):
                draft.when = When.of_day(draft.when.earliest).lasting(draft.days)

    def _dates_something_else(self, mention: DateMention, scene: Scene) -> bool:
        """Return whether a participle ties a day to a thing named with an ending of its own: "in
        the election held yesterday".
        """
        if scene.to_come is not None and scene.prepared is None:
            group, _ = scene.to_come
            if 0 < group.first - mention.last <= _NEAR_A_DAY:
                return True
        for group in scene.clause.participles:
            if (
                not group.attributive
                or not mention.last < group.first <= mention.last + _NEAR_A_DAY
            ):
                continue
            after = group.last + 1
            while owner := next(
                (hit for hit in scene.hits if hit.first == after and hit.case == "genitive"), None
            ):
                after = owner.last + 1
            unknown = after <= scene.last and not any(hit.first == after for hit in scene.hits)
            if unknown and self._lexicon.role_at(self._tokens, after) is not None:
                return True
        return False

    def _just_before(self, scene: Scene) -> bool:
        """Return whether a scene opens with "before this" and names no place of its own: then it
        was on the day last spoken of.
        """
        before = scene.word("before")
        pointed = before is not None and any(
            hit.last == before.first - 1 and hit.first <= scene.first + 1
            for hit in scene.of("pronoun")
        )
        known = self.last_when is not None and self.last_when.day is not None
        elsewhere = bool(scene.of("place")) or scene.noun("gathering") is not None
        moved = scene.senses & MOTION or scene.tense != "past"
        return pointed and known and not elsewhere and not moved

    def _quoted(self, index: int) -> bool:
        """Return whether a token stands in a quote, where "today" is the speaker's, not the
        article's.
        """
        return index in self._quotes

    def _told_before(self, draft: Draft, passage: Passage, scene: Scene) -> None:
        """What was done "then", or told after a sentence about a day ("Tuesday was a great day"),
        is of the time in the sentence before.
        """
        told = self._time_before
        if told is None or draft.tense != "past" or passage.dates:
            return
        then = scene.pronoun("then")
        ends = {hit.last + 1 for hit in passage.hits if hit.value("verb")}
        pointing = then is not None and then.first not in ends
        if told.topical or pointing:
            draft.when, draft.dated_by = self.reckon(told, passage, draft.tense, draft), TOLD
            draft.prove("date", told.span)

    def _same_day(self, draft: Draft, passage: Passage, scene: Scene) -> None:
        """An hour of the day without a date ("in the evening") belongs to the day last spoken
        of.
        """
        hour = scene.word("times_of_day")
        if hour is None and self.last_when is not None and self.last_when.day is not None:
            hour = scene.word("afterwards")
        first = scene.hits[0] if scene.hits else None
        if (
            first is not None
            and first.value("noun") in PLANNED
            and len(scene.hits) > 1
            and scene.hits[1].first == first.last + 1
        ):
            first = scene.hits[1]  # "after the talks he met B"
        if (
            hour is None
            and first is not None
            and first.value("word") == "after"
            and first.first <= scene.first + 2
        ):
            hour = first if self.last_when is not None and self.last_when.day is not None else None
        if (
            passage.timed
            and not passage.dates
            and passage.anchor is not None
            and (draft.tense not in ("unrealised", "future") or hour is not None)
        ):
            draft.when = When.of_day(passage.anchor)
            draft.note(
                scene.hits[0].span,
                f"date {draft.when.edtf}",
                "told hour by hour on the day of publication",
            )
        elif hour is not None and (
            (self.last_when is not None and self.last_when.day is not None)
            or passage.anchor is not None
        ):
            last = self.last_when.day if self.last_when is not None else None
            day = last or passage.anchor
            assert day is not None
            draft.when = When.of_day(day)
            draft.prove("date", hour.span)
            draft.note(hour.span, f"date {draft.when.edtf}", "an hour of the day last spoken of")

    def reckon(
        self, mention: DateMention, passage: Passage, tense: str | None, draft: Draft | None = None
    ) -> When | None:
        """Resolve a mention from the passage's day; note in the draft how, or among the unresolved
        why not.
        """
        # What is called off is told in the past, and a speaker's own time is not the article's.
        elsewhere = (draft is not None and draft.cancelled) or self._quoted(mention.first)
        clear = tense if tense in ("past", "future") and not elsewhere else None
        anchor = passage.anchor
        said = mention.expression
        own = said.year or said.shift is not None or said.year_shift is not None
        told = None if clear == "future" or own else self._years.told(mention, passage)
        if told is not None:
            if draft is not None and self._years.in_entry(passage):
                draft.dated_by = TOLD
            last = date(told, 12, 31)
            anchor, clear = min(last, anchor or last), "past"
        alone = said.month is None and (
            said.day is not None or (said.relation is not None and said.unit == "day")
        )
        before = self._last_day if alone else self.last_when
        resolution = resolve(mention, anchor, clear, before)
        if anchor is None:
            resolution = self._of_the_named_week(said, clear, resolution)
        if clear is not None and not alone and told is None:
            resolution = self._of_the_trip(mention, passage, clear, resolution)
        if resolution.when is None or not resolution.when.dated:
            self._out.unresolved.append(Unresolved(mention.span, resolution.why))
        if resolution.when is not None:
            self.last_when = resolution.when
            if draft is not None:
                draft.note(mention.span, f"date {resolution.when.edtf}", resolution.why)
        return resolution.when

    def _dates_the_calling_off(self, mention: DateMention, passage: Passage, scene: Scene) -> bool:
        """Return whether a day stands between what was called off and the words for it, and is not
        to come: then that is when it was called off.
        """
        word, noun = scene.word("cancellations"), scene.noun(*PLANNED)
        if word is None or noun is None or noun.case == "locative":
            return False
        day = resolve(mention, passage.anchor, None, None).when
        to_come = day and day.earliest and passage.anchor and day.earliest > passage.anchor
        return noun.last < mention.first < word.first and not to_come

    def _of_the_named_week(
        self, said: Expression, tense: str | None, plain: Resolution
    ) -> Resolution:
        """Return a weekday counted from the last day told with its weekday ("Monday, 7 September"),
        where no day of publication is known to count from.
        """
        named = said.check.weekday if said.check and said.day else None
        if named and plain.when is not None:
            self._weekday = named, plain.when
        if plain.when or not said.weekday or said.nth or said.shift or self._weekday is None:
            return plain
        ahead = (said.weekday - self._weekday[0]) % 7
        days = ahead if tense == "future" or ahead <= _HALF_A_WEEK else ahead - 7
        with suppress(ValueError):  # around a February of no known length
            told = self._weekday[1].start_day(days)
            return Resolution(told, "counted from the weekday named before")
        return plain

    def enter(self, passage: Passage) -> None:
        """Begin a sentence: what the one before says of a year or a day holds for it too."""
        self._years.enter(passage)
        self._time_before = self._time
        if passage.dates or not (self._time and self._time.topical):
            self._time = _only_time(passage)

    def _of_the_trip(
        self, mention: DateMention, passage: Passage, clear: str, plain: Resolution
    ) -> Resolution:
        """Return a day as one of the stretch told before it, where the verb's time alone would put
        it a year off.
        """
        opposite = "future" if clear == "past" else "past"
        other = resolve(mention, passage.anchor, opposite).when
        stretch = self.last_when
        if other is None or stretch is None or stretch.day is not None or not stretch.dated:
            return plain
        if stretch.grain != "day" or not touch(stretch, other) or touch(stretch, plain.when):
            return plain
        return Resolution(other, "of the days told before")


def _is_term(mention: DateMention, draft: Draft) -> bool:
    """Return whether a date is how long what was spoken of or signed is to hold: "a programme until
    2030".
    """
    momentary = draft.kind in _OF_ONE_DAY or draft.kind == "agreement"
    return momentary and draft.tense == "past" and mention.bound == "until"


def _only_since(draft: Draft) -> bool:
    """Return whether something of one day is dated only by when it began, or was to end."""
    when = draft.when
    return when is not None and when.end is None and draft.kind in _OF_ONE_DAY


def _only_time(passage: Passage) -> DateMention | None:
    """Return the date of a sentence that names but one, by itself."""
    dates = [one for one in passage.dates if one.kind == "date"]
    alone = len(dates) == 1 and dates[0].bound == "on" and dates[0].expression.relation is None
    return dates[0] if alone else None


def _dates_the_act(mention: DateMention, scene: Scene) -> bool:
    if not mention.attributive:
        return True
    after = (
        hit
        for hit in scene.hits
        if hit.first > mention.last and hit.value("pronoun") not in ("he", "own", "this")
    )
    following = next(after, None)
    if following is None:
        return True
    if following.value("word") == "times_of_day" and following.first == mention.last + 1:
        return True  # "in the evening of the 4th"
    participle = any(group.first == following.first for group in scene.clause.participles)
    kinds = ("noun", "forum", "place", "country", "nationality", "person", "office", "post")
    return (
        participle
        or any(following.value(kind) is not None for kind in kinds)
        or following.first > mention.last + 2
    )
