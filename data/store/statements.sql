-- The statements of the SQLite store, each under its name (src/store/sqlite/statements.h). A line
-- `-- include NAME` stands for the statement of that name.

-- @begin
BEGIN IMMEDIATE
-- @commit
COMMIT
-- @rollback
ROLLBACK
-- @data_version
PRAGMA data_version

-- @missing_tables
WITH wanted(name) AS (VALUES('original'), ('original_part'), ('source'), ('story'), ('document'), ('revision'), ('analysis'),
  ('identity'), ('name'), ('edition'), ('correction'), ('state_part'), ('profile'), ('mention_name'), ('mention'),
  ('story_mention'), ('day'), ('document_index'), ('story_index'))
SELECT count(*) FROM wanted WHERE name NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')

-- @original_find
SELECT id FROM original WHERE sha256 = ?1
-- @original_insert
INSERT INTO original(sha256, bytes, packed, location, type, how, retrieved, added) VALUES(?1, ?2, 0, ?3, ?4, ?5, ?6, ?7)
-- @original_packed
UPDATE original SET packed = ?2 WHERE id = ?1
-- @original_get
SELECT sha256, location, type, how, retrieved, bytes FROM original WHERE id = ?1
-- @original_part_insert
INSERT INTO original_part(original, n, body) VALUES(?1, ?2, ?3)
-- @original_parts
SELECT body FROM original_part WHERE original = ?1 ORDER BY n
-- @source_put
INSERT OR REPLACE INTO source(location, sha256, documents, added) VALUES(?1, ?2, ?3, ?4)
-- @source_find
SELECT documents FROM source WHERE location = ?1 AND sha256 = ?2

-- @identity_find
SELECT d.id, d.revision, d.identity = ?1,
  EXISTS(SELECT 1 FROM revision r JOIN analysis a ON a.revision = r.id WHERE r.document = d.id AND r.number = d.revision)
FROM identity i JOIN document d ON d.id = i.document WHERE i.identity = ?1
-- @same_bytes_find
SELECT d.id, d.revision, 0,
  EXISTS(SELECT 1 FROM revision c JOIN analysis a ON a.revision = c.id WHERE c.document = d.id AND c.number = d.revision)
