"""What a seq2seq model expects of its input, and how it is asked to write.

Values only: importing this module loads no deep-learning library, so the configuration can be
checked without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from summarize.errors import ConfigError

Grounding = Literal["strict", "soft", "off"]
GlobalAttention = Literal["none", "first", "separators"]
Softmax = Literal["vocabulary", "evidence"]

_CHOICES = {
    "grounding": ("strict", "soft", "off"),
    "global_attention": ("none", "first", "separators"),
    "softmax": ("vocabulary", "evidence"),
}


@dataclass(frozen=True, slots=True)
class Convention:
    """How evidence becomes one input text, and what to undo in the output.

    ``prefixes`` pairs a task's name with its prefix; ``prefix`` serves all other tasks.
    ``line_break`` is a word that the model writes for a new line, such as PEGASUS' ``<n>``.
    ``softmax`` says over which tokens probabilities were learnt: the whole vocabulary, or the words
    of a batch, for which those of the evidence and the function words stand under strict grounding.
    Only then decoding can do without the rest of the vocabulary, which is much faster.
    """

    prefix: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    separator: str = " "
    global_attention: GlobalAttention = "none"
    line_break: str = ""
    softmax: Softmax = "vocabulary"
    max_source_tokens: int | None = None

    def prefix_of(self, task: str | None) -> str:
        """Return the prefix that names a task to the model."""
        return dict(self.prefixes).get(task or "", self.prefix)

    def source(self, evidence: Sequence[str], task: str | None = None) -> str:
        """Join the evidence into the model's input; line breaks inside a piece become spaces."""
        return self.prefix_of(task) + self.separator.join(" ".join(piece.split()) for piece in evidence)


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """Everything but the model itself that decides what is written.

    ``max_source_tokens`` overrides the convention's; both are capped by the model's own limit.
    Cut source text is text that the writer doesn't see, so evidence should come best first.
    """

    n_beams: int = 8
    n_candidates: int = 8
    batch_size: int = 12  # groups of evidence
    max_source_tokens: int | None = None
    min_tokens: int = 0
    max_tokens: int = 96
    length_penalty: float = 1.0
    no_repeat_ngram_size: int = 0  # words' tokens; 0 means off
    grounding: Grounding = "strict"
    device: str = "auto"
    dtype: str = "auto"
    convention: Convention = Convention()

    def __post_init__(self) -> None:
        problems = [
            f"writer.{name}: must be at least 1, is {getattr(self, name)}"
            for name in ("n_beams", "n_candidates", "batch_size", "max_tokens")
            if getattr(self, name) < 1
        ]
        if self.min_tokens > self.max_tokens:
            problems.append(f"writer.min_tokens: {self.min_tokens} is more than max_tokens {self.max_tokens}")
        for owner in (self, self.convention):
            problems += [
                f"writer.{name}: must be one of {', '.join(choices)}, is {getattr(owner, name)!r}"
                for name, choices in _CHOICES.items()
                if hasattr(owner, name) and getattr(owner, name) not in choices
            ]
        if problems:
            raise ConfigError("\n".join(problems))


EMBEDDED = Convention(
    prefixes=(
        ("fuse", "fuse: "),
        ("digest", "digest: "),
        ("shorten", "shorten: "),
        ("headline", "headline: "),
    ),
    prefix="fuse: ",
    separator=" [SEP] ",
    softmax="evidence",
    max_source_tokens=256,
)
"""The convention of the writer in ``models/writer``."""

_CONVENTION_KEYS = frozenset(f.name for f in fields(Convention))
_OPTION_KEYS = frozenset(f.name for f in fields(WriterOptions)) - {"convention"}
_OTHER_KEYS = frozenset({"model", "unit"})


def options_from(settings: Any) -> WriterOptions:
    """Build the options from the ``writer`` part of a configuration.

    :param settings: a mapping or a dataclass with the keys of the configuration file.

    :raises ConfigError: if a key is unknown or a value is out of range; all problems at once.
    """
    if isinstance(settings, Mapping):
        writer = dict(settings)
    else:
        writer = {f.name: getattr(settings, f.name) for f in fields(settings)}
    unknown = sorted(set(writer) - _CONVENTION_KEYS - _OPTION_KEYS - _OTHER_KEYS)
    if unknown:
        raise ConfigError("\n".join(f"writer.{key}: no such key" for key in unknown))
    given = {key: value for key, value in writer.items() if key in _CONVENTION_KEYS}
    if "prefixes" in given:
        given["prefixes"] = tuple(sorted(dict(given["prefixes"]).items()))
    options = {k: v for k, v in writer.items() if k in _OPTION_KEYS and k != "max_source_tokens"}
    return WriterOptions(**options, convention=Convention(**given))
