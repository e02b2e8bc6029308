/* A story out of the store: its documents and readings as a run of the engine, and its pages. */
#include "archive_private.h"

#include "sitrep/base/threads.h"

#include <stdlib.h>
#include <string.h>

sr_status archive_compose_ready(sr_archive *a, sr_error *err)
{
	SR_TRY(archive_engine(a, err));
	return a->engine->gazetteer ? SR_OK : sr_gazetteer_open(NULL, &a->engine->gazetteer, err);
}

/* ---- loading ---- */

static int by_publication(const void *x, const void *y)
{
	const sr_store_loaded *a = x, *b = y;
	int c = engine_by_publication(a->doc, b->doc);
	return c ? c : (a->id > b->id) - (a->id < b->id);
}

static sr_status load_documents(sr_archive *a, int64_t story, sr_run *run, sr_store_loaded **out, size_t *count, sr_error *err)
{
	sr_store_ids members = { 0 };
	SR_TRY(sr_store_members(a->store, story, run->arena, &members, NULL, err));
	sr_store_loaded *docs = SR_NEW_ARRAY(run->arena, sr_store_loaded, members.count + 1);
	if (!docs)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_store_load_many(a->store, members.items, members.count, SR_STORE_DOCUMENT | SR_STORE_VECTORS, a->options.engine.jobs, run->arena, docs, err));
	if (members.count)
		qsort(docs, members.count, sizeof *docs, by_publication);
	*out = docs;
	*count = members.count;
	return SR_OK;
}

static sr_status make_run(sr_archive *a, int64_t story, sr_run *run, int64_t **ids, sr_error *err)
{
	sr_store_loaded *docs = NULL;
	size_t n = 0;
	SR_TRY(load_documents(a, story, run, &docs, &n, err));
	run->doc_count = n;
	run->docs = SR_NEW_ARRAY(run->arena, sr_document *, n + 1);
	run->readings = SR_NEW_ARRAY(run->arena, sr_reading, n + 1);
	run->stories = SR_NEW(run->arena, sr_story);
	run->story_count = 1;
	*ids = SR_NEW_ARRAY(run->arena, int64_t, n + 1);
	if (!run->docs || !run->readings || !run->stories || !*ids)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < n; i++) {
		run->docs[i] = docs[i].doc;
		run->readings[i] = docs[i].reading;
		run->readings[i].doc = docs[i].doc;
		(*ids)[i] = docs[i].id;
	}
	return SR_OK;
}

sr_status archive_load_run(sr_archive *a, int64_t story, sr_run **out, int64_t **ids, sr_error *err)
{
	SR_TRY(archive_engine(a, err));
	SR_TRY(sr_run_new(a->engine, out, err));
	sr_status status = make_run(a, story, *out, ids, err);
	if (status != SR_OK) {
		sr_run_free(*out);
		*out = NULL;
	}
	return status;
}

/* ---- settling ---- */

/* Pages that print no year are of the time of their story. What was read of them goes by the date, so the
 * stages after the tagger are run again where that has moved. */
static sr_status settle_years(sr_run *run, bool *moved, sr_error *err)
{
	bool any = false;
	sr_time *before = SR_NEW_ARRAY(run->arena, sr_time, run->doc_count + 1);
	if (!before)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < run->doc_count; i++) {
		before[i] = run->docs[i]->published;
		any |= run->docs[i]->year_assumed;
	}
	if (!any)
		return SR_OK;
	SR_TRY(engine_settle_years(run, err));
	for (size_t i = 0; i < run->doc_count; i++)
		if ((moved[i] = sr_time_cmp(before[i], run->docs[i]->published) != 0))
			SR_TRY(engine_read_document(run->engine, run->arena, run->docs[i], &run->readings[i], err));
	return SR_OK;
}

static int doc_order(const void *x, const void *y, void *run)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	int c = engine_by_publication(((sr_run *)run)->docs[a], ((sr_run *)run)->docs[b]);
	return c ? c : (a > b) - (a < b);
}

/* Origins go by the texts, claims by the readings: both at once. */
typedef struct settling {
	sr_run *run;
	sr_document **ordered;
	sr_status status[2];
	sr_error err[2];
} settling;

