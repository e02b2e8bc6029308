/* The parts of a page that are not running text: a digest's list of sources, a timeline, the dated
 * updates of a live page; and the dates of all of them. */
#include "page.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define RELAY_NUMBER_MAX 999u

/* "[3] words": the number, and where the words begin. */
static uint32_t bracket_number(sr_str s, size_t *words)
{
	uint32_t n = 0;
	size_t i = 1;
	if (s.len < 3 || s.ptr[0] != '[')
		return 0;
	while (i < s.len && i < 4 && sr_is_digit((unsigned char)s.ptr[i]))
		n = n * 10 + (uint32_t)(s.ptr[i++] - '0');
	if (i >= s.len || s.ptr[i] != ']')
		return 0;
	*words = i + 1;
	return n;
}

/* "Publisher: Title: Description." The description is the last part that is a sentence. */
static void add_relay(page *p, uint32_t number, sr_str s, sr_str url)
{
	static const sr_str colon = SR_STR_INIT(": ");
	size_t first = sr_str_find(s, colon, 0), last = SIZE_MAX;
	sr_str publisher = { 0 }, title = s, description = { 0 };
	if (first != SIZE_MAX && sr_str_count_words(sr_str_slice(s, 0, first)) <= 6) {
		publisher = sr_str_slice(s, 0, first);
		title = sr_str_slice(s, first + 2, s.len);
	}
	for (size_t at = sr_str_find(title, colon, 0); at != SIZE_MAX; at = sr_str_find(title, colon, at + 1)) {
		sr_str tail = sr_str_slice(title, at + 2, title.len);
		size_t pos = 0;
		if (sr_str_count_words(tail) >= 4 && page_ends_sentence(tail) && sr_str_count_words(sr_str_slice(title, 0, at)) >= 2 &&
		    sr_cp_is_uppercase(sr_utf8_next(tail, &pos)))
			last = at;
	}
	if (last != SIZE_MAX) {
		description = sr_str_slice(title, last + 2, title.len);
		title = sr_str_slice(title, 0, last);
	}
	sr_build_relay(p->b, number, publisher, title, description, url);
}

/* Reads the entries below a heading of sources; commit: takes them. How many there are. */
static size_t read_sources(page *p, size_t heading, bool commit)
{
	size_t entries = 0;
	uint32_t number = 0;
	for (size_t i = heading + 1; i < p->lines.count; i++) {
		page_line *l = &p->lines.items[i];
		size_t skip = 0;
		uint32_t n = l->kind == SR_LINE_LIST ? l->number : bracket_number(l->text, &skip);
		if (l->role == ROLE_TIMELINE || l->role == ROLE_SOURCES || l->kind == SR_LINE_HEADING)
			break;
		if (n > RELAY_NUMBER_MAX || (!n && !number && l->text.len))
			break;
		number = n ? n : number;
		if (commit)
			l->role = ROLE_SOURCES;
		if (number && l->text.len > skip) {
			if (commit)
				add_relay(p, number, sr_str_trim(sr_str_slice(l->text, skip, l->text.len)), l->url);
			entries++;
			number = 0;
		}
	}
	return entries;
}

/* A label of a date that something follows on the line: where that begins, or 0. */
static size_t behind_label(sr_str s, size_t end)
{
	static const sr_str seps[] = { SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 "), SR_STR_INIT(" - "), SR_STR_INIT(": "), SR_STR_INIT("] "),
		                           SR_STR_INIT(" | "), SR_STR_INIT("\xE2\x80\x94"), SR_STR_INIT(" \xC2\xB7 ") };
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++)
		if (sr_str_starts(sr_str_slice(s, end, s.len), seps[i]))
			return end + seps[i].len;
	return 0;
}

static bool only_signs(sr_str s)
{
	size_t pos = 0;
	while (pos < s.len) {
		uint32_t cp = sr_utf8_next(s, &pos);
		if (sr_cp_is_letter(cp) || sr_cp_is_number(cp))
			return false;
	}
	return true;
}

