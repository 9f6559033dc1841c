import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, BertConfig, BertModel

from summarize.training import examples as make
from summarize.training.examples import Example
from summarize.training.loop import batches, pad
from summarize.training.writer import Encoded, WriterRecipe, build_model, frequent_ids, train

SENTENCE = "The harbour of Port Ellery closed on Sunday, which hurt trade, after a storm hit the coast."


def test_views_lose_nothing_of_the_sentence() -> None:
    rng = random.Random(5)
    found = [make.views(SENTENCE, ["Another sentence of the same article."], rng) for _ in range(50)]
    made = [e for e in found if e]
    assert made
    for example in made:
        assert example.target == SENTENCE
        assert make.content(SENTENCE) <= make.content(" ".join(example.evidence))


def test_shortening_takes_a_clause_out_and_keeps_the_rest() -> None:
    made = {e.target for n in range(60) if (e := make.shortened(SENTENCE, random.Random(n)))}
    assert "The harbour of Port Ellery closed on Sunday after a storm hit the coast." in made or (
        "The harbour of Port Ellery closed on Sunday, which hurt trade." in made
    )
    assert all(make.is_grounded(target, [SENTENCE]) for target in made)


def test_a_headline_is_learned_only_from_a_lead_that_holds_its_words() -> None:
    lead = ["The northern bridge of Port Ellery was closed by a storm on Sunday."]
    assert make.headline("Storm closed Port Ellery bridge", lead) == Example(
        "headline", tuple(lead), "Storm closed Port Ellery bridge"
    )
    assert make.headline("Storm sinks Port Ellery ferry", lead) is None


def test_consolidation_keeps_pairs_that_say_no_more_than_the_sources() -> None:
    target = "A storm closed the northern bridge of Port Ellery and hurt its trade."
    sources = [
        "A storm closed the northern bridge of Port Ellery on Sunday.",
        "The closure hurt trade in Port Ellery.",
    ]
    found = make.consolidated(target, sources, random.Random(1))
    assert found is not None and set(found.evidence) == set(sources) and found.task == "fuse"
    assert make.consolidated(target.replace("trade", "tourism"), sources, random.Random(1)) is None


def test_a_consolidation_that_drops_a_negation_is_not_learned() -> None:
    source = "A storm has not closed the northern bridge of Port Ellery in the cold winter of this year."
    target = "A storm has closed the northern bridge of Port Ellery."
    assert make.consolidated(target, [source], random.Random(1)) is None


def test_the_rebuilt_encoder_computes_what_the_original_does() -> None:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=40, hidden_size=16, num_hidden_layers=6, num_attention_heads=4, intermediate_size=32
    )
    bert = BertModel(config, add_pooling_layer=False).eval()
    bart = build_model(bert).eval()
    ids = torch.tensor([[2, 7, 9, 11, 3]])
    with torch.no_grad():
        theirs = bert(input_ids=ids).last_hidden_state
        ours = bart.model.encoder(input_ids=ids).last_hidden_state
    assert torch.allclose(ours, theirs, atol=1e-3)  # the norms' epsilon differs


def test_batches_hold_every_example_once_per_pass() -> None:
    rows = [Encoded(np.arange(n + 3), np.array([n])) for n in range(10)]
    feed = batches(rows, 4, random.Random(1))
    seen = [int(e.target[0]) for _ in range(3) for e in next(feed)]
    assert sorted(seen) == list(range(10))


def test_rows_are_padded_with_zeros_and_counted() -> None:
    assert pad([np.array([5, 6]), np.array([7])]).tolist() == [[5, 6], [7, 0]]
    rows = [Encoded(np.array([1]), np.array(t)) for t in ([4, 4, 2], [4, 2, 9])]
    assert frequent_ids(rows, 2).tolist() == [4, 2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of the right layout with next to nothing in it."""
    article = {"title": "Storm closed Port Ellery harbour", "text": "\n".join([SENTENCE] * 3)}
    document = {"title": "t", "lead": SENTENCE, "full_text": SENTENCE}
    event = {"docs": [document, document]}
    files = {
        "news/articles.jsonl.xz": [article] * 25,
        "events/allsides_events_train.jsonl.xz": [event],
        "clusters/allsides_roundup_train.jsonl.xz": [
            {**event, "roundup": SENTENCE, "roundup_title": "Storm"}
        ],
        "fusion/points_of_correspondence.jsonl.xz": [
            {"sentence_1": "A b.", "sentence_2": "C d.", "fused": "A c."}
        ],
        "checks/nli_rte_train.jsonl.xz": [
            {"sentence": f"sentence 1: {SENTENCE}\nsentence 2: The harbour closed.", "label": "entailment"}
        ],
    }
    for name, records in files.items():
        put(tmp_path / name, "\n".join(map(json.dumps, records)))
    for name in ("tune", "validation"):
        put(tmp_path / f"fusion/wiki_split_{name}.tsv.xz", "It fell , and rose .\tIt fell . <::::> It rose .")
    (tmp_path / "pairs").mkdir()
    pairs = "Quality\ta\tb\tc\td\n1\t1\t2\tThe mill burned down.\tThe old mill burned down.\n"
    (tmp_path / "pairs" / "mrpc_msr-para-train.tsv").write_text(pairs, encoding="utf-8")
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(text + "\n")


def test_the_recipe_runs_resumes_and_leaves_a_model_that_loads(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    train(WriterRecipe(data, out, n_steps=1, batch_size=4))
    train(WriterRecipe(data, out, n_steps=2, batch_size=4))  # goes on from the checkpoint
    report = json.loads((out / "training.json").read_text(encoding="utf-8"))
    assert report["recipe"]["n_steps"] == 2 and report["test"]
    model = AutoModelForSeq2SeqLM.from_pretrained(out / "model", dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(out / "model")
    written = model.generate(**tokenizer("fuse: a storm .", return_tensors="pt"), max_new_tokens=3)
    assert written.shape[0] == 1
