/* The names of the statements in data/store/statements.sql that are run by number; those that others
 * only include are not among them. */
#ifndef SITREP_STORE_SQLITE_STATEMENTS_H
#define SITREP_STORE_SQLITE_STATEMENTS_H

#define STATEMENTS(X) \
	X(begin) X(commit) X(rollback) X(data_version) X(missing_tables) \
	X(original_find) X(original_insert) X(original_packed) X(original_get) X(original_part_insert) X(original_parts) \
	X(source_put) X(source_find) \
	X(identity_find) X(same_bytes_find) X(identity_put) X(name_put) X(fingerprint_find) X(document_insert) X(document_update) \
	X(document_revised) X(document_older) X(document_judge) X(document_exists) X(document_get) X(document_list) \
	X(revision_insert) X(revision_body) X(revision_get) X(revision_list) \
	X(analysis_put) X(analysis_reading) X(analysis_claims) X(analysis_vectors) X(document_by_name) X(document_by_sha256) \
	X(mention_name_find) X(mention_name_insert) X(mention_clear) X(mention_put) X(story_mention_clear) X(story_mention_put) \
	X(day_clear) X(day_put) X(document_index_delete) X(document_index_insert) X(story_index_delete) X(story_index_insert) \
	X(story_insert) X(story_taken) X(story_exists) X(story_by_name) X(story_by_prefix) X(story_name) X(story_get) X(story_count) \
	X(story_about) X(story_redirect) X(story_redirect_chain) X(story_edition) X(story_pin) X(story_mute) X(document_place) \
	X(document_origin) X(document_retract) X(story_move) X(story_members) X(story_first) \
	X(edition_insert) X(edition_get) X(edition_at) X(edition_list) \
	X(correction_insert) X(correction_list) \
	X(state_clear) X(state_insert) X(state_parts) X(profile_put) X(profile_list) X(profile_drop) \
	X(search_documents_best) X(search_documents_newest) X(search_documents_count) X(document_hit) X(document_snippet) \
	X(document_opening) X(search_stories_best) X(search_stories_newest) X(search_stories_count) X(story_snippet) X(story_opening) \
	X(stats) X(page_count) X(page_size) X(freelist_count) \
	X(revision_keys) X(original_keys) X(edition_keys) X(state_keys) X(profile_kinds) X(miscounted) X(without_revision) \
	X(index_check) X(story_index_check) X(integrity_check) X(foreign_key_check) \
	X(salvage_documents) X(salvage_orphans) X(salvage_newest) X(salvage_document_insert) X(salvage_document_fit) \
	X(salvage_revision_drop) X(salvage_document_drop) X(salvage_analysis_drop) X(salvage_original_drop) X(salvage_edition_drop) \
	X(salvage_identity) X(salvage_identities) X(salvage_identity_put) X(salvage_names) X(salvage_name_put) \
	X(salvage_sources) X(salvage_source_put) X(salvage_profiles) X(salvage_profile_put) X(salvage_states) X(salvage_state_put) \
	X(salvage_tables) X(salvage_mentions) X(salvage_mention_put) X(salvage_stories) X(salvage_brief) X(salvage_brief_drop)

typedef enum statement {
#define X(name) ST_##name,
	STATEMENTS(X)
#undef X
	ST_COUNT
} statement;

#endif
