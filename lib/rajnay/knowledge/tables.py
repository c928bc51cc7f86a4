"""Read the project's YAML and CSV data, and say in one line where a fault is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter
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


def _once(forms: tuple[str, ...]) -> tuple[str, ...]:
    for number, form in enumerate(forms):
        if form in forms[:number]:
            raise ValueError(f"{form!r} stands twice: take one out")
    return forms


def _telling(form: str) -> str:
    bare = form.removeprefix("=")
    if len(bare) < _SHORTEST or bare.isdecimal():
        what = "a number" if bare.isdecimal() else "one letter"
        raise ValueError(f"{form!r} is {what}, which stands for anything: write more of it")
    return form


_SHORTEST = 2
Form = Annotated[str, AfterValidator(_tidy)]
Forms = Annotated[tuple[Form, ...], AfterValidator(_once)]
# What is looked for in texts by itself, so that a letter would be found everywhere.
Names = Annotated[tuple[Annotated[Form, AfterValidator(_telling)], ...], AfterValidator(_once)]


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
        KnowledgeError: the file is missing, is not YAML, repeats a key or does not fit; file, line
            and key are named.
    """
    try:
        node, value = document(_read_text(path))
    except DocumentError as error:
        raise KnowledgeError(f"{path}:{error.line}: not YAML: {error}") from None
    if twice := min(repeated(node), key=itemgetter(1), default=None):
        raise KnowledgeError(
            f"{path}:{twice[1]}: key {twice[0]!r} stands twice: join the two entries"
        )
    try:
        return model.model_validate(value)
    except ValidationError as error:
        loc, where, what = _first_fault(error)
        raise KnowledgeError(f"{path}:{line_of(node, loc)}: {where}: {what}") from None


class DocumentError(ValueError):
    """What is wrong with a YAML document, in one line, and the number of the line where it is."""

    def __init__(self, line: int, what: object) -> None:
        super().__init__(" ".join(str(what).split()))
        self.line = line


class _Loader(yaml.CSafeLoader):
    """Says where a value is that its own kind does not know, such as 2025-13-45."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            kind = node.tag.rpartition(":")[2]
            raise DocumentError(
                node.start_mark.line + 1,
                f"{str(node.value)[:40]!r} is no {kind}: mend it, or put it in quotation marks",
            ) from None


def document(text: str) -> tuple[yaml.Node | None, Any]:
    """Return the nodes of a YAML document, which know their lines, and its value.

    Raises:
        DocumentError: it is no YAML, or holds a value that is none.

    >>> document("day: 2025-13-45")
    Traceback (most recent call last):
    ...
    rajnay.knowledge.tables.DocumentError: '2025-13-45' is no timestamp: mend it, or put it in \
quotation marks
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    except RecursionError:
        raise DocumentError(1, "nested beyond reason") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DocumentError(
            mark.line + 1 if mark else 1, getattr(error, "problem", None) or error
        ) from None


