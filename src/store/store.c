/* The store's front: which engine a URI names, what holds for all engines (transactions, ceilings), and
 * the way to the engine's function. */
#include "names.h"
#include "store_ops.h"

#include "sitrep/base/file.h"

#include <string.h>

typedef struct engine {
	const char *scheme; /* with its colon */
	sr_status (*open)(const char *path, const sr_store_options *options, sr_store **out, sr_error *err);
} engine;

/* An engine without a function is known and not built yet. */
static const engine engines[] = {
	{ "sqlite:", sr_store_open_sqlite },
	{ "postgres:", NULL },
	{ "postgresql:", NULL },
};

static sr_status open_uri(const char *uri, const sr_store_options *options, sr_store **out, sr_error *err)
{
	for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
		size_t n = strlen(engines[i].scheme);
		if (strncmp(uri, engines[i].scheme, n) != 0)
			continue;
		if (!engines[i].open)
			return sr_fail(err, SR_E_UNSUPPORTED, "%.*s is not built yet as a store; give the path of a file", (int)n - 1,
			               engines[i].scheme);
		return engines[i].open(uri + n, options, out, err);
	}
	if (strstr(uri, "://"))
		return sr_fail(err, SR_E_UNSUPPORTED, "%s: no such kind of store; give the path of a file", uri);
	return sr_store_open_sqlite(uri, options, out, err);
}

sr_status sr_store_open(const sr_store_options *options, sr_store **out, sr_error *err)
{
	sr_error unused = { 0 };
	sr_str path = { 0 };
	*out = NULL;
	err = err ? err : &unused;
	if (options->uri)
		return open_uri(options->uri, options, out, err);
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_store_default_path(arena, &path, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK && path.ptr && options->create)
		status = sr_store_make_folder(path.ptr, err);
	if (status == SR_OK && path.ptr)
		status = open_uri(path.ptr, options, out, err);
	sr_arena_free(arena);
	return status;
}

void sr_store_close(sr_store *store)
{
	if (!store)
		return;
	sr_store_rollback(store);
	store->ops->close(store);
}

sr_status sr_store_begin(sr_store *store, sr_time now, sr_error *err)
{
	sr_error unused = { 0 };
	err = err ? err : &unused;
	if (store->read_only)
		return sr_fail(err, SR_E_USAGE, "the store is open for reading only");
	if (store->writing)
		return sr_fail(err, SR_E_USAGE, "a transaction is open already");
	if (now.precision < SR_PRECISION_DAY)
		return sr_fail(err, SR_E_USAGE, "the time of a transaction must be known");
	SR_TRY(store->ops->begin(store, err));
	store->writing = true;
	store->now = now;
	store->broken.status = SR_OK;
	return SR_OK;
}

/* May a write begin? */
static sr_status writable(sr_store *store, sr_error *err)
{
	if (!store->writing)
		return sr_fail(err, SR_E_USAGE, store->read_only ? "the store is open for reading only" : "no transaction is open");
	if (store->broken.status != SR_OK)
		return sr_fail(err, store->broken.status, "%s", store->broken.message);
	return SR_OK;
}

/* Takes note of a write's answer: these have left half of something behind. */
static sr_status wrote(sr_store *store, sr_status status, const sr_error *err)
{
	if (status == SR_E_NOMEM || status == SR_E_IO || status == SR_E_BUSY || status == SR_E_CORRUPT)
		store->broken = *err;
	return status;
}

sr_status sr_store_commit(sr_store *store, sr_error *err)
{
	sr_error unused = { 0 };
	err = err ? err : &unused;
	SR_TRY(writable(store, err));
	sr_status status = wrote(store, store->ops->commit(store, err), err);
	if (status == SR_OK)
		store->writing = false;
	return status;
}

void sr_store_rollback(sr_store *store)
{
	if (!store->writing)
		return;
	store->ops->rollback(store);
	store->writing = false;
}

static sr_status name_fits(sr_str name, const char *what, sr_error *err)
{
	if (name.len > SR_STORE_NAME_MAX)
		return sr_fail(err, SR_E_LIMIT, "%s is longer than %zu bytes", what, SR_STORE_NAME_MAX);
	return SR_OK;
}

