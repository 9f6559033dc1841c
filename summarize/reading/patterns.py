"""What furniture looks like: regular expressions for a block of text, by reason.

Each pattern describes a shape or a phrase of a web page's frame, in seven languages, never one page's
own words. All are anchored or search a bounded piece, so none is slow on a long line.
"""

from __future__ import annotations

import re

from summarize.reading.layout import LONG_BLOCK, Block
from summarize.reading.notices import notice
from summarize.reading.phrases import (
    ASK_HEAD,
    ASK_INSIDE,
    COMMENTS,
    COPYRIGHT,
    DATE_WORDS,
    LINK_HEAD,
    STAMP,
    TAGS,
)

_I = re.IGNORECASE
MAX_CAPTION_WORDS = 75
MAX_LABEL_WORDS = 45  # a longer block is no menu entry, appeal or link, whatever it begins with

AGENCIES = (
    r"AP|AFP|AFPTV|EPA(?:-EFE)?|UPI|Reuters|REUTERS|dpa|DPA|APA|SDA|ANSA|EFE|Xinhua|TASS|Tass|"
    r"Interfax|Kyodo|PTI|"
    r"ANI|IANS|PA|PA Media|Press Association|Associated Press|The Associated Press|Agence France-Presse|"
    r"Anadolu(?: Agency)?|AA|Bloomberg|CNN|BBC|CBC|CP|The Canadian Press|AAP|Yonhap|Bernama|SANA|IRNA|DPA|"
    r"RFE/RL|VOA|Al Jazeera|Lusa|Belga|ANP|NTB|TT|Ritzau|STT|PAP|CTK|MTI|Europa Press|KNA|epd|sid"
)
_PHOTO_AGENCIES = (
    r"AP|AFP|EPA(?:-EFE)?|EFE|UPI|Reuters|Getty(?: Images)?|AFP via Getty Images|Shutterstock|iStock|"
    r"Alamy|Bloomberg|"
    r"dpa|picture[- ]alliance|imago(?:images)?|NurPhoto|Anadolu(?: Agency)?|PA(?: Wire)?|Associated Press|"
    r"The Associated Press|Rex(?: Features)?|Corbis|Zuma(?: Press)?|Xinhua|Unsplash|Pixabay|Flickr|"
    r"Wikimedia Commons"
)