/* Entries below a heading of a timeline: "2 December 2025 - words", or the date on a line of its own. */
static size_t read_timeline(page *p, size_t heading, bool commit)
{
	size_t entries = 0;
	for (size_t i = heading + 1; i < p->lines.count; i++) {
		page_line *l = &p->lines.items[i];
		sr_printed_date d;
		size_t end, words = 0;
		bool label;
		if (l->role == ROLE_SOURCES || l->kind == SR_LINE_HEADING)
			break;
		if (l->role != ROLE_TEXT || !page_date_label(p, l->fold.len ? l : &(page_line){ .text = l->text }, true, &d, &end, &label))
			continue;
		bool alone = only_signs(sr_str_slice(l->text, end, l->text.len));
		if (!alone && (words = behind_label(l->text, end)) == 0)
			continue;
		entries++;
		if (!commit)
			continue;
		l->role = ROLE_EVENT;
		l->date = d;
		l->skip = (uint32_t)(alone ? l->text.len : words);
	}
	return entries;
}

void page_sections(page *p)
{
	for (size_t i = 0; i < p->lines.count; i++) {
		page_line *l = &p->lines.items[i];
		bool sources = l->role == ROLE_SOURCES && (i == 0 || l[-1].role != ROLE_SOURCES || l->text.len);
		if (sources && p->b->relays.count == 0 && read_sources(p, i, false) >= 2) {
			(void)read_sources(p, i, true);
			p->digest = true;
			while (i + 1 < p->lines.count && p->lines.items[i + 1].role == ROLE_SOURCES)
				i++;
		} else if (l->role == ROLE_TIMELINE && read_timeline(p, i, false) >= 2) {
			(void)read_timeline(p, i, true);
		} else if (l->role == ROLE_SOURCES || l->role == ROLE_TIMELINE) {
			l->role = ROLE_HEADING;
		}
	}
}

/* What a line would be as the label of an update. */
typedef enum label_shape { SHAPE_NONE, SHAPE_ALONE, SHAPE_RUN_IN } label_shape;

static label_shape shape_of(const page *p, page_line *l, bool *word)
{
	size_t end, behind;
	if (l->role != ROLE_TEXT || !l->fold.len || l->words == 0 || !page_date_label(p, l, false, &l->date, &end, word))
		return SHAPE_NONE;
	sr_str rest = sr_str_slice(l->text, end, l->text.len);
	if (only_signs(rest) || sr_str_eq_nocase(sr_str_trim(rest), SR_STR("local time"))) {
		l->skip = (uint32_t)l->text.len;
		return SHAPE_ALONE;
	}
	behind = behind_label(l->text, end);
	if (!behind || l->date.hour < 0 || sr_str_count_words(sr_str_slice(l->text, behind, l->text.len)) < 3)
		return SHAPE_NONE;
	l->skip = (uint32_t)behind;
	return SHAPE_RUN_IN;
}

/* Counts the labels of dated updates and, if the page is made of them, marks them. */
void page_live(page *p)
{
	size_t alone = 0, run_in = 0, words = 0, clocks = 0;
	label_shape before = SHAPE_NONE;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p->lines.count; i++) {
			page_line *l = &p->lines.items[i];
			bool word = false;
			label_shape shape = shape_of(p, l, &word);
			if (shape != SHAPE_NONE && pass == 0) {
				size_t next = page_next(p, i);
				bool text = shape == SHAPE_RUN_IN || (next < p->lines.count && p->lines.items[next].role == ROLE_TEXT && p->lines.items[next].words >= 4);
				alone += text && shape == SHAPE_ALONE;
				run_in += shape == SHAPE_RUN_IN;
				words += word;
				clocks += l->date.hour >= 0;
			} else if (shape != SHAPE_NONE) {
				bool head = !word && words > 0 && l->date.hour < 0 && before == SHAPE_NONE;
				bool day = l->date.hour < 0 && !word && clocks > 0;
				if (!head && (shape == SHAPE_ALONE ? alone >= 2 || day : run_in >= 3))
					l->role = day ? ROLE_DAY : ROLE_UPDATE;
			}
			before = shape != SHAPE_NONE ? shape : before;
		}
		before = SHAPE_NONE;
		p->live = (alone >= 2 || run_in >= 3) && (words + clocks) * 2 >= alone + run_in;
		if (!p->live)
			return;
	}
}

