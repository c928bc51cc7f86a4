"""Read the project's YAML and CSV data, and say in one line where a fault is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError


class KnowledgeError(ValueError):
    """A fault in a data file; the message names file and line, and says what to mend."""


def _tidy(text: str) -> str:
    if text != " ".join(text.split()) or not text:
        raise ValueError(f"stray or missing characters in {text!r}: take out the extra white space")
    return text


Form = Annotated[str, AfterValidator(_tidy)]
Forms = tuple[Form, ...]


class Record(BaseModel):
    """Base of everything read from a data file: immutable, with no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read and validate a YAML file.

    Args:
        path: the file.
        model: the pydantic model that it must fit.

    Raises:
        KnowledgeError: the file is missing, is not YAML, repeats a key or does not fit; file, line and key are named.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text)
        _refuse_repeated_keys(path, node)
        return model.model_validate(yaml.safe_load(text))
    except FileNotFoundError:
        raise KnowledgeError(f"{path}: no such file; a language pack needs it") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KnowledgeError(f"{path}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', error)}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path}:{_line_of(node, first['loc'])}: {where}: {first['msg']}") from None


def refuse_two_meanings(path: Path, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Refuse a surface form that stands under two meanings of one class.

    Args:
        path: the file that the groups come from, for the message.
        groups: pairs of a meaning and its surface forms.

    Raises:
        KnowledgeError: naming file, line, form and both meanings.
    """
    seen: dict[str, str] = {}
    for meaning, forms in groups:
        for form in forms:
            if seen.setdefault(form, meaning) != meaning:
                line = next((n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if form in text), 1)
                raise KnowledgeError(
                    f"{path}:{line}: {form!r} means both {seen[form]!r} and {meaning!r}: keep it under one of them"
                )


def read_table(path: Path, model: type[Model]) -> tuple[Model, ...]:
    """Read and validate a CSV table, one record a row.

    Args:
        path: the file; its header names the model's fields; cells that hold lists are split at ``;``.
        model: the pydantic model of a row.

    Raises:
        KnowledgeError: the file is missing, or a row does not fit; file, line and column are named.
    """
    rows: list[Model] = []
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    listed = {name for name, info in fields.items() if "tuple" in str(info.annotation)}
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            for row in reader:
                cells: dict[str, Any] = {
                    name: tuple(part.strip() for part in cell.split(";") if part.strip()) if name in listed else cell
                    for name, cell in row.items()
                    if name in fields
                }
                try:
                    rows.append(model.model_validate(cells))
                except ValidationError as error:
                    first = error.errors()[0]
                    column = ".".join(str(part) for part in first["loc"])
                    raise KnowledgeError(f"{path}:{reader.line_num}: column {column}: {first['msg']}") from None
    except FileNotFoundError:
        raise KnowledgeError(f"{path}: no such file; the reference tables need it") from None
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    return tuple(rows)


def _refuse_repeated_keys(path: Path, node: yaml.Node | None) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise KnowledgeError(f"{path}:{key.start_mark.line + 1}: key {key.value!r} stands twice: join the two entries")
            seen.add(key.value)
            _refuse_repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item)


def _line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    line = 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
