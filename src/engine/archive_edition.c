/* Editions: the dossiers of stories that changed. Which are due is marked in the store, in the transaction of the
 * change, so that nothing is forgotten when a run is killed. Several are written in one transaction: their
 * documents are loaded one after the other, the dossiers are written on all threads, and stored in order. */
#include "archive_private.h"

#include "sitrep/base/threads.h"
#include "sitrep/render.h"

#include <stdlib.h>
#include <string.h>

#define BATCH_DOCS 256u
#define BATCH_STORIES 64u

/* ---- what is due ---- */

typedef struct due_list {
	sr_arena *arena;
	archive_dues items;
} due_list;

static sr_status read_due(void *ctx, const sr_store_profile *p, sr_error *err)
{
	due_list *list = ctx;
	sr_str rest = sr_str_dup(list->arena, p->bytes), number;
	archive_due *d = sr_str_next_field(&rest, ' ', &number) ? SR_PUSH(list->arena, &list->items) : NULL;
	if (!d)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	number = sr_str_dup(list->arena, number);
	*d = (archive_due){ .story = number.ptr ? strtoll(number.ptr, NULL, 10) : 0, .mark = p->doc, .reason = rest };
	return SR_OK;
}

static sr_status follow(sr_archive *a, int64_t *story, sr_store_story *info, sr_arena *arena, sr_error *err)
{
	SR_TRY(sr_store_get_story(a->store, *story, arena, info, err));
	while (info->redirect)
		SR_TRY(sr_store_get_story(a->store, info->redirect, arena, info, err));
	*story = info->number;
	return SR_OK;
}

sr_status archive_due_list(sr_archive *a, sr_arena *arena, archive_dues *out, sr_error *err)
{
	due_list list = { .arena = arena };
	sr_store_story info;
	sr_strmap seen;
	sr_strmap_init(&seen, arena);
	SR_TRY(sr_store_each_profile(a->store, KIND_DUE, 0, read_due, &list, err));
	for (size_t i = 0; i < list.items.count; i++) {
		archive_due *d = &list.items.items[i];
		SR_TRY(follow(a, &d->story, &info, arena, err));
		d->documents = info.documents;
		int64_t *at = sr_strmap_put(&seen, sr_str_make((const char *)&d->story, sizeof d->story));
		if (!at)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		d->again = (*at)++ != 0;
	}
	*out = list.items;
	return SR_OK;
}

static sr_status clear_mark(sr_archive *a, int64_t mark, sr_error *err)
{
	return sr_store_put_profile(a->store, KIND_DUE, mark, -1, SR_STR("-"), err);
}

/* ---- drafts ---- */

typedef struct draft {
	sr_archive *a;
	sr_store_story info;
	sr_str reason;
	sr_run *run;
	int64_t *ids; /* of the run's documents */
	bool *moved;  /* its date was settled by the others */
	sr_store_edition before_text;
	sr_dossier before;
	sr_arena *before_arena; /* of these two and the story's record: read while the documents are loaded */
	sr_document **originals; /* the run's documents and those that only the edition before has */
	size_t original_count;
	sr_dossier dossier;
	sr_buf json;
	bool changed; /* it differs from the edition before */
	sr_status status;
	sr_error err;
} draft;

static void draft_free(draft *d)
{
	sr_run_free(d->run);
	sr_arena_free(d->before_arena);
	sr_buf_deinit(&d->json);
}

static bool in_run(const sr_run *run, const sr_source *s)
{
	for (size_t i = 0; i < run->doc_count; i++)
		if (sr_str_eq(run->docs[i]->sha256, s->sha256) && sr_str_eq(run->docs[i]->path, s->path))
			return true;
	return false;
}

/* The texts of the story, and of what the edition before cites and the story does not have any more. */
static sr_status list_originals(draft *d, sr_error *err)
{
	sr_run *run = d->run;
	d->originals = SR_NEW_ARRAY(run->arena, sr_document *, run->doc_count + d->before.source_count + 1);
	if (!d->originals)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < run->doc_count; i++)
		d->originals[d->original_count++] = run->docs[i];
	for (size_t i = 0; i < d->before.source_count; i++)
		if (!in_run(run, &d->before.sources[i]))
			SR_TRY(archive_find_original(d->a, &d->before.sources[i], run->arena, &d->originals[d->original_count++], err));
	return SR_OK;
}

