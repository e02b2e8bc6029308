/* Notices that take back another article (withdraw.c), across everything that the store holds: the notice may come
 * before its article or years after it. The notices seen are a state of the store, one line each. */
#include "archive_private.h"

#include <inttypes.h>
#include <stdlib.h>

#define STATE_NOTICES SR_STR("notices")
#define CANDIDATES_MAX 200u /* articles that carry the words of one headline */

#define NOTICES_MAX 64u      /* that take back one headline: another outlet's counts for nothing, but who is to know which comes first */

typedef SR_VEC(int64_t) id_list;

/* What the map has the notice n of a headline under: the headline, and behind a tab, which no headline has, which of them it is. */
static sr_str nth_key(sr_arena *arena, sr_str key, unsigned n) { return n ? sr_str_printf(arena, "%.*s\t%u", SR_FMT(key), n) : key; }

static sr_status note_notice(sr_archive *a, int64_t doc, sr_str key, sr_arena *arena, sr_error *err)
{
	for (unsigned n = 0; n < NOTICES_MAX; n++) {
		sr_str own = nth_key(arena, key, n);
		int64_t *at = own.ptr ? sr_strmap_put(&a->notices, own) : NULL;
		if (!at)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		if (*at == 0)
			*at = doc;
		if (*at == doc)
			return SR_OK;
	}
	return SR_OK;
}

static sr_status load_notices(sr_archive *a, sr_error *err)
{
	sr_buf bytes;
	sr_str line, doc;
	sr_buf_init(&bytes, SR_STORE_STATE_MAX);
	sr_status status = sr_store_get_state(a->store, STATE_NOTICES, &bytes, err);
	status = status == SR_E_NOT_FOUND ? SR_OK : status;
	a->notice_arena = sr_arena_new(0);
	if (!a->notice_arena)
		status = sr_fail(err, SR_E_NOMEM, "out of memory");
	else
		sr_strmap_init(&a->notices, a->notice_arena);
	for (sr_str rest = sr_buf_str(&bytes); status == SR_OK && sr_str_next_line(&rest, &line);) {
		if (!sr_str_next_field(&line, '\t', &doc))
			continue;
		status = note_notice(a, strtoll(sr_str_dup(a->notice_arena, doc).ptr, NULL, 10), line, a->notice_arena, err);
	}
	sr_buf_deinit(&bytes);
	return status;
}

/* A folded headline holds no line feed or tab that would break a line: folding leaves controls, so they are
 * made blanks in both places. */
static sr_str one_line(sr_arena *arena, sr_str key)
{
	sr_str copy = sr_str_dup(arena, key);
	sr_buf b;
	sr_buf_init(&b, 0);
	for (size_t i = 0; i < copy.len; i++)
		sr_buf_add_char(&b, (unsigned char)copy.ptr[i] < 0x20 ? ' ' : copy.ptr[i]);
	copy = sr_str_dup(arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return copy;
}

static sr_status save_notices(sr_archive *a, sr_error *err)
{
	sr_buf bytes;
	sr_buf_init(&bytes, SR_STORE_STATE_MAX);
	for (size_t i = 0; i < a->notices.count; i++) {
		sr_str rest = a->notices.entries[i].key, headline;
		if (sr_str_next_field(&rest, '\t', &headline))
			sr_buf_printf(&bytes, "%" PRId64 "\t%.*s\n", a->notices.entries[i].value, SR_FMT(headline));
	}
	sr_status status = sr_buf_status(&bytes);
	if (status == SR_OK)
		status = sr_store_put_state(a->store, STATE_NOTICES, sr_buf_str(&bytes), err);
	sr_buf_deinit(&bytes);
	return status;
}

static sr_status take_back(sr_archive *a, int64_t article, int64_t notice, sr_arena *arena, id_list *out, sr_error *err)
{
	sr_store_loaded x, n;
	SR_TRY(sr_store_load(a->store, article, 0, 0, arena, &x, err));
	SR_TRY(sr_store_load(a->store, notice, 0, SR_STORE_DOCUMENT, arena, &n, err));
	if (article == notice || !engine_takes_back(n.doc, x.doc))
		return SR_OK;
	int64_t *id = SR_PUSH(arena, out);
	if (!id)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	*id = article;
	SR_TRY(sr_store_put_status(a->store, article, SR_DOC_WITHDRAWN, n.doc->title, err));
	/* the notice itself stays usable, whatever its own words made of it */
	if (n.doc->status == SR_DOC_WITHDRAWN && !n.retracted)
		SR_TRY(sr_store_put_status(a->store, notice, SR_DOC_USABLE, (sr_str){ 0 }, err));
	return SR_OK;
}

/* The articles here that carry the headline. */
static sr_status find_articles(sr_archive *a, int64_t notice, sr_str key, sr_arena *arena, id_list *out, sr_error *err)
{
	sr_store_hits hits;
	sr_store_query query = { .text = sr_str_printf(arena, "\"%.*s\"", SR_FMT(key)), .with_withdrawn = true, .limit = CANDIDATES_MAX };
	SR_TRY(sr_store_search_documents(a->store, &query, arena, &hits, err));
	for (size_t i = 0; i < hits.count; i++) {
		sr_str title = one_line(arena, engine_headline_key(arena, hits.items[i].title));
		if (sr_str_eq(title, key))
			SR_TRY(take_back(a, hits.items[i].doc, notice, arena, out, err));
	}
	return SR_OK;
}

sr_status archive_notice_settle(sr_archive *a, int64_t doc, const sr_document *d, sr_arena *arena, sr_store_ids *withdrawn, sr_error *err)
{
	engine_headlines taken;
	id_list found = { 0 };
	if (!a->notice_arena)
		SR_TRY(load_notices(a, err));
	sr_str title = one_line(arena, engine_headline_key(arena, d->title));
	for (unsigned n = 0; title.len && n < NOTICES_MAX; n++) {
		const int64_t *notice = sr_strmap_get(&a->notices, nth_key(arena, title, n));
		if (!notice)
			break;
		SR_TRY(take_back(a, doc, *notice, arena, &found, err));
	}
	if (engine_headlines_taken_back(d, arena, &taken) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < taken.count; i++) {
		sr_str key = one_line(arena, taken.items[i]);
		if (!key.len)
			continue;
		SR_TRY(note_notice(a, doc, key, arena, err));
		SR_TRY(find_articles(a, doc, key, arena, &found, err));
	}
	*withdrawn = (sr_store_ids){ found.items, found.count };
	return taken.count ? save_notices(a, err) : SR_OK;
}
