"""Configuration: YAML files and presets → one frozen, checked :class:`Config`.

Every mistake of a file is found in one pass and reported in one :class:`ConfigError`, one line each.
The sections are plain frozen dataclasses whose fields carry their own limits; they know nothing about
the stages that read them. Only the loading functions here touch files.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from summarize.errors import ConfigError
from summarize.resources import configs_dir

_T = TypeVar("_T")
_DTYPE = r"auto|float32|float16|bfloat16"
SUFFIXES = (
    *(".txt", ".md", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".xml", ".rss", ".atom", ".json", ".jsonl"),
    *(".ndjson", ".eml", ".pdf", ".docx", ".zip", ".gz", ".xz"),
)  # fmt: skip


def _limited(default: float | None, low: float, high: float) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


def _matching(default: str, pattern: str, meaning: str) -> Any:
    return field(default=default, metadata={"pattern": pattern, "meaning": meaning})


def _one_of(default: str, choices: str) -> Any:
    return _matching(default, choices, "one of " + choices.replace("|", ", "))


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """Which files are read, and how much one file may cost.

    ``fields`` maps what is wanted of a JSON record (title, text, url, publisher, author, language, published,
    id) to the key it stands under, nested keys with dots.
    """

    suffixes: tuple[str, ...] = field(
        default=SUFFIXES, metadata={"pattern": r"\.[^\s/\\]+", "meaning": 'like ".txt"'}
    )
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    follow_links: bool = False  # out of the folder
    max_bytes: int = _limited(20_000_000, 1, 10**12)  # of one file
    max_unpacked_bytes: int = _limited(100_000_000, 1, 10**12)  # of all that one file unpacks to
    max_articles: int = _limited(10_000, 1, 10**9)  # in one file
    max_nesting: int = _limited(500, 1, 100_000)  # of markup and records
    max_archive_nesting: int = _limited(3, 1, 100)  # archives in archives
    max_seconds: float = _limited(30, 0.01, 86_400)  # for one file
    max_memory_bytes: int = _limited(2_000_000_000, 10**8, 10**12)  # while one file is read


@dataclass(frozen=True, slots=True)
class EmbedderConfig:
    """The sentence-transformers model that turns sentences into vectors."""

    model: str = _matching("embedded", r"\S.*", '"embedded", a hub name or a path')
    batch_size: int = _limited(64, 1, 65_536)
    dtype: str = _one_of("auto", _DTYPE)


@dataclass(frozen=True, slots=True)
class DeduplicateConfig:
    """From when on two sentences state the same: cosines, a probability, and what gives it."""

    same_probability: float = _limited(0.42, 0, 1)
    same_similarity: float = _limited(0.80, 0, 1)
    candidate_similarity: float = _limited(0.55, 0, 1)
    cross_encoder: str = _matching("none", r"\S.*", '"none", a hub name or a path')


@dataclass(frozen=True, slots=True)
class ClusterConfig:
    """How facts gather into topics."""

    min_similarity: float = _limited(0.36, 0, 1)  # of two articles of one story; see clustering.stories
    max_topics: int = _limited(8, 1, 1_000)


@dataclass(frozen=True, slots=True)
class PlanConfig:
    """Length of one claim, in words."""

    max_claim_words: int = _limited(60, 1, 1_000)
    min_claim_words: int = _limited(6, 1, 1_000)


@dataclass(frozen=True, slots=True)
class WriterConfig:
    """The seq2seq model that words the claims, what it is fed and how it searches.

    The embedded writer knows its own prefixes and separator; these here are for other models.
    """

    model: str = _matching("embedded", r"\S.*", '"embedded", a hub name or a path')
    unit: str = _one_of("sentence", "sentence|topic")
    prefix: str = ""
    prefixes: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # by task: fuse, digest, shorten, headline
    separator: str = " "  # between sentences of evidence
    line_break: str = ""  # what the model writes for a new line, such as "<n>"
    global_attention: str = _one_of("none", "none|first|separators")
    softmax: str = _one_of("vocabulary", "vocabulary|evidence")  # over what probabilities were learnt
    max_source_tokens: int | None = _limited(None, 8, 1_000_000)  # None: as many as the model takes
    max_tokens: int = _limited(96, 1, 100_000)
    min_tokens: int = _limited(0, 0, 100_000)
    n_beams: int = _limited(8, 1, 256)
    n_candidates: int = _limited(8, 1, 256)
    batch_size: int = _limited(12, 1, 65_536)  # groups of evidence
    length_penalty: float = _limited(1.0, -10, 10)
    no_repeat_ngram_size: int = _limited(0, 0, 100)  # 0: off
    grounding: str = _one_of("strict", "strict|soft|off")
    dtype: str = _one_of("auto", _DTYPE)
    device: str = _matching(
        "auto", r"auto|cpu|mps|(cuda|xpu)(:\d+)?", "one of auto, cpu, mps, cuda, cuda:0 …"
    )


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """How well evidence must support a claim."""

    min_support: float = _limited(0.2, 0, 1)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a user can decide about a brief."""

    words: int = _limited(400, 1, 1_000_000)  # of the whole brief
    topics: int = _limited(0, 0, 1_000)  # 0: as many as the articles have
    languages: tuple[str, ...] = field(  # that the models are for
        default=("en",),
        metadata={"pattern": "[a-z]{2}|any", "meaning": 'a code such as en or de, or "any"', "or_one": True},
    )
    read: ReadConfig = ReadConfig()
    embedder: EmbedderConfig = EmbedderConfig()
    deduplicate: DeduplicateConfig = DeduplicateConfig()
    cluster: ClusterConfig = ClusterConfig()
    plan: PlanConfig = PlanConfig()
    writer: WriterConfig = WriterConfig()
    check: CheckConfig = CheckConfig()

    def fingerprint(self) -> str:
        """Return a SHA-256 that is equal for equal settings, in whatever file they stood."""
        canonical = json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