typedef struct loading {
	draft *d;
	sr_status status[2];
	sr_error err[2];
} loading;

static void load_half(void *ctx, size_t i, unsigned worker)
{
	loading *l = ctx;
	draft *d = l->d;
	(void)worker;
	if (i == 0)
		l->status[0] = archive_load_run(d->a, d->info.number, &d->run, &d->ids, &l->err[0]);
	else if (d->before_text.number)
		l->status[1] = sr_dossier_read(d->before_text.json, d->before_arena, &d->before, &l->err[1]);
}

static sr_status draft_load(sr_archive *a, int64_t story, sr_str reason, draft *d, sr_error *err)
{
	*d = (draft){ .a = a, .reason = reason, .before_arena = sr_arena_new(0) };
	loading l = { .d = d };
	sr_buf_init(&d->json, SR_STORE_BLOB_MAX);
	if (!d->before_arena)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(sr_store_get_story(a->store, story, d->before_arena, &d->info, err));
	if (d->info.edition)
		SR_TRY(sr_store_get_edition(a->store, story, 0, d->before_arena, &d->before_text, err));
	sr_parallel(a->options.engine.jobs, 2, load_half, &l);
	for (size_t i = 0; i < 2; i++)
		if (l.status[i] != SR_OK)
			return sr_fail(err, l.status[i], "%s", l.err[i].message);
	return d->info.edition ? list_originals(d, err) : SR_OK;
}

/* The changes are lines of their own, beside the conflicts that contradict some: what of them does not verify is left out, and all of them
 * where that does not help. */
static sr_status settle_changes(draft *d, sr_error *err)
{
	sr_dossier changes = d->dossier;
	sr_verdict verdict;
	size_t dropped;
	changes.title = (sr_str){ 0 };
	changes.brief_count = changes.unknown_count = changes.quote_count = changes.figure_count = 0;
	changes.timeline_count = changes.update_count = changes.place_count = changes.entity_count = 0;
	SR_TRY(sr_verify_settle(&changes, (const sr_document *const *)d->originals, d->original_count, 1, d->run->arena, NULL, &verdict, &dropped, err));
	uint32_t since = changes.changes.since;
	d->dossier.changes = verdict.failure_count ? (sr_changes){ .since = since } : changes.changes;
	return SR_OK;
}

static sr_status draft_json(draft *d, sr_error *err)
{
	sr_render_options options = { .now = d->a->now };
	sr_buf_clear(&d->json);
	return sr_render(&d->dossier, SR_FORMAT_JSON, &options, &d->json, err);
}

/* Compares with the edition before. A dossier that is the same but for its number is no new edition. */
static sr_status draft_compare(draft *d, sr_error *err)
{
	const sr_run *run = d->run;
	sr_str *texts = SR_NEW_ARRAY(run->arena, sr_str, run->doc_count);
	if (!texts)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < run->doc_count; i++)
		texts[i] = run->docs[run->stories[0].docs[i]]->text;
	d->dossier.edition = d->before.edition;
	d->dossier.changes = d->before.changes;
	d->changed = d->dossier.source_count != d->before.source_count;
	if (!d->changed) {
		SR_TRY(draft_json(d, err));
		d->changed = !sr_str_eq(sr_buf_str(&d->json), d->before_text.json);
	}
	if (!d->changed)
		return SR_OK;
	d->dossier.edition = d->before_text.number + 1;
	SR_TRY(sr_changes_find(&d->before, &d->dossier, texts, run->arena, err));
	SR_TRY(settle_changes(d, err));
	return draft_json(d, err);
}

static sr_status draft_write(draft *d, sr_error *err)
{
	SR_TRY(archive_settle_story(d->run, &d->moved, err));
	d->run->stories[0].id = d->info.id;
	SR_TRY(sr_run_dossier(d->run, 0, d->run->arena, &d->dossier, NULL, err));
	d->dossier.edition = 1;
	d->changed = true;
	if (d->before_text.number)
		return draft_compare(d, err);
	return draft_json(d, err);
}

