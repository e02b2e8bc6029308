/* "yesterday", "on Tuesday": a reader of many pages of many days must be told which day that is, so the date is put behind such
 * words. It is the one that the reading found; the proof at the door works it out again from the page's own date. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#define DAYS_BACK 2 /* farther off, a weekday may as well be the one to come */
#define DAYS_BACK_SAID 6 /* but not where somebody said it then */
#define BEFORE_TOKENS 12u
#define BOUND_TOKENS 2u

/* "could be decided on Tuesday", "plans to vote on Tuesday", "has until Sunday": it is left open whether the day has come. */
static bool left_open(const sr_reading *r, const sr_timex *t)
{
	uint32_t first = sr_reading_token_at(r, t->span.start);
	for (uint32_t i = first; i-- > 0 && first - i <= BEFORE_TOKENS;) {
		sr_str word = sr_span_of(r->doc->text, r->tokens[i].span);
		bool infinitive = i + 1 < r->token_count && sr_str_eq_nocase(word, SR_STR("to")) && r->tokens[i + 1].upos == SR_UPOS_VERB;
		if (sr_str_eq(word, SR_STR(".")))
			break;
		if (infinitive || words_has(WORDS_OPEN, word) || (first - i <= BOUND_TOKENS && words_has(WORDS_BOUND, word)))
			return true;
	}
	return false;
}

/* "The Friday before": a day counted from something else that is told. */
static bool counted(const sr_reading *r, const sr_timex *t)
{
	uint32_t first = sr_reading_token_at(r, t->span.start), next = sr_reading_token_at(r, t->span.end);
	sr_str words = sr_span_of(r->doc->text, t->span), before = first ? sr_span_of(r->doc->text, r->tokens[first - 1].span) : SR_STR("");
	bool the = sr_str_eq_nocase(before, SR_STR("the")) || sr_str_starts_nocase(words, SR_STR("the "));
	return the && next < r->token_count && words_has(WORDS_COUNTED, sr_span_of(r->doc->text, r->tokens[next].span));
}

/* "Ardovia Today": a word of a name. */
static bool in_name(const sr_reading *r, const sr_timex *t)
{
	uint32_t i = sr_reading_token_at(r, t->span.start);
	return i && sr_is_upper((unsigned char)r->doc->text.ptr[t->span.start]) && r->tokens[i - 1].upos == SR_UPOS_PROPN;
}

static bool has_digit(sr_str words)
{
	for (size_t i = 0; i < words.len; i++)
		if (sr_is_digit((unsigned char)words.ptr[i]))
			return true;
	return false;
}

/* The day that the expression means, if its words alone do not say which. */
static sr_time day_meant(const composer *c, const sr_proof *p, const sr_timex *t)
{
	const sr_document *doc = c->e.docs[p->claim.doc];
	sr_str words = sr_span_of(doc->text, t->span);
	sr_time day = sr_time_truncate(t->begin, SR_PRECISION_DAY), said = sr_document_time_at(doc, t->span.start);
	bool one_day = day.precision == SR_PRECISION_DAY && sr_time_cmp(day, sr_time_truncate(t->end, SR_PRECISION_DAY)) == 0;
	if (!one_day || said.precision < SR_PRECISION_DAY || counted(c->e.readings[p->claim.doc], t))
		return SR_TIME_NONE;
	if (has_digit(words))
		return SR_TIME_NONE;
	/* "today" may be "nowadays", but not where somebody said it then */
	if (words_in(WORDS_DEICTIC, words) || (t->said && sr_str_eq_nocase(words, SR_STR("today"))))
		return in_name(c->e.readings[p->claim.doc], t) ? SR_TIME_NONE : day;
	int32_t back = sr_days_from_civil(said.year, said.month, said.day) - sr_days_from_civil(day.year, day.month, day.day);
	bool past = t->said ? back <= DAYS_BACK_SAID : back <= DAYS_BACK && !left_open(c->e.readings[p->claim.doc], t);
	return words_in(WORDS_WEEKDAY, words) && back >= 0 && past ? day : SR_TIME_NONE;
}

bool composer_shows_date(const composer *c, const sr_proof *p, const sr_timex *t)
{
	return has_digit(sr_span_of(c->e.docs[p->claim.doc]->text, t->span)) || sr_time_known(day_meant(c, p, t));
}