# Pairs that must not be the wrong way round: (smaller, larger).
_ORDERED = (
    ("writer.min_tokens", "writer.max_tokens"),
    ("writer.n_candidates", "writer.n_beams"),
    ("plan.min_claim_words", "plan.max_claim_words"),
    ("deduplicate.candidate_similarity", "deduplicate.same_similarity"),
    ("topics", "cluster.max_topics"),
)


def load_config(name: str | None = None) -> Config:
    """Load a configuration by path or by the name of a shipped preset; ``None`` is ``default``.

    :raises ConfigError: with one line for every mistake.
    """
    path = _find(name or "default")
    problems: list[str] = []
    config = _build(_read_extended(path, (), problems), "", [], Config, str(path))
    problems += [f"{path}: {line}" for line in _contradictions(config)]
    if problems:
        raise ConfigError("\n".join(dict.fromkeys(problems)))
    return config


def override(
    config: Config,
    *,
    words: int | None = None,
    topics: int | None = None,
    writer: str | None = None,
    embedder: str | None = None,
) -> Config:
    """Apply the command line's options, which win over the file.

    More topics than ``cluster.max_topics`` raise that limit: who names a number means it. A writer
    that a shipped preset describes brings that preset's whole ``writer`` section with it.

    :raises ConfigError: with one line for every option out of range.
    """
    changed: dict[str, Any] = {k: v for k, v in (("words", words), ("topics", topics)) if v is not None}
    problems: list[str] = []
    _build(changed, "", problems, Config, "command line")
    if problems:
        raise ConfigError("\n".join(problems))
    if topics is not None and topics > config.cluster.max_topics:
        changed["cluster"] = dataclasses.replace(config.cluster, max_topics=topics)
    if writer is not None:
        changed["writer"] = _writer_section(config.writer, writer)
    if embedder is not None:
        changed["embedder"] = dataclasses.replace(config.embedder, model=embedder)
    return dataclasses.replace(config, **changed)


def preset_names() -> tuple[str, ...]:
    """Return the names of the shipped presets, sorted."""
    return tuple(sorted(path.stem for path in configs_dir().glob("*.yaml")))


def _writer_section(current: WriterConfig, name: str) -> WriterConfig:
    if name == current.model:
        return current
    for preset in preset_names():
        section = load_config(preset).writer
        if name == section.model or (name == preset and section.model != "embedded"):
            return section
    return dataclasses.replace(current, model=name)


def _find(name: str) -> Path:
    """Return the file that a path or preset name means; an existing file wins over a preset."""
    if Path(name).is_file():
        return Path(name)
    shipped = configs_dir() / f"{name}.yaml"
    if re.fullmatch(r"[\w.-]+", name) and shipped.is_file():
        return shipped
    names = preset_names()
    raise ConfigError(
        f"{name}: no such configuration{_did_you_mean(name, names)}; "
        f"give the path of a YAML file or one of {', '.join(names)}"
    )


def _read_extended(path: Path, seen: tuple[Path, ...], problems: list[str]) -> dict[str, Any]:
    """Read a file on top of the one that it extends; nested sections are merged key by key.

    Each file is checked by itself, so that a problem names the file that it stands in.
    """
    if path.resolve() in seen:
        problems.append(f"{path}: extends: leads back to this file; remove one of the extends")
        return {}
    values = _read_yaml(path)
    base = values.pop("extends", None)
    _build(values, "", problems, Config, str(path))
    if base is None:
        return values
    if not isinstance(base, str):
        problems.append(f'{path}: extends: must be a preset or a file, is {_shown(base)}; try "default"')
        return values
    beside = path.parent / base
    found = beside if beside.is_file() else _find(base)
    below = _read_extended(found, (*seen, path.resolve()), problems)
    return _merge(below, values)


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    sections = {f.name for f in dataclasses.fields(Config)} - {"words", "topics", "languages"}
    merged = {**below, **above}
    for key in sections & below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            merged[key] = {**below[key], **above[key]}
    return merged


