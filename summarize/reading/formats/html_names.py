"""What the name of an element, its class or id, says that it is for.

Names are made of words ("nl-signup", "kopf__nav", "relatedPosts"); a word counts wherever it stands in the
name, and only whole words or their beginnings do: "headline" is no "head". In seven languages, as pages are
written by people. A name is a hint: :mod:`summarize.reading.formats.html_article` weighs it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = re.compile(r"\d+")
MAX_LENGTH = 400  # characters of a name that are looked at; longer ones are lists of styles

_BORDERS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-zäöüßàâçéèêëîïôûùúñíóáã0-9]+")
# Tokens of layout, and of what an article is about.
_OF_STYLE = re.compile(
    r"(?:[a-z]{1,3}:|(?:m|p|w|h|mt|mb|ml|mr|mx|my|pt|pb|px|py|col|row|grid|flex|text|font|bg|border|align|float|"
    r"margin|padding|has|is|no|js|wp-image)-|(?:tag|category)-(?!list|cloud|link|container))[\w:/.\[\]-]*"
)
# By kind, words that a name holds; those with a * are beginnings. The first kind that fits is taken.
_WORDS = {
    "cookie": """
        cookie* consent* gdpr ccpa cmp onetrust didomi usercentrics truste datenschutzhinweis
        einwilligung
    """,
    "comments": """
        comment comments commentlist commentsarea commentaire* kommentar* comentario* commenti
        reacties disqus respond livefyre coral discussion leserbrief*
    """,
    "newsletter": """
        newsletter* nl signup sign-up signin sign-in log-in subscri* mailchimp mc4wp mailinglist
        abo abonn* suscri* optin iscriviti infolettre boletin*
    """,
    "appeal": """
        donate* donation* donat membership member paywall* paidcontent premium meter metered
        upsell regwall support supporter* contribute contribution* spenden* spende subscribe*
        register registration login
    """,
    "share": """
        share* sharing social socials sharedaddy addthis addtoany sociable shr teilen partage*
        compart* condivid* tools toolbar toolbox actions follow
    """,
    "related": """
        related* recommend* recirc* readmore readalso morefrom moreon also-read suggest* similar
        seealso upnext readnext next previous prev interstitial jp-relatedposts mehrzum weitere
        relacionad* lesenswert lire leggi kachel* teaser* promo* teasers card cards outbrain
        taboola plista crosslink* linkbox
    """,
    "mostread": """
        mostread most popular trending meistgelesen topstories latest recent* ranking trends
        ticker
    """,
    "navigation": """
        nav nav* menu* navbar navigation breadcrumb* crumbs brot brotkrumen breadcrumb
        pagination pager sitemap skip skiplink toc subnav topbar masthead burger tabs
    """,
    "advert": """
        ad ads adv advert* advertis* adslot adsense adsbygoogle werbung anzeige anzeigen
        publicid* publicit* pubblicit* sponsor* dfp gpt googlead* adunit banner promoted reklame
    """,
    "caption": """
        caption* figcaption bildunterschrift bildtext bild bilder legende légende pie-foto
        bildquelle photo photos image images gallery galleries slideshow slide slider carousel
        figure picture pictures media lightbox credit* foto fotos video videos player imagen
    """,
    "byline": """
        byline* author authors autor autore* auteur* authorbox bio biography contributor* meta
        postmeta dateline timestamp published pubdate date datum zeit infos
    """,
    "tags": """
        tag tags taglist keywords topics schlagwort* schlagworte themen etiquetas tagcloud
        categories category cats
    """,
    "footer": """
        footer fuss fuß colophon siteinfo copyright disclaimer legal imprint impressum
    """,
    "aside": """
        sidebar* aside rail pullquote* pull-quote zitat* marginal randspalte infobox infokasten
        factbox widget* tooltip popup modal overlay notification toast poll quiz umfrage weather
        wetter hinweis fehler trust correction-policy feedback print hidden sr-only
        visually-hidden screen-reader-text assistive-text
    """,
}


def _pattern(words: str) -> str:
    pieces = []
    for word in words.split():
        stem = re.escape(word.rstrip("*").replace("-", " "))
        pieces.append(rf"{stem}\w*" if word.endswith("*") else stem)
    return "|".join(pieces)


_KINDS = tuple((kind, re.compile(rf"(?<!\S)(?:{_pattern(words)})(?!\S)")) for kind, words in _WORDS.items())
# The text itself is often named so, with a word beside it that would say something else.
_TEXT = re.compile(
    r"(?<!\S)(?:(?:article|story|post|entry|page|main|news|body)(?: (?:main|single))? "
    r"(?:body|content|text|container|wrapper|inner)|articlebody|"
    r"storybody|postbody|entrycontent|articletext|fliesstext|content ?body)(?!\S)"
)


_LAYOUT = frozenset(
    """
    wp block group inner outer container layout flow flex grid wrapper wrap wrapped row col cols
    column columns cell content contents text body main section article story post entry page
    paragraph paragraphs para copy richtext rich component element item box left right center centre
    middle full width wide narrow large small medium default constrained is has absatz inhalt
    artikel texte contenu corps contenido cuerpo testo
    """.split()
)


def is_layout(name: str) -> bool:
    """Tell whether a name speaks of nothing but layout, or there is none."""
    return all(word in _LAYOUT for word in _DIGITS.sub(" ", words_of_name(name)).split())


@lru_cache(maxsize=4096)
def words_of_name(name: str) -> str:
    """Return the words of a name, in lower case and with a space between them."""
    kept = " ".join(token for token in name[:MAX_LENGTH].split() if not _OF_STYLE.fullmatch(token))
    return " ".join(_BORDERS.sub(" ", kept).lower().split())


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> str | None:
    """Return the kind of furniture that a name speaks of, None if it doesn't."""
    words = words_of_name(name)
    if not words or _TEXT.search(words):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)