static sr_status document_fits(const sr_document *doc, sr_error *err)
{
	const sr_str names[] = { doc->id, doc->path, doc->url, doc->canonical, doc->site, doc->language, doc->sha256 };
	if (doc->text.len > SR_STORE_BLOB_MAX)
		return sr_fail(err, SR_E_LIMIT, "the text is longer than %zu MB", SR_STORE_BLOB_MAX >> 20);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		SR_TRY(name_fits(names[i], "a name of the document", err));
	return SR_OK;
}

#define OPS(store) ((store)->ops)
/* The bodies below differ in their arguments only: err is never NULL behind them. */
#define READ(store, call)                \
	do {                                 \
		sr_error unused_ = { 0 };        \
		err = err ? err : &unused_;      \
		return OPS(store)->call;         \
	} while (0)
#define WRITE(store, check, call)                           \
	do {                                                    \
		sr_error unused_ = { 0 };                           \
		err = err ? err : &unused_;                         \
		SR_TRY(writable(store, err));                       \
		SR_TRY(check);                                      \
		return wrote(store, OPS(store)->call, err);         \
	} while (0)

sr_status sr_store_changed(sr_store *s, bool *changed, sr_error *err) { READ(s, changed(s, changed, err)); }

static sr_status original_fits(const sr_store_original *o, sr_error *err)
{
	SR_TRY(name_fits(o->location, "a location", err));
	if (o->bytes.len > SR_STORE_ORIGINAL_MAX)
		return sr_fail(err, SR_E_LIMIT, "an original is larger than %zu MB", SR_STORE_ORIGINAL_MAX >> 20);
	return SR_OK;
}

sr_status sr_store_put_original(sr_store *s, const sr_store_original *original, int64_t *id, sr_error *err)
{
	WRITE(s, original_fits(original, err), put_original(s, original, id, err));
}

sr_status sr_store_get_original(sr_store *s, int64_t id, sr_arena *arena, sr_store_original *out, sr_error *err)
{
	READ(s, get_original(s, id, arena, out, err));
}

sr_status sr_store_original_bytes(sr_store *s, int64_t id, sr_buf *out, sr_error *err) { READ(s, original_bytes(s, id, out, err)); }

sr_status sr_store_put_source(sr_store *s, sr_str location, sr_str sha256, uint32_t documents, sr_error *err)
{
	WRITE(s, name_fits(location, "a location", err), put_source(s, location, sha256, documents, err));
}

sr_status sr_store_known_source(sr_store *s, sr_str location, sr_str sha256, bool *known, uint32_t *documents, sr_error *err)
{
	READ(s, known_source(s, location, sha256, known, documents, err));
}

sr_status sr_store_lookup(sr_store *s, const sr_document *doc, sr_str identity, sr_store_added *out, sr_error *err)
{
	READ(s, lookup(s, doc, identity, out, err));
}

sr_status sr_store_add(sr_store *s, const sr_store_document *in, sr_store_added *out, sr_error *err)
{
	WRITE(s, document_fits(in->doc, err), add(s, in, out, err));
}

sr_status sr_store_put_analysis(sr_store *s, int64_t doc, const sr_store_document *in, sr_error *err)
{
	WRITE(s, document_fits(in->doc, err), put_analysis(s, doc, in, err));
}

sr_status sr_store_put_status(sr_store *s, int64_t doc, sr_doc_status status, sr_str note, sr_error *err)
{
	WRITE(s, name_fits(note, "a note", err), put_status(s, doc, status, note, err));
}

sr_status sr_store_load(sr_store *s, int64_t doc, uint32_t revision, unsigned parts, sr_arena *arena, sr_store_loaded *out,
                        sr_error *err)
{
	READ(s, load(s, doc, revision, parts, arena, out, err));
}

