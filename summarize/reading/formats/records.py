"""JSON and JSON lines → one article per record.

Contract: a file is one record, a list of records, or either inside the envelope that an interface put around
it. Which key holds what is told by ``read.fields``, else by the names that are in use. A line that is broken
costs that line only; nothing is guessed from the order of keys or from what a value looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from summarize.config import ReadConfig
from summarize.errors import InputError
from summarize.reading.briefs import REASON
from summarize.reading.decoding import decode_text
from summarize.reading.formats.contents import Contents, Draft, Refused
from summarize.reading.formats.envelopes import Found, find_records
from summarize.reading.formats.fields import Fields, keys_of
from summarize.reading.formats.fragments import clean_characters

_LINES = (".jsonl", ".ndjson")
N_KEYS = 12  # of a record that are named in an error
N_LINES = 5  # numbers of records that are named in an error
_DEEP = "nested too deeply; remove what wraps the article"
_Entry = Found | Refused


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Take the articles out of records.

    :raises InputError: if the file is no JSON, or a brief, or none of its records has a text.
    """
    text = decode_text(data, name).lstrip("\ufeff")
    fields = Fields(options.fields)
    if PurePosixPath(name).suffix.lower() in _LINES:
        return _made(_lines(text, fields, options.max_nesting), fields, name, is_many=True)
    try:
        value = _loads(text, options.max_nesting)
    except ValueError as error:
        entries = _lines(text, fields, options.max_nesting) if _starts_with_record(text) else []
        if any(isinstance(entry, Found) for entry in entries):  # lines of JSON under another name
            return _made(entries, fields, name, is_many=True)
        raise InputError(name, f"broken JSON ({_place(error)}); export it again or mend it there") from error
    _refuse_brief(value, name)
    found = find_records(value, fields)
    if found is None:
        raise InputError(name, _unusable(value, fields))
    records, is_many = found
    return _made(records, fields, name, is_many)


def _loads(text: str, max_nesting: int) -> Any:
    """Parse JSON, with the raw line breaks in strings that many exporters leave there.

    :raises RecursionError: if it is nested more deeply than it may be.
    """
    value = json.loads(text, strict=False)
    level = [value]
    for _ in range(max_nesting):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise RecursionError


def _inside(value: Any) -> Iterator[Any]:
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (inner for inner in values if isinstance(inner, dict | list))


def _place(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "a number far too long"


def _starts_with_record(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    try:
        return isinstance(_loads(first, 100), dict)
    except (ValueError, RecursionError):
        return False


def _lines(text: str, fields: Fields, max_nesting: int) -> list[_Entry]:
    entries: list[_Entry] = []
    # Not splitlines: JSON may hold the other line separators of Unicode inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            entries += _line(line, number, fields, max_nesting)
    return entries


def _line(line: str, number: int, fields: Fields, max_nesting: int) -> Iterator[_Entry]:
    key = f"line-{number}"
    try:
        value = _loads(line, max_nesting)
        found = find_records(value, fields)
    except ValueError as error:
        column = f", column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        yield Refused(f"broken JSON (line {number}{column}); export it again or remove the line", key)
        return
    except RecursionError:
        yield Refused(f"line {number} is {_DEEP}", key)
        return
    if found is None:
        yield Refused(f"line {number}: {_unusable(value, fields)}", key)
        return
    yield from found[0]


def _refuse_brief(value: object, name: str) -> None:
    schema = value.get("schema") if isinstance(value, dict) else None
    if isinstance(schema, str) and schema.startswith("summarize.brief/"):
        raise InputError(name, REASON)


def _made(entries: Sequence[_Entry], fields: Fields, name: str, is_many: bool) -> Contents:
    drafts = [_draft(entry, fields) for entry in entries]
    if drafts and not any(isinstance(draft, Draft) for draft in drafts):
        first = drafts[0]
        assert isinstance(first, Refused)
        raise InputError(name, first.reason if len(drafts) == 1 else f"no usable record; {first.reason}")
    records = [entry for entry in entries if isinstance(entry, Found)]
    return Contents((*drafts, *_missing(records, fields)), holds_many=is_many)


def _draft(entry: _Entry, fields: Fields) -> Draft | Refused:
    if isinstance(entry, Refused):
        return entry
    if not isinstance(entry.record, Mapping):
        return Refused(f"no record but {_kind(entry.record)}; remove it")
    key = fields.key(entry)
    reason = fields.refusal(entry)
    if reason is not None:
        return Refused(reason, key)
    try:
        text = fields.text(entry)
        if not text:
            return Refused(_unusable(entry.record, fields), key)
        return Draft(text, "json", fields.metadata(entry), key)
    except RecursionError:
        return Refused(_DEEP, key)


def _missing(records: list[Found], fields: Fields) -> Iterator[Refused]:
    """Report the fields that the configuration names and that records lack; they are read without them."""
    for wanted, path in sorted(fields.paths.items()):
        if wanted == "text":  # its absence is reported where the record is refused
            continue
        lacking = [n for n, found in enumerate(records, start=1) if fields.configured(found, wanted) is None]
        if lacking:
            some = ", ".join(map(str, lacking[:N_LINES])) + (", …" if len(lacking) > N_LINES else "")
            where = f" in {len(lacking)} of {len(records)} records ({some})" if len(records) > 1 else ""
            reason = f'no field "{path}"{where}, read without it; correct read.fields.{wanted} or remove it'
            yield Refused(reason, f"read.fields.{wanted}")


def _unusable(value: object, fields: Fields) -> str:
    """Tell why a value is no article: what was looked for, and what is there instead."""
    keys = keys_of(value)
    empty = fields.empty(value)
    if empty:
        return f'no text in it, "{clean_characters(empty[0])[:40]}" is empty; remove it'
    more = ", …" if len(keys) > N_KEYS else ""
    there = ", ".join(keys[:N_KEYS]) + more if keys else _kind(value)
    if "text" in fields.paths:
        return f'no text under "{fields.paths["text"]}", found {there}; correct read.fields.text'
    return f"no field with a text, found {there}; name the field that has it in read.fields.text"


def _kind(value: object) -> str:
    kinds = {dict: "an empty object", list: "a list of no records", str: "a string", type(None): "null"}
    return kinds.get(type(value), "a number or a truth value")
