"""Segment what is not English: a paragraph in another language → the spans of its sentences.

Kiss & Strunk's Punkt (2006) with abbreviations written down by language instead of learnt ones, and rules
that hold wherever a script has two cases: no sentence begins in lower case, none ends in an initial or inside
a quotation whose end is near. What is not listed is split as its punctuation says. NLTK's own models, pysbd
and sentencex all cut ``tests/cases/sentences`` more often where no sentence ends.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

from summarize.reading.dates import MONTH_NAMES

MAX_QUOTED_WORDS = 60  # a longer quotation is left in its sentences
_COMMON = """
    dr prof st mr mrs ms ca vs nr no tel ing jr sr co art fig vol ed min max mio mrd jan feb apr
    jun jul aug sep sept oct okt nov dec
"""
_ABBREVIATIONS = {
    "de": """
        abb abs abt allg anm az bd bes betr bez bspw bzgl bzw dez dgl dipl dt ehem eigtl einschl etw
        evtl exkl fam ff forts fr frl geb gegr gem gest ggf gr hl hr hrn hrsg inkl insb jg jh jhd jr
        kap kath kl lfd lt max mdl med mil mind mrd mio möbl mrz nördl o.ä od österr phil pkt präs
        rd red resp röm s sog sr std stdn stellv str südl tgl u.a u.ä u.u usf v.a verh vgl vors wg
        westl z.b z.t zit zt zzgl östl d.h i.d.r o.g z.z m.e bzw i.a hptm gen oberst sen jun mag ing
        rer nat jur ltn uff pol kgl ev
    """,
    "fr": """
        m mm mme mmes mlle mlles me mgr pr av apr bd bld boul janv févr juil déc chap cf env ex p.ex
        fig hab hon ibid id inf jct max min ms mss nº no obs op p pp parag paragr qqch qqn réf ref
        resp r.v sec sect ste sté suiv sup tél trad vol vs zool dép prés gén col cap lt cdt éd st
        ste
    """,
    "es": """
        sr sra sres sras srta d dña da dn ud uds vd vds dr dra drs prof profa lic ing arq av avda c
        cía co dpto depto dto ej p.ej ee uu ee.uu a.c d.c aprox art cap cf cfr edo ene abr ago dic
        fig gral gob h hnos izq izda dcha máx mín n núm nº no pág págs párr pdte pl pte rte s ss sta
        sto tel tfno trad v vol pbro excmo excma gral tte cnel cap sgto s.a
    """,
    "it": """
        sig sigg sig.ra sig.na sigra dott dott.ssa dottssa dr prof prof.ssa profssa avv arch ing
        geom rag on sen gen col cap magg ten mons s ss sto p p.zza pzza v.le vle c.so cso l.go via
        prov reg art artt cap cfr cit es ad.es fig gen feb mar apr mag giu lug ago set ott nov dic
        mln mld n nn nr num pag pagg par seg segg tel trad vol spett egr gent min max ca a.c d.c dep
        comm pres vic
    """,
    "pt": """
        sr sra srs sras srta dr dra drs prof profa exmo exma eng arq av r al pç trav tv apto art
        arts aprox cap cf cia ed ex p.ex fig fls gen cel maj cap sgt jan fev mar abr mai jun jul ago
        set out nov dez máx mín n nº n.º núm pág págs p pp sto sta séc tel trad v vol ltda s.a dep
        gov min pres d
    """,
    "nl": """
        dhr hh mevr mw mr mrs ir ing drs dr prof ds jhr st jl jr sr a.u.b afb afd alg art bijv blz
        bv ca cf co d.w.z dec dept div e.a e.d excl febr fig gebr gem gld h.k hfst i.c i.p.v i.v.m
        incl inz jan jr juli kap m.a.w m.b.t m.i max mevr min mln mld mrd n.a.v nl nr nrs o.a o.l.v
        o.m okt p.a par pag pct plv red resp sept str t.a.v t.o.v t/m tel v vb vgl vnl vz zgn z.s.m
        z.o.z zr burg min sgt gen kol
    """,
}  # fmt: skip
# Where dates and reigns have ordinals with a full stop: "3. März", "19. Jahrhundert".
_ORDINAL = {
    "de": r"(?:am|der|die|das|dem|den|des|vom|zum|zur|im|beim|bis|ab|seit|ihr\w*|sein\w*|jede[nrms]?|ein\w*)",
    "da": r"(?:den|det|de|til|fra)",
    "no": r"(?:den|det|de|til|fra)",
}
_WIDE = re.compile(r"[^。！？]*[。！？]+[」』”’）)]*|[^。！？]+")
_LEFT_INITIAL = re.compile(r"(?:^|[\s(«„“\"'.-])[^\W\d_a-zß-ÿ]\.$")
_LEFT_NUMBER = re.compile(r"(?:(\w+)\s)?\d{1,3}\.$")
_OPENERS = "\"'«»„“”‚‘’([¿¡-–— \t"
_CLOSERS = re.compile(r"^[\"'»«“”’)\]]+(?=\s|$|[,;])")
_CLOSERS_SPACED = re.compile(r"^(?:[\"'”’)\]]+(?=\s|$|[,;])|»)")  # French sets its marks apart: « … »
_TRAILING_OPENER = re.compile(r"(?<=\s)[«„“‘(\[¿¡–—]+\s*\Z")
_ELIDED = re.compile(r"['’](\w+)\.$")  # "l'art."


class _Variables(PunktLanguageVars):
    sent_end_chars = (".", "?", "!", "؟", "۔", "।")


def split_foreign(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentence spans of a paragraph in another language than English.

    :param language: an ISO 639-1 code.
    """
    if language in ("zh", "ja"):
        return _stripped(text, [m.span() for m in _WIDE.finditer(text)])
    closers = _CLOSERS_SPACED if language == "fr" else _CLOSERS
    spans = _with_closers(text, list(_tokenizer(language).span_tokenize(text)), closers)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and _belong_together(text, merged[-1], (start, end), language):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return _stripped(text, merged)


