"""How a report was made: its data to take away, accuracy, sources, versions and parameters."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from rajnay.labels.score import Scores, Verdict
from rajnay.report.entries import outlet_of
from rajnay.report.issue import Issue
from rajnay.report.section import Section, filled
from rajnay.timeline import exports, standing, summary
from rajnay.timeline.setting import Setting

VERSIONS = (
    "rajnay",
    "matplotlib",
    "pandas",
    "babel",
    "indic-nlp-library",
    "papermill",
    "nbconvert",
    "nh3",
)
FILES = {
    "xlsx": ".xlsx",
    "csv": ".csv",
    "parquet": ".parquet",
    "json": ".json",
    "ics": ".ics",
    "timelinejs": ".timeline.json",
    "geojson": ".geojson",
}


def method(
    issue: Issue, parameters: Mapping[str, object], accuracy: Mapping[str, Scores], stem: str = ""
) -> Section:
    """Return how the report was made: its data to take away, accuracy, sources, versions and
    parameters.

    ``parameters`` are the notebook's; ``accuracy`` the scores by language; ``stem`` the path of the
    exports beside the report, without suffix, empty for none.
    """
    name, measured = Path(stem).name, {lang: as_told(one) for lang, one in accuracy.items()}
    articles = [one.article for one in issue.extractions]
    outlets = Counter(outlet_of(issue, article) for article in articles)
    days = sorted(article.published for article in articles if article.published)
    return filled(
        issue,
        "method.html.j2",
        "method",
        parameters={name: value for name, value in parameters.items() if value != ""},
        scores=[_figures(issue, lang, scores) for lang, scores in measured.items()],
        bands=_bands(issue, accuracy.values()),
        measured=sum(scores.articles for scores in accuracy.values()),
        retold=sum(article.retold for article in articles),
        languages=[
            issue.words.language(lang)
            for lang in dict.fromkeys(one.lang for one in articles if one.retold)
        ],
        files=[
            (issue.words.text(f"export.{kind}"), name + suffix)
            for kind, suffix in FILES.items()
            if name
        ],
        outlets=sorted(outlets.items(), key=lambda item: (-item[1], item[0])),
        articles=len(articles),
        telling=len(summary.articles_of(issue.register)),
        published=list(dict.fromkeys(issue.words.day(day) for day in (days[:1] + days[-1:]))),
        versions={"python": platform.python_version()} | {name: version(name) for name in VERSIONS},
    )


def as_told(scores: Scores) -> Scores:
    """Return the scores of what reports tell: what is doubtful is in none of their lists."""
    told = (
        replace(one, found=None, fields={}) if _sure(one) == "doubtful" else one
        for one in scores.verdicts
    )
    return Scores(scores.articles, tuple(one for one in told if one.labelled or one.found))


def _sure(verdict: Verdict) -> str:
    """Return how sure what was found is said to be; nothing, if nothing was."""
    return standing.sureness(verdict.found["confidence"]) if verdict.found else ""


def write_exports(issue: Issue, stem: str) -> None:
    """Write the register beside the report, in every format, in its language where people read it;
    ``stem`` is their path without suffix, empty for none.
    """
    setting = Setting(issue.edition, issue.title, issue.day, issue.coordinates, localised=True)
    for suffix in FILES.values() if stem else ():
        exports.write(issue.register, stem + suffix, setting=setting)


def _figures(issue: Issue, lang: str, scores: Scores) -> list[str]:
    rate, strict = scores.rate(), scores.rate(strict=True)
    shares = map(issue.words.share, (rate.recall, rate.precision, strict.precision))
    return [issue.words.language(lang), issue.words.number(scores.articles), *shares]


def _bands(issue: Issue, accuracy: Iterable[Scores]) -> list[list[str]]:
    """Return how often what is told was right in every field, by how sure it is said to be."""
    told: dict[str, list[bool]] = {}
    for verdict in (one for scores in accuracy for one in scores.verdicts if one.found):
        told.setdefault(_sure(verdict), []).append(verdict.strict)
    return [
        [
            issue.words.text(f"sure.{sure}"),
            issue.words.number(len(told[sure])),
            issue.words.share(sum(told[sure]) / len(told[sure])),
        ]
        for sure in ("high", "fair", "weak", "doubtful")
        if sure in told
    ]
