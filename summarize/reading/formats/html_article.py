"""The pieces of a page → those that are the running text of its article.

Contract: a pure choice; pieces are kept as they are and in their order. Five kinds of evidence, each general:

* what an element says that it is for, by tag, role or name, unless it holds most of the page's running text;
* where running text gathers: the innermost element that holds most of it is the article (as readability and
  its heirs do, but by share and not by points);
* sameness: an article's paragraphs are written with the same elements and classes, what stands between them
  and is not the article's own mostly with others;
* links: a paragraph that is one is not the article's;
* headings: under "Related" or a last "About …" stands no news, in italics at the end stand notes.

In doubt a paragraph that looks like running text and stands among the article's stays. Knows no words but
those of names and headings; phrases are the cleaner's.

Why not trafilatura: on the development part of ``benchmarks/pages`` its best setting (favor_precision) has
76.7 % precision at 97.4 % recall and jusText 77.6 % at 92.5 %, this choice more than 99 % at 100 % before any
phrase is looked at. It keeps whatever stands in plain paragraphs; it is asked for authors only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarize.reading.formats.html_blocks import Piece, Place
from summarize.reading.formats.html_names import is_layout, words_of_name

MIN_WORDS = 8  # of a paragraph of running text
LONG = 25  # words; from here a paragraph needs no full stop
LINKED = 0.6  # share of a paragraph's characters from which it is a link
SURE = frozenset(("cookie", "comments", "newsletter", "navigation", "footer", "form", "hidden", "login"))
MAX_SHARE_OF_SURE = 0.85  # of the page's running text that furniture of a sure kind holds
MAX_SHARE = 0.4  # the same for furniture of another kind
ARTICLE_SHARE = 0.7  # of the running text that the article's element holds, seen from the element around it
CORE_SHARE = 0.2  # of the article's text that paragraphs of one make hold if they are its own
MIN_CORE = 0.5  # share of the article's text that paragraphs of one make must hold, else makes tell nothing
MAX_HEADING = 9  # words
MAX_LABEL = 4  # words in front of a link
MIN_CARDS = 3  # of one make, before they are a list of other articles

_FURNITURE = re.compile(
    r"""\W{0,3}(?:related|read\ (?:more|next|also)|more\ (?:from|on|about|stories|news)|most\ (?:read
    |popular)|trending
    |recommended|you\ (?:may|might)|also\ (?:on|in|read|today)|keep\ reading|comments?\b|newsletter|sign\ up
    |subscribe
    |follow\ us|share\ this|about\ the\ (?:author|writer|reporter)s?|(?:media|press|investor)\ (?:contacts?
    |relations
    |inquir|enquir)|lesen\ sie|mehr\ (?:zum|aus|von|dazu)|auch\ interessant|meistgelesen|kommentare
    |zur\ person
    |über\ (?:den\ autor|die\ autor)|à\ lire|lire\ aussi|sur\ le\ même|les\ plus\ lus|commentaires
    |lea\ también
    |más\ (?:leídas|noticias|información)|noticias\ relacionadas|comentarios|sobre\ el\ autor|leggi\ anche
    |leia\ (?:mais
    |também)|lees\ ook)""",
    re.I | re.X,
)
_LAST_SECTIONS = re.compile(
    r"""\W{0,3}(?:(?:media|press|investor)\ (?:contacts?|relations|inquir|enquir)|(?:about
    |über)\ (?-i:[A-ZÄÖÜ])
    |à\ propos|acerca\ de|(?:contacts?|kontakt|contacto|disclaimer|copyright)\W*$
    |legal\ notice|(?:cautionary|safe\ harbou?r|forward-looking)\b|rechtliche|mentions\ légales
    |aviso\ legal)""",
    re.X | re.I,
)
_ENDED = re.compile(r"[.!?…。！？؟۔।][\"'”’»›)\]*]*$")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DIGITS = re.compile(r"\d+")
_INSIDE = ("p", "ul", "ol", "dl", "li", "blockquote")  # what stands in an article and is none

Make = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Article:
    """The element that holds the article, and how its own paragraphs are made."""

    place: Place
    core: frozenset[Make]
    around: frozenset[int]  # ids of the elements that these paragraphs stand in
    is_named: bool  # whether names tell the paragraphs from others


def article_pieces(places: Sequence[Place], pieces: Sequence[Piece]) -> list[Piece]:
    """Choose the pieces of the article's running text; none if the page has no such text."""
    prose = [p for p in pieces if is_prose(p)]
    _weigh(places, prose)
    _drop_cards(pieces)
    open_prose = [p for p in prose if p.place.furniture is None]
    if not open_prose:
        return []
    article = _find(places, open_prose)
    inside = [p for p in pieces if p.place.furniture is None and article.place in p.place.up()]
    return [p for p, keeps in zip(inside, _choice(inside, article), strict=True) if keeps]