static void write_one(void *ctx, size_t i, unsigned worker)
{
	draft *d = &((draft *)ctx)[i];
	(void)worker;
	if (d->run->doc_count)
		d->status = draft_write(d, &d->err);
}

/* ---- storing ---- */

static sr_status put_about(draft *d, sr_error *err)
{
	const sr_dossier *x = &d->dossier;
	sr_buf text;
	sr_buf_init(&text, SR_STORE_BLOB_MAX);
	for (size_t s = 0; s < x->brief_count; s++)
		for (size_t i = 0; i < x->brief[s].line_count; i++) {
			sr_buf_add(&text, x->brief[s].lines[i].text);
			sr_buf_add_char(&text, '\n');
		}
	sr_store_about about = { .title = x->title, .text = sr_buf_str(&text), .first_reported = x->first_reported, .updated = x->updated,
		                     .documents = x->documents, .origins = x->origins, .places = x->places, .place_count = x->place_count,
		                     .entities = x->entities, .entity_count = x->entity_count };
	sr_status status = sr_store_put_about(d->a->store, d->info.number, &about, err);
	sr_buf_deinit(&text);
	return status;
}

/* Dates that were settled are kept, with what was read by them. */
static sr_status put_settled(draft *d, sr_error *err)
{
	for (size_t i = 0; i < d->run->doc_count; i++) {
		if (!d->moved[i])
			continue;
		sr_claim *claims;
		sr_store_document in = { .doc = d->run->docs[i], .reading = &d->run->readings[i] };
		SR_TRY(sr_claims_of(d->a->engine->claim_rules, in.reading, 0, d->run->arena, &claims, &in.claim_count, err));
		in.claims = claims;
		SR_TRY(sr_store_put_analysis(d->a->store, d->ids[i], &in, err));
	}
	return SR_OK;
}

static sr_status draft_store(draft *d, sr_error *err)
{
	uint32_t number;
	const sr_story *story = &d->run->stories[0];
	int64_t *ids = SR_NEW_ARRAY(d->run->arena, int64_t, story->doc_count);
	if (!ids)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < story->doc_count; i++)
		ids[i] = d->ids[story->docs[i]];
	SR_TRY(put_settled(d, err));
	SR_TRY(sr_store_put_origins(d->a->store, ids, story->origin, story->doc_count, err));
	SR_TRY(put_about(d, err));
	return d->changed ? sr_store_put_edition(d->a->store, d->info.number, sr_buf_str(&d->json), d->reason, &number, err) : SR_OK;
}

/* A dossier that cannot be printed, or is too large to, is no reason to lose the others: the story keeps its last edition. */
static sr_status finish(sr_archive *a, draft *d, sr_error *err)
{
	if (d->status == SR_E_REFUSED || d->status == SR_E_LIMIT)
		return archive_touch_story(a, d->info.number, err);
	if (d->status != SR_OK)
		return sr_fail(err, d->status, "%s", d->err.message);
	if (!d->run->doc_count)
		return SR_OK;
	SR_TRY(draft_store(d, err));
	return archive_touch_story(a, d->info.number, err);
}

static sr_status write_drafts(sr_archive *a, draft *drafts, size_t count, sr_error *err)
{
	sr_parallel(a->options.engine.jobs, count, write_one, drafts);
	for (size_t i = 0; i < count; i++)
		SR_TRY(finish(a, &drafts[i], err));
	return SR_OK;
}

/* Takes from *at on as many stories as make a batch; false: none are left. */
static sr_status load_batch(sr_archive *a, const archive_dues *due, size_t *at, draft *drafts, size_t *count, sr_error *err)
{
	for (size_t docs = 0; *at < due->count && *count < BATCH_STORIES && docs < BATCH_DOCS; (*at)++) {
		const archive_due *d = &due->items[*at];
		if (d->documents > SR_ARCHIVE_EAGER_MAX)
			continue;
		SR_TRY(clear_mark(a, d->mark, err));
		if (d->again)
			continue;
		SR_TRY(draft_load(a, d->story, d->reason, &drafts[(*count)++], err));
		docs += d->documents;
	}
	return SR_OK;
}

