-- Schema 2: the full-text index. It keeps no text of its own: it reads the packed one through these views.

CREATE VIEW document_text(id, title, text) AS
  SELECT d.id, d.title, sr_unpack(r.text)
  FROM document d JOIN revision r ON r.document = d.id AND r.number = d.revision;

CREATE VIEW story_text(id, title, text) AS
  SELECT id, title, sr_unpack(brief) FROM story WHERE brief IS NOT NULL;

CREATE VIRTUAL TABLE document_index USING fts5(
  title, text, content = 'document_text', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE story_index USING fts5(
  title, text, content = 'story_text', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2');

INSERT INTO document_index(document_index) VALUES('rebuild');
INSERT INTO story_index(story_index) VALUES('rebuild');
