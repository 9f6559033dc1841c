"""Genre: which articles argue, which sentences are their authors' opinions, and how that is learnt."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from summarize import genre, resources
from summarize.config import load_config
from summarize.errors import ModelError
from summarize.genre import Genre, argumentation, is_labelled, is_own, load_genre, opinions
from summarize.loading import load_embedder_of
from summarize.training import genre as training
from summarize.types import Article, Metadata, Noted
from tests.builders import article
from tests.scripted import HashedEmbedder, analysis

REPORT = [
    "The council of Lowhaven closed the northern bridge on Monday.",
    "Mayor Ann Hill said that it would open again in May.",
    "A spokesman for the police said that nobody was hurt.",
    "Engineers found nine cracks in two of the pillars.",
    "“We will repair all of them,” Ben Roe told reporters.",
    "The bridge was built in 1971 by a firm of Port Ellery.",
    "Two ferries will cross the river every hour until then.",
    "The council will vote on the costs in two weeks.",
    "Roe said that the work would cost nine million pounds.",
]
COLUMN = [
    "We should never have closed the northern bridge.",
    "Nobody should decide that without you and me.",
    "Clearly, the council does not care about any of us.",
    "I find all of this simply absurd.",
    "Let us not forget that they can't count and don't want to.",
    "Of course, you must not expect any better of them.",
    "We really must ask for our money back.",
    "The mayor really should go, and she ought to go now.",
    "The bridge was built in 1971 by a firm of Port Ellery.",
]


def test_an_article_that_asks_demands_and_judges_argues() -> None:
    assert argumentation(COLUMN) > genre.ARGUES
    assert argumentation(REPORT) < 0
    assert argumentation(COLUMN[:3]) == -np.inf  # too few to tell


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        ("", None, "https://lowhaven.example/opinion/2020/bridge"),
        ("", "Opinion: The bridge must open", None),
        ("", "The bridge must open | Commentary", None),
        ("", "The bridge must open - The Lowhaven Echo Opinions", None),
        ("", None, "https://lowhaven.example/opinion.html"),
        ("OPINION\n\n", None, None),
        ("The views expressed in this column are the author's own.\n\n", None, None),
    ],
)
def test_a_label_makes_an_article_an_opinion(text: str, title: str | None, url: str | None) -> None:
    told = "The bridge is closed."
    stated = Metadata(url=Noted(url, "front matter")) if url else Metadata()
    assert is_labelled(labelled(text, told, title, stated))


def test_a_word_in_a_title_or_a_text_is_no_label() -> None:
    told = "The views expressed by the judge were read out. His opinion runs to nine pages."
    stated = Metadata(url=Noted("https://lowhaven.example/news/opinion-polls", "front matter"))
    court = Metadata(url=Noted("https://www.supremecourt.example/opinions/1392", "front matter"))
    assert not is_labelled(labelled("", told, None, court))
    bad = Metadata(url=Noted("http://[bad/news", "front matter"))
    assert not is_labelled(labelled("", told, None, bad))
    for title in (None, "Court publishes its opinion", "Opinion polls put Hill ahead"):
        assert not is_labelled(labelled("", told, title, stated))
    assert not is_labelled(labelled("News\nOpinion\nSport\n\n", told, None, stated))  # a menu
    footer = "The opinions expressed in comments are those of their authors."
    assert not is_labelled(labelled("", f"{told} {footer}", None, stated))


def labelled(head: str, told: str, title: str | None, stated: Metadata) -> Article:
    text = head + told
    found = article(told, title=title, metadata=stated)
    body = tuple(type(s)(s.start + len(head), s.end + len(head)) for s in found.body)
    return article(text, title=title, metadata=stated, body=body)


def test_what_somebody_is_quoted_or_reported_with_is_not_the_authors() -> None:
    assert is_own("The mayor should go.") and is_own("The “bad” mayor should go.")
    assert not is_own("“The mayor should go at once,” Roe added.")
    assert not is_own("Roe said that the mayor should go.")


def told(*texts: list[str], same_story: bool = True, model: Genre | None = None) -> set[str]:
    """Return the sentences of articles that are their authors' opinions."""
    sources = [article(" ".join(t), n, origin=n) for n, t in enumerate(texts, start=1)]
    found = analysis(*sources)
    story_of = {a.id: 0 if same_story else a.id for a in sources}
    these = opinions(found.sentences, found.vectors, found.articles, story_of, model)
    return {s.text for s in found.sentences if (s.article, s.order) in these.places}


