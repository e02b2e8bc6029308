-- Schema 1: what the store holds. A blob is packed (src/store/pack.h) and in the form of src/store/codec.h;
-- blobs are the truth, and the columns beside them repeat what queries need. Times are RFC 3339, `…_at`
-- seconds since 1970. Kinds, statuses and types are the numbers of the enumerations in include/sitrep/core.

CREATE TABLE original(
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  packed INTEGER NOT NULL,
  location TEXT NOT NULL,
  type TEXT NOT NULL,
  how TEXT NOT NULL,
  retrieved TEXT NOT NULL,
  added TEXT NOT NULL
) STRICT;

CREATE TABLE original_part(
  original INTEGER NOT NULL REFERENCES original(id),
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY(original, n)
) STRICT;

CREATE TABLE source(
  location TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  documents INTEGER NOT NULL,
  added TEXT NOT NULL,
  PRIMARY KEY(location, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE story(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  redirect INTEGER REFERENCES story(id),
  title TEXT NOT NULL DEFAULT '',
  brief BLOB,
  first_reported TEXT NOT NULL DEFAULT '',
  updated TEXT NOT NULL DEFAULT '',
  updated_at INTEGER,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,
  origins INTEGER NOT NULL DEFAULT 0,
  edition INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  muted INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A document as it is now; `revision` is the current one of its `revisions`.
CREATE TABLE document(
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  revisions INTEGER NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  url TEXT NOT NULL,
  canonical TEXT NOT NULL,
  title TEXT NOT NULL,
  site TEXT NOT NULL,
  outlet TEXT NOT NULL, -- site, or the host of the URL, folded
  language TEXT NOT NULL,
  published TEXT NOT NULL,
  published_at INTEGER,
  kind INTEGER NOT NULL,
  status INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  judged INTEGER, -- status that other documents give the current revision
  judged_note TEXT,
  retracted INTEGER NOT NULL DEFAULT 0,
  story INTEGER REFERENCES story(id),
  origin INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_story ON document(story);
CREATE INDEX document_published ON document(published_at);

CREATE TABLE revision(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(id),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  original INTEGER REFERENCES original(id),
  added TEXT NOT NULL,
  changes BLOB,
  text BLOB NOT NULL,
  body BLOB NOT NULL,
  UNIQUE(document, number)
) STRICT;
CREATE INDEX revision_sha256 ON revision(sha256);

CREATE TABLE analysis(
  revision INTEGER PRIMARY KEY REFERENCES revision(id),
  claim_count INTEGER NOT NULL,
  claims BLOB NOT NULL,
  reading BLOB NOT NULL,
  vector_width INTEGER NOT NULL,
  vectors BLOB
) STRICT;

-- Every identity by which a document is recognised, and every name by which it is found.
CREATE TABLE identity(
  identity TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(id)
) STRICT, WITHOUT ROWID;

CREATE TABLE name(
  name TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document(id),
  PRIMARY KEY(name, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition(
  id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story(id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  at_second INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE(story, number)
) STRICT;

CREATE TABLE correction(
  id INTEGER PRIMARY KEY,
  act INTEGER NOT NULL,
  at TEXT NOT NULL,
  story INTEGER,
  other INTEGER,
  new_id TEXT NOT NULL,
  docs BLOB NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE state_part(
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY(key, n)
) STRICT;

CREATE TABLE profile(
  kind TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document(id),
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY(kind, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX profile_at ON profile(kind, at);

-- Names of people, bodies and places, folded, and where they are spoken of: for the filters.
CREATE TABLE mention_name(
  id INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE(type, folded)
) STRICT;

CREATE TABLE mention(
  name INTEGER NOT NULL REFERENCES mention_name(id),
  document INTEGER NOT NULL REFERENCES document(id),
  PRIMARY KEY(name, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_document ON mention(document);

CREATE TABLE story_mention(
  name INTEGER NOT NULL REFERENCES mention_name(id),
  story INTEGER NOT NULL REFERENCES story(id),
  PRIMARY KEY(name, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_mention_story ON story_mention(story);

-- Days (since 1970-01-01) that a document speaks of.
CREATE TABLE day(
  day INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES document(id),
  PRIMARY KEY(day, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_document ON day(document);
