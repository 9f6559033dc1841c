"""The language of articles: told where it is certain; what happens to those that the models don't know."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from summarize.config import load_config, override
from summarize.pipeline import summarize_folder
from summarize.reading import read
from summarize.reading.languages import is_known, language_of
from summarize.store import open_store
from tests import tiny_writers
from tests.jobs import Desk

SENTENCES = Path(__file__).parent / "cases" / "sentences"
ENGLISH = (
    "The harbour of Port Ellery reopened on Monday after repairs to both of its piers, which had been closed "
    "for a year. The mayor said that the town had waited long for this day. Ships from the islands will call "
    "again, and the fish market is to open in the week that follows."
)
QUOTATION = (
    "“Wir haben lange auf diesen Tag gewartet, und jetzt freuen wir uns, dass die Schiffe von den Inseln "
    "wieder in unseren Hafen kommen können”, sagte der Kapitän, der aus Bremen gekommen war, um dabei zu "
    "sein, und fügte hinzu, er werde mit der Mannschaft einige Tage im Ort bleiben, bevor es weitergeht."
)


@pytest.mark.parametrize("code", ["de", "fr", "es", "it", "pt", "nl"])
def test_news_in_six_languages_are_told_apart(code: str) -> None:
    assert language_of((SENTENCES / f"{code}.txt").read_text(encoding="utf-8")) == code


def test_english_is_told_without_loading_the_detector() -> None:
    code = (
        f"from summarize.reading.languages import language_of as f; import sys; assert f({ENGLISH!r}) == 'en'"
    )
    code += "; assert not [m for m in sys.modules if 'langid' in m]"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("text", ["", "Der Hafen ist wieder offen.", f"{ENGLISH} {QUOTATION}", "12 34 " * 90])
def test_short_mixed_and_wordless_texts_are_of_no_language(text: str) -> None:
    assert language_of(text) is None


def test_any_language_is_known_if_any_is_wanted() -> None:
    assert is_known("de", ("any",)) and is_known("de", ("en", "de")) and is_known(None, ("en",))
    assert not is_known("de", ("en",))


def german(n: str = "") -> str:
    return (SENTENCES / f"de{n}.txt").read_text(encoding="utf-8")


def test_an_article_that_the_models_do_not_know_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(german(), encoding="utf-8")
    (tmp_path / "c.txt").write_text(f"{ENGLISH}\n\n{QUOTATION}\n", encoding="utf-8")
    (tmp_path / "d.txt").write_text("Der Hafen ist nach dem Umbau wieder offen.\n", encoding="utf-8")
    reading = read(tmp_path, languages=("en",))
    assert [a.path for a in reading.articles] == ["a.txt", "c.txt", "d.txt"]
    assert [(f.path, f.reason) for f in reading.failures] == [
        (
            "b.txt",
            "in German (de), which the models are not made for; use --config multilingual, or set languages",
        )
    ]
    assert len(read(tmp_path).articles) == 4


def test_the_words_count_for_more_than_what_a_file_states(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"---\nlang: en-US\n---\n\n{german()}", encoding="utf-8")
    (tmp_path / "b.txt").write_text("---\nlang: de\n---\n\nDer Hafen ist wieder offen.\n", encoding="utf-8")
    found = [a.metadata.language for a in read(tmp_path).articles]
    assert [(n.value, n.where) for n in found if n] == [
        ("de", "the text, though front matter states en"),
        ("de", "front matter"),
    ]


def test_a_job_leaves_foreign_articles_out_and_remembers_their_language(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("a.txt", "The storm in Ohio has killed 12 people since Monday.")
    desk.put_bytes("b.txt", german().encode())
    brief = desk.run().brief
    assert brief is not None
    assert [a.path for a in brief.sources] == ["a.txt"]
    assert [f.path for f in brief.failures] == ["b.txt"]
    assert [a.arrived for a in brief.sources] == [brief.created]
    with open_store(desk.state) as store:
        assert [path for (path,) in store.rows("SELECT path FROM failure")] == ["b.txt"]


def test_a_brief_of_german_and_spanish_articles_cites_them(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("de", "de-2", "es", "es-2"):
        lines = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        (articles / f"{name}.txt").write_text(
            "\n\n".join(" ".join(lines[i : i + 4]) for i in (0, 4, 8)), encoding="utf-8"
        )
    config = load_config("multilingual")
    assert config.languages == ("any",)
    config = override(
        config,
        writer=str(tiny_writers.mt5(tmp_path / "writer")),
        embedder=str(tiny_embedder(tmp_path / "embedder")),
    )
    made = summarize_folder(articles, config, created=datetime(2020, 3, 6, tzinfo=UTC))
    assert not made.failures
    assert {a.metadata.language.value for a in made.sources if a.metadata.language} == {"de", "es"}
    text_of = {a.id: a.text for a in made.sources}
    cited = [e for t in made.topics for c in t.claims for e in c.evidence]
    assert cited
    assert all(text_of[e.source][e.start : e.end] == e.text for e in cited)


def tiny_embedder(folder: Path) -> Path:
    """Build a random sentence-transformers model with a multilingual tokenizer."""
    folder.mkdir()
    tokenizer = tiny_writers.sentencepiece_t5()
    torch.manual_seed(8)
    BertModel(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=512,
        )
    ).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    for name, value in (
        ("modules.json", [{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}]),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": True}),
        ("sentence_bert_config.json", {"max_seq_length": 256}),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    return folder
