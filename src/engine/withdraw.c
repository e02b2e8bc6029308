/* A notice that takes back another article: "we have withdrawn the report headlined "…"".
 *
 * The notice itself stays usable, and the article that it names is the one that is withdrawn. Only
 * an outlet can take back its own, and only what it published before. */
#include "engine_private.h"

#include "sitrep/base/data.h"
#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#define HEADLINE_MIN 12u  /* bytes: a shorter quotation is no headline */
#define HEADLINE_MAX 400u

static bool is_letter_at(sr_str s, size_t i) { return i < s.len && sr_is_alpha((unsigned char)s.ptr[i]); }

/* True if the folded paragraph holds a word of data/withdrawals.tsv. */
static bool takes_back(sr_str folded)
{
	sr_str rest = sr_data("withdrawals.tsv"), word;
	while (sr_tsv_next(&rest, &word, 1))
		for (size_t at = 0; (at = sr_str_find(folded, word, at)) != SIZE_MAX; at++)
			if (!(at && is_letter_at(folded, at - 1)) && !is_letter_at(folded, at + word.len))
				return true;
	return false;
}

/* What is compared of a headline: folded, without a closing mark. */
static sr_str fold_headline(sr_arena *arena, sr_str s)
{
	sr_str folded = sr_str_trim(sr_fold_dup(arena, s));
	while (folded.len && (folded.ptr[folded.len - 1] == '.' || folded.ptr[folded.len - 1] == ','))
		folded.len--;
	return folded;
}

static bool may_be_headline(size_t bytes) { return bytes >= HEADLINE_MIN && bytes <= HEADLINE_MAX; }

sr_str engine_headline_key(sr_arena *arena, sr_str title)
{
	return may_be_headline(title.len) ? fold_headline(arena, title) : (sr_str){ 0 };
}

static sr_str host_of(const sr_document *d)
{
	sr_str url = d->url.len ? d->url : d->canonical;
	size_t at = sr_str_find(url, SR_STR("://"), 0);
	if (at == SIZE_MAX)
		return (sr_str){ 0 };
	size_t end = sr_str_find_char(url, '/', at + 3);
	return sr_str_slice(url, at + 3, end == SIZE_MAX ? url.len : end);
}

static bool same_outlet(const sr_document *a, const sr_document *b)
{
	sr_str x = host_of(a), y = host_of(b);
	return (a->site.len && sr_str_eq_nocase(a->site, b->site)) || (x.len && sr_str_eq_nocase(x, y));
}

bool engine_takes_back(const sr_document *notice, const sr_document *article)
{
	if (article == notice || !same_outlet(article, notice))
		return false;
	return !sr_time_known(article->published) || !sr_time_known(notice->published) ||
	       sr_time_cmp(article->published, notice->published) <= 0;
}

/* Gathers the quotations of one paragraph that may be headlines. */
static sr_status read_paragraph(sr_str text, sr_arena *arena, engine_headlines *out)
{
	size_t open = SIZE_MAX;
	for (size_t pos = 0; pos < text.len;) {
		size_t at = pos;
		uint32_t cp = sr_utf8_next(text, &pos);
		bool closes = open != SIZE_MAX && sr_cp_closes_quote(cp);
		if (closes && may_be_headline(at - open)) {
			sr_str *key = SR_PUSH(arena, out);
			if (!key)
				return SR_E_NOMEM;
			*key = fold_headline(arena, sr_str_slice(text, open, at));
		}
		if (closes || sr_cp_opens_quote(cp))
			open = closes ? SIZE_MAX : pos;
	}
	return SR_OK;
}

sr_status engine_headlines_taken_back(const sr_document *d, sr_arena *arena, engine_headlines *out)
{
	sr_arena *scratch = sr_arena_new(0);
	sr_status status = scratch ? SR_OK : SR_E_NOMEM;
	*out = (engine_headlines){ 0 };
	for (size_t b = 0; status == SR_OK && b < d->block_count; b++) {
		sr_str text = sr_span_of(d->text, d->blocks[b].span);
		if (takes_back(sr_fold_dup(scratch, text)))
			status = read_paragraph(text, arena, out);
		sr_arena_reset(scratch);
	}
	sr_arena_free(scratch);
	return status;
}

/* The documents under each headline: any outlet may print that of another. */
typedef struct headlines {
	sr_strmap last; /* the last document with the headline, from 1 */
	size_t *before; /* of each document: the one before it with the same headline, from 1; 0: none */
} headlines;

static sr_status list_headlines(const sr_run *run, sr_arena *arena, headlines *out)
{
	sr_strmap_init(&out->last, arena);
	out->before = SR_NEW_ARRAY(arena, size_t, run->doc_count + 1);
	if (!out->before)
		return SR_E_NOMEM;
	for (size_t i = 0; i < run->doc_count; i++) {
		sr_str key = engine_headline_key(arena, run->docs[i]->title);
		if (!key.len)
			continue;
		int64_t *at = sr_strmap_put(&out->last, key);
		if (!at)
			return SR_E_NOMEM;
		out->before[i] = (size_t)*at;
		*at = (int64_t)i + 1;
	}
	return SR_OK;
}

static sr_status settle_notice(const sr_run *run, sr_document *notice, const headlines *by, sr_arena *arena)
{
	engine_headlines keys;
	SR_TRY(engine_headlines_taken_back(notice, arena, &keys));
	for (size_t i = 0; i < keys.count; i++) {
		const int64_t *last = sr_strmap_get(&by->last, keys.items[i]);
		for (size_t at = last ? (size_t)*last : 0; at; at = by->before[at - 1]) {
			sr_document *article = run->docs[at - 1];
			if (!engine_takes_back(notice, article))
				continue;
			article->status = SR_DOC_WITHDRAWN;
			if (notice->status == SR_DOC_WITHDRAWN)
				notice->status = SR_DOC_USABLE;
		}
	}
	return SR_OK;
}

sr_status engine_settle_withdrawals(sr_run *run, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	headlines by = { 0 };
	sr_status status = arena ? list_headlines(run, arena, &by) : SR_E_NOMEM;
	for (size_t i = 0; status == SR_OK && i < run->doc_count; i++)
		status = settle_notice(run, run->docs[i], &by, arena);
	sr_arena_free(arena);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
