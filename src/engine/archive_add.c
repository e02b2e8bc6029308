/* Adding: documents go through the analysis in slices, and each slice is one transaction: what was
 * committed is whole, with its stories, and what was not is simply not there.
 *
 * While one slice is analysed the one before is written, by another thread. Only the writing thread
 * touches the store then. */
#include "archive_private.h"

#include "sitrep/base/threads.h"

#include <stdlib.h>
#include <string.h>

#define SLICE_DOCS 128u
#define SLICE_BYTES ((size_t)2 << 20) /* of text */

typedef struct item {
	archive_source *source;
	sr_document *doc;
	uint32_t reading; /* into the run's; UINT32_MAX: it is in already */
} item;

typedef struct slice {
	sr_run *run; /* NULL: an empty slice */
	item *items;
	size_t count;
} slice;

typedef struct adding {
	sr_archive *a;
	sr_run *main; /* lists and failures of the whole call */
	slice next, ready; /* analysed now, written now */
	sr_status statuses[2];
	sr_error errors[2];
	SR_VEC(sr_failure) notes;
} adding;

static void slice_free(slice *s)
{
	sr_run_free(s->run);
	*s = (slice){ 0 };
}

/* Takes documents off the group, from *at on, until the slice is full. */
static sr_status take_documents(adding *ad, archive_group *g, size_t *source, size_t *at, sr_error *err)
{
	slice *s = &ad->next;
	size_t bytes = 0;
	SR_TRY(sr_run_new(ad->a->engine, &s->run, err));
	s->items = SR_NEW_ARRAY(s->run->arena, item, SLICE_DOCS);
	s->run->docs = SR_NEW_ARRAY(s->run->arena, sr_document *, SLICE_DOCS);
	if (!s->items || !s->run->docs)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (; *source < g->count; (*source)++, *at = 0) {
		archive_source *src = &g->sources[*source];
		for (; *at < src->docs.count; (*at)++) {
			sr_document *doc = src->docs.items[*at];
			sr_store_added here;
			if (s->count == SLICE_DOCS || (s->count && bytes + doc->text.len > SLICE_BYTES))
				return SR_OK;
			SR_TRY(sr_store_lookup(ad->a->store, doc, (sr_str){ 0 }, &here, err));
			bool done = here.outcome == SR_STORE_UNCHANGED && here.analysed;
			s->items[s->count++] = (item){ src, doc, done ? UINT32_MAX : (uint32_t)s->run->doc_count };
			if (!done)
				s->run->docs[s->run->doc_count++] = doc;
			bytes += done ? 0 : doc->text.len;
		}
	}
	return SR_OK;
}

/* A page that prints no year is of the time of those that come with it: it is placed among them. */
static sr_status slice_fill(adding *ad, archive_group *g, size_t *source, size_t *at, sr_error *err)
{
	SR_TRY(take_documents(ad, g, source, at, err));
	return engine_settle_years(ad->next.run, err);
}

/* ---- writing ---- */

static sr_status put_original(sr_archive *a, archive_source *s, sr_error *err)
{
	if (s->original || !s->bytes.len)
		return SR_OK;
	bool stdin_given = sr_str_eq(s->path, SR_STR("-"));
	sr_input input = { .bytes = sr_buf_str(&s->bytes), .path = s->path };
	sr_store_original original = { .bytes = sr_buf_str(&s->bytes), .sha256 = sr_str_c(s->sha256), .location = s->location,
		                           .type = sr_str_c(sr_input_type_name(sr_extract_sniff(&input, NULL))),
		                           .how = stdin_given ? SR_STR("stdin") : SR_STR("file"), .retrieved = a->now };
	return sr_store_put_original(a->store, &original, &s->original, err);
}

static sr_status note_withdrawn(sr_archive *a, const sr_store_ids *docs, sr_error *err)
{
	for (size_t i = 0; i < docs->count; i++)
		SR_TRY(archive_touch(a, docs->items[i], TOUCH_WITHDRAWN, err));
	return SR_OK;
}

static sr_status write_item(sr_archive *a, slice *s, const item *it, sr_error *err)
{
	const sr_reading *reading = it->reading == UINT32_MAX ? NULL : &s->run->readings[it->reading];
	sr_store_document in = { .doc = it->doc, .reading = reading };
	sr_store_added added;
	sr_store_ids withdrawn;
	sr_claim *claims;
	if (reading) {
		SR_TRY(put_original(a, it->source, err));
		SR_TRY(sr_claims_of(a->engine->claim_rules, reading, 0, s->run->arena, &claims, &in.claim_count, err));
		in.claims = claims;
	}
	in.original = it->source->original;
	SR_TRY(sr_store_add(a->store, &in, &added, err));
	if (added.outcome == SR_STORE_UNCHANGED)
		return archive_touch(a, added.doc, TOUCH_UNCHANGED, err);
	if (added.outcome == SR_STORE_NEW)
		SR_TRY(archive_stream_place(a, added.doc, it->doc, err));
	SR_TRY(archive_touch(a, added.doc, added.outcome == SR_STORE_NEW ? TOUCH_ADDED : TOUCH_REVISED, err));
	SR_TRY(archive_notice_settle(a, added.doc, it->doc, s->run->arena, &withdrawn, err));
	return note_withdrawn(a, &withdrawn, err);
}

static sr_status write_items(sr_archive *a, slice *s, sr_error *err)
{
	SR_TRY(archive_stream_ready(a, err));
	for (size_t i = 0; i < s->count; i++)
		SR_TRY(write_item(a, s, &s->items[i], err));
	SR_TRY(archive_stream_apply(a, err));
	for (size_t i = 0; i < s->count; i++) {
		archive_source *source = s->items[i].source;
		if (--source->left == 0)
			SR_TRY(sr_store_put_source(a->store, source->location, sr_str_c(source->sha256), (uint32_t)source->docs.count, err));
	}
	return SR_OK;
}