sr_status sr_store_load_many(sr_store *s, const int64_t *docs, size_t count, unsigned parts, unsigned jobs, sr_arena *arena,
                             sr_store_loaded *out, sr_error *err)
{
	READ(s, load_many(s, docs, count, parts, jobs, arena, out, err));
}

sr_status sr_store_find_document(sr_store *s, sr_str name, int64_t *doc, sr_error *err) { READ(s, find_document(s, name, doc, err)); }

sr_status sr_store_documents(sr_store *s, int64_t after, size_t limit, sr_arena *arena, sr_store_ids *out, sr_error *err)
{
	READ(s, documents(s, after, limit && limit < SR_STORE_ROWS_MAX ? limit : SR_STORE_ROWS_MAX, arena, out, err));
}

sr_status sr_store_revisions(sr_store *s, int64_t doc, sr_arena *arena, sr_store_revision **out, size_t *count, sr_error *err)
{
	READ(s, revisions(s, doc, arena, out, count, err));
}

sr_status sr_store_new_story(sr_store *s, sr_str id, int64_t *story, sr_error *err)
{
	WRITE(s, id.len ? name_fits(id, "a story's id", err) : sr_fail(err, SR_E_INVALID, "a story's id is empty"),
	      new_story(s, id, story, err));
}

sr_status sr_store_find_story(sr_store *s, sr_str name, int64_t *story, bool *moved, sr_error *err)
{
	bool unused;
	READ(s, find_story(s, name, story, moved ? moved : &unused, err));
}

sr_status sr_store_place(sr_store *s, int64_t doc, int64_t story, sr_error *err) { WRITE(s, SR_OK, place(s, doc, story, err)); }

sr_status sr_store_put_origins(sr_store *s, const int64_t *docs, const uint32_t *origins, size_t count, sr_error *err)
{
	WRITE(s, SR_OK, put_origins(s, docs, origins, count, err));
}

sr_status sr_store_members(sr_store *s, int64_t story, sr_arena *arena, sr_store_ids *docs, uint32_t **origins, sr_error *err)
{
	READ(s, members(s, story, arena, docs, origins, err));
}

sr_status sr_store_join(sr_store *s, int64_t into, int64_t from, sr_error *err)
{
	WRITE(s, into == from ? sr_fail(err, SR_E_INVALID, "a story cannot be joined with itself") : SR_OK, join(s, into, from, err));
}

sr_status sr_store_put_about(sr_store *s, int64_t story, const sr_store_about *about, sr_error *err)
{
	WRITE(s, about->text.len > SR_STORE_BLOB_MAX ? sr_fail(err, SR_E_LIMIT, "the text of a story is too long") : SR_OK,
	      put_about(s, story, about, err));
}

sr_status sr_store_get_story(sr_store *s, int64_t story, sr_arena *arena, sr_store_story *out, sr_error *err)
{
	READ(s, get_story(s, story, arena, out, err));
}

sr_status sr_store_put_edition(sr_store *s, int64_t story, sr_str json, sr_str reason, uint32_t *number, sr_error *err)
{
	WRITE(s, json.len > SR_STORE_BLOB_MAX ? sr_fail(err, SR_E_LIMIT, "an edition is larger than %zu MB", SR_STORE_BLOB_MAX >> 20)
	                                      : name_fits(reason, "a reason", err),
	      put_edition(s, story, json, reason, number, err));
}

sr_status sr_store_get_edition(sr_store *s, int64_t story, uint32_t number, sr_arena *arena, sr_store_edition *out, sr_error *err)
{
	READ(s, get_edition(s, story, number, arena, out, err));
}

sr_status sr_store_edition_at(sr_store *s, int64_t story, sr_time at, uint32_t *number, sr_error *err)
{
	READ(s, edition_at(s, story, at, number, err));
}

sr_status sr_store_editions(sr_store *s, int64_t story, sr_arena *arena, sr_store_edition **out, size_t *count, sr_error *err)
{
	READ(s, editions(s, story, arena, out, count, err));
}

const char *sr_store_act_name(sr_store_act act)
{
	static const char *const names[] = { "merge", "split", "pin", "unpin", "mute", "unmute", "retract", "unretract" };
	return (size_t)act < sizeof names / sizeof *names ? names[act] : "";
}

