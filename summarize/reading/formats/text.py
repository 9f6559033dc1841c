"""Plain text and Markdown inside archives; beside them such files are decoded without a worker."""

from __future__ import annotations

from summarize.config import ReadConfig
from summarize.reading.decoding import decode_text
from summarize.reading.formats.contents import Contents, single


def extract(data: bytes, name: str, options: ReadConfig) -> Contents:
    """Decode a text.

    :raises InputError: if the bytes are no text.
    """
    return single(decode_text(data, name), "text")