/* One slice is one transaction. */
static sr_status write_slice(sr_archive *a, slice *s, sr_error *err)
{
	SR_TRY(sr_store_begin(a->store, a->now, err));
	SR_TRY(archive_end(a, write_items(a, s, err), err));
	for (size_t i = 0; i < s->count; i++)
		if (s->items[i].source->original)
			sr_buf_deinit(&s->items[i].source->bytes);
	return SR_OK;
}

/* ---- the two threads ---- */

static void step(void *ctx, size_t i, unsigned worker)
{
	adding *ad = ctx;
	(void)worker;
	if (i == 0)
		ad->statuses[0] = ad->ready.run ? write_slice(ad->a, &ad->ready, &ad->errors[0]) : SR_OK;
	else
		ad->statuses[1] = ad->next.run && ad->next.run->doc_count ? sr_run_read(ad->next.run, &ad->errors[1]) : SR_OK;
}

/* Writes the slice that is ready while the next one is analysed, which is the ready one then. */
static sr_status turn(adding *ad, sr_error *err)
{
	sr_parallel(ad->a->options.engine.jobs == 1 ? 1 : 2, 2, step, ad);
	for (int i = 0; i < 2; i++)
		if (ad->statuses[i] != SR_OK)
			return sr_fail(err, ad->statuses[i], "%s", ad->errors[i].message);
	const sr_run *run = ad->next.run;
	for (size_t i = 0; run && i < run->failure_count; i++) {
		sr_error reason;
		(void)sr_fail(&reason, run->failures[i].status, "%.*s", SR_FMT(run->failures[i].reason));
		run_fail(ad->main, run->failures[i].path, &reason);
	}
	slice_free(&ad->ready);
	ad->ready = ad->next;
	ad->next = (slice){ 0 };
	return SR_OK;
}

/* What documents say of themselves, before their memory goes. */
static sr_status keep_notes(adding *ad, const slice *s, sr_error *err)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; s->items[i].reading != UINT32_MAX && k < s->items[i].doc->note_count; k++) {
			sr_failure *note = SR_PUSH(ad->main->arena, &ad->notes);
			if (!note)
				return sr_fail(err, SR_E_NOMEM, "out of memory");
			note->path = sr_str_dup(ad->main->arena, s->items[i].doc->path);
			note->reason = sr_str_dup(ad->main->arena, s->items[i].doc->notes[k]);
		}
	return SR_OK;
}

static sr_status add_group(adding *ad, archive_group *g, sr_input_type type, sr_error *err)
{
	size_t source = 0, at = 0;
	SR_TRY(archive_group_load(ad->a, g, type, err));
	for (size_t i = 0; i < g->count; i++) {
		ad->a->known += g->sources[i].known;
		if (g->sources[i].failed)
			run_fail(ad->main, g->sources[i].path, &g->sources[i].err);
		else
			run_fail_lines(ad->main, g->sources[i].path, &g->sources[i].docs);
	}
	while (source < g->count) {
		SR_TRY(slice_fill(ad, g, &source, &at, err));
		SR_TRY(turn(ad, err));
		SR_TRY(keep_notes(ad, &ad->ready, err));
	}
	return turn(ad, err);
}

static sr_status add_all(adding *ad, archive_source *sources, size_t count, sr_input_type type, sr_error *err)
{
	for (size_t at = 0, n; at < count; at += n) {
		n = archive_group_size(sources + at, count - at);
		archive_group g = { .sources = sources + at, .count = n };
		sr_status status = add_group(ad, &g, type, err);
		slice_free(&ad->ready);
		slice_free(&ad->next);
		archive_group_free(&g);
		if (status != SR_OK)
			return status;
		engine_progress(ad->a->engine, "adding sources", at + n, count);
	}
	return SR_OK;
}

/* Failures and notes go over into the caller's arena. */
static sr_status copy_list(sr_arena *arena, const sr_failure *items, size_t count, sr_failure **out, sr_error *err)
{
	*out = SR_NEW_ARRAY(arena, sr_failure, count + 1);
	if (!*out)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < count; i++)
		(*out)[i] = (sr_failure){ sr_str_dup(arena, items[i].path), items[i].status, sr_str_dup(arena, items[i].reason) };
	return SR_OK;
}

sr_status sr_archive_add(sr_archive *a, const char *const *names, size_t count, sr_input_type type, sr_arena *arena,
                         sr_archive_report *report, sr_error *err)
{
	adding ad = { .a = a };
	archive_source *sources;
	size_t source_count;
	*report = (sr_archive_report){ 0 };
	SR_TRY(archive_engine(a, err));
	SR_TRY(archive_report_start(a, err));
	SR_TRY(sr_run_new(a->engine, &ad.main, err));
	sr_status status = archive_list(ad.main, names, count, &sources, &source_count, err);
	if (status == SR_OK)
		status = add_all(&ad, sources, source_count, type, err);
	if (status == SR_OK)
		status = archive_write_due(a, err);
	if (status == SR_OK)
		status = archive_report(a, arena, report, err);
	/* also of a run that broke off: what was not read is told */
	report->failure_count = ad.main->failure_count;
	report->note_count = ad.notes.count;
	if (copy_list(arena, ad.main->failures, ad.main->failure_count, &report->failures, err) != SR_OK ||
	    copy_list(arena, ad.notes.items, ad.notes.count, &report->notes, err) != SR_OK) {
		report->failure_count = report->note_count = 0;
		status = SR_E_NOMEM;
	}
	sr_run_free(ad.main);
	return status;
}
