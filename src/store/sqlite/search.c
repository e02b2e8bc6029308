/* Searching: the filters of a query as parameters of one statement, then each hit by itself, so that only what
 * is shown is unpacked. */
#include "sqlite_store.h"

#include "sitrep/base/unicode.h"

#include <string.h>

#define LIMIT_DEFAULT 20
#define LIMIT_MAX 1000
#define TOTAL_MAX 10000
#define OPENING_BYTES 160u /* of a text in which nothing was looked for */

/* What differs between documents and stories. */
typedef struct kind {
	statement best, newest, count, snippet, opening;
	sr_status (*fill)(sqlite_store *s, int64_t id, sr_arena *arena, sr_store_hit *hit, sr_error *err);
} kind;

typedef struct search {
	sqlite_store *s;
	const kind *kind;
	const sr_store_query *query;
	sr_arena *arena;
	sr_str match, exclude, outlet, place, person;
	sr_error *err;
} search;

/* First second after what t means: 2025-11 ends where December begins. */
static int64_t end_of(sr_time t)
{
	switch (t.precision) {
	case SR_PRECISION_YEAR:
		return sr_time_epoch(sr_time_date(t.year + 1, 1, 1));
	case SR_PRECISION_MONTH:
		return sr_time_epoch(sr_time_add_months(sr_time_date(t.year, t.month, 1), 1));
	case SR_PRECISION_DAY:
		return sr_time_epoch(t) + 86400;
	case SR_PRECISION_MINUTE:
		return sr_time_epoch(t) + 60;
	default:
		return sr_time_epoch(t) + 1;
	}
}

static void bind_text(sqlite3_stmt *st, const char *name, sr_str v)
{
	int i = sqlite3_bind_parameter_index(st, name);
	if (i && v.len)
		sqlite3_bind_text64(st, i, v.ptr, v.len, SQLITE_STATIC, SQLITE_UTF8);
	else if (i)
		sqlite3_bind_null(st, i);
}

static void bind_number(sqlite3_stmt *st, const char *name, bool known, int64_t v)
{
	int i = sqlite3_bind_parameter_index(st, name);
	if (i && known)
		sqlite3_bind_int64(st, i, v);
	else if (i)
		sqlite3_bind_null(st, i);
}

static int64_t day_of(int64_t second) { return second / 86400 - (second % 86400 < 0); }

/* Binding views and numbers cannot fail. */
static sr_status bind_query(const search *c, statement which, int64_t limit, int64_t offset, sqlite3_stmt **out)
{
	const sr_store_query *q = c->query;
	sr_time about = sr_time_truncate(q->about, q->about.precision > SR_PRECISION_DAY ? SR_PRECISION_DAY : q->about.precision);
	about.zoned = false;
	SR_TRY(db_bind(c->s, which, out, c->err, ""));
	bind_text(*out, ":match", c->match);
	bind_text(*out, ":exclude", c->exclude);
	bind_text(*out, ":outlet", c->outlet);
	bind_text(*out, ":place", c->place);
	bind_text(*out, ":person", c->person);
	bind_text(*out, ":language", q->language);
	bind_number(*out, ":since", sr_time_known(q->since), sr_time_known(q->since) ? sr_time_epoch(q->since) : 0);
	bind_number(*out, ":until", sr_time_known(q->until), sr_time_known(q->until) ? end_of(q->until) - 1 : 0);
	bind_number(*out, ":changed", sr_time_known(q->changed), sr_time_known(q->changed) ? sr_time_epoch(q->changed) : 0);
	bind_number(*out, ":day", sr_time_known(about), sr_time_known(about) ? day_of(sr_time_epoch(about)) : 0);
	bind_number(*out, ":last_day", sr_time_known(about), sr_time_known(about) ? day_of(end_of(about) - 1) : 0);
	bind_number(*out, ":story", q->story != 0, q->story);
	bind_number(*out, ":withdrawn", true, q->with_withdrawn);
	bind_number(*out, ":muted", true, q->with_muted);
	bind_number(*out, ":limit", true, limit);
	bind_number(*out, ":offset", true, offset);
	return SR_OK;
}