# "Ann Hill will sail in May. | AP Photo", with the title once more behind it on some pages.
_BARRED = re.compile(rf"[.!?][”\"]? \| (?:{_PHOTO_AGENCIES})(?: Photo\b|$)")
# A photo credit, looked for at the end of a block.
CREDIT_TAIL = re.compile(
    rf"""(?:
      \((?:[^()]{{0,70}}[\s/,])?(?:{_PHOTO_AGENCIES})(?:[\s/,][^()]{{0,50}})?\)
    | \((?i:file\ photo|photo|foto|image|bild|picture|photograph|courtesy|credit)\b[^()]{{1,80}}\)
    | \([^()]{{0,40}}\b(?i:photos?|handout)\)
    | \([A-Z][^()/.]{{2,40}}\s?/\s?(?:[A-Z][^()/]{{2,50}})\)
    | \b(?:[Ff]ile\ |FILE\ )?(?:[Pp]hotos?|PHOTOS?|[Pp]hotograph|[Ii]mage|[Pp]icture|[Ii]llustration
        |[Gg]raphic)
        (?:\ [Cc]redit)?\ (?:[Bb]y|BY|[Cc]ourtesy(?:\ of)?)\ [A-Z@](?:[^.!?]|\b[A-Z]\.|[a-z]\.[a-z]){{0,80}}
    | \b(?:[Pp]hoto|PHOTO|[Pp]hotograph|[Ii]mage|[Pp]icture|[Cc]redit|[Cc]ourtesy|Foto|Bild|Grafik
        |Cr[ée]dits?|Imagen|
        Fotografía|Fotógrafo|Beeld|Quelle)(?:\ ?[Cc]redits?|\ ?photo)?\ ?:\s?[^.!?:]{{2,80}}
    | (?:/|\bvia\ |©\ ?|[–—-]\ ?)(?:{_PHOTO_AGENCIES})(?:\ (?:Photo|Images|file|File))*
    | \S/(?:{_PHOTO_AGENCIES})
    | \b(?:REUTERS|Reuters|AP\ Photo|AFP|EPA|Getty\ Images)\ ?/\ ?(?:[^.!?]|\b[A-Z]\.){{2,60}}
    | \bCourtesy\ (?:of\ )?[A-Z](?:[^.!?]|\b[A-Z]\.){{2,60}}
    | \ (?:Getty\ Images|Shutterstock|iStock|Alamy)(?:\ [^.!?]{{0,30}})?
    | \bPhotograph:[^.!?]{{2,80}}
    )(?:,\ (?:FILE|[Ff]ile)(?:\ [Pp]hoto)?)?[\W_]*$""",
    re.X,
)
CAPTION_HEAD = re.compile(
    r"""(?:
      [^a-z]{0,40}\bFILE(?:\ PHOTO)?\s?[-–—:]
    | (?i:(?:file\ |handout\ )?(?:photo|photograph|image|picture|caption|credit|pictured|bildunterschrift
        |legende|
        légende|pie\ de\ foto|didascalia|illustration|foto|bild|imagen|grafik|graphic)(?:\ (?:credit
            |copyright|caption|
        source|gallery))?)\s?[:–—]
    | (?i:(?:image|media)\ (?:copyright|caption|source|credit))\b
    | (?i:fig(?:ure|\.)?|abb(?:ildung|\.)?|figura|bild|foto|tabelle|table|chart|map
        |karte)\s?\d{1,2}\s?[.:–—-]
    | (?:In|in)\ (?:this|an?)\ (?:[\w.,'’\-]+\ ){0,7}?(?:photo|image|picture|photograph|frame\ grab
        |video\ frame)\b
    | This\ (?:[\w.,'’\-]+\ ){0,6}?(?:photo|image|picture|photograph|frame\ grab|screengrab)\b.{0,90}?
        \b(?:shows?|released|provided|taken|made|obtained|posted|depicts?)\b
    | An?\ (?:file|handout|undated|still|satellite|aerial|combination)\ (?:\w+\ )?
        (?:photo|image|picture|photograph|view)\b
    )""",
    re.X,
)
# "(R)" alone is a party.
_POSITION = re.compile(
    r"\(L\).*\((?:R|C)\)|\(R\).*\((?:L|C)\)|\((?:left|right|cent(?:re|er)|second from (?:left|right)|"
    r"top|bottom|from left)\)"
)
_ARCHIVED = re.compile(r"(?:[A-Z]+ )?FILE(?: PHOTO)?\s?[-–—:]")
_POSED = re.compile(r", (?:left|right|cent(?:re|er)|second from (?:left|right)), .{0,80}\b\w+(?:s|ing)\b")
_DATED = re.compile(r"\b(?:19|20)\d\d\.?\W*$")

