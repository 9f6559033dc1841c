"""Phrases of a page's frame in English, French, German, Spanish, Italian, Portuguese and Dutch.

Menu entries, links to other stories, appeals to the reader, legal notices, time stamps. A phrase that news
could begin with as well ("Follow-up inspections", "Anzeige gegen") is only listed with what tells it apart.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

LINK_HEAD = re.compile(
    r"""\W{0,4}(?:
      (?:read|see|learn|find\ out|hear|watch|explore)\ (?:more|also|next|related|:)
    | also\ read | read: | more: | see\ also | (?:more|latest)\ (?:on|from|about|in|coverage|news
        |stories)\b(?=.{0,60}$)
    | related(?:\ (?:articles?|stor(?:y|ies)|links?|content|topics?|coverage|news|posts?|reading
        |video))?\ ?(?::|$)
    | (?:watch|listen|video|audio|gallery|photos|pictures|interactive|podcast|opinion|analysis|explainer
        |quiz|live|
        infographic|slideshow|in\ pictures|factbox|timeline|exclusive|poll)\ ?(?::|\|)
    | (?:click|tap|scroll)\ (?:here|down|on|to|for|through)\b
    | (?:previous|next)\ ?(?:article|story|post|page) | continue\ reading | keep\ reading | back\ to\ top
    | (?:the\ )?(?:story|article|content)\ continues\ | (?:just|must)\ watch(?:ed)?\ 
    | this\ (?:story|article|post)\ (?:appears|appeared|(?:was\ )?(?:first|originally)|is\ part\ of
        |has\ been\ updated)| (?:the\ )?post\ .{3,300}\ (?:appeared\ first|first\ appeared)\ on\ 
    | skip\ to\ | jump\ to\ (?:comments|content)
    | accessibility\ links? | breaking\ news$ | (?:latest|top|more)\ (?:headlines|news|stories
        |videos)\b(?=.{0,20}$)
    | most\ (?:read|popular|viewed|shared|commented) | recommended(?:\ (?:for\ you|stories|reading
        |videos?))?\W*$
    | trending(?:\ now)?\W*$ | editor['’]?s['’]?\ (?:picks?|choice) | you\ (?:may
        |might)\ (?:also\ )?(?:like|be\ interested)
    | don['’]t\ miss\W*(?::|$) | what\ to\ read\ next | up\ next | promoted\ (?:stories|content|links)
    | from\ around\ the\ web | in\ case\ you\ missed | show\ more | load\ more | view\ (?:all|more|gallery
        |image|comments)
    | lire\ (?:aussi|la\ suite|plus|également) | (?:à|a)\ lire(?:\ (?:aussi|également))?\ ?(?::|$)
        | voir\ aussi
    | (?:sur\ le\ )?même\ sujet\W*$ | article\ (?:précédent|suivant) | pour\ aller\ plus\ loin
    | lesen\ sie\ (?:auch|mehr|hier|dazu) | mehr\ (?:zum\ thema|dazu|lesen|aus\ dem\ ressort)
        | auch\ interessant
    | (?:vorheriger|nächster)\ artikel | zum\ thema\W | das\ könnte\ sie\ auch | (?:zur\ )?startseite
        | weiterlesen
    | lea\ (?:también|más|además) | lee\ también | leer\ más | te\ (?:puede|podría)\ interesar
        | le\ puede\ interesar
    | (?:más|mas)\ (?:información|noticias|sobre)\b(?=.{0,60}$) | (?:artículo|noticia)\ (?:anterior|siguiente)
    | ver\ (?:también|más) | noticias\ relacionadas | leggi\ (?:anche|tutto) | leia\ (?:também|mais)
        | saiba\ mais
    | veja\ também | lees\ (?:ook|meer|verder)
    )""",
    _I | re.X,
)
ASK_HEAD = re.compile(
    r"""\W{0,4}(?:
      share(?:\ (?:this|on|via|with|article|story|post|photo|by|full)\b|\ ?[:|]|\W*$) | tweet(?:\ this)?\W*$
    | (?:sign|signed)\ (?:up|in)\b | log\ ?in\b | subscribe\b | register\ (?:now|for|to|here) | donate\b
        | unsubscribe
    | follow\ (?:us|our|me|@|this|the\ (?:author|reporter|latest)|.{2,40}\ on\ (?:twitter|facebook
        |instagram|x|threads))
    | join\ (?:us|our|the\ (?:conversation|discussion)) | like\ us\ on | download\ (?:our
        |the)\ .{0,30}app\b | print\W*$
    | (?:get|receive)\ (?:the|our|all|daily|breaking|your|this)\ .{0,60}(?:inbox|newsletter|e-?mail|app
        |alerts?|updates)
    | (?:enter|confirm|check)\ your\ (?:e-?mail|inbox) | e-?mail\ (?:this|address)\b | copy\ link | bookmark
    | (?:we|this\ (?:web)?site|our\ partners)\ uses?\ (?:\w+\ ){0,3}cookies | by\ (?:continuing|clicking
        |using|signing|subscribing)
    | (?:accept|manage|reject)\ (?:all\ )?(?:cookies|preferences|settings|choices) | cookie\ (?:policy
        |settings|notice|consent)
    | (?:please\ )?(?:enable|turn\ on)\ javascript | please\ (?:log|sign|subscribe|register|note|enable
        |try\ again|enter)
    | your\ (?:browser|subscription|ad\ blocker|consent|privacy|e-?mail) | we['’]re\ sorry | thank(?:s
        |\ you)\ for\ (?:sub|sign|reading)
    | (?:support|become)\ (?:our|a\ (?:member|subscriber|supporter)|independent|quality)
        | (?:photo\ )?(?:an?\ )?advertis(?:e|ement|ing)\W*(?:$|\||continue)
    | add\ a\ location\b | tweet\ with\ a\ location | enlarge\ (?:this\ )?image | embed\b.*\bautoplay
    | ad(?:s|vert)?\W*$ | sponsored | paid\ content | got\ a\ (?:news\ )?tip
        | (?:do\ you\ )?have\ a\ (?:story|tip|question|comment)
    | (?:contact|reach|write\ to|e-?mail)\ (?:us\b|the\ (?:author|reporter|writer|newsroom|editor))
        | send\ (?:us|your)\ 
    | (?:play|watch|stop|pause|mute)\ (?:video|audio|live|again|slideshow)\W*$ | media\ playback | loading\W*$
    | whatsapp\W*$ | (?:facebook|twitter|linkedin|reddit|pinterest|telegram|instagram|x)\W*$ | close\W*$
        | menu\W*$
    | partager\ ?(?:$|:|sur|cet) | abonnez-vous | s['’]abonner | inscrivez-vous | suivez(?:-nous|\ nous)
        | publicité\W*$
    | recevez\ | nous\ utilisons\ des\ cookies | en\ poursuivant\ votre\ navigation | newsletters?\ ?(?:$
        |[:!])
    | teilen\ ?(?:$|:|auf|sie) | (?:jetzt\ )?(?:abonnieren|anmelden|registrieren)\W*$ | anzeige\W*$
        | werbung\W*$
    | jetzt\ (?:abonnieren|anmelden|kostenlos|newsletter|testen|lesen)\b | melden\ sie\ sich\ 
        | folgen\ sie\ (?:uns|@)
    | (?:wir|diese\ (?:web)?(?:seite|site))\ (?:verwenden|verwendet|nutzen|nutzt|benutzt)\ cookies
        | mit\ der\ nutzung
    | (?:abonnieren|bestellen)\ sie\ | artikel\ (?:drucken|merken|teilen|versenden|anhören) | drucken\W*$
    | comparti(?:r|lo)\ ?(?:$|:|en|esta) | comparte\ ?(?:$|:|en|esta) | suscr[ií]b(?:ete|ase|irse)
        | reg[ií]str(?:ate|ese)
    | s[ií]gu?enos | publicidad\W*$ | (?:usamos|utilizamos)\ cookies | este\ sitio\ (?:web\ )?(?:usa|utiliza)
    | reciba?\ (?:nuestr|las|en)\w* | recibe\ | condividi\W*(?:$|su) | iscriviti | pubblicità\W*$
        | assine\W | publicidade\W*$
    | compartilhe | siga-nos | inscreva-se | deel\ (?:dit|op)\b | schrijf\ je\ in | advertentie\W*$
    )""",
    _I | re.X,
)
ASK_INSIDE = re.compile(
    r"""(?:
      (?:sign\ up|subscribe)\ (?:for|to|here|now|today)\b.{0,60}\b(?:newsletter|newsletters|alerts|e-?mail
          |channel|podcast|briefing|updates)
    | \bour\ (?:privacy\ policy|terms\b|cookie|newsletter|app\b|site's\ terms) | unsubscribe\ at\ any\ time
    | (?:follow|find|like)\ .{2,50}\ on\ (?:twitter|facebook|instagram|telegram|linkedin)\b
        | \bwe\ use\ cookies
    | \badd\ .{2,60}\ as\ an\ interest\b | \bstay\ up\ to\ date\ on\ the\ latest\b
    | (?:in|to)\ your\ inbox | in\ ihr\ postfach | en\ tu\ (?:correo|bandeja) | dans\ votre\ boîte\ mail
    | \b(?:ihre|unsere)\ (?:datenschutz|cookie|newsletter)\w* | \bnuestr[ao]\ (?:boletín|newsletter|canal
        |política)
    | \bnotre\ (?:newsletter|lettre\ d['’]information|politique\ de)
    )""",
    _I | re.X,
)
COPYRIGHT = re.compile(
    r"""^\W{0,3}(?:©|\(c\)\ |copyright\b)|\ball\ rights\ reserved\b|\balle\ rechte\ vorbehalten\b
    |\b(?:tous\ droits|todos\ los\ derechos|tutti\ i\ diritti|todos\ os\ direitos)\ (?:réservés|reservados
        |riservati)
    |\b(?:content|text|article|story|material)\ (?:is\ )?(?:©|copyright)
    |\bpersonal,?\ (?:and\ )?non-?commercial\ use\b
    |\bmay\ not\ be\ (?:published|reproduced|copied|redistributed)|©\ ?(?:19|20)\d\d""",
    _I | re.X,
)
TAGS = re.compile(
    r"\W?(?:tags?|topics?|filed under|categor(?:y|ies)|posted in|keywords|themen|schlagw[oö]rter|"
    r"mots[- ]clés|etiquetas|temas|palabras clave|tag)\s?(?::|$|#)",
    _I,
)
COMMENTS = re.compile(
    r"""\W?(?:\d+\ )?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|comentários
        |reader\ comments|
    reacties)\W*(?:\(?\d+\)?|$|:|\ ?(?:are\ closed|closed|section|policy))\W*$
    |\W?(?:(?:leave|post|add|write|enregistrer|laisser|ajouter|poster|deja(?:r)?|publicar|schreiben\ sie
        |lascia)\ (?:a|an|un|una|your|tu|einen)\ (?:comment|reply|commentaire|comentario|kommentar|commento))
    |\W?(?:view|show|read|see)\ (?:all\ )?(?:the\ )?\d*\ ?comments""",
    _I | re.X,
)
STAMP = re.compile(
    r"""\W?(?:(?:first\ |originally\ |date\ |last\ )?(?:published|updated?|modified|posted|created|issued)
        |stand|aktualisiert|
    veröffentlicht|erstellt|publié|mis\ à\ jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd
        |date|datum|fecha)
    (?:\ (?:on|at|am|le|el|il|il|op|den|um|à|a))?\b\s?:?\s?(?=.{0,60}$)(?=.*\d)""",
    _I | re.X,
)
DATE_WORDS = re.compile(
    r"""\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|avr|juin|juil|août
        |déc|ene|abr|ago|dic|
    mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|lunes|martes|miérc|juev
        |viern|sáb|dom)\w*\b
    |\b(?:a\.?m|p\.?m|et|est|edt|pt|pst|pdt|ct|cst|gmt|utc|bst|cet|cest|ist|uhr|h|at|on|um|de|le|el|of|the
        |der|den|
    min(?:ute)?s?|hours?|hrs?|days?|weeks?|ago|read|lesezeit|minuten|stunden|vor|hace|lectura|lecture
        |il\ y\ a|th|st|nd|rd|
    published|updated|posted|first|last|modified|aktualisiert|stand)\b""",
    _I | re.X,
)
