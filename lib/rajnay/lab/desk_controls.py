"""The buttons and lines of a reader's desk, as widgets; every button has its letter in the line."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rajnay.archive.database import ArchiveError
from rajnay.lab.views import typefaces

if TYPE_CHECKING:
    from rajnay.lab.desk import Desk

HELP = (
    "a accept · r reject · n next · p previous · u undo the last · c FIELD VALUE correct · "
    "m ID merge with · s 2 3 split off"
)
_WIDE = {"width": "auto"}
_MISSED = (
    "article: {article}\nwords: \nkind: meeting\nstatus: held\ndate: \nplace: \ncountry: \n{sides}"
)


def controls(desk: Desk) -> Any:
    """Return the desk as a widget; raises ImportError where ipywidgets is not installed."""
    widgets: Any = importlib.import_module("ipywidgets")  # comes with JupyterLab
    below = widgets.HTML()
    line = widgets.Text(placeholder=HELP, continuous_update=False, layout={"width": "100%"})
    why = widgets.Text(description="why", continuous_update=True, layout={"width": "60%"})
    field = widgets.Dropdown(options=desk.fields(), layout=_WIDE)
    value = widgets.Text(placeholder="its value; names parted by ;", layout=_WIDE)
    other = widgets.Dropdown(layout={"width": "70%"})
    numbers = widgets.Text(placeholder="2 3", layout={"width": "8em"})
    missed = widgets.Textarea(rows=9, layout={"width": "100%"})
    font = typefaces("".join(one.article.text for one in desk.corpus.extractions))

    def shown() -> None:
        below.value = font + desk.show()
        other.options = desk.others()
        why.value = desk.why
        first = desk.row.testimonies[0].article.id if desk.items else ""
        sides = "".join(f"parties_{side}: \n" for side in desk.corpus.pair)
        missed.value = _MISSED.format(article=first, sides=sides)

    def on(act: Callable[[], None]) -> Callable[[object], None]:
        def done(_: object) -> None:
            desk.why, desk.note = why.value.strip(), ""
            try:
                act()
            except (ValueError, ArchiveError) as error:
                desk.note = f"Not done: {error}"
            shown()

        return done

    def typed(change: Any) -> None:
        if change["new"].strip():
            said, line.value = change["new"], ""
            on(lambda: desk.say(said))(None)

    def button(text: str, act: Callable[[], None], style: str = "") -> Any:
        made = widgets.Button(description=text, button_style=style, layout=_WIDE)
        made.on_click(on(act))
        return made

    line.observe(typed, "value")
    rows = [
        [
            button("Accept (a)", desk.accept, "success"),
            button("Reject (r)", desk.reject, "danger"),
            button("Previous (p)", lambda: desk.move(-1)),
            button("Next (n)", lambda: desk.move(1)),
            button("Undo (u)", desk.undo),
            why,
        ],
        [field, value, button("Correct (c)", lambda: desk.correct(**{field.value: value.value}))],
        [other, button("Merge (m)", lambda: desk.merge(other.value or ""))],
        [numbers, button("Split off (s)", lambda: desk.split(_numbers(numbers.value)))],
    ]
    add = widgets.VBox([missed, button("Add", lambda: _add(desk, missed.value))])
    folded = widgets.Accordion([add], titles=["Add what was missed"])
    shown()
    boxes = [widgets.Box(row, layout={"flex_flow": "row wrap"}) for row in rows]
    return widgets.VBox([line, *boxes, below, folded])


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.replace(",", " ").split()]


def _add(desk: Desk, text: str) -> None:
    """Put in an event from lines of ``field: value``."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip())
    fields = {name.strip(): value.strip() for name, _, value in lines if value.strip()}
    desk.add(fields.pop("article", ""), fields.pop("words", ""), **fields)