_BYLINE = re.compile(
    r"""(?:(?:[Bb]y|BY|[Vv]on|VON|[Pp]or|POR|[Pp]ar|PAR|[Dd]oor|[Tt]ext(?:\ von)?:|[Aa]utor(?:in)?:
        |[Aa]uthors?:|
    Written\ by|Words\ by|Story\ by|Reported\ by|Posted\ by|Compiled\ by|Edited\ by|Escrito\ por)\s+
    (?:the\ |der\ |la\ )?[^\W\d_a-zà-ÿ])""",
    re.X,
)
REPORTING = re.compile(
    r"""\(?(?:(?:Additional\ |Further\ )?[Rr]eporting\ (?:[Bb]y|from)\ (?:the\ )?[A-Z][^.]{2,200}?(?:;
        |[Ee]diting|[Ww]riting)
    |(?:Additional|Further)\ reporting\ (?:by|from)\ |(?:Writing|Editing)\ by\ [A-Z]|With\ (?:assistance
        |reporting|files)\ (?:from|by)\ )""",
    re.X,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|to th(?:is|e) (?:report|story|article|post))|\b(?:mit Material|with "
    r"(?:files|material|wires)) (?:von|from|der)\b",
    _I,
)
_SOURCE = re.compile(r"\W{0,3}(?:sources?|quellen?|fuentes?|fonte|bron)\s?:\s*\S", _I)
_BORDER = re.compile(r"(?<![ .][A-Z])[.!?…][\"”’»)\]]*\s+(?=[\"“«„(]?[^\W\d_a-z])")
_REACH = re.compile(r"\b(?:reach(?:ed)?|contact|follow|e-?mail|write to)\b", _I)
_OTHER_WORDS = re.compile(r"[^\W\d_]{2,}")
MAX_NAMES_IN_STAMP = 5  # words: "Updated March 5, 2020, by" a name and an outlet
_MARKUP = re.compile(
    r"(?:</?[a-zA-Z][^>]{0,300}>\s*)+$|[|+][-|:+ \t]{2,}$|\|.*\|$|(?:\[[^\]]{0,80}\]:\s*\S+)$|"
    r"\{[{%#].{0,200}[%#}]\}$"
)
_IMAGE = re.compile(r"\[?!\[[^\]]{0,600}\]\([^)]{0,600}\)(?:\]\([^)]{0,600}\))?\W*$")
_LINK_ONLY = re.compile(
    r"(?:(?:[-*+•|·]\s*)?(?:\[[^\]]{1,200}\]\([^)]{1,600}\)|<?(?:https?://|www\.)\S{2,400}>?)\s*[|·•,]?\s*)+$"
)
_HEADING = re.compile(r"#{1,6}\s")
_EMAIL = re.compile(r"\b[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,40}")
_HANDLE = re.compile(r"(?:^|\s)@\w{2,30}\b")
_BRACKETED_LINK = re.compile(
    r"[\[(](?:related|read|watch|see|also|more|photos?|video|listen|click)\b[^\])]{2,200}[\])]\W*$", _I
)
_BRACKETED = re.compile(r"\[[^\]]{2,300}(?<![.!?…])\]$")  # a whole line, no full stop
_CLOCK_ALONE = re.compile(r"[\d\s:./,-]*\d[:./-]\d[\d\s:./,-]*")
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,30}\]:\s")
_DATELINE_ALONE = re.compile(r"[^\W\d_a-z][\w.,'’ /-]{1,50}(?:\s\||\([A-Z][\w .&/-]{1,30}\)\s*[—–|-]*)$")
_PLAYER = re.compile(r"[^.]\s\d{1,2}:\d\d$")  # the length of a film, after its title
_SHOUTED_LABEL = re.compile(r"[A-Z][A-Z’'&/ -]{3,30}\s?[:|]\s")
_CREDIT_SIGNS = (
    *(
        "/",
        "(",
        "©",
        ":",
        "–",
        "—",
        "- ",
        "hoto",
        "HOTO",
        "mage",
        "icture",
        "llustration",
        "raphic",
        "ourtesy",
        "via ",
    ),
    *("Getty", "Shutterstock", "iStock", "Alamy"),
)
VIDEO_LABEL = r"EMBED (?:<> )?More News Videos"
_VIDEO = re.compile(
    rf"{VIDEO_LABEL}\b|"
    r"CLOSE [A-Z].*\b(?:USA TODAY|Associated Press|AP|Getty Images|Wochit|Reuters)\W*$"
)
_SLIDE = re.compile(r"Hide Caption\s+\d+ of \d")
_SIGNS = {  # one of these stands in everything that the pattern finds
    ASK_INSIDE: (
        *(
            "newsletter",
            "our ",
            "subscri",
            "follow ",
            "find ",
            "like ",
            "inbox",
            "postfach",
            "cookies",
            "ihre",
            "unsere",
            "interest",
            "up to date",
        ),
        *("nuestr", "en tu ", "notre", "votre", "sign up"),
    ),
    COPYRIGHT: (
        "©",
        "(c)",
        "copyright",
        "rights",
        "rechte",
        "droits",
        "derech",
        "diritti",
        "direitos",
        "use",
        "not be",
    ),
    _CONTRIBUTED: ("contribut", "mit material", "with "),
}


def furniture(block: Block) -> str | None:
    """Name the kind of furniture that a block is by its words alone, or None."""
    text = block.text[:LONG_BLOCK]
    if block.reason:
        return block.reason
    if not any(map(str.isalpha, text)):
        return "timestamp" if _CLOCK_ALONE.fullmatch(text) else "boilerplate"
    if text.startswith("Photos:") and _SLIDE.search(text):
        return "caption"  # a slide show, however long
    if len(block.text) > LONG_BLOCK:
        return None
    if REPORTING.match(text) and block.n_words <= MAX_CAPTION_WORDS:
        return "credit"
    return (
        _markup(text)
        or _caption(block)
        or (_label(block) if block.n_words <= MAX_LABEL_WORDS else _legal(block))
        or notice(text, block.n_words)
    )


def _markup(text: str) -> str | None:
    if _HEADING.match(text):
        return "heading"
    if _FOOTNOTE.match(text):
        return "footnote"
    if _IMAGE.match(text):
        return "caption"
    if _LINK_ONLY.match(text):
        return "navigation"
    return "markup" if _MARKUP.match(text) else None


