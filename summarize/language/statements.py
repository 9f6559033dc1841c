"""Statements: whether a text is one whole statement of news, told in prose.

Halves of a sentence, what has no main verb, posts, captions, teasers, labels, "no comment", a narrator's
words or judgement are not. Contract: a pure function of a text; knows nothing of its article.
"""

from __future__ import annotations

import re

from summarize.language.cohesion import is_narrated
from summarize.language.opinion import judges
from summarize.language.quotations import has_unbalanced_quotes
from summarize.language.tokens import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    is_content,
    looks_english,
    word_set,
    words,
)
from summarize.language.verbs import has_main_verb

MIN_TITLED = 4  # words of a headline that have content
MAX_NO_COMMENT_WORDS = 25  # of a sentence that tells hardly more than that somebody said nothing
_MONTHS = r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?|May|June|July"
# Posts, teasers that break off, link texts, halves of a sentence that was split at "No. 1", and sentences
# that lost a word with its link: "the news director at, now known as …".
_NO_PROSE = re.compile(
    r"^(?:Claim|Fact|Verdict|Rating|F[Aa][Cc][Tt] [Cc][Hh][Ee][Cc][Kk]|Question|Answer|Q|A)s?:|"
    r"^(?:But |And |So )?(?:[Hh]ere['’]s\b|[Tt]here(?:['’]s| is) a (?:good )?reason\b(?! to\b))|"
    r"^(?:[A-Z][\w’'-]* ){1,4}reported,? citing [^,“\"]*\.$|"
    r"\b(?:an?|the|into|than|whose)\.$|"
    r"^(?:Especially|Particularly|Not to mention|Let alone|Just like|Such as)\b"
    r"(?!.* (?:is|are|was|were|will|has|had)\b)[^,]*$|"
    r"^CLOSE [A-Z]|Story [Hh]ighlights|^Editor['’]?s?['’]? [Nn]ote\b|\b(?:views|opinions) expressed\b|"
    r"Image (?:caption|copyright)|Hide Caption|Getty Images|^(?:See|View) all\b|"
    r"^Because (?!of )[^,]*$|^(?:Check out|Stay tuned|Tune in|Click on|Tap on) [a-z]|"
    r"^(?:Sign [Uu]p|Subscribe) (?:for|to) (?:our|the|your)\b|^Please verify\b|"
    r"^Thank you for (?:signing|subscrib)|^For more information\b.*\b(?:contact|visit|call|e-?mail)\b|"
    r"^\W*(?:Photo|Image|Picture)s?\b[^.]{0,40}:|\d+ of \d+ Photos|\bImage \d+ of|\(\d[a-z]{2} [LR]\)|"
    r"^[A-Z/ ]{6,}, [A-Z]\w+ [A-Z]|[a-z]{3}(?:[A-Z]{2,}|[A-Z][a-z]{3}).*\bMORE\b|"
    r"\((?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\.? \d{1,2}\)(?: AP)?$|"
    r"\((?:shown|pictured|above|file photo)\b[^)]*\)|\(@\w+\)|(?:^|\s)@\w{3,}\b|pic\.twitter\.com|https?://|\.\.\.\W*$|^\[.*\]$|\b(?:No|Fig|Figs|vs|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Rev|Lt)\.$|"
    r"^(?:Supplied|Courtesy|Handout) [A-Z]|^Let['’]s\b|"
    r"^(?:(?:So|But|And),? )?(?:[Dd]on['’]t|[Ll]et['’]s|[Ff]orget|[Nn]ever mind) [a-z]|"
    # An answer without its question.
    r"^[“\"](?:Because(?! of\b)|No(?=,)(?!.*\basked\b)|"
    r"(?:Yes|Yeah|Nope|Nah|Absolutely|Of course|Correct)(?=[,.]))|"
    # The legend of a chart, and the first words of a newsletter.
    r"^(?:Perhaps|Maybe) [^:,.]{1,25}: |\bis pictured (?:on|in|at|here)\b|"
    r"\b(?:Circles|Bars|Dots|Bubbles) are (?:sized|colou?red|shaded|scaled)\b|\bShow all\b|"
    r"[a-z)] (?:Note|Source): [A-Z]|\(in (?:thousands|millions|billions)\) [A-Z]|"
    r"^(?:On|In) (?:today|tonight|this week|this morning)['’]s (?:menu|newsletter|podcast)\b|"
    r"^(?:Reuters|AP|AFP|EPA|Getty(?: Images)?) ?/ ?[A-Z]\w+ [A-Z]\w+ [A-Z]|^\\?\[[A-Za-z]\\?\][a-z]|"
    r"^(?:Check out|Click|Tap|Read|See|Watch|Find) (?:the|more|our|all|it|on|how|an?|this|full)\b.*"
    r"\bhere[.!]?$|"
    # A teaser that breaks off before its link, and where to look: "See the judges' comments".
    r"\.\.\. ?(?:(?:Read|See) more|More)\W*$|^See (?:the|our|more|also|how|what|why|below)\b|"
    r"^\||/(?:AP|AFP|Getty|Reuters)\b(?! (?:poll|survey|analysis|VoteCast))|"
    r"^(?:[A-Z]{3,} ){3}(?![—–(a-z-])|"
    r"^(?:(?:But|And|So) hey|Yes|No|Well|OK|Okay|Oh|Sure|Sorry|Hey|Wow|Heck), |"
    r", (?:briefly )?explained\.?$|^[“\"]?(?!de |di |von |van |bin |al-|el-)[a-z](?![A-Z])|"
    r"^(?:What|How|Why|Where)\b.*\w$|^—[A-Z]|^[—–•*-] ?[A-Z].*[^.”\"]$|"
    # Who speaks in a dialogue, a label, a footnote, and letters that a scan has lost.
    r"^[A-Z][A-Z.’'-]{2,} [A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,2}(?:, [^:“\"]{1,60})?: |"
    r"^[A-Z]{4,}(?:: (?:Well|Yes|No|I|I['’]\w+|You|We|So|But|And|Look|Oh)\b|, [a-z][^:“\"]{1,60}: )|"
    r"^(?:TRAILER|VIDEO|PHOTOS?|WATCH|RELATED): |^Related [A-Za-z]+: |^\[\d+\]|"
    r"\(Figs?\.? ?\d|[a-z]\?[a-z]|"
    # An appeal to readers, and what was put right or added in an article.
    r"^(?:Anyone|Anybody|Those|People) with (?:[\w-]+ ){0,2}information\b.*\b(?:asked|urged|call|contact)\b|"
    r"^(?:The original|An? (?:earlier|previous)) (?:headline|story|article|version of this \w+) "
    r"(?:said|stated|misst\w+|gave|incorrectly|wrongly)\b|"
    r"^As the (?:story|article) says\b|\breferred to in this (?:story|article)\b|"
    r"\b(?:points?|errors?|mistakes?|corrections?) (?:in|to) this (?:story|article)\b|"
    # What a picture shows.
    r"^In this (?:[\w-]+ )?(?:photo|image|picture|photograph|frame grab)\b"
    r"(?!.*\b(?:was|were|has|have|said)\b)|"
    r"\bin this (?:photo|image|picture|photograph) (?:of|from|taken)\b(?!.*\b(?:was|were|has|have|said)\b)|"
    r"\bthis still (?:image|photo)\b|"
    r"^(?:Map|Graphic|Chart|Diagram) (?:locates|shows)\b|^(?:Colou?rs|Pies|Arrows|Shades) show\b|"
    r", (?:left|right|cent(?:er|re)),? (?:and|with)\b.*, (?:left|right|cent(?:er|re)), "
    r"(?!.*\b(?:was|were|had|said|[a-z]{3,}ed)\b)|"
    r"/ ?(?:AP|AFP|EPA|Reuters|Getty(?: Images)?) file\b|"
    rf"^(?:{_MONTHS}) \d{{1,2}}, \d{{4}} (?:[A-Z]|\d{{1,2}}:\d\d)|"
    # Names that were links are gone: "Reps.(N.Y.),(Minn.) and(Mass.)".
    r"\),\(|\b(?:and|or|Rep|Reps|Sen|Sens)\.?\([A-Z]|"
    # Half of what a full stop in brackets has parted: "570-628) made at the beginning of the century."
    r"^[^()]*\w{3}\)|"
    r"> ?>\W*$|"  # "Read the article on it >>"
    r"\bOpens (?:in )?a [Nn]ew [Ww]indow\b|^Learn (?:how|more|why|what|about)\b(?!.*,)|"
    r"\b(?:is|are|was|were):[A-Z]|"
    r"^\d{1,2} (?:who|which|that|and|or|[A-Z][a-z]+ [A-Z])|\b(?:the|an?|at)[,.](?: |$)"
)
# "… about Hill, saying: 'She is good": its end stands in the next sentence.
_OPENS_QUOTE = re.compile(r"[:,] ['‘](?=[A-Z])(?!(?:Til|Twas|Cause|Em)\b)(?!.*\S['’](?!\w))")
_GREETING = re.compile(
    r"^(?:Good (?:morning|afternoon|evening)\b|(?:Hello|Hi) (?:and|from|there)\b|Welcome (?:to|back)\b)"
)
# "Will have more free time soon.", but not "Should the vote fail, …", "Were it so, …" or "Will Hill said …".
_NO_SUBJECT = re.compile(
    r"^(?!(?:Should|Were|Did) .*, .*\b(?:will|would|could|may|might|can)\b)"
    r"(?:Will|Would|Is|Are|Was|Were|Has|Does|Did|Could|Must|Should) "
    r"(?!(?:the|an?|this|that|these|those|there|i|you|he|she|it|we|they|any\w*|some\w*|no\w*|every\w*|all|"
    r"his|her|its|our|your|their|my|what|who|both|either|such|more|many|most)\b)[a-z]"
)
# "By limiting the debate to a few days": its sentence was cut in two.
_NO_CLAUSE = re.compile(
    r"^(?:By|Besides|Without|Instead of|Rather than|In addition to) "
    r"(?!morning|evening|spring|warning|nursing|nothing|anything|something|everything)[a-z]+ing\b[^,]*[^,.”\"]$"
)
# "Hill said in a tweet in November 2017." tells nothing of what.
_SAYS_NOTHING = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){1,4}(?:said|says|added|tweeted|wrote|posted)"
    r"(?P<when> (?:in|on|at|from|during|to (?:reporters|[A-Z]\w+))\b[^,“\"]*)?\.$"
)
# "“Are you still deciding?” Ann Hill asked the mayor on Monday.": and?
_ONLY_ASKS = re.compile(r"^[“\"][^“”\"]*\?[”\"] (?:[A-Z][\w.’'-]* ){1,5}(?:asked|asks)\b[^,;“”\"]*\.$")
_POSTED = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){1,4}(?:wrote|posted) (?:on|in|at) "
    r"(?:(?!\b(?:that|how|why|he|she|it|they)\b)[^,“\"])*"
    r"\b(?:page|site|website|blog|account|wall|profile|feed|Facebook|Twitter|Instagram)\.$"
)
# "There's lots of questions for Hill." – which ones?
_MANY_THINGS = re.compile(
    r"^(?:But |And |So )?There(?: (?:are|is|were)|['’](?:s|re)) (?:still )?"
    r"(?:lots of|a lot of|plenty of|many|several|a few|some) "
    r"(?:questions?|reasons?|things|ways|answers|factors|takeaways|caveats|unknowns)"
    r"(?: (?!(?:which|that|whether|why|how|who|where)\b)[^\s,;:]+){0,3}\.$"
)
# No text ends in these, mark or none; "They never did" may.
_WAIT = ARTICLES | CONJUNCTIONS | (AUXILIARIES - word_set("do does did has"))
_WAIT |= word_set("to of at from via by with for into than whose as")
_TELLS_WHAT = word_set("that about how why of it he she they there")
_STOPS_IN_QUOTATION = re.compile(r",[”\"]$")  # who says so would follow
# "Civilians cheer as soldiers drive past in Bamako, Mali Wednesday March 21, 2012."
_DATED = re.compile(
    rf"(?:\b[A-Z][a-z]+day,?|,) (?:{_MONTHS}),? \d{{1,2}},? \d{{4}}\.?(?:, in [A-Z][\w., ]{{2,40}})?$"
)
_SPEAKS = re.compile(r"\b(?:speaks|talks) (?:to|with|during|at|in)\b")
_ON_A_DAY = re.compile(rf"\bon (?:{_MONTHS}) \d{{1,2}}\.?$")
# "A woman cries while holding …": somebody who is not named, in the present.
_SHOWS = re.compile(
    r"^An? (?:(?!of\b)[\w’'-]+ ){1,3}?(?!was |is |has |his )[a-z]{2,}s (?:while|as|with|in|on|at|near|"
    r"during|over|from|past|by|into|through|to|the|his|her|their|an?)\b"
)
# Somebody who is not named, or many, in a pose: "A woman waves the flag", "Protesters hold up signs".
_SOMEBODY = re.compile(
    r"^(?:An? (?:[\w’'-]+ ){0,2}?(?:man|woman|boy|girl|child|protester|demonstrator|soldier|officer|ranger|"
    r"worker|supporter|resident|student|mourner|visitor|fan|migrant|refugee)|"
    r"(?:[A-Z][\w’'-]+ )?"
    r"(?:[Pp]rotesters|[Dd]emonstrators|[Ss]upporters|[Mm]ourners|[Ss]oldiers|[Rr]esidents))"
    r"(?: of [\w ]{2,40}?| in [\w ]{2,30}?)? (?:waves?|holds?|walks?|stands?|sits?|poses?|gestures?|returns?|"
    r"aims?|lays?|lights?|embraces?|hugs?|kneels?|weeps?|cries|cry|chants?|celebrates?|carry|carries|"
    r"looks? on|shouts?) "
)
_PROPS = re.compile(
    r"\b(?:signs?|flags?|placards?|candles?|banners?|posters?|portraits?|photos?|outside|in front of)\b"
)
_WHO = re.compile(r",? (?:who|whom|whose|which|where)\b[^,]*")
_NO_COMMENT = re.compile(
    r"\b(?:declin|refus)\w+ (?:further |any |to |immediate )*comment\b(?! period)"
    r"|\bno (?:immediate )?comment\b"
    r"|\b(?:not|\w+n['’]t) (?:be |\w+ly )*(?:respon\w+|return\w*|repl\w+|available|reached)\b"
    r"[^.;]{0,40}\bcomment\b"
    r"|\breached out to [^.;]{0,40}\bfor comment\b",
    re.IGNORECASE,
)
_BUT_SAID = re.compile(r"\b(?:but|though|later|previously)\b")
_PAST = re.compile(
    r"\b(?:was|were|had|said|did|began|came|went|took|made|told|died|[a-z]{3,}ed (?!in\b|at\b|by\b|on\b))"
)
_SEEN = re.compile(
    r"\b(?:is|are) (?:wheeled|led|lifted|carried|escorted|helped|seen|shown|greeted|loaded)\b|"
    r"\bsits? parked\b"
)
_TOLD = re.compile(r"\b(?:was|were|had|said|says|told|will|would|has|have)\b|[“”\"]")