int page_year(const page *p, const sr_printed_date *date, bool *assumed)
{
	*assumed = false;
	if (date->year || !date->month)
		return date->year;
	if (sr_time_known(p->stated))
		return sr_printed_year_near(date, p->stated);
	int year = sr_printed_year_before(date, p->now);
	*assumed = year > 0;
	return year;
}

/* /2025/11/04/, /2025-11-04-, /2025/11/: the date in the path of an address. */
static sr_time date_of_url(sr_str url)
{
	for (size_t i = 0; i + 8 <= url.len; i++) {
		int v[3] = { 0 }, n = 0, digits = 0;
		char sep = 0;
		if (url.ptr[i] != '/' || !sr_is_digit((unsigned char)url.ptr[i + 1]))
			continue;
		for (size_t k = i + 1; k <= url.len && n < 3; k++) {
			char c = k < url.len ? url.ptr[k] : '/';
			if (sr_is_digit((unsigned char)c) && digits < 4) {
				v[n] = v[n] * 10 + (c - '0');
				digits++;
				continue;
			}
			if ((n == 0 && digits != 4) || (n > 0 && (digits < 1 || digits > 2)) || (c != '/' && c != '-' && c != '_') || (n > 1 ? 0 : sep && c != sep))
				break;
			sep = n == 0 ? c : sep;
			digits = 0;
			n++;
		}
		if (n >= 2 && v[0] >= 1990 && v[0] <= 2199 && v[1] >= 1 && v[1] <= 12) {
			if (n == 3 && v[2] >= 1 && v[2] <= sr_days_in_month(v[0], v[1]))
				return sr_time_date(v[0], v[1], v[2]);
			if (sep == '/')
				return sr_time_truncate(sr_time_date(v[0], v[1], 1), SR_PRECISION_MONTH);
		}
	}
	return SR_TIME_NONE;
}

/* The newest full date that the page's own lines print, not after the clock. */
static sr_time newest_in_text(const page *p)
{
	sr_time best = SR_TIME_NONE, end = p->now.precision >= SR_PRECISION_DAY ? sr_time_add_days(p->now, 1) : SR_TIME_NONE;
	size_t bytes = 0;
	for (size_t i = 0; i < p->lines.count && bytes < 100000; i++) {
		const page_line *l = &p->lines.items[i];
		sr_span span;
		sr_printed_date d;
		size_t from = 0;
		bytes += l->text.len;
		while (l->text.len < 20000 && sr_printed_find(&p->dates, l->text, from, &span, &d)) {
			sr_time t = sr_printed_date_time(&d, 0, SR_TIME_NONE);
			if (sr_time_known(t) && (!sr_time_known(end) || sr_time_cmp(t, end) <= 0) && (!sr_time_known(best) || sr_time_cmp(t, best) > 0))
				best = t;
			from = span.end;
		}
	}
	return best;
}

static sr_time settle(page *p, const sr_printed_date *d, sr_time day)
{
	bool assumed;
	sr_time t = sr_printed_date_time(d, page_year(p, d, &assumed), day);
	if (assumed && sr_time_known(t))
		p->b->doc->year_assumed = true;
	return t;
}

static bool needs_year(const page *p)
{
	bool needs = (p->has_published && !p->published.year) || (p->has_updated && !p->updated.year);
	for (size_t i = 0; i < p->lines.count && !needs; i++) {
		const page_line *l = &p->lines.items[i];
		needs = (l->role == ROLE_UPDATE || l->role == ROLE_DAY || l->role == ROLE_EVENT) && l->date.month && !l->date.year;
	}
	return needs;
}

