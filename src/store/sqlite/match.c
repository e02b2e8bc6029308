/* A search as people type it, as expressions of FTS5: words in quotes there, so that nothing in them is
 * an operator. `a b` both; `a OR b` either; "a b" in this order; a* beginnings; -a not. */
#include "sqlite_store.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define TERMS_MAX 64u /* each costs a walk through the index */

typedef struct term {
	sr_str words;
	bool not, prefix;
} term;

static bool has_word(sr_str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t cp = sr_utf8_next(s, &i);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp))
			return true;
	}
	return false;
}

/* Takes the next term off *rest; false at the end. */
static bool next_term(sr_str *rest, term *out)
{
	*rest = sr_str_trim(*rest);
	*out = (term){ .not = rest->len > 1 && rest->ptr[0] == '-' };
	if (!rest->len)
		return false;
	sr_str s = sr_str_slice(*rest, out->not, rest->len);
	size_t end = 0;
	if (s.ptr[0] == '"') {
		end = sr_str_find_char(s, '"', 1);
		end = end == SIZE_MAX ? s.len : end;
		out->words = sr_str_slice(s, 1, end);
		end += end < s.len;
	} else {
		while (end < s.len) {
			size_t next = end;
			if (sr_cp_is_space(sr_utf8_next(s, &next)) || s.ptr[end] == '"')
				break;
			end = next;
		}
		out->words = sr_str_slice(s, 0, end);
	}
	out->prefix = end < s.len ? s.ptr[end] == '*' : out->words.len && out->words.ptr[out->words.len - 1] == '*';
	*rest = sr_str_slice(s, end, s.len);
	if (out->prefix && sr_str_starts(*rest, SR_STR("*")))
		*rest = sr_str_slice(*rest, 1, rest->len);
	return true;
}

/* Words are indexed by their stems, and a beginning may be longer than the stem: "evacuat*" is to find "evacu". Ends
 * that make a whole word of such a beginning, for FTS5 to take the stem of. */
static const char *const ends[] = { "e", "y", "s", "es", "ion", "on", "n", "ing", "ng", "g" };
#define END_MIN 5u /* bytes: a shorter beginning is within the stem */

static void add_words(sr_buf *out, sr_str words, const char *end)
{
	while (words.len && words.ptr[words.len - 1] == '*') /* the end stands directly behind the last letter */
		words.len--;
	sr_buf_add_char(out, '"');
	for (size_t i = 0; i < words.len; i++)
		sr_buf_add_char(out, words.ptr[i] == '"' || !words.ptr[i] ? ' ' : words.ptr[i]);
	sr_buf_add_c(out, end);
	sr_buf_add_char(out, '"');
}

static void add_term(sr_buf *out, const term *t, const char *operator)
{
	bool ended = t->prefix && t->words.len >= END_MIN;
	if (out->len)
		sr_buf_add_c(out, operator);
	sr_buf_add_c(out, ended ? "(" : "");
	add_words(out, t->words, "");
	sr_buf_add_c(out, t->prefix ? "*" : "");
	for (size_t i = 0; ended && i < sizeof ends / sizeof *ends; i++) {
		sr_buf_add_c(out, " OR ");
		add_words(out, t->words, ends[i]);
	}
	sr_buf_add_c(out, ended ? ")" : "");
}

sr_status match_expression(sr_str text, sr_arena *arena, sr_str *match, sr_str *exclude, sr_error *err)
{
	sr_buf with, without;
	term t;
	bool or = false;
	sr_buf_init(&with, 0);
	sr_buf_init(&without, 0);
	for (size_t n = 0; n < TERMS_MAX && next_term(&text, &t);) {
		if (sr_str_eq(t.words, SR_STR("OR")) && with.len) {
			or = true;
			continue;
		}
		if (!has_word(t.words))
			continue;
		if (t.not)
			add_term(&without, &t, " OR ");
		else
			add_term(&with, &t, or ? " OR " : " AND "); /* AND binds closer, as one would read it */
		or = false;
		n++;
	}
	*match = sr_str_dup(arena, sr_buf_str(&with));
	*exclude = sr_str_dup(arena, sr_buf_str(&without));
	bool failed = with.failed || without.failed || match->len != with.len || exclude->len != without.len;
	sr_buf_deinit(&with);
	sr_buf_deinit(&without);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}