@lru_cache(maxsize=16)
def _tokenizer(language: str) -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(f"{_COMMON} {_ABBREVIATIONS.get(language, '')}".split())
    tokenizer = PunktSentenceTokenizer(lang_vars=_Variables())
    tokenizer._params = parameters
    return tokenizer


def _stripped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return found


def _with_closers(text: str, spans: list[tuple[int, int]], closers: re.Pattern[str]) -> list[tuple[int, int]]:
    """Give closing marks at a sentence's head to the one before, opening ones at its end to the next."""
    moved: list[tuple[int, int]] = []
    for start, end in spans:
        stray = closers.match(text[start:end])
        if stray and moved:
            moved[-1] = (moved[-1][0], start + stray.end())
            start += stray.end()
        if moved and (opener := _TRAILING_OPENER.search(text, *moved[-1])):
            start = opener.start()
            moved[-1] = (moved[-1][0], start)
        if text[start:end].strip():
            moved.append((start, end))
    return moved


def _belong_together(text: str, left: tuple[int, int], right: tuple[int, int], language: str) -> bool:
    before, after = text[left[0] : left[1]].rstrip(), text[right[0] : right[1]].lstrip(_OPENERS)
    if not after or after[0] in ",;" or after[0].islower():
        return True
    elided = _ELIDED.search(before)
    if elided and elided[1].lower() in _tokenizer(language)._params.abbrev_types:
        return True
    if before.endswith("str.") and after[0].isdigit():  # "Hauptstr. 12"
        return True
    if _LEFT_INITIAL.search(before) or (language in _ORDINAL and _is_ordinal(before, after, language)):
        return True
    both = text[left[0] : right[1]]
    return _is_open(before) and not _is_open(both) and len(both.split()) <= MAX_QUOTED_WORDS


def _is_ordinal(before: str, after: str, language: str) -> bool:
    number = _LEFT_NUMBER.search(before)
    if number is None:
        return False
    first = re.match(r"\w+", after)
    is_month = first is not None and first[0].lower() in MONTH_NAMES
    return is_month or (
        number[1] is not None and re.fullmatch(_ORDINAL[language], number[1], re.I) is not None
    )


def _is_open(text: str) -> bool:
    """Tell whether a quotation has begun and not ended, in whatever marks a language has."""
    if "„" in text:
        return text.count("„") > text.count("“") + text.count("”")
    if text.count("“") > text.count("”") or text.count('"') % 2 == 1:
        return True
    angles = [c for c in text if c in "«»"]
    return bool(angles) and angles.count(angles[0]) > len(angles) / 2