def n_words(text: str) -> int:
    """Count words; two characters of a script without spaces are one."""
    dense = len(_DENSE.findall(text)) if _DENSE.search(text) else 0
    return len(text.split()) + dense // 2


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece looks like a paragraph of running text."""
    if piece.heading or piece.n_linked >= LINKED * len(piece.text):
        return False
    words = n_words(piece.text[:2_000])
    return words >= LONG or (words >= MIN_WORDS and _ENDED.search(piece.text[-12:]) is not None)


def _weigh(places: Sequence[Place], prose: Iterable[Piece]) -> None:
    """Decide of each element whether it is furniture."""
    everything = _sum_up(places, prose)
    contains_body = _containing_body(places)
    for place in places:
        outer = place.parent.furniture if place.parent else None
        is_sure = place.kind in SURE and id(place) not in contains_body
        holds_most = place.n_prose > MAX_SHARE_OF_SURE * everything and place.kind != "login"
        place.furniture = outer or (place.kind if is_sure and not holds_most else None)
    rest = _sum_up(places, (p for p in prose if p.place.furniture is None))
    alike: Counter[str] = Counter()  # paragraphs of one name: "paywall" is on all that subscribers may read
    for place in places:
        alike[place.name] += place.n_prose * (place.tag == "p")
    for place in places:
        outer = place.parent.furniture if place.parent else None
        n_prose = max(place.n_prose, alike[place.name] if place.tag == "p" else 0)
        is_small = n_prose <= MAX_SHARE * rest and id(place) not in contains_body
        place.furniture = place.furniture or outer or (place.kind if place.kind and is_small else None)


def _sum_up(places: Sequence[Place], prose: Iterable[Piece]) -> int:
    """Count for each element the characters of running text in it; return those of the page."""
    for place in places:
        place.n_prose = 0
    for piece in prose:
        piece.place.n_prose += len(piece.text)
    for place in reversed(places):  # outer ones come first
        if place.parent is not None:
            place.parent.n_prose += place.n_prose
    return places[0].n_prose


def _containing_body(places: Sequence[Place]) -> set[int]:
    found: set[int] = set()
    for place in places:
        if place.is_body:
            found.update(id(p) for p in place.up())
    return found


def _drop_cards(pieces: Sequence[Piece]) -> None:
    """Mark the elements that show another article: a link in front, and a sentence or two."""
    heads: dict[int, Piece] = {}
    n_prose: Counter[int] = Counter()
    holders: dict[int, Place] = {}
    for piece in pieces:
        for place in list(piece.place.up())[:3]:
            heads.setdefault(id(place), piece)
            holders[id(place)] = place
            n_prose[id(place)] += is_prose(piece)
    cards = [
        place
        for key, place in holders.items()
        if 1 <= n_prose[key] <= 2 and place.tag != "body" and _leads_away(heads[key])
    ]
    makes = Counter(_make(place, None) for place in cards)
    for place in cards:
        if makes[_make(place, None)] >= MIN_CARDS:
            place.furniture = place.furniture or "related"
    for piece in pieces:
        marked = next((p.furniture for p in piece.place.up() if p.furniture), None)
        piece.place.furniture = piece.place.furniture or marked


def _leads_away(piece: Piece) -> bool:
    return piece.links_out and piece.n_linked >= 0.8 * len(piece.text)


def _find(places: Sequence[Place], prose: Sequence[Piece]) -> _Article:
    """Find the innermost element that holds most of the running text, and what most of it is made like."""
    stated = [p for p in prose if any(q.is_body for q in p.place.up())]
    if sum(len(p.text) for p in stated) >= MAX_SHARE * sum(len(p.text) for p in prose):
        prose = stated
    _sum_up(places, prose)
    inner: dict[int, list[Place]] = {}
    for place in places:
        if place.parent is not None and place.n_prose:
            inner.setdefault(id(place.parent), []).append(place)
    found = places[0]
    while True:
        largest = max(inner.get(id(found), []), key=lambda p: p.n_prose, default=None)
        if largest is None or largest.n_prose < ARTICLE_SHARE * found.n_prose:
            break
        found = largest
    inmost = found
    while found.tag in _INSIDE and found.parent is not None:  # an article of one paragraph, or mostly a list
        found = found.parent
    own = [p for p in prose if found in p.place.up()]
    core, is_named = _core(own, found, True), True
    n_core = sum(len(p.text) for p in own if _make(p.place, found) in core)
    if n_core < MIN_CORE * sum(len(p.text) for p in own):  # each paragraph has a name of its own
        core, is_named = _core(own, found, False), False
    around = {id(p.place.parent) for p in own if _make(p.place, found, is_named) in core}
    if found is not inmost:
        around.add(id(found))
    return _Article(found, core, frozenset(around), is_named)


def _core(own: Sequence[Piece], article: Place, is_named: bool) -> frozenset[Make]:
    """Return how the article's own paragraphs are made: like most of the text, or like much of it."""
    sizes: Counter[Make] = Counter()
    counts: Counter[Make] = Counter()
    for piece in own:
        make = _make(piece.place, article, is_named)
        sizes[make] += len(piece.text)
        counts[make] += 1
    enough, most = CORE_SHARE * sum(sizes.values()), max(sizes.values())
    return frozenset(m for m, n in sizes.items() if n == most or (n >= enough and counts[m] > 1))