def test_of_an_article_that_argues_nothing_is_told_in_its_own_words_where_another_one_reports() -> None:
    assert told(REPORT, COLUMN) == set(COLUMN)
    assert told(REPORT, COLUMN, same_story=False) == set()
    assert told(COLUMN) == set()
    assert told(REPORT, COLUMN, COLUMN) == set()  # there the opinions are the story
    assert told(REPORT) == set()


def test_an_article_without_sentences_has_no_story() -> None:
    found = analysis(article(" ".join(REPORT), 1))
    every = {**found.articles, 2: article("Menu", 2)}
    assert opinions(found.sentences, found.vectors, every, {1: 0}, None).articles == frozenset()


def test_with_a_model_plain_facts_stay_and_single_sentences_of_reports_go() -> None:
    embedder = HashedEmbedder()
    fact, judged = COLUMN[-1], REPORT[0]
    vectors = embedder.embed([*COLUMN[:-1], fact, *REPORT])
    wanted = np.array([9.0] * (len(COLUMN) - 1) + [-9.0] + [9.0] + [-9.0] * (len(REPORT) - 1))
    values = np.linalg.lstsq(vectors, wanted, rcond=None)[0]
    found = told(REPORT, COLUMN, model=Genre(0.0, values, ""))
    assert found == {*COLUMN[:-1], judged}


def test_the_more_a_report_argues_the_less_a_sentence_of_it_may() -> None:
    embedder = HashedEmbedder()
    report = [f"Hill closed bridge {n} of the harbour on Monday." for n in range(19)]
    doubtful = "The northern bridge should never have been closed."

    def told(chance: float) -> tuple[bool, bool]:
        """Tell whether a sentence with a chance of one half, and the title, may be used."""
        vectors = embedder.embed([*report, doubtful])
        odds = np.log(chance / (1 - chance))
        values = np.linalg.lstsq(vectors, np.array([odds] * len(report) + [0.0]), rcond=None)[0]
        found = analysis(article(" ".join([*report, doubtful])))
        these = opinions(found.sentences, found.vectors, found.articles, {1: 0}, Genre(0.0, values, ""))
        return (1, len(report)) not in these.places, not these.slanted

    assert told(0.02) == (True, True)
    assert told(0.15) == (False, False)


def test_the_shipped_weights_tell_comment_from_report() -> None:
    model = load_genre(resources.models_dir() / "genre" / "weights.json")
    texts = [
        "The council of Lowhaven closed the northern bridge on Monday.",
        "This is not a campaign strategy for the squeamish, and it will stain the party for ever.",
    ]
    assert abs(model.values).max() < 50  # no dimension that is 0 but for rounding decides
    report, comment = model.chances(load_embedder_of(load_config()).embed(texts))
    assert report < genre.FACTUAL < genre.OPINION < comment


@pytest.mark.parametrize("stored", ["{", '{"features": ["vector of another"], "bias": 0, "values": []}'])
def test_weights_that_are_none_say_so(tmp_path: Path, stored: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(stored, encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.json: is no genre model of this version"):
        load_genre(path)


def test_what_is_trained_can_be_loaded_and_knows_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(texts: list[str], section: str) -> dict[str, str]:
        return {
            "title": "The bridge",
            "source": "The Lowhaven Echo",
            "url": f"https://lowhaven.example/{section}/bridge",
            "full_text": "\n".join(texts),
        }

    reports = [t for t in REPORT if is_own(t)]
    events = [{"docs": [record(COLUMN[:-1] * 2, "opinion"), record(REPORT * 2, "news")]} for _ in range(10)]
    path = tmp_path / training.EVENTS
    path.parent.mkdir(parents=True)
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(e) + "\n" for e in events)
    monkeypatch.setattr(training, "load_embedder_of", lambda config: HashedEmbedder())
    training.train(training.GenreRecipe(tmp_path, tmp_path / "out"))
    model = load_genre(tmp_path / "out" / "weights.json")
    column, report = (HashedEmbedder().embed(t) for t in (COLUMN[3:5], reports))
    assert model.chances(column).min() > 0.5 > model.chances(report).max()