static void settle_half(void *ctx, size_t i, unsigned worker)
{
	settling *x = ctx;
	sr_story *s = &x->run->stories[0];
	(void)worker;
	x->status[i] = i ? engine_claims(x->run, s, x->run->arena, &x->run->claims, &x->err[i])
	                 : sr_story_origins(x->ordered, s->doc_count, s->origin, &s->origin_count, &x->err[i]);
}

sr_status archive_settle_story(sr_run *run, bool **moved, sr_error *err)
{
	sr_story *s = &run->stories[0];
	size_t n = run->doc_count;
	*moved = SR_NEW_ARRAY(run->arena, bool, n + 1);
	if (!*moved)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(settle_years(run, *moved, err));
	s->docs = SR_NEW_ARRAY(run->arena, uint32_t, n + 1);
	s->origin = SR_NEW_ARRAY(run->arena, uint32_t, n + 1);
	sr_document **ordered = SR_NEW_ARRAY(run->arena, sr_document *, n + 1);
	if (!s->docs || !s->origin || !ordered)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (uint32_t i = 0; i < n; i++)
		s->docs[i] = i;
	if (n)
		qsort_r(s->docs, n, sizeof *s->docs, doc_order, run);
	for (size_t i = 0; i < n; i++)
		ordered[i] = run->docs[s->docs[i]];
	s->doc_count = n;
	settling x = { .run = run, .ordered = ordered };
	sr_parallel((unsigned)run->worker_count, 2, settle_half, &x);
	for (size_t i = 0; i < 2; i++)
		if (x.status[i] != SR_OK)
			return sr_fail(err, x.status[i], "%s", x.err[i].message);
	return SR_OK;
}

sr_status sr_archive_run(sr_archive *a, int64_t story, sr_run **out, sr_error *err)
{
	int64_t *ids;
	bool *moved;
	sr_store_story info;
	SR_TRY(archive_load_run(a, story, out, &ids, err));
	sr_status status = archive_settle_story(*out, &moved, err);
	if (status == SR_OK)
		status = sr_store_get_story(a->store, story, (*out)->arena, &info, err);
	if (status == SR_OK) {
		(*out)->stories[0].id = info.id;
		return SR_OK;
	}
	sr_run_free(*out);
	*out = NULL;
	return status;
}

/* ---- pages ---- */

static sr_status is_due(sr_archive *a, int64_t story, bool *due, sr_error *err)
{
	archive_dues list = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? archive_due_list(a, arena, &list, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	*due = false;
	for (size_t i = 0; status == SR_OK && i < list.count; i++)
		*due |= list.items[i].story == story;
	sr_arena_free(arena);
	return status;
}

/* Opens the store for writing, if it lets us: an edition that is due is kept then. */
static bool may_write(sr_archive *a)
{
	if (a->options.write)
		return true;
	sr_store *store;
	const sr_store_options options = { .uri = a->options.db, .trust = true };
	if (sr_store_open(&options, &store, NULL) != SR_OK)
		return false;
	sr_store_close(a->store);
	a->store = store;
	a->options.write = true;
	return true;
}

static sr_status read_edition(sr_archive *a, int64_t story, uint32_t number, sr_arena *arena, sr_dossier *out, sr_error *err)
{
	sr_store_edition edition;
	SR_TRY(sr_store_get_edition(a->store, story, number, arena, &edition, err));
	return sr_dossier_read(edition.json, arena, out, err);
}

/* An edition that does not verify is no reason to show none. */
static sr_status latest(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err)
{
	bool due;
	sr_store_story info;
	sr_status status = SR_OK;
	SR_TRY(sr_store_get_story(a->store, story, arena, &info, err));
	SR_TRY(is_due(a, story, &due, err));
	due |= !info.edition;
	if (due)
		status = may_write(a) ? archive_write_story(a, story, arena, out, err) : archive_draft(a, story, arena, out, err);
	if (status == SR_E_REFUSED && info.edition) {
		out->stale = sr_str_printf(arena, "%s", err->message);
		status = SR_OK;
	}
	SR_TRY(status);
	return out->dossier.source_count ? SR_OK : read_edition(a, story, 0, arena, &out->dossier, err);
}

/* The revision of one document that has the hash. */
static sr_status revision_with(sr_archive *a, int64_t doc, sr_str sha256, sr_arena *arena, sr_document **out, sr_error *err)
{
	sr_store_loaded loaded = { 0 };
	sr_store_revision *revisions;
	size_t count;
	SR_TRY(sr_store_load(a->store, doc, 0, SR_STORE_DOCUMENT, arena, &loaded, err));
	if (sr_str_eq(loaded.doc->sha256, sha256)) {
		*out = loaded.doc;
		return SR_OK;
	}
	SR_TRY(sr_store_revisions(a->store, doc, arena, &revisions, &count, err));
	for (size_t i = count; i-- > 0 && !*out;)
		if (sr_str_eq(revisions[i].sha256, sha256)) {
			SR_TRY(sr_store_load(a->store, doc, revisions[i].number, SR_STORE_DOCUMENT, arena, &loaded, err));
			*out = loaded.doc;
		}
	return SR_OK;
}

sr_status archive_find_original(sr_archive *a, const sr_source *s, sr_arena *arena, sr_document **out, sr_error *err)
{
	const sr_str names[] = { s->path, s->url, s->sha256 };
	*out = NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names && !*out; i++) {
		int64_t doc;
		sr_status status = names[i].len ? sr_store_find_document(a->store, names[i], &doc, err) : SR_E_NOT_FOUND;
		if (status == SR_E_NOT_FOUND || status == SR_E_INVALID)
			continue;
		SR_TRY(status);
		SR_TRY(revision_with(a, doc, s->sha256, arena, out, err));
	}
	return SR_OK;
}