static sr_time newest_of(page *p, line_role role)
{
	sr_time best = SR_TIME_NONE;
	for (size_t i = 0; i < p->lines.count; i++) {
		const page_line *l = &p->lines.items[i];
		sr_time t = l->role == role ? settle(p, &l->date, SR_TIME_NONE) : SR_TIME_NONE;
		if (t.precision >= SR_PRECISION_DAY && (!sr_time_known(best) || sr_time_cmp(t, best) > 0))
			best = t;
	}
	return best;
}

void page_times(page *p)
{
	sr_document *d = p->b->doc;
	sr_time url = date_of_url(d->url);
	p->stated = sr_time_known(d->published) ? d->published
	            : p->has_published && p->published.year ? sr_printed_date_time(&p->published, 0, SR_TIME_NONE)
	            : p->has_updated && p->updated.year ? sr_printed_date_time(&p->updated, 0, SR_TIME_NONE) : url;
	if (!sr_time_known(p->stated) && needs_year(p))
		p->stated = newest_in_text(p);
	if (!sr_time_known(d->published) && p->has_published)
		d->published = settle(p, &p->published, SR_TIME_NONE);
	if (!sr_time_known(d->published) && url.precision >= SR_PRECISION_DAY)
		d->published = url;
	if (p->has_updated && !sr_time_known(d->modified))
		d->modified = settle(p, &p->updated, SR_TIME_NONE);
	sr_time update = newest_of(p, ROLE_UPDATE);
	if (!sr_time_known(d->modified))
		d->modified = update;
	if (!sr_time_known(d->published))
		d->published = sr_time_known(update) ? update : d->modified;
	if (!sr_time_known(d->published))
		d->published = p->digest ? newest_of(p, ROLE_EVENT) : url;
}

/* A heading that runs into the paragraph's first sentence without a sign between them: "Bridge
 * closed after storm The council said …". Where the sentence begins, or 0. strong: it begins with a
 * word that hardly ever has a capital elsewhere, or after a number. The heading is in sentence case,
 * has 4 to 14 words, and does not end with a word that wants another behind it. */
size_t page_run_in(const page *p, sr_str text, bool *strong)
{
	size_t at = 0, words = 0, weak = 0;
	sr_str before = { 0 };
	*strong = false;
	while (at < text.len && words <= 14) {
		size_t end = sr_str_find_char(text, ' ', at);
		end = end == SIZE_MAX ? text.len : end;
		sr_str word = sr_str_slice(text, at, end);
		size_t pos = 0, last = before.len;
		uint32_t cp = sr_utf8_next(word, &pos), prev_first, prev_last;
		size_t zero = 0;
		prev_first = before.len ? sr_utf8_next(before, &zero) : 0;
		prev_last = before.len ? sr_utf8_prev(before, &last) : 0;
		if (words >= 4 && sr_cp_is_uppercase(cp) && !sr_cp_is_uppercase(prev_first) && (sr_cp_is_letter(prev_last) || sr_cp_is_number(prev_last))) {
			sr_str fold = sr_fold_dup(p->arena, word), fold_before = sr_fold_dup(p->arena, before);
			bool small = page_word_is(&p->tables, "small", fold_before, NULL);
			bool open = small || page_word_is(&p->tables, "said", fold_before, NULL);
			bool rest = sr_str_count_words(sr_str_slice(text, at, text.len)) >= 6;
			bool starter = !small && page_word_is(&p->tables, "starter", fold, NULL);
			if (rest && (starter || (!open && sr_cp_is_number(prev_last)))) {
				*strong = true;
				return at;
			}
			if (!open && rest && !weak)
				weak = at;
		}
		bool initials = sr_str_find_char(word, '.', 0) + 1 < word.len;
		if (page_ends_sentence(word) && !initials && word.len > 3 && words >= 1)
			break;
		before = word;
		words++;
		at = end + 1;
	}
	return weak;
}