def _make(place: Place, within: Place | None, is_named: bool = True) -> Make:
    """Return the elements from one to an outer one, with the words of their names or without."""
    chain: list[tuple[str, str]] = []
    for p in place.up():
        if p is within or len(chain) == 12:
            break
        chain.append((p.tag, _DIGITS.sub("", words_of_name(p.name)) if is_named else ""))
    return tuple(chain)


def _choice(inside: Sequence[Piece], article: _Article) -> list[bool]:
    """Tell of each piece in the article's element whether it belongs to the text."""
    own = [_make(p.place, article.place, article.is_named) in article.core for p in inside]
    of_text = [i for i, p in enumerate(inside) if own[i] and is_prose(p)]
    first, last = (of_text[0], of_text[-1]) if of_text else (0, len(inside) - 1)
    is_entry = [not own[i] and _is_entry(p, article) for i, p in enumerate(inside)]
    chosen: list[bool] = []
    announced = False  # a list, by a colon
    under: re.Pattern[str] | None = None  # what the heading is of, if it is one of furniture
    for i, piece in enumerate(inside):
        if _is_heading(piece):
            under = _furniture_below(piece.text, i > (first + last) / 2)
        elif under is _FURNITURE and own[i] and is_prose(piece):
            under = None  # the article goes on behind a box
        if piece.heading or _is_link(piece) or under:
            chosen.append(False)
        elif own[i]:
            chosen.append(True)
        elif is_entry[i]:
            chosen.append(announced or (first < i < last and _ENDED.search(piece.text[-12:]) is not None))
        else:
            chosen.append(is_prose(piece) and (i < first or _is_of_it(piece, article, i > last)))
        announced = (chosen[-1] and piece.text.endswith(":")) or (announced and is_entry[i])
    return _without_end_notes(inside, chosen)


def _is_heading(piece: Piece) -> bool:
    """Tell whether a piece is a heading, by its element or because it is short, bold and no sentence."""
    is_bold = piece.n_bold >= 0.9 * len(piece.text) and n_words(piece.text) <= MAX_HEADING
    return piece.heading or (is_bold and not _ENDED.search(piece.text[-12:]))


def _furniture_below(heading: str, is_late: bool) -> re.Pattern[str] | None:
    """Tell what kind of furniture stands under a heading: links in a box, or the last section of all."""
    if n_words(heading) > MAX_HEADING:
        return None
    if is_late and _LAST_SECTIONS.match(heading):
        return _LAST_SECTIONS
    return _FURNITURE if _FURNITURE.match(heading) else None


def _without_end_notes(inside: Sequence[Piece], chosen: list[bool]) -> list[bool]:
    """Leave out the last paragraphs if they alone are in italics: the editors' and the writers' notes."""
    kept = [i for i, keeps in enumerate(chosen) if keeps]
    notes: list[int] = []
    while kept and inside[kept[-1]].n_italic >= 0.95 * len(inside[kept[-1]].text.replace(" ", "")):
        notes.append(kept.pop())
    return [keeps and not (kept and i in notes) for i, keeps in enumerate(chosen)]


def _is_link(piece: Piece) -> bool:
    """Tell whether a piece is a link to another page, a label in front of it included."""
    words = n_words(piece.text)
    label = len(piece.text.split()) - len(piece.text.split()) * piece.n_linked / max(1, len(piece.text))
    is_labelled = piece.links_out and label <= MAX_LABEL and not _ENDED.search(piece.text[-12:])
    return words < LONG and (piece.n_linked >= LINKED * len(piece.text) or is_labelled)


def _is_entry(piece: Piece, article: _Article) -> bool:
    """Tell whether a piece is an entry of a list that stands among the article's paragraphs."""
    lists = [p for p in piece.place.up() if p.tag in ("ul", "ol", "dl")]
    return bool(lists) and id(lists[0].parent) in article.around


def _is_of_it(piece: Piece, article: _Article, is_after: bool) -> bool:
    """Tell whether running text that is made unlike the article's paragraphs belongs to them all the same.

    It does beside them, or in a quotation or a nameless element among them.
    """
    for place in piece.place.up():
        if id(place.parent) in article.around:
            is_plain = place.tag != "table" and is_layout(place.name)
            return place is piece.place or place.tag == "blockquote" or (is_plain and not is_after)
        if place is article.place or place.tag == "table":
            break
        if place is not piece.place and not is_layout(place.name):
            break
    return False
