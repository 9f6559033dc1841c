"""Load the models that a configuration names; the only place that turns "embedded" into a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nltk.tokenize.punkt import PunktSentenceTokenizer

from summarize import resources
from summarize.config import Config
from summarize.drafting import Drafter, load_drafter
from summarize.embedding import load_embedder
from summarize.genre import Genre, load_genre
from summarize.matching import Matcher, load_matcher
from summarize.ranking import Ranker, load_ranker
from summarize.segmentation import load_tokenizer
from summarize.types import Checker, Embedder, PairReader, Writer


@dataclass(frozen=True, slots=True)
class Models:
    """Everything that was learned, and the checker."""

    splitter: PunktSentenceTokenizer
    embedder: Embedder
    writer: Writer
    checker: Checker
    ranker: Ranker
    matcher: Matcher | None = None  # without one, counts tell what is the same
    genre: Genre | None = None  # made for the embedded embedder alone
    drafter: Drafter | None = None  # without one, sentences are chosen one after the other
    reader: PairReader | None = None  # without one, the matcher decides alone


def load_models(config: Config) -> Models:
    """Load everything a brief needs; checksums of shipped models are verified once.

    :raises ModelError: if a model is missing, corrupt or can't be reached.
    """
    return Models(
        splitter=load_splitter(),
        embedder=load_embedder_of(config),
        writer=_load_writer(config),
        checker=_load_checker(),
        ranker=load_ranker(resources.verify("ranker") / "weights.json"),
        matcher=load_the_matcher(),
        genre=_load_genre() if config.embedder.model == "embedded" else None,
        drafter=load_drafter(resources.verify("drafter") / "weights.json"),
        reader=load_reader(config.deduplicate.cross_encoder),
    )


def load_splitter() -> PunktSentenceTokenizer:
    """Load the sentence splitter.

    :raises ModelError: if it is missing or corrupt.
    """
    return load_tokenizer(resources.verify("punkt") / "parameters.json")


def load_the_matcher() -> Matcher:
    """Load the matcher.

    :raises ModelError: if it is missing or corrupt.
    """
    return load_matcher(resources.verify("matcher") / "weights.json")


def load_reader(name: str) -> PairReader | None:
    """Load the cross-encoder that reads what the matcher is in doubt of.

    :param name: ``none``, or hub name or path of the encoder that it rests on.
    :raises ModelError: if that can't be reached or is another one, or if its corrections are corrupt.
    """
    if name == "none":
        return None
    from summarize.cross_encoder import load_cross_encoder

    folder = resources.verify("cross-encoder")
    return load_cross_encoder(name, folder, resources.find_model("cross-encoder").signature)


def _load_genre() -> Genre:
    return load_genre(resources.verify("genre") / "weights.json")


def load_embedder_of(config: Config) -> Embedder:
    """Load the embedder that a configuration names.

    :raises ModelError: if it is missing, corrupt or can't be reached.
    """
    name, fingerprint = config.embedder.model, None
    if name == "embedded":
        name = str(resources.verify("embedder"))
        fingerprint = resources.EMBEDDER
    return load_embedder(
        name, batch_size=config.embedder.batch_size, dtype=config.embedder.dtype, fingerprint=fingerprint
    )


def _load_checker() -> Checker:
    from summarize.checking.entailment import TrainedChecker, load_support

    return TrainedChecker(
        load_support(resources.verify("checker")), resources.find_model("checker").signature
    )


def _load_writer(config: Config) -> Writer:
    from summarize.writing import EMBEDDED, load_writer, options_from

    options = options_from(config.writer)
    if config.writer.model != "embedded":
        return load_writer(config.writer.model, options)
    folder = resources.verify("writer")
    fingerprint = resources.find_model("writer").signature
    return load_writer(str(folder), replace(options, convention=EMBEDDED), fingerprint=fingerprint)