#define BESIDE 4u /* bytes: " (", ", " */

/* A date stands beside it already: "on Tuesday (November 4)". */
static bool date_follows(const sr_reading *r, size_t i)
{
	uint32_t end = r->times[i].span.end;
	for (size_t k = i + 1; k < r->time_count && r->times[k].span.start <= end + BESIDE; k++) {
		if (r->times[k].span.start >= end && has_digit(sr_span_of(r->doc->text, r->times[k].span)))
			return true;
	}
	return false;
}

static bool possessive(sr_str text, uint32_t at)
{
	sr_str rest = sr_str_slice(text, at, text.len);
	return sr_str_starts(rest, SR_STR("'")) || sr_str_starts(rest, SR_STR("\xE2\x80\x99"));
}

static bool ends_sentence(sr_str s)
{
	size_t last = s.len;
	uint32_t cp = s.len ? sr_utf8_prev(s, &last) : '.';
	while (last && (sr_cp_is_quote(cp) || cp == ')'))
		cp = sr_utf8_prev(s, &last);
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
}

/* A part of a sentence that begins small; a whole one that does ("iPhone") is meant to. */
static bool needs_capital(const sr_proof *p, sr_span span, sr_str words)
{
	return span.start > p->claim.sentence_span.start && words.len && sr_is_lower((unsigned char)words.ptr[0]);
}

static sr_str with_capital(const composer *c, const sr_proof *p, sr_span span, sr_str words, const char *stop)
{
	bool small = needs_capital(p, span, words);
	if (!words.len || (!small && !*stop))
		return words;
	sr_str begun = small ? sr_str_with_capital(c->arena, words, true) : words;
	return begun.ptr && *stop ? sr_str_printf(c->arena, "%.*s%s", SR_FMT(begun), stop) : begun;
}

sr_str composer_line(const composer *c, const sr_proof *p, sr_span span) { return with_capital(c, p, span, composer_text(c, p, span), ""); }

sr_str composer_heading(const composer *c, const sr_proof *p, sr_span span, line_day day)
{
	return with_capital(c, p, span, composer_dated_text(c, p, span, day), "");
}

sr_str composer_sentence(const composer *c, const sr_proof *p, sr_span span, line_day day)
{
	bool ends = ends_sentence(composer_text(c, p, span));
	return with_capital(c, p, span, composer_dated_text(c, p, span, day), ends ? "" : ".");
}

static void add_day(const composer *c, sr_buf *out, line_day d)
{
	sr_buf_add_c(out, d.as == DAY_AS_OF ? " (as of " : d.as == DAY_REPORTED ? " (reported " : " (");
	composer_add_date(c, out, d.day);
	sr_buf_add_char(out, ')');
}

sr_str composer_dated_text(const composer *c, const sr_proof *p, sr_span span, line_day day)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	sr_str text = r->doc->text;
	uint32_t from = span.start, at = span.end - (sr_str_ends(composer_text(c, p, span), SR_STR(".")) ? 1 : 0);
	sr_buf out;
	sr_buf_init(&out, 0);
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		sr_time meant = sr_span_has(span, t->span) && t->span.start >= from ? day_meant(c, p, t) : SR_TIME_NONE;
		if (!sr_time_known(meant) || composer_in_quotes(text, span, t->span.start) || date_follows(r, i) || possessive(text, t->span.end))
			continue;
		sr_buf_add(&out, sr_span_of(text, (sr_span){ from, t->span.end }));
		add_day(c, &out, (line_day){ meant, DAY_OF });
		from = t->span.end;
	}
	if (sr_time_known(day.day) && !composer_in_quotes(text, span, at)) {
		sr_buf_add(&out, sr_span_of(text, (sr_span){ from, at }));
		add_day(c, &out, day);
		from = at;
	}
	sr_str plain = composer_text(c, p, span);
	if (out.len) {
		sr_buf_add(&out, sr_span_of(text, (sr_span){ from, span.end }));
		plain = out.failed ? (sr_str){ 0 } : sr_str_dup(c->arena, sr_buf_str(&out));
	}
	sr_buf_deinit(&out);
	return plain;
}