def _caption(block: Block) -> str | None:
    text, n_words = block.text, block.n_words
    if _VIDEO.match(text) and n_words <= MAX_CAPTION_WORDS:
        return "caption"
    if n_words > MAX_CAPTION_WORDS:
        return "caption" if n_words <= 2 * MAX_CAPTION_WORDS and _ARCHIVED.match(text) else None
    if CAPTION_HEAD.match(text):
        return "caption" if n_words > 6 else "credit"
    if _BARRED.search(text):
        return "caption"
    credit = find_credit(text)
    if credit and not _is_agency_mark(text, credit):
        return "caption" if n_words > 8 else "credit"
    posed = _POSITION.search(text) or (_POSED.search(text) and _DATED.search(text))
    return "caption" if posed and n_words <= 60 else None


def _is_agency_mark(text: str, credit: re.Match[str]) -> bool:
    """Tell an agency's mark at the end of a report ("… in the area.—AFP") from a credit."""
    mark = re.fullmatch(rf"(?:[–—-]+ ?|\()(?:{AGENCIES})\)?\W*", credit[0].strip())
    return bool(mark) and re.search(r"[.!?][\"”’»]?\s*$", text[: credit.start()]) is not None


def _label(block: Block) -> str | None:
    text = block.text
    if block.n_words <= 8 and _DATELINE_ALONE.match(text):
        return "dateline"
    if COMMENTS.match(text):
        return "comments"
    if _legal(block):
        return "copyright"
    if _is_date_line(text):
        return "timestamp"
    if block.is_terminated and text[0] in '"“«„‘':
        return None  # somebody's words
    if _BRACKETED.match(text) or _PLAYER.search(text):
        return "navigation"
    if LINK_HEAD.match(text) or _BRACKETED_LINK.match(text):
        return "navigation"
    if ASK_HEAD.match(text) or _in_first_sentence(ASK_INSIDE, text):
        return "boilerplate"
    if TAGS.match(text) and not block.is_terminated:
        return "tags"
    return _credit(block)


def _legal(block: Block) -> str | None:
    return "copyright" if block.n_words <= 120 and _in_first_sentence(COPYRIGHT, block.text) else None


def _credit(block: Block) -> str | None:
    text, n_words = block.text, block.n_words
    if _SOURCE.match(text) and n_words <= 40:
        return "credit"
    if _in_first_sentence(_CONTRIBUTED, text) and n_words <= 40:
        return "credit"
    if _BYLINE.match(text) and n_words <= 18 and not block.is_terminated:
        return "byline"
    if n_words <= 40 and _EMAIL.search(text) and _REACH.search(text):
        return "byline"
    if n_words <= 16 and (_EMAIL.search(text) or (_HANDLE.search(text) and n_words <= 6)):
        return "byline"
    if _SHOUTED_LABEL.match(text) and not block.is_terminated:
        return "navigation"
    return None


def _is_date_line(text: str) -> bool:
    if len(text) > 120 or not any(map(str.isdigit, text)):
        return False
    stamp = STAMP.match(text)
    others = _OTHER_WORDS.findall(DATE_WORDS.sub(" ", text[stamp.end() :] if stamp else text))
    begins_with_date = any(map(str.isdigit, text[:12])) and re.search(r"(?:19|20)\d\d", text[:24]) is not None
    return len(others) <= (
        MAX_NAMES_IN_STAMP if stamp else 3 if begins_with_date and text[-1] not in ".!?" else 0
    )


def closing_notice(text: str) -> int:
    """Return where the appeal, credit or notice begins that the last sentences of a text are; -1 if none."""
    if not any(_searched(p, text) for p in (_CONTRIBUTED, COPYRIGHT, ASK_INSIDE)):
        return -1
    for start in [m.end() for m in _BORDER.finditer(text)]:
        last = text[start:]
        if any(p.search(last) for p in (_CONTRIBUTED, COPYRIGHT, ASK_INSIDE)) and not _BORDER.search(last):
            return start
    return -1


def _in_first_sentence(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a phrase stands in a text's first sentence: after that, only the tail is furniture."""
    match = _searched(pattern, text)
    return match is not None and not any(b.start() > 30 for b in _BORDER.finditer(text, 0, match.start() + 1))


def find_credit(text: str) -> re.Match[str] | None:
    """Find the photo credit that ends a text."""
    start = max(0, len(text) - 160)
    tail = text[start:]
    # Most paragraphs end in plain words: cheap to see, where the pattern is not.
    return CREDIT_TAIL.search(text, start) if any(sign in tail for sign in _CREDIT_SIGNS) else None


def _searched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    signs = _SIGNS.get(pattern)
    folded = text.casefold()
    return pattern.search(text) if signs is None or any(sign in folded for sign in signs) else None
