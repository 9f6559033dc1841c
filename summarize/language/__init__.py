"""Shallow analysis of one English sentence: words, quantities, names, speech, and what it leans on.

Contract: pure functions of the given string; all offsets refer to it; no text in any language makes
them fail. Knows nothing of articles, facts or models.
"""

from __future__ import annotations

from summarize.language.asides import asides, core, without
from summarize.language.calendar import months, weekdays
from summarize.language.connectives import Opening, without_connectives
from summarize.language.names import Name, misnames, names
from summarize.language.openings import openings, opens_dependent
from summarize.language.quantities import Quantity, quantities
from summarize.language.quotations import has_unbalanced_quotes, misquotes, quotable, quotations
from summarize.language.speech import (
    REPORTING_VERBS,
    Report,
    attributions,
    denials,
    hedges,
    negations,
    reports,
)
from summarize.language.tokens import FUNCTION_WORDS, Word, content_stems, is_content, stem, words

__all__ = [
    "FUNCTION_WORDS",
    "REPORTING_VERBS",
    "Name",
    "Opening",
    "Quantity",
    "Report",
    "Word",
    "asides",
    "attributions",
    "content_stems",
    "core",
    "denials",
    "has_unbalanced_quotes",
    "hedges",
    "is_content",
    "misnames",
    "misquotes",
    "months",
    "names",
    "negations",
    "openings",
    "opens_dependent",
    "quantities",
    "quotable",
    "quotations",
    "reports",
    "stem",
    "weekdays",
    "without",
    "without_connectives",
    "words",
]