sr_status sr_store_correct(sr_store *s, sr_store_correction *correction, sr_arena *arena, sr_error *err)
{
	WRITE(s, name_fits(correction->note, "a note", err), correct(s, correction, arena, err));
}

sr_status sr_store_corrections(sr_store *s, int64_t after, sr_arena *arena, sr_store_correction **out, size_t *count, sr_error *err)
{
	READ(s, corrections(s, after, arena, out, count, err));
}

sr_status sr_store_put_state(sr_store *s, sr_str key, sr_str bytes, sr_error *err)
{
	WRITE(s, bytes.len > SR_STORE_STATE_MAX ? sr_fail(err, SR_E_LIMIT, "a state is larger than %zu MB", SR_STORE_STATE_MAX >> 20)
	                                        : name_fits(key, "a key", err),
	      put_state(s, key, bytes, err));
}

sr_status sr_store_get_state(sr_store *s, sr_str key, sr_buf *out, sr_error *err) { READ(s, get_state(s, key, out, err)); }

sr_status sr_store_put_profile(sr_store *s, sr_str kind, int64_t doc, int64_t when, sr_str bytes, sr_error *err)
{
	WRITE(s, bytes.len > SR_STORE_BLOB_MAX ? sr_fail(err, SR_E_LIMIT, "a profile is larger than %zu MB", SR_STORE_BLOB_MAX >> 20)
	                                       : name_fits(kind, "a kind", err),
	      put_profile(s, kind, doc, when, bytes, err));
}

sr_status sr_store_each_profile(sr_store *s, sr_str kind, int64_t since,
                                sr_status (*visit)(void *ctx, const sr_store_profile *profile, sr_error *err), void *ctx,
                                sr_error *err)
{
	READ(s, each_profile(s, kind, since, visit, ctx, err));
}

sr_status sr_store_drop_profiles(sr_store *s, sr_str kind, int64_t before, sr_error *err)
{
	WRITE(s, SR_OK, drop_profiles(s, kind, before, err));
}

static sr_status query_fits(const sr_store_query *q, sr_error *err)
{
	if (q->text.len > SR_STORE_QUERY_MAX)
		return sr_fail(err, SR_E_LIMIT, "a search is longer than %zu bytes", SR_STORE_QUERY_MAX);
	const sr_str names[] = { q->outlet, q->place, q->person, q->language };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		SR_TRY(name_fits(names[i], "a filter", err));
	return SR_OK;
}

sr_status sr_store_search_documents(sr_store *s, const sr_store_query *query, sr_arena *arena, sr_store_hits *out, sr_error *err)
{
	SR_TRY(query_fits(query, err));
	READ(s, search_documents(s, query, arena, out, err));
}

sr_status sr_store_search_stories(sr_store *s, const sr_store_query *query, sr_arena *arena, sr_store_hits *out, sr_error *err)
{
	SR_TRY(query_fits(query, err));
	READ(s, search_stories(s, query, arena, out, err));
}

sr_status sr_store_get_stats(sr_store *s, sr_arena *arena, sr_store_stats *out, sr_error *err) { READ(s, get_stats(s, arena, out, err)); }

sr_status sr_store_check(sr_store *s, sr_arena *arena, sr_str **faults, size_t *count, sr_error *err)
{
	READ(s, check(s, arena, faults, count, err));
}

sr_status sr_store_salvage(const char *from, const char *to, sr_arena *arena, sr_store_salvaged *out, sr_error *err)
{
	sr_error unused = { 0 };
	err = err ? err : &unused;
	*out = (sr_store_salvaged){ 0 };
	if (sr_path_kind_of(from) != SR_PATH_FILE)
		return sr_fail(err, SR_E_NOT_FOUND, "%s: no such file", from);
	if (sr_path_kind_of(to) != SR_PATH_MISSING)
		return sr_fail(err, SR_E_REFUSED, "%s is there already", to);
	return sr_store_salvage_sqlite(from, to, arena, out, err);
}