/* Takes the marks \2 and \3 out of a snippet. */
static sr_status take_marks(const search *c, sr_str marked, sr_store_hit *hit)
{
	char *text = sr_arena_alloc(c->arena, marked.len + 1);
	SR_VEC(sr_span) marks = { 0 };
	size_t n = 0;
	if (!text)
		return sr_fail(c->err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < marked.len; i++) {
		if (marked.ptr[i] == 2) {
			sr_span *m = SR_PUSH(c->arena, &marks);
			if (!m)
				return sr_fail(c->err, SR_E_NOMEM, "out of memory");
			*m = (sr_span){ (uint32_t)n, (uint32_t)n };
		} else if (marked.ptr[i] == 3) {
			if (marks.count)
				marks.items[marks.count - 1].end = (uint32_t)n;
		} else {
			text[n++] = marked.ptr[i];
		}
	}
	hit->snippet = sr_str_make(text, n);
	hit->marks = marks.items;
	hit->mark_count = marks.count;
	return SR_OK;
}

/* The beginning of the text, cut at a blank. */
static sr_status opening(const search *c, int64_t id, sr_store_hit *hit)
{
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(c->s, c->kind->opening, &st, c->err, "i", id));
	SR_TRY(db_step(c->s, st, &row, c->err));
	if (!row)
		return SR_OK;
	sr_str text = db_text(st, 0, c->arena, &failed);
	sqlite3_reset(st);
	if (text.len > OPENING_BYTES) {
		size_t end = OPENING_BYTES, letter = OPENING_BYTES;
		while (end && text.ptr[end] != ' ' && text.ptr[end] != '\n')
			end--;
		while (((unsigned char)text.ptr[letter] & 0xc0) == 0x80) /* a script without blanks */
			letter--;
		end = end ? end : letter;
		text = sr_str_printf(c->arena, "%.*s…", (int)end, text.ptr);
		failed |= !text.ptr;
	}
	hit->snippet = text;
	return failed ? sr_fail(c->err, SR_E_NOMEM, "out of memory") : SR_OK;
}

static sr_status snippet(const search *c, int64_t id, sr_store_hit *hit)
{
	sqlite3_stmt *st;
	bool row;
	if (!c->match.len)
		return opening(c, id, hit);
	SR_TRY(db_bind(c->s, c->kind->snippet, &st, c->err, "is", id, c->match));
	SR_TRY(db_step(c->s, st, &row, c->err));
	if (!row)
		return SR_OK;
	sr_str text = db_view(st, 0), title = db_view(st, 1);
	bool in_text = sr_str_find_char(text, 2, 0) != SIZE_MAX;
	sr_status status = take_marks(c, in_text || sr_str_find_char(title, 2, 0) == SIZE_MAX ? text : title, hit);
	sqlite3_reset(st);
	return status;
}

