/* What stands before a page's or a sentence's first words and behind a post's last ones: datelines, connectives, links. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"

#define DATELINE_MAX 60u /* bytes */
#define DATELINE_CAPITALS 3u
#define TOWN_CAPITALS 5u
#define OUTLET_WORDS 3u

/* "(CNN) The ambassador …", the bracket at `at`: where the words begin, or 0. */
static uint32_t behind_outlet(sr_str text, uint32_t at, uint32_t end)
{
	uint32_t i = at + 1, words = 0;
	for (; i < end && text.ptr[i] != ')'; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		bool first = i == at + 1 || text.ptr[i - 1] == ' ';
		words += first;
		if (!(sr_is_alpha(byte) || sr_is_digit(byte) || byte == ' ') || (first && !sr_is_upper(byte)))
			return 0;
	}
	return words && words <= OUTLET_WORDS && i + 1 < end && text.ptr[i + 1] == ' ' ? i + 2 : 0;
}

/* "Jerusalem (CNN) The president …": names and commas, then an outlet in capitals. */
static uint32_t behind_place(sr_str text, uint32_t at, uint32_t end)
{
	uint32_t i = at;
	for (; i < end && text.ptr[i] != '('; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		bool first = i == at || text.ptr[i - 1] == ' ';
		if (!(sr_is_alpha(byte) || byte == ' ' || byte == ',') || (first && !sr_is_upper(byte)))
			return 0;
	}
	bool outlet = i + 2 < end && sr_is_upper((unsigned char)text.ptr[i + 1]) && sr_is_upper((unsigned char)text.ptr[i + 2]);
	return outlet || i == at ? behind_outlet(text, i, end) : 0;
}

/* "MINNEAPOLIS The mayor …", without a dash: where the words begin, or 0. */
static uint32_t behind_town(sr_str text, uint32_t at, uint32_t blank, uint32_t end)
{
	uint32_t i = blank + 1;
	while (i < end && sr_is_alpha((unsigned char)text.ptr[i]))
		i++;
	bool capital = i > blank + 1 && sr_is_upper((unsigned char)text.ptr[blank + 1]) && (i == blank + 2 || sr_is_lower((unsigned char)text.ptr[blank + 2]));
	return blank - at >= TOWN_CAPITALS && capital && words_has(WORDS_LEAD, sr_str_slice(text, blank + 1, i)) ? blank + 1 : 0;
}

/* "Update at 6:23 p.m. ET: A third …", "11:15 a.m.: Two …": where the words begin behind what rolling text hangs before a paragraph, or 0. */
static uint32_t behind_label(sr_str text, uint32_t at, uint32_t end)
{
	size_t colon = at;
	do
		colon = sr_str_find_char(text, ':', colon + 1);
	while (colon != SIZE_MAX && colon + 1 < text.len && sr_is_digit((unsigned char)text.ptr[colon + 1]));
	if (colon == SIZE_MAX || colon >= end || colon + 2 >= text.len || text.ptr[colon + 1] != ' ')
		return 0;
	sr_str label = sr_str_slice(text, at, colon);
	bool hour = sr_is_digit((unsigned char)label.ptr[0]) && words_in(WORDS_CLOCK, label);
	return hour || words_start(WORDS_LABEL, label) ? (uint32_t)colon + 2 : 0;
}

