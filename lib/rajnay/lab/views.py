"""What a notebook cell can end in: a table that says so when it is empty, and a view that controls
change.

Controls appear only where somebody sits at the notebook; one that runs by itself shows what their
first values give. All HTML is made by templates, which escape every word of an article.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rajnay.explain import brief, explanation
from rajnay.models import Extraction, Step
from rajnay.records import engagement_record
from rajnay.report.html import templates
from rajnay.report.html.fonts import typefaces as typefaces

Controls = Mapping[str, tuple[str, Sequence[tuple[str, str]] | str]]


def styled(template: str, **values: Any) -> str:
    """Return a template of ``reports/template/parts`` filled with values, with the styles that a
    notebook needs to show it.
    """
    shown = templates.fill(template, **values)
    body = f'<style>{templates.style("explore.css")}</style><div class="wide">{shown}</div>'
    return templates.with_style(body)


class Table:
    """A table that shows itself whole, or says ``empty`` when it has no lines; ``bar`` is a column
    to draw, ``names`` anchors.

    >>> Table(pd.DataFrame({"year": [2025], "articles": [3]})).lines
    [[2025, 3]]
    """

    def __init__(
        self, frame: pd.DataFrame, empty: str = "Nothing.", bar: str = "", names: Sequence[str] = ()
    ) -> None:
        self.frame, self.heads = frame, list(frame.columns)
        self.lines = frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
        self.empty, self.bar, self.names = empty, bar, names
        self.most = frame[bar].max() if bar and self.lines else 1

    def _repr_html_(self) -> str:
        return styled("sheet.html.j2", table=self)


class Reasons:
    """Why each engagement of an article is as it is, and why every other candidate was let go, as
    tables.
    """

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        text = extraction.article.text
        told = [brief(engagement_record(one, text)) for one in extraction.engagements]
        steps = {
            f"{number}. {said}": why
            for number, (said, why) in enumerate(zip(told, extraction.steps, strict=False), 1)
        }
        steps["What was let go"] = extraction.dropped
        self.parts = [(heading, Table(steps_of(found, text))) for heading, found in steps.items()]

    def __repr__(self) -> str:
        return f"<Reasons: {self.extraction.article.id}>"

    def __str__(self) -> str:
        return explanation(self.extraction)

    def _repr_html_(self) -> str:
        body = styled("reasons.html.j2", parts=self.parts)
        return typefaces(body) + body


def steps_of(steps: Iterable[Step], text: str) -> pd.DataFrame:
    """Return the steps of an explanation, each once: the words of the text, what was decided of
    them, and why.
    """
    lines = dict.fromkeys((step.span.of(text), step.what, step.why) for step in steps)
    return pd.DataFrame(list(lines), columns=["words", "decided", "because"])


@dataclass(frozen=True)
class View:
    """HTML made by ``show`` from the values of controls: for each name its label, and its options
    or, for free text, a text.

    >>> View(lambda name: f"Hello {name}", {"name": ("Name", "you")}).first()
    'Hello you'
    """

    show: Callable[..., str]
    controls: Controls

    def first(self) -> str:
        """Return what the first values give."""
        known = {
            name: was if isinstance(was, str) else was[0][1] if was else ""
            for name, (_, was) in self.controls.items()
        }
        return self.show(**known)

    def widget(self) -> Any:
        """Return the controls with the view under them, as a widget; raises ImportError where
        ipywidgets is not installed.
        """
        widgets: Any = importlib.import_module(
            "ipywidgets"
        )  # comes with JupyterLab, and nothing else needs it
        made = {}
        for name, (label, was) in self.controls.items():
            look = {
                "description": label,
                "style": {"description_width": "initial"},
                "layout": {"width": "auto"},
            }
            text = isinstance(was, str)
            made[name] = (
                widgets.Text(was, continuous_update=False, **look)
                if text
                else widgets.Dropdown(options=was, **look)
            )
        below = widgets.HTML(self.first())

        def refresh(_: object) -> None:
            below.value = self.show(**{name: control.value for name, control in made.items()})

        for control in made.values():
            control.observe(refresh, "value")
        return widgets.VBox(
            [widgets.Box([*made.values()], layout={"flex_flow": "row wrap"}), below]
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        if self.controls and attended():
            return dict(self.widget()._repr_mimebundle_())
        return {"text/html": self.first(), "text/plain": "a view"}


def attended() -> bool:
    """Say whether somebody sits at the notebook: only then may a running cell ask questions, and
    are controls of use.
    """
    ipython: Any = sys.modules.get("IPython")
    return bool(
        ipython and getattr(getattr(ipython.get_ipython(), "kernel", None), "_allow_stdin", False)
    )
