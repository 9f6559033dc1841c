"""What errors are planted in: sentences with their surroundings, of unseen news or of a brief.

Everything here is found with expressions of their own, apart from the checker's, so that an error is not
planted only where the checker knows to look.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarize.evaluation.bench import Bench
from summarize.training.corpus import TEST_SHARE, sentences_of
from summarize.training.data import is_test, read_jsonl
from summarize.training.examples import is_good_sentence

ARTICLES = "news/articles.jsonl.xz"
_ENGLISH = re.compile(r"\b(?:the|a|an|of|to|in|and)\b")
_FULL_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]+ (?:[A-Z]\. )?(?:Mc|O['’]|De|Mac)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b"
)
# Capitalised pairs that are no people, by either of their words.
_IMPERSONAL = frozenset(
    """
    White House Senate Supreme Court Department State States Party Street City County Committee
    University News Times Post Journal Press Act Republican Republicans Democrat Democrats Democratic
    American New North South East West San Los Las United National Federal Homeland Security Justice
    Middle Wall Capitol Hill Twitter Facebook Fox Associated President Secretary Senator Governor Chief
    General Attorney Representative Speaker Vice Prime Minister Foreign Judge Mayor Director Chairman
    Leader Majority Minority The This That Mr Mrs Ms Dr Air Force Army Navy Island Beach School College
    Church Bank Group Union Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April May June July August September October November December Texas California Florida
    Virginia Carolina Iowa Ohio York Jersey Hampshire Trade Center Council Commission Bureau Agency
    Office Service Administration Congress Congressional Black Lives Matter Affordable Care Obamacare
    Planned Parenthood Tea Second First Amendment Civil Rights War World Cold Big Tech Silicon Valley
    Russian Chinese Iranian Israeli British French German Ukrainian Saudi Association Police Tower Front
    River Garden Voters Guns Polling Officials Lawmakers Experts Critics Laden In On It He She They Rep
    Sen Gov Gen Islamic Hong Kong Korea Korean Great Britain Puerto Rico Green Deal Super Christmas
    Easter Thanksgiving Google Apple Amazon Medicare Medicaid Social Health Human Services Energy
    """.split()
)
SPEECH_VERB = (
    r"(?:said|says|told|added|argued|tweeted|wrote|warned|claimed|announced|explained|noted|insisted)"
)
_PLACES = """
    Afghanistan Argentina Australia Brazil Canada China Colombia Cuba Egypt France Germany Greece
    Hungary India Iran Iraq Israel Italy Japan Jordan Lebanon Libya Mexico Pakistan Poland Qatar Russia
    Somalia Spain Sudan Sweden Syria Turkey Ukraine Venezuela Vietnam Yemen Alabama Alaska Arizona
    Arkansas California Colorado Connecticut Delaware Florida Illinois Indiana Iowa Kansas Kentucky
    Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska
    Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Wisconsin Wyoming
""".split()
PLACE = re.compile(rf"(?<!New )(?<![-–])\b(?:{'|'.join(_PLACES)})\b(?![’'-]?\w| [A-Z])")


@dataclass(frozen=True, slots=True)
class Material:
    """A true sentence, another sentence of its article, and who and what the article names.

    ``cited`` is what a claim of a brief rests on; a sentence of an article rests on itself.
    """

    sentence: str
    other: str
    people: tuple[str, ...]  # full names
    places: tuple[str, ...]
    cited: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """What a claim made of the sentence is judged against."""
        return self.cited or (self.sentence, self.other)


def materials(bench: Bench) -> Iterator[Material]:
    """Yield sentences of unseen articles in an order that the seed decides, articles taking turns."""
    path, tokenizer = bench.file(ARTICLES), bench.models().splitter
    rng = random.Random(bench.seed)
    texts = [r["text"] for n, r in enumerate(read_jsonl(path)) if is_test(n, TEST_SHARE)]
    rng.shuffle(texts)
    yield from taking_turns([(sentences_of(t, tokenizer), t) for t in texts], rng)


def taking_turns(articles: Iterable[tuple[list[str], str]], rng: random.Random) -> Iterator[Material]:
    """Yield the sentences of articles that are fit for planting, one of each article in turn.

    :param articles: the sentences and the whole text of each.
    """
    rows = [_of_article(list(dict.fromkeys(sentences)), text, rng) for sentences, text in articles]
    for turn in range(max(map(len, rows), default=0)):
        yield from (row[turn] for row in rows if turn < len(row))


def _of_article(sentences: list[str], text: str, rng: random.Random) -> list[Material]:
    good = [s for s in sentences if is_good_sentence(s) and is_english(s)]
    if len(good) < 2:
        return []
    people, places = named_in(text)
    found = [Material(s, rng.choice([o for o in good if o != s]), people, places) for s in good]
    rng.shuffle(found)
    return found


def is_english(sentence: str) -> bool:
    """Tell whether a sentence has two of the commonest English words."""
    return len(_ENGLISH.findall(sentence)) > 1


def named_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the people, by full name, and the places that a text names."""
    return _people(text), tuple(dict.fromkeys(PLACE.findall(text)))


def _people(text: str) -> tuple[str, ...]:
    """Return the full names whose last part the article uses as a person's: "Pence said", "Mr. Pence"."""
    found = dict.fromkeys(m.group() for m in _FULL_NAME.finditer(text))
    return tuple(n for n in found if not _IMPERSONAL & set(n.split()) and _is_person(n.split()[-1], text))


def _is_person(surname: str, text: str) -> bool:
    if re.search(rf"\b{surname.lower()}\b", text):  # "Trump Tower", and "the tower" elsewhere
        return False
    pattern = (
        rf"(?:Mr|Mrs|Ms|Sen|Rep|Gov|Dr)\. {surname}\b|\b{surname} {SPEECH_VERB}\b|\b{SPEECH_VERB} {surname}\b"
    )
    return re.search(pattern, text) is not None


def replaced(text: str, span: tuple[int, int], new: str) -> str:
    """Return a text with other words in one place."""
    return text[: span[0]] + new + text[span[1] :]