def repeated(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield each key that stands twice in one mapping of a YAML document, with its line."""
    waiting, known = [node], set()
    while waiting:
        node = waiting.pop()
        if id(node) in known:  # an alias, which may stand in what it names
            continue
        known.add(id(node))
        if isinstance(node, yaml.MappingNode):
            names = set()
            for key, value in node.value:
                if str(key.value) in names:
                    yield str(key.value), key.start_mark.line + 1
                names.add(str(key.value))
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def refuse_two_meanings(path: Path, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Refuse a surface form that stands under two meanings of one class.

    Args:
        path: the YAML file that the groups come from, for the message.
        groups: pairs of a meaning and its surface forms.

    Raises:
        KnowledgeError: naming file, line, form and both meanings.
    """
    seen: dict[str, str] = {}
    for meaning, forms in groups:
        for form in forms:
            if seen.setdefault(form, meaning) != meaning:
                places = _places(yaml.compose(_read_text(path), yaml.CSafeLoader), form)
                line = next((line for under, line in places if under == meaning), 1)
                raise KnowledgeError(
                    f"{path}:{line}: {form!r} means both {seen[form]!r} and {meaning!r}: keep it "
                    "under one of them"
                )


def read_table(path: Path, model: type[Model]) -> tuple[Model, ...]:
    """Read and validate a CSV table, one record a row; columns that the model does not name are for
    the reader alone.

    Args:
        path: the file; its header names the model's fields; cells that hold lists are split at
            ``;``.
        model: the pydantic model of a row.

    Raises:
        KnowledgeError: the file is missing, or a row does not fit; file, line and column are named.
    """
    return tuple(row for _, row in read_rows(path, model))


def read_rows(
    path: Path, model: type[Model], remarks: Collection[str] | None = None
) -> tuple[tuple[int, Model], ...]:
    """Read and validate a CSV table as ``read_table`` does, and say on which line each row ends.

    Args:
        path: the file.
        model: the pydantic model of a row.
        remarks: the columns that are for the reader alone; any other that the model does not name
            is refused, or none if this is left out.

    Raises:
        KnowledgeError: as ``read_table``, and for an unknown column.
    """
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    listed = {name for name, info in fields.items() if "tuple" in str(info.annotation)}
    rows: list[tuple[int, Model]] = []
    reader = csv.reader(io.StringIO(_read_text(path), newline=""), strict=True)
    try:
        header = next(reader, [])
        for row in filter(None, reader):
            if not header:
                raise KnowledgeError(f"{path}:1: no names of columns: put them on the first line")
            if len(row) != len(header):
                column = header[min(len(row), len(header) - 1)]
                raise KnowledgeError(
                    f"{path}:{reader.line_num}: column {column}: {len(row)} cells, but the "
                    f"header has {len(header)}: "
                    "add or take out commas, or put quotation marks around a cell that holds one"
                )
            cells = {
                name: tuple(part.strip() for part in cell.split(";") if part.strip())
                if name in listed
                else cell
                for name, cell in zip(header, row, strict=True)
                if name in fields
            }
            rows.append((reader.line_num, model.model_validate(cells)))
    except ValidationError as error:
        raise KnowledgeError(
            f"{path}:{reader.line_num}: column {': '.join(_first_fault(error)[1:])}"
        ) from None
    except csv.Error as error:
        raise KnowledgeError(
            f"{path}:{reader.line_num}: not CSV: {error}: mend the quotation marks"
        ) from None
    _refuse_columns(path, header if rows else [*fields], fields, remarks)
    return tuple(rows)


def _refuse_columns(
    path: Path, header: list[str], fields: Collection[str], remarks: Collection[str] | None
) -> None:
    """Refuse a table that lacks a column, or has one that nobody reads."""
    known = {*header} if remarks is None else {*fields, *remarks}
    for name in sorted({*header}.difference(known)):
        name = " ".join(name.split())
        raise KnowledgeError(
            f"{path}:1: column {name}: no such column is known: mend its name or take it out"
        )
    for name in sorted({*fields}.difference(header)):
        raise KnowledgeError(f"{path}:1: there is no column {name}: put it back")


def read_header(path: Path) -> list[str]:
    """Return the names of a CSV table's columns; raises KnowledgeError if it cannot be read."""
    return next(csv.reader(_read_text(path).splitlines()), [])


def read_keyed(
    path: Path,
    model: type[Model],
    fault_of: Callable[[Model, dict[str, Model]], str | None] = lambda *_: None,
) -> dict[str, Model]:
    """Read a table by its first column, in which no value may stand twice.

    Args:
        path: the file.
        model: the pydantic model of a row; columns that it does not name are refused.
        fault_of: tells what is wrong with a row, given them all; None if nothing is.

    Raises:
        KnowledgeError: as ``read_rows``, for a value that stands twice, and for each fault told.
    """
    column = next(iter(model.model_fields))
    numbered = read_rows(path, model, remarks=())
    rows: dict[str, Model] = {getattr(row, column): row for _, row in numbered}
    seen: set[str] = set()
    for line, row in numbered:
        name = getattr(row, column)
        if name.casefold() in seen:
            refuse(path, line, f"column {column}: {name!r} stands twice: join the two rows")
        seen.add(name.casefold())
    for line, row in numbered:
        refuse(path, line, fault_of(row, rows))
    return rows


def refuse(path: Path, line: int, fault: str | None) -> None:
    """Raise a KnowledgeError for a fault at a line, if there is one."""
    if fault is not None:
        raise KnowledgeError(f"{path}:{line}: {fault}")


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except FileNotFoundError:
        raise KnowledgeError(
            f"{path}:1: no such file: put it back, for the library needs it"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise KnowledgeError(f"{path}:{line}: not UTF-8: save the file as UTF-8") from None


def _first_fault(error: ValidationError) -> tuple[tuple[int | str, ...], str, str]:
    """Return where the first fault is, the same in words, and what is wrong; a name that nobody
    knows comes first, for it is often the mistyped one of those that are missing.
    """
    first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    return first["loc"], where, first["msg"].removeprefix("Value error, ")


def _places(node: yaml.Node | None, form: str, under: str = "") -> Iterator[tuple[str, int]]:
    """Yield the key above each place where a form stands by itself, and the line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _places(value, form, key.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _places(item, form, under)
    elif node is not None and node.value == form:
        yield under, node.start_mark.line + 1


def line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """Return the line of what stands under some keys and places of a YAML document, as far as they
    lead.
    """
    line = 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(
                ((key, value) for key, value in node.value if key.value == str(part)), None
            )
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