FROM revision r JOIN document d ON d.id = r.document
WHERE r.sha256 = ?1 AND r.fingerprint = ?2 AND d.url = '' AND d.canonical = '' ORDER BY d.id LIMIT 1
-- @identity_put
INSERT INTO identity(identity, document) VALUES(?1, ?2)
ON CONFLICT(identity) DO UPDATE SET document = excluded.document WHERE document <> excluded.document
-- @name_put
INSERT OR IGNORE INTO name(name, document) VALUES(?1, ?2)
-- @fingerprint_find
SELECT number FROM revision WHERE document = ?1 AND fingerprint = ?2 ORDER BY number DESC LIMIT 1
-- @document_insert
INSERT INTO document(identity, revision, revisions, name, path, url, canonical, title, site, outlet, language, published,
  published_at, kind, status, sha256) VALUES(?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
-- @document_update
UPDATE document SET name = ?2, path = ?3, url = ?4, canonical = ?5, title = ?6, site = ?7, outlet = ?8, language = ?9,
  published = ?10, published_at = ?11, kind = ?12, status = ?13, sha256 = ?14 WHERE id = ?1
-- @document_revised
UPDATE document SET revision = ?2, revisions = max(revisions, ?2), judged = NULL, judged_note = NULL WHERE id = ?1
-- @document_older
UPDATE document SET revisions = ?2 WHERE id = ?1
-- @document_judge
UPDATE document SET judged = ?2, judged_note = ?3 WHERE id = ?1
-- @document_exists
SELECT revision, revisions, story FROM document WHERE id = ?1
-- @document_get
SELECT revision, revisions, story, origin, retracted, judged, judged_note, name, path, url, canonical, title, site, language,
  published, kind, status, sha256 FROM document WHERE id = ?1
-- @document_list
SELECT id FROM document WHERE id > ?1 ORDER BY id LIMIT ?2
-- @revision_insert
INSERT INTO revision(document, number, sha256, fingerprint, original, added, changes, text, body)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
-- @revision_body
UPDATE revision SET body = ?2 WHERE id = ?1
-- @revision_get
SELECT r.id, r.original, r.added, a.revision IS NOT NULL, r.sha256, r.fingerprint, r.text, r.body
FROM revision r LEFT JOIN analysis a ON a.revision = r.id WHERE r.document = ?1 AND r.number = ?2
-- @revision_list
SELECT number, added, sha256, original, changes FROM revision WHERE document = ?1 ORDER BY number
-- @analysis_put
INSERT OR REPLACE INTO analysis(revision, claim_count, claims, reading, vector_width, vectors) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
-- @analysis_reading
SELECT reading FROM analysis WHERE revision = ?1
-- @analysis_claims
SELECT claims FROM analysis WHERE revision = ?1
-- @analysis_vectors
SELECT vector_width, vectors FROM analysis WHERE revision = ?1
-- @document_by_name
SELECT document FROM name WHERE name = ?1 ORDER BY document LIMIT 6
-- @document_by_sha256
SELECT DISTINCT document FROM revision WHERE sha256 >= ?1 AND sha256 < ?1 || 'g' ORDER BY document LIMIT 6

-- @mention_name_find
SELECT id FROM mention_name WHERE type = ?1 AND folded = ?2
-- @mention_name_insert
INSERT INTO mention_name(type, folded) VALUES(?1, ?2)
-- @mention_clear
DELETE FROM mention WHERE document = ?1
-- @mention_put
INSERT OR IGNORE INTO mention(name, document) VALUES(?1, ?2)
-- @story_mention_clear
DELETE FROM story_mention WHERE story = ?1
-- @story_mention_put
INSERT OR IGNORE INTO story_mention(name, story) VALUES(?1, ?2)
-- @day_clear
DELETE FROM day WHERE document = ?1
-- @day_put
INSERT OR IGNORE INTO day(day, document) VALUES(?1, ?2)
-- @document_index_delete
INSERT INTO document_index(document_index, rowid, title, text)
SELECT 'delete', id, title, text FROM document_text WHERE id = ?1
-- @document_index_insert
INSERT INTO document_index(rowid, title, text) VALUES(?1, ?2, ?3)
-- @story_index_delete
INSERT INTO story_index(story_index, rowid, title, text)
SELECT 'delete', id, title, text FROM story_text WHERE id = ?1
-- @story_index_insert
INSERT INTO story_index(rowid, title, text) VALUES(?1, ?2, ?3)

-- @story_insert
INSERT INTO story(name, created, changed) VALUES(?1, ?2, ?2)
-- @story_taken
SELECT 1 FROM story WHERE name = ?1
-- @story_exists
SELECT redirect, documents, edition, pinned, muted FROM story WHERE id = ?1
-- @story_by_name
SELECT id FROM story WHERE name = ?1
-- @story_by_prefix
SELECT id FROM story WHERE name >= ?1 AND name < ?1 || char(1114111) ORDER BY name LIMIT 6
-- @story_name
SELECT name FROM story WHERE id = ?1
-- @story_get
SELECT name, redirect, title, first_reported, updated, created, changed, documents, origins, edition, pinned, muted
FROM story WHERE id = ?1
-- @story_count
UPDATE story SET documents = documents + ?2, changed = ?3 WHERE id = ?1
-- @story_about
UPDATE story SET title = ?2, brief = ?3, first_reported = ?4, updated = ?5, updated_at = ?6, origins = ?7 WHERE id = ?1
-- @story_redirect
UPDATE story SET redirect = ?2, documents = 0, origins = 0, brief = NULL, pinned = 0, changed = ?3 WHERE id = ?1
-- @story_redirect_chain
UPDATE story SET redirect = ?2 WHERE redirect = ?1
-- @story_edition
UPDATE story SET edition = ?2, changed = ?3 WHERE id = ?1
-- @story_pin
UPDATE story SET pinned = ?2 WHERE id = ?1
-- @story_mute
UPDATE story SET muted = ?2 WHERE id = ?1
-- @document_place
UPDATE document SET story = ?2, origin = 0 WHERE id = ?1
-- @document_origin
UPDATE document SET origin = ?2 WHERE id = ?1
-- @document_retract
UPDATE document SET retracted = ?2 WHERE id = ?1 AND retracted <> ?2
-- @story_move
UPDATE document SET story = ?2, origin = 0 WHERE story = ?1
-- @story_members
SELECT id, origin FROM document WHERE story = ?1 ORDER BY published_at IS NULL, published_at, id LIMIT ?2
-- @story_first
SELECT min(id) FROM document WHERE story = ?1

-- @edition_insert
INSERT INTO edition(story, number, at, at_second, reason, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
-- @edition_get
SELECT number, at, reason, body FROM edition WHERE story = ?1 AND number = ?2
-- @edition_at
SELECT max(number) FROM edition WHERE story = ?1 AND at_second <= ?2
-- @edition_list
SELECT number, at, reason FROM edition WHERE story = ?1 ORDER BY number LIMIT ?2

-- @correction_insert
INSERT INTO correction(act, at, story, other, new_id, docs, note) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
-- @correction_list
SELECT id, act, at, story, other, new_id, docs, note FROM correction WHERE id > ?1 ORDER BY id LIMIT ?2

-- @state_clear
DELETE FROM state_part WHERE key = ?1
-- @state_insert
INSERT INTO state_part(key, n, body) VALUES(?1, ?2, ?3)
-- @state_parts
SELECT body FROM state_part WHERE key = ?1 ORDER BY n
-- @profile_put
INSERT OR REPLACE INTO profile(kind, document, at, body) VALUES(?1, ?2, ?3, ?4)
-- @profile_list
SELECT p.document, p.at, coalesce(d.story, 0), p.body
FROM profile p JOIN document d ON d.id = p.document
WHERE p.kind = ?1 AND p.document IN (SELECT document FROM profile WHERE kind = ?1 AND at >= ?2) ORDER BY p.document
-- @profile_drop
DELETE FROM profile WHERE kind = ?1 AND at < ?2

-- @document_filter
(:since IS NULL OR d.published_at >= :since)
AND (:until IS NULL OR d.published_at <= :until)
AND (:outlet IS NULL OR instr(d.outlet, :outlet) > 0)
AND (:language IS NULL OR d.language = :language)
AND (:story IS NULL OR d.story = :story)
AND (:withdrawn OR (d.retracted = 0 AND coalesce(d.judged, d.status) <> 2))
AND (:muted OR coalesce(s.muted, 0) = 0)
AND (:place IS NULL OR d.id IN (SELECT document FROM mention WHERE name IN
  (SELECT id FROM mention_name WHERE type IN (2, 4) AND instr(' ' || folded || ' ', ' ' || :place || ' ') > 0)))
AND (:person IS NULL OR d.id IN (SELECT document FROM mention WHERE name IN
  (SELECT id FROM mention_name WHERE type IN (0, 1) AND instr(' ' || folded || ' ', ' ' || :person || ' ') > 0)))
AND (:day IS NULL OR d.id IN (SELECT document FROM day WHERE day BETWEEN :day AND :last_day))
AND (:exclude IS NULL OR d.id NOT IN (SELECT rowid FROM document_index WHERE document_index MATCH :exclude))
-- @search_documents_best
SELECT d.id, f.score FROM
  (SELECT rowid AS id, bm25(document_index, 4.0, 1.0) AS score FROM document_index WHERE document_index MATCH :match) f
  CROSS JOIN document d ON d.id = f.id LEFT JOIN story s ON s.id = d.story
WHERE
-- include document_filter
ORDER BY f.score, d.id LIMIT :limit OFFSET :offset
-- @search_documents_newest
SELECT d.id, 0.0 FROM document d LEFT JOIN story s ON s.id = d.story
WHERE (:match IS NULL OR d.id IN (SELECT rowid FROM document_index WHERE document_index MATCH :match)) AND
-- include document_filter
ORDER BY d.published_at IS NULL, d.published_at DESC, d.id DESC LIMIT :limit OFFSET :offset
-- @search_documents_count
SELECT count(*) FROM (SELECT 1 FROM document d LEFT JOIN story s ON s.id = d.story
WHERE (:match IS NULL OR d.id IN (SELECT rowid FROM document_index WHERE document_index MATCH :match)) AND
-- include document_filter
LIMIT :limit OFFSET :offset)
-- @document_hit
SELECT d.name, d.title, d.site, d.url, d.published, d.retracted, coalesce(d.judged, d.status), d.story, s.name
FROM document d LEFT JOIN story s ON s.id = d.story WHERE d.id = ?1
-- @document_snippet
SELECT snippet(document_index, 1, char(2), char(3), '…', 30), highlight(document_index, 0, char(2), char(3))
FROM document_index WHERE document_index MATCH ?2 AND rowid = ?1
-- @document_opening
SELECT substr(text, 1, 240) FROM document_text WHERE id = ?1

-- @story_filter
s.redirect IS NULL AND s.documents > 0
AND (:since IS NULL OR s.updated_at >= :since)
AND (:until IS NULL OR s.updated_at <= :until)
AND (:changed IS NULL OR CAST(strftime('%s', s.changed) AS INTEGER) >= :changed)
AND (:outlet IS NULL OR s.id IN (SELECT story FROM document WHERE story IS NOT NULL AND instr(outlet, :outlet) > 0))
AND (:language IS NULL OR s.id IN (SELECT story FROM document WHERE story IS NOT NULL AND language = :language))
AND (:story IS NULL OR s.id = :story)
AND (:withdrawn IS NOT NULL)
AND (:muted OR s.muted = 0)
AND (:place IS NULL OR s.id IN (SELECT story FROM story_mention WHERE name IN
  (SELECT id FROM mention_name WHERE type IN (2, 4) AND instr(' ' || folded || ' ', ' ' || :place || ' ') > 0)))
AND (:person IS NULL OR s.id IN (SELECT story FROM story_mention WHERE name IN
  (SELECT id FROM mention_name WHERE type IN (0, 1) AND instr(' ' || folded || ' ', ' ' || :person || ' ') > 0)))
AND (:day IS NULL OR s.id IN (SELECT story FROM document WHERE story IS NOT NULL AND id IN
  (SELECT document FROM day WHERE day BETWEEN :day AND :last_day)))
AND (:exclude IS NULL OR s.id NOT IN (SELECT rowid FROM story_index WHERE story_index MATCH :exclude))
-- @search_stories_best
SELECT s.id, f.score FROM
  (SELECT rowid AS id, bm25(story_index, 4.0, 1.0) AS score FROM story_index WHERE story_index MATCH :match) f
  CROSS JOIN story s ON s.id = f.id
WHERE
-- include story_filter
ORDER BY s.pinned DESC, f.score, s.id LIMIT :limit OFFSET :offset
-- @search_stories_newest
SELECT s.id, 0.0 FROM story s
WHERE (:match IS NULL OR s.id IN (SELECT rowid FROM story_index WHERE story_index MATCH :match)) AND
-- include story_filter
ORDER BY s.pinned DESC, s.changed DESC, s.updated_at DESC, s.id DESC LIMIT :limit OFFSET :offset
-- @search_stories_count
SELECT count(*) FROM (SELECT 1 FROM story s
WHERE (:match IS NULL OR s.id IN (SELECT rowid FROM story_index WHERE story_index MATCH :match)) AND
-- include story_filter
LIMIT :limit OFFSET :offset)
-- @story_snippet
SELECT snippet(story_index, 1, char(2), char(3), '…', 30), highlight(story_index, 0, char(2), char(3))
FROM story_index WHERE story_index MATCH ?2 AND rowid = ?1
-- @story_opening
SELECT substr(text, 1, 240) FROM story_text WHERE id = ?1

-- @stats
SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM revision), (SELECT count(*) FROM analysis),
  (SELECT count(*) FROM document WHERE retracted OR coalesce(judged, status) = 2),
  (SELECT coalesce(sum(a.claim_count), 0) FROM document d JOIN revision r ON r.document = d.id AND r.number = d.revision
     JOIN analysis a ON a.revision = r.id),
  (SELECT count(*) FROM original), (SELECT coalesce(sum(bytes), 0) FROM original),
  (SELECT coalesce(sum(packed), 0) FROM original),
  (SELECT count(*) FROM story WHERE redirect IS NULL), (SELECT count(*) FROM story WHERE redirect IS NOT NULL),
  (SELECT count(*) FROM edition), (SELECT count(*) FROM correction), (SELECT count(*) FROM profile),
  (SELECT count(DISTINCT key) FROM state_part), (SELECT count(*) FROM source)
-- @page_count
PRAGMA page_count
-- @page_size
PRAGMA page_size
-- @freelist_count
PRAGMA freelist_count

-- What the deep check goes through.
-- @revision_keys
SELECT document, number FROM revision ORDER BY id
-- @original_keys
SELECT id, 0 FROM original ORDER BY id
-- @edition_keys
SELECT story, number FROM edition ORDER BY id
-- @state_keys
SELECT DISTINCT key FROM state_part ORDER BY key
-- @profile_kinds
SELECT DISTINCT kind FROM profile ORDER BY kind
-- @miscounted
SELECT s.id, s.documents, count(d.id) FROM story s LEFT JOIN document d ON d.story = s.id
GROUP BY s.id HAVING count(d.id) <> s.documents
-- @without_revision
SELECT id, revision FROM document d WHERE NOT EXISTS(SELECT 1 FROM revision WHERE document = d.id AND number = d.revision)
-- @index_check
INSERT INTO document_index(document_index, rank) VALUES('integrity-check', 1)
-- @story_index_check
INSERT INTO story_index(story_index, rank) VALUES('integrity-check', 1)
-- @integrity_check
PRAGMA integrity_check(100)
-- @foreign_key_check
PRAGMA foreign_key_check

-- Salvage. Those of plural nouns read the damaged copy, from its beginning as far as it goes.
-- @salvage_documents
SELECT id, 0 FROM document ORDER BY id
-- @salvage_orphans
SELECT DISTINCT document, 0 FROM revision WHERE document NOT IN (SELECT id FROM document) ORDER BY document
-- @salvage_newest
SELECT max(number) FROM revision WHERE document = ?1
-- @salvage_document_insert
INSERT INTO document(id, identity, revision, revisions, name, path, url, canonical, title, site, outlet, language, published,
  kind, status, sha256) VALUES(?1, CASE WHEN EXISTS(SELECT 1 FROM document WHERE identity = ?2) THEN ?2 || '~' || ?1 ELSE ?2 END,
  ?3, ?3, '', '', '', '', '', '', '', '', '', 0, 0, '')
-- @salvage_document_fit
UPDATE document SET
  revision = CASE WHEN EXISTS(SELECT 1 FROM revision WHERE document = ?1 AND number = document.revision) THEN revision ELSE ?2 END,
  revisions = max(revisions, ?2),
  judged = CASE WHEN EXISTS(SELECT 1 FROM revision WHERE document = ?1 AND number = document.revision) THEN judged END
WHERE id = ?1
-- @salvage_revision_drop
DELETE FROM revision WHERE document = ?1 AND number = ?2
-- @salvage_document_drop
DELETE FROM document WHERE id = ?1
-- @salvage_analysis_drop
DELETE FROM analysis WHERE revision IN (SELECT id FROM revision WHERE document = ?1 AND number = ?2)
-- @salvage_original_drop
DELETE FROM original WHERE id = ?1
-- @salvage_edition_drop
DELETE FROM edition WHERE story = ?1 AND number = ?2
-- @salvage_identity
INSERT OR IGNORE INTO identity(identity, document) SELECT identity, id FROM document WHERE id = ?1
-- @salvage_identities
SELECT identity, document FROM identity
-- @salvage_identity_put
INSERT OR IGNORE INTO identity(identity, document) SELECT ?1, ?2 WHERE ?2 IN (SELECT id FROM document)
-- @salvage_name_put
INSERT OR IGNORE INTO name(name, document) SELECT ?1, ?2 WHERE ?2 IN (SELECT id FROM document)
-- @salvage_names
SELECT name, document FROM name
-- @salvage_mentions
SELECT n.type, n.folded, m.story FROM story_mention m JOIN mention_name n ON n.id = m.name
-- @salvage_mention_put
INSERT OR IGNORE INTO story_mention(name, story)
SELECT id, ?3 FROM mention_name WHERE type = ?1 AND folded = ?2 AND ?3 IN (SELECT id FROM story)
-- @salvage_sources
SELECT * FROM source
-- @salvage_source_put
INSERT OR IGNORE INTO source VALUES(?1, ?2, ?3, ?4)
-- @salvage_profiles
SELECT * FROM profile
-- @salvage_profile_put
INSERT OR IGNORE INTO profile VALUES(?1, ?2, ?3, ?4)
-- @salvage_states
SELECT * FROM state_part ORDER BY rowid
-- @salvage_state_put
INSERT OR IGNORE INTO state_part VALUES(?1, ?2, ?3)
-- @salvage_tables
SELECT count(*) = 8 FROM sqlite_schema WHERE type = 'table' AND name IN
  ('original', 'original_part', 'story', 'document', 'revision', 'analysis', 'edition', 'correction')
-- @salvage_stories
SELECT id, 0 FROM story ORDER BY id
-- @salvage_brief
SELECT brief FROM story WHERE id = ?1 AND brief IS NOT NULL
-- @salvage_brief_drop
UPDATE story SET brief = NULL WHERE id = ?1
