"""The tables of the state file, as migrations: entry n brings a file of version n to version n + 1.

A migration that was released is never changed; a later need is a later entry.
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    -- What was read, by the SHA-256 of its bytes. run: the first finished run that took it in, NULL before.
    CREATE TABLE article (
        sha256 TEXT PRIMARY KEY,
        text BLOB NOT NULL,           -- UTF-8, deflated
        title TEXT, publisher TEXT, published TEXT,
        arrived TEXT NOT NULL,
        run INTEGER REFERENCES run (id)
    ) WITHOUT ROWID;
    -- The folder as it was last seen. told: the content that the last finished run knew under this path.
    CREATE TABLE file (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
        sha256 TEXT, reason TEXT,     -- what it holds, or why it can't be used
        told TEXT
    ) WITHOUT ROWID;
    CREATE TABLE sentence (
        sha256 TEXT NOT NULL REFERENCES article (sha256),
        place INTEGER NOT NULL,       -- among the article's sentences, from 0
        paragraph INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        hash BLOB NOT NULL,           -- of its words
        fact INTEGER REFERENCES fact (id),
        PRIMARY KEY (sha256, place)
    ) WITHOUT ROWID;
    CREATE INDEX sentence_hash ON sentence (hash);
    -- The spans of news text that an article's sentences were found in.
    CREATE TABLE segmentation (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
    -- What was worked out of a text, by models or rules, and can be again at any time. With row ids: without
    -- them SQLite gives a page of its own to each row above a quarter of a page, which vectors are.
    CREATE TABLE cache (
        kind TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
        PRIMARY KEY (kind, key)
    );
    CREATE TABLE fact (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id));
    CREATE TABLE story (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id));
    CREATE TABLE story_article (
        sha256 TEXT PRIMARY KEY REFERENCES article (sha256),
        story INTEGER NOT NULL REFERENCES story (id)
    ) WITHOUT ROWID;
    CREATE TABLE topic (
        id INTEGER PRIMARY KEY,
        story INTEGER NOT NULL REFERENCES story (id),
        heading TEXT NOT NULL,
        vector BLOB NOT NULL,         -- sum of its claims' directions, float32
        run INTEGER NOT NULL REFERENCES run (id)
    );
    CREATE TABLE claim (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES run (id),
        topic INTEGER NOT NULL REFERENCES topic (id),
        fact INTEGER REFERENCES fact (id),
        text TEXT NOT NULL, method TEXT NOT NULL, support REAL NOT NULL, status TEXT NOT NULL,
        ended INTEGER REFERENCES run (id), why TEXT  -- withdrawn or replaced
    );
    CREATE TABLE evidence (
        claim INTEGER NOT NULL REFERENCES claim (id),
        place INTEGER NOT NULL,
        sha256 TEXT NOT NULL, path TEXT NOT NULL,
        start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (claim, place)
    ) WITHOUT ROWID;
    -- brief: the name of the files, NULL where there was nothing to tell.
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        created TEXT NOT NULL,
        outcome TEXT NOT NULL,        -- brief, nothing, unchanged, failed
        brief TEXT, markdown BLOB, json BLOB,  -- texts until they are in files, deflated
        counts TEXT NOT NULL,         -- JSON
        seconds REAL NOT NULL
    );
    CREATE TABLE failure (run INTEGER NOT NULL REFERENCES run (id), path TEXT NOT NULL, reason TEXT NOT NULL);
    """,
    """
    -- A file may hold several articles: container is the path of the file that a part stands in, part its
    -- name there. The file itself then has no content of its own.
    ALTER TABLE file ADD COLUMN container TEXT;
    ALTER TABLE file ADD COLUMN part TEXT;
    -- A hash of the options that it was read with.
    ALTER TABLE file ADD COLUMN options TEXT;
    -- The format that a text was taken from, and what its file states about it, as JSON.
    ALTER TABLE article ADD COLUMN form TEXT NOT NULL DEFAULT 'text';
    ALTER TABLE article ADD COLUMN metadata TEXT;
    """,
    """
    -- support, or "see also" of what tells a part of the claim.
    ALTER TABLE evidence ADD COLUMN role TEXT NOT NULL DEFAULT 'support';
    """,
)
VERSION = len(MIGRATIONS)
