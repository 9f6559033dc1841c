"""Work that is not done twice: vectors, profiles, wordings and the like, kept under what decides them.

Contract: each stands in for a model or a step, and gives what that one would give. A key covers the
input, the model's signature and the program's own code, so that nothing outlives a change. Vectors,
profiles and matches are kept as they are made; wordings and verdicts only with the run that asked for
them, because wordings depend a little on what else is in their batch, and a run that begins again must
meet the same.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import summarize
from summarize.analysis import Matching, Pairs, Profiling, Splitting
from summarize.errors import SummarizeError
from summarize.language import Opening, Quantity
from summarize.loading import Models
from summarize.novelty import words_hash
from summarize.profiles import Figure, Mention, Profile, Token
from summarize.reading.cleaning import Cleaned
from summarize.reading.extraction import Extracted
from summarize.reading.headers import Header
from summarize.reading.study import Study, Studying
from summarize.store import Store
from summarize.store.matches import carried, packed_matches
from summarize.types import Article, Candidate, Checker, Embedder, Sentence, Span, Verdict, Writer

_BATCHES = 8  # whose vectors are written at once; fewer would leave batches of few texts of one length
_ALLOWED: dict[tuple[str, str], Any] = {
    (c.__module__, c.__qualname__): c
    for c in (
        Profile,
        Token,
        Mention,
        Figure,
        Quantity,
        Opening,
        Candidate,
        Verdict,
        Study,
        Cleaned,
        Header,
        Span,
        date,
        frozenset,
    )
}


class Cache:
    """Values by kind and key."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[tuple[str, bytes], bytes] = {}
        self._used: set[tuple[str, bytes]] = set()
        self._put_off: list[tuple[str, list[tuple[object, ...]]]] = []
        self.n_embedded = 0

    def find(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is known of some keys."""
        wanted = list(dict.fromkeys(keys))
        self._used |= {(kind, k) for k in wanted}
        found = {k: self._pending[kind, k] for k in wanted if (kind, k) in self._pending}
        asked = self._store.rows_of(
            "SELECT key, value FROM cache WHERE kind = ? AND key IN (?)", wanted, kind
        )
        return found | dict(asked)

    def keep(self, kind: str, values: dict[bytes, bytes]) -> None:
        """Remember values at once."""
        with self._store.transaction():
            self._write((kind, k, v) for k, v in values.items())

    def replace(self, kind: str, values: Mapping[bytes, bytes]) -> None:
        """Remember values at once, instead of those that the keys had."""
        with self._store.transaction():
            self._store.write_all(
                "DELETE FROM cache WHERE kind = ? AND key = ?", [(kind, key) for key in values]
            )
            self._write((kind, k, v) for k, v in values.items())

    def hold(self, kind: str, values: dict[bytes, bytes]) -> None:
        """Remember values until :meth:`commit` writes them."""
        self._pending |= {(kind, k): v for k, v in values.items()}

    def unpacked(self, data: bytes) -> Any:
        """Read a value back.

        :raises StoreError: if it was damaged.
        """
        try:
            return unpacked(data)
        except SummarizeError as error:
            raise self._store.damaged() from error

    def put_off(self, query: str, rows: list[tuple[object, ...]]) -> None:
        """Leave a statement, with its rows, until :meth:`commit` runs it."""
        self._put_off.append((query, rows))

    def commit(self) -> None:
        """Write what is held, run what was put off, prune what is not needed; in the caller's transaction."""
        for query, rows in self._put_off:
            self._store.write_all(query, rows)
        self._put_off = []
        self._write((kind, k, v) for (kind, k), v in self._pending.items())
        self._pending = {}
        self._prune()

    def _prune(self) -> None:
        """Forget what this run did not ask for, once that is more than what it did.

        Not sooner, so that articles that are away for a day cost nothing when they are back.
        """
        ((n_rows,),) = self._store.rows("SELECT count(*) FROM cache")
        if n_rows <= 2 * len(self._used):
            return
        rows = self._store.rows("SELECT rowid, kind, key FROM cache")
        unused = [(row,) for row, *name in rows if tuple(name) not in self._used]
        self._store.write_all("DELETE FROM cache WHERE rowid = ?", unused)

    def _write(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        self._store.write_all("INSERT OR IGNORE INTO cache (kind, key, value) VALUES (?, ?, ?)", rows)


class CachedEmbedder:
    """An :class:`~summarize.types.Embedder` that embeds each text once."""

    def __init__(self, cache: Cache, model: Embedder, batch_size: int) -> None:
        self._cache, self._model, self._batch_size = cache, model, batch_size
        self.signature = model.signature

    def embed(self, texts: list[str]) -> np.ndarray:
        """Return unit rows, float32, shape (len(texts), dim)."""
        keys = {text: key_of(self.signature, text) for text in texts}
        known = self._cache.find("vector", keys.values())
        missing = sorted((t for t, k in keys.items() if k not in known), key=lambda t: (len(t), t))
        # Some batches at a time: a run that is cut off keeps what it did.
        step = _BATCHES * self._batch_size
        for at in range(0, len(missing), step):
            part = missing[at : at + step]
            rows = self._model.embed(part)
            made = {keys[t]: row.astype(np.float32).tobytes() for t, row in zip(part, rows, strict=True)}
            self._cache.keep("vector", made)
            known |= made
            self._cache.n_embedded += len(part)
        if not texts:
            return self._model.embed([])
        return np.stack([np.frombuffer(known[keys[t]], dtype=np.float32) for t in texts])


class CachedWriter:
    """A :class:`~summarize.types.Writer` that words the same evidence once."""

    def __init__(self, cache: Cache, model: Writer) -> None:
        self._cache, self._model = cache, model
        self.signature = model.signature

    def write(self, evidence: list[tuple[str, ...]], task: str | None = None) -> list[tuple[Candidate, ...]]:
        """Return candidates, best first, for each group of evidence."""
        keys = {group: key_of(self.signature, task or "", *group) for group in evidence}
        found = self._cache.find("wording", keys.values())
        missing = [group for group in dict.fromkeys(evidence) if keys[group] not in found]
        if missing:
            written = self._model.write(missing, task=task)
            made = {keys[g]: packed(tuple(w)) for g, w in zip(missing, written, strict=True)}
            self._cache.hold("wording", made)
            found |= made
        return [self._cache.unpacked(found[keys[group]]) for group in evidence]


class CachedChecker:
    """A :class:`~summarize.types.Checker` that judges the same claim once."""

    def __init__(self, cache: Cache, model: Checker) -> None:
        self._cache, self._model = cache, model
        self.signature = model.signature

    def check(self, claim: str, evidence: tuple[str, ...]) -> Verdict:
        """Return the verdict on one claim against all of its evidence."""
        key = key_of(self.signature, claim, *evidence)
        known = self._cache.find("verdict", [key])
        if key in known:
            verdict: Verdict = self._cache.unpacked(known[key])
            return verdict
        made = self._model.check(claim, evidence)
        self._cache.hold("verdict", {key: packed(made)})
        return made


def remembering(models: Models, cache: Cache, batch_size: int) -> Models:
    """Let models answer from the cache what they were asked before."""
    return replace(
        models,
        embedder=CachedEmbedder(cache, models.embedder, batch_size),
        writer=CachedWriter(cache, models.writer),
        checker=CachedChecker(cache, models.checker),
    )


class Remembered:
    """What was worked out of articles before; see :class:`~summarize.analysis.Recall`."""

    def __init__(self, store: Store, cache: Cache) -> None:
        self._store, self._cache = store, cache

    def studies(
        self, texts: Mapping[str, Extracted], capitalised: Set[str], make: Studying
    ) -> dict[str, Study]:
        """Return the study of each text, by its key, made again if other articles now tell otherwise."""
        keys = {name: key_of(name) for name in texts}
        stored = self._cache.find("study", keys.values())
        found: dict[str, Study] = {}
        made: dict[bytes, bytes] = {}
        for name, extracted in texts.items():
            known = self._cache.unpacked(stored[keys[name]]) if keys[name] in stored else None
            found[name] = known if known and known.holds(capitalised) else make(extracted)
            if found[name] is not known:
                made[keys[name]] = packed(found[name])
        self._cache.replace("study", made)
        return found

    def sentences(self, articles: Sequence[Article], split: Splitting) -> tuple[Sentence, ...]:
        """Return the sentences of articles, split once for each content and body."""
        bodies = dict(
            self._store.rows_of(
                "SELECT sha256, body FROM segmentation WHERE sha256 IN (?)", (a.sha256 for a in articles)
            )
        )
        known = [a for a in articles if bodies.get(a.sha256) == _body(a)]
        stored = self._stored({a.sha256 for a in known})
        found: list[Sentence] = []
        fresh: dict[str, tuple[Article, tuple[Sentence, ...]]] = {}
        for article in articles:
            if article.sha256 in stored:
                found += [
                    Sentence(article.id, place, paragraph, start, end, article.text[start:end])
                    for place, paragraph, start, end in stored[article.sha256]
                ]
            else:
                own = split(article)
                fresh[article.sha256] = article, own
                found += own
        if fresh:
            self._keep(fresh)
        return tuple(found)

    def profiles(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], make: Profiling
    ) -> tuple[Profile, ...]:
        """Return the profile of each sentence, made once for each text and date of publication."""
        keys = [key_of(s.text, str(articles[s.article].published)) for s in sentences]
        known = {k: self._cache.unpacked(v) for k, v in self._cache.find("profile", keys).items()}
        made = {}
        for key, sentence in zip(keys, sentences, strict=True):
            if key not in known:
                known[key] = make(sentence, articles[sentence.article])
                made[key] = packed(known[key])
        if made:
            self._cache.keep("profile", made)
        return tuple(known[key] for key in keys)

    def matches(
        self, sentences: Sequence[Sentence], articles: Mapping[int, Article], settings: str, match: Matching
    ) -> Pairs:
        """Return the pairs that state the same thing; what the last run compared is not compared again."""
        n_seen: Counter[tuple[str, date | None]] = Counter()
        keys = []
        for sentence in sentences:
            own = sentence.text, articles[sentence.article].published
            n_seen[own] += 1
            keys.append(key_of(own[0], str(own[1]), str(n_seen[own])))
        name = key_of(settings)
        stored = self._cache.find("matches", [name]).get(name)
        if stored is None:
            pairs, fresh = match(None), list(range(len(keys)))
        else:
            pairs, fresh = carried(stored, keys)
            pairs |= match(fresh)
        if fresh:
            self._cache.replace("matches", {name: packed_matches(keys, pairs)})
        return pairs

    def _stored(self, hashes: set[str]) -> dict[str, list[tuple[int, int, int, int]]]:
        found: dict[str, list[tuple[int, int, int, int]]] = {sha256: [] for sha256 in hashes}
        rows = self._store.rows_of(
            "SELECT sha256, place, paragraph, start, end FROM sentence WHERE sha256 IN (?) ORDER BY place",
            hashes,
        )
        for sha256, *place in rows:
            found[str(sha256)].append(tuple(place))
        return found

    def _keep(self, fresh: Mapping[str, tuple[Article, tuple[Sentence, ...]]]) -> None:
        """Keep sentences: at once, but with the run where a finished one knew others of the article.

        An article's body can change with the others beside it. If the run were cut off, the next one would
        take the sentences that are new in it for known.
        """
        finished = self._store.rows_of(
            "SELECT sha256 FROM article WHERE run IS NOT NULL AND sha256 IN (?)", fresh
        )
        again = {str(sha256) for (sha256,) in finished}
        for query, rows in _statements({h: own for h, own in fresh.items() if h in again}):
            self._cache.put_off(query, rows)
        with self._store.transaction():
            for query, rows in _statements({h: own for h, own in fresh.items() if h not in again}):
                self._store.write_all(query, rows)


def _statements(
    fresh: Mapping[str, tuple[Article, tuple[Sentence, ...]]],
) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return what writes the sentences of articles in place of earlier ones."""
    return [
        ("DELETE FROM sentence WHERE sha256 = ?", [(sha256,) for sha256 in fresh]),
        (
            "INSERT INTO sentence (sha256, place, paragraph, start, end, hash) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (sha256, s.order, s.paragraph, s.start, s.end, words_hash(s.text))
                for sha256, (_, own) in fresh.items()
                for s in own
            ],
        ),
        (
            "INSERT OR REPLACE INTO segmentation (sha256, body) VALUES (?, ?)",
            [(sha256, _body(article)) for sha256, (article, _) in fresh.items()],
        ),
    ]


def _body(article: Article) -> bytes:
    """Return what decides an article's sentences beside its text."""
    return key_of(*(f"{span.start}-{span.end}" for span in article.body))


def key_of(*parts: str) -> bytes:
    """Return 16 bytes that stand for some texts and for the code that works on them."""
    digest = hashlib.sha256(code_fingerprint())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.digest()[:16]


@cache
def code_fingerprint() -> bytes:
    """Return a hash of the package's own modules: what other code worked out is not used."""
    root = Path(summarize.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda p: p.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> Any:
    """Read a value back.

    :raises SummarizeError: if it holds anything but what is kept here.
    """
    try:
        return _Reader(io.BytesIO(zlib.decompress(data))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, ValueError, TypeError, AttributeError) as error:
        raise SummarizeError(f"the state's cache can't be read ({error})") from error


class _Reader(pickle.Unpickler):
    """Makes nothing but the few value classes that are kept: a state file can run no code."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed") from None
