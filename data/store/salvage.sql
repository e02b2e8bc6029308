-- After salvaging rows: what points at rows that are lost lets go of them, and what is counted is counted again.
DELETE FROM analysis WHERE revision NOT IN (SELECT id FROM revision);
DELETE FROM original_part WHERE original NOT IN (SELECT id FROM original);
UPDATE revision SET original = NULL WHERE original NOT IN (SELECT id FROM original);
DELETE FROM edition WHERE story NOT IN (SELECT id FROM story);
UPDATE story SET redirect = NULL WHERE redirect NOT IN (SELECT id FROM story);
UPDATE document SET story = NULL, origin = 0 WHERE story NOT IN (SELECT id FROM story);
UPDATE story SET documents = (SELECT count(*) FROM document WHERE story = story.id),
  edition = coalesce((SELECT max(number) FROM edition WHERE story = story.id), 0);
