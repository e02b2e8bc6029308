/* What a salvaged store has forgotten, from its documents: the stream's memory, the notices, which documents were put
 * where they are by hand. Documents whose story was lost are placed anew, and stories without an edition get one. */
#include "archive_private.h"

#include <string.h>

typedef struct remembering {
	sr_archive *a;
	sr_story_stream *stream; /* makes the profiles */
	sr_arena *arena;         /* of what lasts */
	sr_strmap founders;      /* number of a story to its first document here */
	SR_VEC(int64_t) homeless; /* documents without a story */
} remembering;

/* A document of a story as the stream knew it. The first one here of a story stands for its founder. */
static sr_status note_member(remembering *r, int64_t story, int64_t doc, const sr_document *d, sr_error *err)
{
	int64_t *founder = sr_strmap_put(&r->founders, sr_str_make((const char *)&story, sizeof story));
	if (!founder)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!*founder)
		*founder = doc;
	SR_TRY(sr_story_stream_import_document(r->stream, (uint64_t)doc, (uint64_t)*founder, false, d, err));
	SR_TRY(archive_keep_profile(r->a, r->stream, doc, err));
	return sr_store_put_profile(r->a->store, KIND_STORY, *founder, doc, sr_str_make((const char *)&story, sizeof story), err);
}

static sr_status note_document(remembering *r, int64_t doc, sr_arena *scratch, sr_error *err)
{
	sr_store_loaded l;
	sr_store_ids withdrawn;
	SR_TRY(sr_store_load(r->a->store, doc, 0, SR_STORE_DOCUMENT, scratch, &l, err));
	SR_TRY(archive_notice_settle(r->a, doc, l.doc, scratch, &withdrawn, err));
	if (l.story)
		return note_member(r, l.story, doc, l.doc, err);
	int64_t *slot = SR_PUSH(r->arena, &r->homeless);
	if (!slot)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*slot = doc;
	return SR_OK;
}

static sr_status note_documents(remembering *r, sr_error *err)
{
	sr_store_ids ids = { 0 };
	sr_status status = SR_OK;
	sr_arena *list = sr_arena_new(0), *scratch = sr_arena_new(0);
	if (!list || !scratch)
		status = sr_fail(err, SR_E_NOMEM, "out of memory");
	for (int64_t after = 0; status == SR_OK; after = ids.items[ids.count - 1]) {
		sr_arena_reset(list);
		status = sr_store_documents(r->a->store, after, 0, list, &ids, err);
		for (size_t i = 0; status == SR_OK && i < ids.count; i++) {
			sr_arena_reset(scratch);
			status = note_document(r, ids.items[i], scratch, err);
		}
		if (!ids.count)
			break;
	}
	sr_arena_free(list);
	sr_arena_free(scratch);
	return status;
}

/* What was merged or split by hand stays as it was left. */
static sr_status hold_members(remembering *r, int64_t story, sr_error *err)
{
	sr_store_ids members;
	SR_TRY(sr_store_members(r->a->store, story, r->arena, &members, NULL, err));
	for (size_t i = 0; i < members.count; i++)
		SR_TRY(sr_store_put_profile(r->a->store, KIND_HELD, members.items[i], members.items[i], SR_STR("1"), err));
	return SR_OK;
}

static sr_status hold(remembering *r, sr_error *err)
{
	sr_store_correction *list;
	size_t count;
	SR_TRY(sr_store_corrections(r->a->store, 0, r->arena, &list, &count, err));
	for (size_t i = 0; i < count; i++)
		if (list[i].act == SR_STORE_MERGE || list[i].act == SR_STORE_SPLIT) {
			SR_TRY(hold_members(r, list[i].story, err));
			SR_TRY(hold_members(r, list[i].other, err));
		}
	return SR_OK;
}

static sr_status place_homeless(remembering *r, sr_error *err)
{
	sr_status status = SR_OK;
	sr_arena *scratch = r->homeless.count ? sr_arena_new(0) : NULL;
	for (size_t i = 0; status == SR_OK && i < r->homeless.count; i++) {
		sr_store_loaded l;
		if (!scratch)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		sr_arena_reset(scratch);
		status = sr_store_load(r->a->store, r->homeless.items[i], 0, SR_STORE_DOCUMENT, scratch, &l, err);
		if (status == SR_OK)
			status = archive_stream_place(r->a, r->homeless.items[i], l.doc, err);
	}
	sr_arena_free(scratch);
	return status == SR_OK ? archive_stream_apply(r->a, err) : status;
}

static sr_status mark_unwritten(remembering *r, sr_error *err)
{
	for (size_t i = 0; i < r->founders.count; i++) {
		sr_store_story info;
		int64_t story;
		memcpy(&story, r->founders.entries[i].key.ptr, sizeof story);
		SR_TRY(sr_store_get_story(r->a->store, story, r->arena, &info, err));
		if (!info.edition)
			SR_TRY(archive_mark_due(r->a, story, SR_STR("salvaged"), err));
	}
	return SR_OK;
}

static sr_status remember(remembering *r, sr_error *err)
{
	r->arena = sr_arena_new(0);
	r->stream = sr_story_stream_new();
	if (!r->arena || !r->stream)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_strmap_init(&r->founders, r->arena);
	SR_TRY(note_documents(r, err));
	SR_TRY(hold(r, err));
	archive_stream_drop(r->a);
	SR_TRY(archive_stream_ready(r->a, err));
	SR_TRY(place_homeless(r, err));
	return mark_unwritten(r, err);
}

sr_status sr_archive_remember(sr_archive *a, sr_error *err)
{
	remembering r = { .a = a };
	SR_TRY(archive_report_start(a, err));
	SR_TRY(sr_store_begin(a->store, a->now, err));
	sr_status status = archive_end(a, remember(&r, err), err);
	sr_story_stream_free(r.stream);
	sr_arena_free(r.arena);
	return status == SR_OK ? archive_write_due(a, err) : status;
}