class _Loader(yaml.SafeLoader):
    """The safe loader, but a key that stands twice is a mistake instead of a silent loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            # As it is written, so that keys of any type can be compared.
            if (key := (key_node.tag, str(key_node.value))) in seen:
                raise yaml.MarkedYAMLError(
                    problem=f'"{key[1]}" stands twice', problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        # A SafeLoader: it builds plain values only.
        values = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigError(f"{path}{line}: not valid YAML: {error.problem}; mend this line") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}; mend the file") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ConfigError(f'{path}: must hold keys and values, such as "words: 400"')
    return values


def _build(values: Mapping[Any, Any], at: str, problems: list[str], kind: type[_T], label: str) -> _T:
    """Make a section from plain values; what is wrong goes to ``problems`` and keeps its default."""
    fields = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    made: dict[str, Any] = {}
    for key, value in values.items():
        where = f"{at}{key}"
        if key not in fields:
            problems.append(f"{label}: {where}: no such key{_suggestion(str(key), tuple(fields))}")
        elif dataclasses.is_dataclass(hints[key]):
            if isinstance(value, dict):
                made[key] = _build(value, f"{where}.", problems, hints[key], label)
            else:
                problems.append(f"{label}: {where}: must be a section with keys, is {_shown(value)}")
        elif problem := _problem(value, hints[key], fields[key].metadata):
            problems.append(f"{label}: {where}: {problem}")
        else:
            made[key] = _converted(value, hints[key])
    return kind(**made)


def _problem(value: Any, hint: Any, limits: Mapping[str, Any]) -> str:
    """Say what is wrong with a value, or return the empty string."""
    origin = get_origin(hint) or hint
    if origin is UnionType:
        return "" if value is None else _problem(value, get_args(hint)[0], limits)
    if origin is tuple:
        value = [value] if isinstance(value, str) and "or_one" in limits else value
        if not isinstance(value, list) or not value:
            return f"must be a list with at least one entry, is {_shown(value)}"
        return next((p for v in value if (p := _problem(v, get_args(hint)[0], limits))), "")
    if origin is Mapping:
        if isinstance(value, dict) and all(isinstance(x, str) for pair in value.items() for x in pair):
            return ""
        return f"must map text to text, is {_shown(value)}"
    if origin is str:
        return _text_problem(value, limits)
    if origin is bool:
        return "" if isinstance(value, bool) else f"must be true or false, is {_shown(value)}"
    allowed: type | UnionType = int if origin is int else int | float
    if isinstance(value, bool) or not isinstance(value, allowed):
        return f"must be a {'whole ' if origin is int else ''}number, is {_shown(value)}"
    low, high = limits["low"], limits["high"]
    # Written so that .nan fails too.
    return "" if low <= value <= high else f"must be from {low} to {high}, is {_shown(value)}"


def _text_problem(value: Any, limits: Mapping[str, Any]) -> str:
    if not isinstance(value, str):
        return f"must be text, is {_shown(value)}; write it in quotes"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        return f"must be {limits['meaning']}, is {_shown(value)}"
    return ""


def _converted(value: Any, hint: Any) -> Any:
    """Give a checked value its exact type, so that ``1`` and ``1.0`` have one fingerprint."""
    if get_origin(hint) is tuple:
        return (value,) if isinstance(value, str) else tuple(value)
    return float(value) if hint is float else value


def _contradictions(config: Config) -> list[str]:
    found = []
    for smaller, larger in _ORDERED:
        low, high = _value_at(config, smaller), _value_at(config, larger)
        if low > high:
            found.append(f"{smaller}: {low} is more than {larger} ({high}); lower the one or raise the other")
    return found


def _value_at(config: Config, dotted: str) -> Any:
    value: Any = config
    for part in dotted.split("."):
        value = getattr(value, part)
    return value


def _suggestion(key: str, siblings: tuple[str, ...]) -> str:
    """Suggest a key of the same section or, failing that, of any other."""
    if close := _did_you_mean(key, siblings):
        return close
    elsewhere = {f.name: f.name for f in dataclasses.fields(Config)}
    for section, kind in get_type_hints(Config).items():
        if dataclasses.is_dataclass(kind):
            elsewhere |= {f.name: f"{section}.{f.name}" for f in dataclasses.fields(kind)}
    found = difflib.get_close_matches(key, tuple(elsewhere), n=1)
    return f' (did you mean "{elsewhere[found[0]]}"?)' if found else f" (known here: {', '.join(siblings)})"


def _did_you_mean(name: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