sr_status sr_archive_originals(sr_archive *a, const sr_dossier *dossier, sr_arena *arena, sr_document ***originals, sr_error *err)
{
	*originals = SR_NEW_ARRAY(arena, sr_document *, dossier->source_count + 1);
	if (!*originals)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < dossier->source_count; i++)
		SR_TRY(archive_find_original(a, &dossier->sources[i], arena, &(*originals)[i], err));
	return SR_OK;
}

/* ---- an edition as a page ---- */

/* One original and one text for each source of the page; what is there already is kept. */
static sr_status list_texts(sr_archive *a, sr_archive_page *page, sr_arena *arena, sr_error *err)
{
	size_t count = page->dossier.source_count, have = page->original_count;
	sr_document **originals = SR_NEW_ARRAY(arena, sr_document *, count + 1);
	page->texts = SR_NEW_ARRAY(arena, sr_str, count + 1);
	if (!originals || !page->texts)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < count; i++) {
		if (i < have)
			originals[i] = page->originals[i];
		else
			SR_TRY(archive_find_original(a, &page->dossier.sources[i], arena, &originals[i], err));
		if (originals[i])
			page->texts[i] = originals[i]->text;
	}
	page->originals = originals;
	page->original_count = count;
	return SR_OK;
}

static sr_status changes_since(sr_archive *a, int64_t story, uint32_t since, sr_archive_page *page, sr_arena *arena, sr_error *err)
{
	sr_dossier before;
	sr_verdict verdict;
	size_t dropped;
	SR_TRY(read_edition(a, story, since, arena, &before, err));
	SR_TRY(sr_changes_find(&before, &page->dossier, page->texts, arena, err));
	SR_TRY(list_texts(a, page, arena, err)); /* the changes may cite earlier states of pages */
	SR_TRY(sr_verify_settle(&page->dossier, (const sr_document *const *)page->originals, page->original_count, a->options.engine.jobs, arena, NULL, &verdict, &dropped, err));
	if (verdict.failure_count == 0)
		return SR_OK;
	return sr_fail(err, SR_E_REFUSED, "the changes since edition %u do not verify: %.*s: %.*s", since, SR_FMT(verdict.failures[0].where),
	               SR_FMT(verdict.failures[0].reason));
}

sr_status sr_archive_show(sr_archive *a, int64_t story, uint32_t edition, uint32_t since, sr_arena *arena, sr_archive_page *out, sr_error *err)
{
	*out = (sr_archive_page){ 0 };
	if (edition)
		SR_TRY(read_edition(a, story, edition, arena, &out->dossier, err));
	else
		SR_TRY(latest(a, story, arena, out, err));
	SR_TRY(list_texts(a, out, arena, err));
	return since ? changes_since(a, story, since, out, arena, err) : SR_OK;
}