static sr_status fill_document(sqlite_store *s, int64_t id, sr_arena *arena, sr_store_hit *hit, sr_error *err)
{
	sqlite3_stmt *st;
	bool row, failed = false;
	SR_TRY(db_bind(s, ST_document_hit, &st, err, "i", id));
	SR_TRY(db_step(s, st, &row, err));
	if (!row)
		return sr_fail(err, SR_E_CORRUPT, "%s: the file is damaged: the index knows a document that is not there", s->path);
	hit->doc = id;
	hit->id = db_text(st, 0, arena, &failed);
	hit->title = db_text(st, 1, arena, &failed);
	hit->outlet = db_text(st, 2, arena, &failed);
	hit->url = db_text(st, 3, arena, &failed);
	hit->time = db_time(st, 4);
	hit->status = sqlite3_column_int(st, 5) ? SR_DOC_WITHDRAWN : (sr_doc_status)sqlite3_column_int(st, 6);
	hit->story = sqlite3_column_int64(st, 7);
	hit->story_id = db_text(st, 8, arena, &failed);
	sqlite3_reset(st);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

static sr_status fill_story(sqlite_store *s, int64_t id, sr_arena *arena, sr_store_hit *hit, sr_error *err)
{
	sr_store_story story;
	SR_TRY(sqlite_get_story(&s->base, id, arena, &story, err));
	hit->story = id;
	hit->id = hit->story_id = story.id;
	hit->title = story.title;
	hit->time = story.updated;
	hit->changed = story.changed;
	hit->documents = story.documents;
	hit->edition = story.edition;
	hit->pinned = story.pinned;
	hit->muted = story.muted;
	return SR_OK;
}

static const kind documents = { ST_search_documents_best, ST_search_documents_newest, ST_search_documents_count,
	                            ST_document_snippet, ST_document_opening, fill_document };
static const kind stories = { ST_search_stories_best, ST_search_stories_newest, ST_search_stories_count,
	                          ST_story_snippet, ST_story_opening, fill_story };

static sr_status collect(const search *c, sr_store_hits *out)
{
	const sr_store_query *q = c->query;
	size_t limit = q->limit == 0 ? LIMIT_DEFAULT : q->limit < LIMIT_MAX ? q->limit : LIMIT_MAX;
	bool row, ranked = c->match.len && !q->by_time;
	sqlite3_stmt *st;
	SR_VEC(sr_store_hit) hits = { 0 };
	SR_TRY(bind_query(c, ranked ? c->kind->best : c->kind->newest, (int64_t)limit, (int64_t)(q->offset > INT32_MAX ? INT32_MAX : q->offset), &st));
	for (;;) {
		SR_TRY(db_step(c->s, st, &row, c->err));
		if (!row)
			break;
		sr_store_hit *hit = SR_PUSH(c->arena, &hits);
		if (!hit) {
			sqlite3_reset(st);
			return sr_fail(c->err, SR_E_NOMEM, "out of memory");
		}
		hit->doc = sqlite3_column_int64(st, 0);
		hit->score = ranked ? -sqlite3_column_double(st, 1) : 0; /* bm25 is lower for better */
	}
	for (size_t i = 0; i < hits.count; i++) {
		int64_t id = hits.items[i].doc;
		hits.items[i].doc = 0;
		SR_TRY(c->kind->fill(c->s, id, c->arena, &hits.items[i], c->err));
		SR_TRY(snippet(c, id, &hits.items[i]));
	}
	out->items = hits.items;
	out->count = hits.count;
	return SR_OK;
}

static sr_status run_search(sr_store *store, const kind *k, const sr_store_query *q, sr_arena *arena, sr_store_hits *out, sr_error *err)
{
	search c = { .s = sqlite_of(store), .kind = k, .query = q, .arena = arena, .err = err };
	bool row;
	sqlite3_stmt *st;
	*out = (sr_store_hits){ 0 };
	SR_TRY(match_expression(q->text, arena, &c.match, &c.exclude, err));
	c.outlet = sr_str_trim(sr_fold_dup(arena, q->outlet));
	c.place = sr_str_trim(sr_fold_dup(arena, q->place));
	c.person = sr_str_trim(sr_fold_dup(arena, q->person));
	if ((q->outlet.len && !c.outlet.ptr) || (q->place.len && !c.place.ptr) || (q->person.len && !c.person.ptr))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	SR_TRY(collect(&c, out));
	SR_TRY(bind_query(&c, k->count, TOTAL_MAX, 0, &st));
	SR_TRY(db_step(c.s, st, &row, err));
	out->total = row ? (size_t)sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return SR_OK;
}

sr_status sqlite_search_documents(sr_store *store, const sr_store_query *query, sr_arena *arena, sr_store_hits *out, sr_error *err)
{
	return run_search(store, &documents, query, arena, out, err);
}

sr_status sqlite_search_stories(sr_store *store, const sr_store_query *query, sr_arena *arena, sr_store_hits *out, sr_error *err)
{
	return run_search(store, &stories, query, arena, out, err);
}
