/* The table of functions, and transactions. */
#include "sqlite_store.h"

static sr_status sqlite_begin(sr_store *store, sr_error *err)
{
	return db_run(sqlite_of(store), ST_begin, err, "");
}

static sr_status sqlite_commit(sr_store *store, sr_error *err)
{
	return db_run(sqlite_of(store), ST_commit, err, "");
}

static void sqlite_rollback(sr_store *store) { db_rollback(sqlite_of(store)); }

static sr_status sqlite_changed(sr_store *store, bool *changed, sr_error *err)
{
	sqlite_store *s = sqlite_of(store);
	int64_t version;
	SR_TRY(db_number(s, ST_data_version, &version, NULL, err, ""));
	*changed = version != s->data_version;
	s->data_version = version;
	return SR_OK;
}

static const sr_store_ops sqlite_ops = {
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.changed = sqlite_changed,
	.put_original = sqlite_put_original,
	.get_original = sqlite_get_original,
	.original_bytes = sqlite_original_bytes,
	.put_source = sqlite_put_source,
	.known_source = sqlite_known_source,
	.lookup = sqlite_lookup,
	.add = sqlite_add,
	.put_analysis = sqlite_put_analysis,
	.put_status = sqlite_put_status,
	.load = sqlite_load,
	.load_many = sqlite_load_many,
	.find_document = sqlite_find_document,
	.documents = sqlite_documents,
	.revisions = sqlite_revisions,
	.new_story = sqlite_new_story,
	.find_story = sqlite_find_story,
	.place = sqlite_place,
	.put_origins = sqlite_put_origins,
	.members = sqlite_members,
	.join = sqlite_join,
	.put_about = sqlite_put_about,
	.get_story = sqlite_get_story,
	.put_edition = sqlite_put_edition,
	.get_edition = sqlite_get_edition,
	.edition_at = sqlite_edition_at,
	.editions = sqlite_editions,
	.correct = sqlite_correct,
	.corrections = sqlite_corrections,
	.put_state = sqlite_put_state,
	.get_state = sqlite_get_state,
	.put_profile = sqlite_put_profile,
	.each_profile = sqlite_each_profile,
	.drop_profiles = sqlite_drop_profiles,
	.search_documents = sqlite_search_documents,
	.search_stories = sqlite_search_stories,
	.get_stats = sqlite_get_stats,
	.check = sqlite_check,
};

void sr_store_libraries(sr_buf *out)
{
	sr_buf_printf(out, "SQLite %s, ", sqlite3_libversion());
	sr_packer_library(out);
}

sr_status sr_store_open_sqlite(const char *path, const sr_store_options *options, sr_store **out, sr_error *err)
{
	sqlite_store *s;
	SR_TRY(sqlite_connect(path, options, &s, err));
	s->base.ops = &sqlite_ops;
	*out = &s->base;
	return SR_OK;
}