static sr_status write_batch(sr_archive *a, const archive_dues *due, size_t *at, sr_error *err)
{
	size_t count = 0;
	draft *drafts = calloc(BATCH_STORIES, sizeof *drafts);
	sr_status status = drafts ? load_batch(a, due, at, drafts, &count, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK)
		status = write_drafts(a, drafts, count, err);
	if (status == SR_OK)
		status = sr_store_drop_profiles(a->store, KIND_DUE, 0, err);
	for (size_t i = 0; i < count; i++)
		draft_free(&drafts[i]);
	free(drafts);
	return status;
}

sr_status archive_write_due(sr_archive *a, sr_error *err)
{
	archive_dues due = { 0 };
	size_t at = 0;
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? archive_compose_ready(a, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	bool loaded = false;
	while (status == SR_OK && (!loaded || at < due.count)) {
		bool changed = false;
		status = sr_store_begin(a->store, a->now, err);
		if (status == SR_OK)
			status = sr_store_changed(a->store, &changed, err);
		if (status == SR_OK && (changed || !loaded)) {
			status = archive_due_list(a, arena, &due, err);
			loaded = true;
			at = 0;
		}
		if (status == SR_OK)
			status = write_batch(a, &due, &at, err);
		if (status == SR_OK)
			status = sr_store_commit(a->store, err);
		if (status == SR_OK)
			engine_progress(a->engine, "writing editions", at, due.count);
		if (changed)
			archive_stream_drop(a);
	}
	if (status != SR_OK)
		sr_store_rollback(a->store);
	sr_arena_free(arena);
	return status;
}

/* ---- one story, when it is looked at ---- */

static sr_status clear_story(sr_archive *a, int64_t story, const archive_dues *due, sr_str *reason, sr_error *err)
{
	for (size_t i = 0; i < due->count; i++)
		if (due->items[i].story == story) {
			*reason = due->items[i].reason;
			SR_TRY(clear_mark(a, due->items[i].mark, err));
		}
	return sr_store_drop_profiles(a->store, KIND_DUE, 0, err);
}

/* Hands the dossier and all that it points into over to the arena; the draft is then good for nothing else. */
static void draft_give(draft *d, sr_arena *arena, sr_archive_page *out)
{
	const sr_run *run = d->run;
	out->dossier = d->dossier;
	sr_arena_take(arena, d->run->arena);
	sr_arena_take(arena, d->before_arena);
	d->run->arena = d->before_arena = NULL;
	for (size_t i = 0; i < run->worker_count; i++) {
		sr_arena_take(arena, run->worker_arenas[i]);
		run->worker_arenas[i] = NULL;
	}
}

static sr_status write_story(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err)
{
	archive_dues due = { 0 };
	draft d = { 0 };
	sr_str reason = { 0 };
	SR_TRY(archive_due_list(a, arena, &due, err));
	SR_TRY(clear_story(a, story, &due, &reason, err));
	sr_status status = draft_load(a, story, reason, &d, err);
	if (status == SR_OK) {
		write_one(&d, 0, 0);
		status = d.status == SR_OK && d.run->doc_count ? draft_store(&d, err) : sr_fail(err, d.status, "%s", d.err.message);
	}
	if (status == SR_OK && d.run->doc_count)
		draft_give(&d, arena, out);
	draft_free(&d);
	return status;
}

sr_status archive_write_story(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err)
{
	sr_status status = archive_compose_ready(a, err);
	if (status == SR_OK)
		status = sr_store_begin(a->store, a->now, err);
	if (status == SR_OK)
		status = write_story(a, story, arena, out, err);
	if (status == SR_OK)
		status = sr_store_commit(a->store, err);
	else
		sr_store_rollback(a->store);
	return status;
}

sr_status archive_draft(sr_archive *a, int64_t story, sr_arena *arena, sr_archive_page *out, sr_error *err)
{
	draft d = { 0 };
	SR_TRY(archive_compose_ready(a, err));
	sr_status status = draft_load(a, story, (sr_str){ 0 }, &d, err);
	if (status == SR_OK) {
		write_one(&d, 0, 0);
		status = d.status == SR_OK ? SR_OK : sr_fail(err, d.status, "%s", d.err.message);
	}
	if (status == SR_OK && d.run->doc_count)
		draft_give(&d, arena, out);
	draft_free(&d);
	return status;
}
