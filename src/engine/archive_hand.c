/* Corrections made by hand: the store records and carries them out, the stream is told, so that they stand
 * against what arrives later, and the stories get their editions. */
#include "archive_private.h"

/* Documents of a story that the stream now holds where they are. */
static sr_status keep_held(sr_archive *a, int64_t story, sr_error *err)
{
	sr_store_ids members = { 0 };
	sr_arena *arena = sr_arena_new(0);
	sr_status status = arena ? sr_store_members(a->store, story, arena, &members, NULL, err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; status == SR_OK && i < members.count; i++)
		if (sr_story_stream_is_held(a->stream.stream, (uint64_t)members.items[i]))
			status = sr_store_put_profile(a->store, KIND_HELD, members.items[i], members.items[i], SR_STR("1"), err);
	sr_arena_free(arena);
	return status;
}

/* What the stream does not know any more has left its window: nothing new joins it, so nothing need be held. */
static sr_status unknown_is_fine(sr_status status) { return status == SR_E_NOT_FOUND ? SR_OK : status; }

static sr_status merged(sr_archive *a, const sr_store_correction *c, sr_error *err)
{
	int64_t into = archive_stream_key(a, c->story), other = archive_stream_key(a, c->other);
	if (other && into) {
		SR_TRY(unknown_is_fine(sr_story_stream_merge(a->stream.stream, (uint64_t)into, (uint64_t)other, err)));
		SR_TRY(archive_stream_bind(a, other, 0, err));
	} else if (other) { /* only the other is in the window: what joins it belongs to the story now */
		SR_TRY(archive_stream_bind(a, other, c->story, err));
	}
	SR_TRY(archive_note_join(a, c->story, c->other, err));
	SR_TRY(keep_held(a, c->story, err));
	return archive_mark_due(a, c->story, SR_STR("merge by hand"), err);
}

static sr_status split(sr_archive *a, const sr_store_correction *c, sr_error *err)
{
	int64_t story = archive_stream_key(a, c->story);
	uint64_t made = 0, *docs = (uint64_t *)(void *)c->docs; /* numbers of documents are positive */
	sr_status status = story ? sr_story_stream_split(a->stream.stream, (uint64_t)story, docs, c->doc_count, &made, err) : SR_E_NOT_FOUND;
	SR_TRY(unknown_is_fine(status));
	if (status == SR_OK)
		SR_TRY(archive_stream_bind(a, (int64_t)made, c->other, err));
	SR_TRY(keep_held(a, c->story, err));
	SR_TRY(keep_held(a, c->other, err));
	SR_TRY(archive_mark_due(a, c->story, SR_STR("split by hand"), err));
	return archive_mark_due(a, c->other, SR_STR("split by hand"), err);
}

static sr_status changed_documents(sr_archive *a, const sr_store_correction *c, sr_error *err)
{
	for (size_t i = 0; i < c->doc_count; i++)
		SR_TRY(archive_touch(a, c->docs[i], c->act == SR_STORE_RETRACT ? TOUCH_WITHDRAWN : TOUCH_BY_HAND, err));
	return SR_OK;
}

/* Pins and mutes change no dossier. */
static sr_status only_shown(sr_archive *a, const sr_store_correction *c, sr_error *err) { return archive_touch_story(a, c->story, err); }

static const struct {
	sr_store_act act;
	sr_status (*follow)(sr_archive *a, const sr_store_correction *c, sr_error *err);
} followers[] = {
	{ SR_STORE_MERGE, merged },   { SR_STORE_SPLIT, split },     { SR_STORE_RETRACT, changed_documents }, { SR_STORE_UNRETRACT, changed_documents },
	{ SR_STORE_PIN, only_shown }, { SR_STORE_UNPIN, only_shown }, { SR_STORE_MUTE, only_shown },           { SR_STORE_UNMUTE, only_shown },
};

sr_status archive_stream_correct(sr_archive *a, const sr_store_correction *c, sr_error *err)
{
	for (size_t i = 0; i < sizeof followers / sizeof *followers; i++)
		if (followers[i].act == c->act)
			SR_TRY(followers[i].follow(a, c, err));
	a->stream.events.count = 0; /* the store has done that already */
	return SR_OK;
}

static sr_status correct(sr_archive *a, sr_store_correction *c, sr_arena *arena, sr_error *err)
{
	SR_TRY(archive_stream_ready(a, err));
	SR_TRY(sr_store_correct(a->store, c, arena, err));
	return c->number ? archive_stream_correct(a, c, err) : SR_OK;
}

sr_status sr_archive_correct(sr_archive *a, sr_store_correction *c, sr_arena *arena, sr_archive_report *report, sr_error *err)
{
	*report = (sr_archive_report){ 0 };
	SR_TRY(archive_report_start(a, err));
	SR_TRY(sr_store_begin(a->store, a->now, err));
	SR_TRY(archive_end(a, correct(a, c, arena, err), err));
	bool pages = c->act != SR_STORE_PIN && c->act != SR_STORE_UNPIN && c->act != SR_STORE_MUTE && c->act != SR_STORE_UNMUTE;
	if (pages && c->number)
		SR_TRY(archive_write_due(a, err));
	return archive_report(a, arena, report, err);
}
