#include "archive_private.h"

#include <stdlib.h>
#include <time.h>

#define NAME_LETTERS 6u

sr_status sr_archive_open(const sr_archive_options *options, sr_archive **out, sr_error *err)
{
	*out = NULL;
	sr_archive *a = calloc(1, sizeof *a);
	if (!a)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	a->options = *options;
	a->now = options->engine.now;
	if (!sr_time_known(a->now))
		a->now = sr_time_from_epoch((int64_t)time(NULL));
	a->options.engine.now = a->now;
	const sr_store_options store = { .uri = options->db, .create = options->create, .read_only = !options->write };
	sr_status status = sr_store_open(&store, &a->store, err);
	if (status == SR_OK) {
		*out = a;
		return SR_OK;
	}
	free(a);
	return status;
}

void sr_archive_close(sr_archive *a)
{
	if (!a)
		return;
	archive_stream_drop(a);
	sr_arena_free(a->notice_arena);
	sr_arena_free(a->report_arena);
	sr_engine_free(a->engine);
	sr_store_close(a->store);
	free(a);
}

sr_store *sr_archive_store(sr_archive *a) { return a->store; }
sr_time sr_archive_now(const sr_archive *a) { return a->now; }

sr_str sr_archive_story_name(const sr_document *founder, sr_arena *arena) { return sr_story_name(founder, NAME_LETTERS, arena); }

sr_status archive_engine(sr_archive *a, sr_error *err)
{
	return a->engine ? SR_OK : sr_engine_new(&a->options.engine, &a->engine, err);
}