def flaw(text: str, lengths: range) -> str | None:
    """Say why a text is no whole statement of news; None if it is one.

    :param lengths: how many words it may have.
    """
    n_words = len(text.split())
    if n_words not in lengths:
        return "too short" if n_words < lengths.start else "too long"
    if text.rstrip()[-1:] in "?:;,…" or _lacks_mark(text) or _breaks_off(text):
        return "no whole statement"
    if (
        _OPENS_QUOTE.search(" ".join(text.split()))
        or _says_nothing(text)
        or _STOPS_IN_QUOTATION.search(text.rstrip())
    ):
        return "no whole statement"
    if _NO_SUBJECT.match(text) or _NO_CLAUSE.match(text) or _lacks_verb(text):
        return "no whole statement"
    if _NO_PROSE.search(text) or _GREETING.match(text) or _is_caption(text) or _is_headline(text):
        return "no prose"
    is_short = n_words <= MAX_NO_COMMENT_WORDS
    if is_short and _NO_COMMENT.search(text) and not _BUT_SAID.search(text):
        return "no comment"
    if judges(text):
        return "judged by the writer"
    if is_narrated(text):
        return "told by a narrator"
    return None


def _lacks_mark(text: str) -> bool:
    """Tell whether a quotation mark has no partner; one of the other kind will do."""
    has_pairs = text.count("“") == text.count("”") and text.count('"') % 2 == 0
    return not has_pairs and (has_unbalanced_quotes(text) or sum(map(text.count, '“”"')) % 2 == 1)