uint32_t composer_behind_dateline(const sr_document *doc, uint32_t at)
{
	const sr_block *block = sr_document_block_at(doc, at);
	uint32_t i = at, capitals = 0, end = at + DATELINE_MAX < doc->text.len ? at + DATELINE_MAX : (uint32_t)doc->text.len;
	if (!block || block->span.start != at || at >= end)
		return at;
	uint32_t behind = behind_label(doc->text, at, end);
	if (behind)
		return behind;
	behind = behind_place(doc->text, at, end);
	if (behind)
		return behind;
	while (i < end && sr_is_upper((unsigned char)doc->text.ptr[i])) {
		capitals++;
		i++;
	}
	/* a town in capitals, then its country and the agency, then a dash between blanks */
	if (capitals < DATELINE_CAPITALS || (i < end && sr_is_lower((unsigned char)doc->text.ptr[i])))
		return at;
	behind = i < end && doc->text.ptr[i] == ' ' ? behind_town(doc->text, at, i, end) : 0;
	if (behind)
		return behind;
	for (size_t pos = i; pos < end;) {
		size_t mark = pos;
		uint32_t cp = sr_utf8_next(doc->text, &pos);
		bool after_blank = doc->text.ptr[mark - 1] == ' ', before_blank = pos < end && doc->text.ptr[pos] == ' ';
		bool two = cp == '-' && pos + 1 < end && doc->text.ptr[pos] == '-' && doc->text.ptr[pos + 1] == ' ';
		if ((cp == '-' || sr_cp_is_dash(cp)) && after_blank && (before_blank || two))
			return (uint32_t)pos + 1 + two;
		if (cp != '-' && sr_cp_is_dash(cp) && after_blank && pos < end && sr_is_upper((unsigned char)doc->text.ptr[pos]))
			return (uint32_t)pos; /* "OSS –The mayor" */
		bool small = sr_is_lower(cp) && after_blank; /* a word that is no name */
		if (small || (!sr_is_alpha(cp) && !sr_is_digit(cp) && cp < 0x80 && sr_str_find_char(SR_STR(" ,.()/'-"), (char)cp, 0) == SIZE_MAX))
			return at;
	}
	return at;
}

sr_span composer_before_links(sr_str text, sr_span span)
{
	static const sr_str starts[] = { SR_STR_INIT("http://"), SR_STR_INIT("https://"), SR_STR_INIT("pic.twitter.com/") };
	for (bool cut = true; cut;) {
		cut = false;
		while (span.end > span.start && text.ptr[span.end - 1] == ' ')
			span.end--;
		uint32_t word = span.end;
		while (word > span.start && text.ptr[word - 1] != ' ')
			word--;
		for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
			size_t at = sr_str_find(sr_span_of(text, (sr_span){ word, span.end }), starts[i], 0);
			cut = cut || at != SIZE_MAX;
			span.end = at != SIZE_MAX ? word + (uint32_t)at : span.end;
		}
	}
	return span;
}

bool composer_is_connective(const sr_reading *r, uint32_t i, bool at_start)
{
	bool comma = i + 1 < r->token_count && sr_str_eq(sr_span_of(r->doc->text, r->tokens[i + 1].span), SR_STR(","));
	return words_has(WORDS_CONNECTIVE, sr_span_of(r->doc->text, r->tokens[i].span)) && (!at_start || comma || r->tokens[i].upos == SR_UPOS_CCONJ);
}

sr_span composer_behind_connective(const sr_reading *r, sr_span span)
{
	uint32_t i = sr_reading_token_at(r, span.start);
	if (i + 2 >= r->token_count || r->tokens[i].span.start != span.start || !composer_is_connective(r, i, true))
		return span;
	i += sr_str_eq(sr_span_of(r->doc->text, r->tokens[i + 1].span), SR_STR(",")) ? 2 : 1;
	return r->tokens[i].span.start < span.end ? (sr_span){ r->tokens[i].span.start, span.end } : span;
}

sr_str composer_without_last_comma(const composer *c, sr_str s)
{
	size_t end = s.len;
	if (sr_str_ends(s, SR_STR(")"))) /* a day may stand behind it */
		while (end && s.ptr[end - 1] != '(')
			end--;
	end = end && end < s.len ? end - 1 : s.len;
	while (end && s.ptr[end - 1] == ' ')
		end--;
	size_t mark = end;
	bool closes = end && sr_cp_closes_quote(sr_utf8_prev(sr_str_slice(s, 0, end), &mark));
	if (!closes || mark == 0 || s.ptr[mark - 1] != ',')
		return s;
	return sr_str_printf(c->arena, "%.*s%.*s", SR_FMT(sr_str_slice(s, 0, mark - 1)), SR_FMT(sr_str_slice(s, mark, s.len)));
}
