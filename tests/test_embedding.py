import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, BertTokenizer

from summarize.embedding import load_embedder, pool
from summarize.errors import ModelError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"the a harbour bridge closed fire mill .".split()]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random sentence-transformers model of a few kilobytes."""
    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    write(
        folder,
        "modules.json",
        [{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}],
    )
    write(folder, "1_Pooling/config.json", {"pooling_mode_mean_tokens": True})
    write(folder, "sentence_bert_config.json", {"max_seq_length": 16})
    return folder


def write(folder: Path, name: str, value: object) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(value), encoding="utf-8")


def test_pooling_leaves_padding_out() -> None:
    hidden = torch.tensor([[[1.0, 2.0], [3.0, 6.0], [9.0, 9.0]]])
    mask = torch.tensor([[1, 1, 0]])
    assert pool(hidden, mask, "mean").tolist() == [[2.0, 4.0]]
    assert pool(hidden, mask, "max").tolist() == [[3.0, 6.0]]
    assert pool(hidden, mask, "cls").tolist() == [[1.0, 2.0]]


def test_rows_are_unit_vectors_in_the_order_of_the_texts(tiny: Path) -> None:
    embedder = load_embedder(str(tiny), dtype="float32")
    texts = ["the harbour bridge closed .", "a fire .", "the mill"]
    rows = embedder.embed(texts)
    assert rows.shape == (3, 8) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.array_equal(embedder.embed(texts[::-1]), rows[::-1])
    assert np.array_equal(embedder.embed([texts[1]] * 2)[0], embedder.embed([texts[1]] * 2)[1])


def test_a_vector_does_not_depend_on_the_texts_beside_it(tiny: Path) -> None:
    embedder = load_embedder(str(tiny), dtype="bfloat16")
    short, long = "a fire .", "the harbour bridge closed . the mill . a fire . the harbour closed ."
    alone, beside = embedder.embed([short]), embedder.embed([long, short, *["the mill"] * 70])
    assert np.array_equal(alone[0], beside[1])


def test_a_text_of_more_tokens_than_the_model_takes_is_cut(tiny: Path) -> None:
    embedder = load_embedder(str(tiny), dtype="float32")
    words = "the harbour bridge closed . a fire .".split() * 4
    assert np.array_equal(embedder.embed([" ".join(words)]), embedder.embed([" ".join(words[:14])]))


def test_no_texts_give_no_rows(tiny: Path) -> None:
    assert load_embedder(str(tiny)).embed([]).shape == (0, 8)


def test_a_missing_model_is_named_with_the_alternative() -> None:
    with pytest.raises(ModelError, match=r'embedder "nobody/nothing".*--embedder embedded'):
        load_embedder("nobody/nothing")


def test_a_model_with_unknown_modules_is_refused(tiny: Path, tmp_path: Path) -> None:
    for file in tiny.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    write(tmp_path, "modules.json", [{"path": "2_Dense", "type": "x.Dense"}])
    with pytest.raises(ModelError, match="modules Dense are not supported"):
        load_embedder(str(tmp_path))