def _breaks_off(text: str) -> bool:
    """Tell whether a text has no mark at its end and waits for another word: "surgery to", "fan of the"."""
    last = text.split()[-1:]
    return bool(last) and last[0].islower() and last[0] in _WAIT


def _says_nothing(text: str) -> bool:
    if any(pattern.match(text) for pattern in (_MANY_THINGS, _POSTED, _ONLY_ASKS)):
        return True
    found = _SAYS_NOTHING.match(text)
    when = words(found["when"] or "") if found else ()
    return found is not None and not has_main_verb(when) and not any(w.key in _TELLS_WHAT for w in when)


def _lacks_verb(text: str) -> bool:
    tokens = words(text)
    return looks_english(tokens) and not has_main_verb(tokens)


def _is_headline(text: str) -> bool:
    """Tell whether a text is written as titles are: "North Korea Backs Off Threat to Hit Guam"."""
    own = words(text)
    telling = [w for w in own if is_content(w) and w.text[0].isalpha()]
    has_verb = any(w.key in AUXILIARIES and w.text.islower() and not w.is_possessive for w in own)
    return len(telling) >= MIN_TITLED and not has_verb and all(w.text[0].isupper() for w in telling)


def _is_caption(text: str) -> bool:
    """Tell whether a sentence describes a picture: a pose with a prop, or a date at its end, and no past."""
    told = _SEEN.sub("", _WHO.sub("", text) if _SHOWS.match(text) or _SPEAKS.search(text) else text)
    is_dated = _DATED.search(text) is not None and _PAST.search(told) is None
    poses = _SOMEBODY.match(text) is not None and _TOLD.search(text) is None
    return is_dated or (poses and (_PROPS.search(text) or _ON_A_DAY.search(text)) is not None)
