/* Where names begin and end: conventions of the treebank's annotators that its training data show without exception or nearly so,
 * and that the model crosses. */
#include "reader.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

static sr_str form_at(const plan *p, size_t i) { return i < p->words.count ? sr_span_of(p->text, p->words.items[i].span) : SR_STR(""); }

static bool is(const plan *p, size_t i, const char *form) { return sr_str_eq(form_at(p, i), sr_str_c(form)); }

static bool is_quote(const plan *p, size_t i)
{
	size_t at = 0;
	sr_str form = form_at(p, i);
	return form.len && sr_cp_is_quote(sr_utf8_next(form, &at)) && at == form.len;
}

static bool is_capital(const plan *p, size_t i)
{
	size_t at = 0;
	sr_str form = form_at(p, i);
	return form.len && sr_cp_is_uppercase(sr_utf8_next(form, &at));
}

/* Tagged as (part of) a person's name. */
static bool is_person(const plan *p, size_t i)
{
	return i < p->words.count && p->verdicts[i].name && (p->verdicts[i].name - 1u) / 4 == 0;
}

/* 'Winton "Red" Blount': the last word of the whole name, or 0. */
static uint32_t behind_nickname(const plan *p, const name_run *run)
{
	uint32_t at = run->last + 1;
	if (run->type != SR_ENTITY_PER || !is_quote(p, at) || !is_capital(p, at + 1) || !is_quote(p, at + 2) || !is_person(p, at + 3))
		return 0;
	for (at += 3; is_capital(p, at + 1) && is_person(p, at + 1) && (p->verdicts[at + 1].name - 1u) % 4 != 0;)
		at++;
	return at;
}

/* "Ann Lee@MILLCO", as mail within a body writes it; not an address. */
static bool joins_body(const plan *p, const name_run *run)
{
	sr_str form = form_at(p, run->last + 1);
	size_t at = sr_str_find_char(form, '@', 0);
	return run->type == SR_ENTITY_PER && at != SIZE_MAX && at > 0 && at + 1 < form.len && form.ptr[at + 1] >= 'A' && form.ptr[at + 1] <= 'Z' &&
	       sr_str_find_char(form, '.', at) == SIZE_MAX;
}

/* '"Lee, Ann"', all that a pair of quotation marks holds: one person, the family's name first. Returns the last word, or 0. */
static uint32_t family_first(const plan *p, const name_run *run)
{
	uint32_t at = run->first;
	if (at == 0 || run->last != at || !is_quote(p, at - 1) || !is(p, at + 1, ",") || !is_capital(p, at + 2) || !is_person(p, at + 2))
		return 0;
	at += 2;
	if (is_capital(p, at + 1) && is_person(p, at + 1))
		at++;
	return is_quote(p, at + 1) ? at : 0;
}

/* "the Jaffna peninsula": the place with what lies there. */
static bool takes_ground(const rules *r, const plan *p, const name_run *run)
{
	return run->type == SR_ENTITY_LOC && tag_listed(p, &r->grounds, run->last + 1);
}

/* "in The Hague", "with The New York Times": amid a sentence, a capital that is not owed to its beginning. */
static bool has_article(const plan *p, const name_run *run)
{
	if ((run->type != SR_ENTITY_LOC && run->type != SR_ENTITY_ORG) || run->first < 2 || !is(p, run->first - 1, "The"))
		return false;
	return p->words.items[run->first - 2].shape == 1 || is(p, run->first - 2, ",");
}

/* What stands before a number that is no house's: a year's preposition, or a box of the post. */
static bool numbers_no_house(const plan *p, size_t i)
{
	static const sr_str before[] = { SR_STR_INIT("in"), SR_STR_INIT("since"), SR_STR_INIT("by"), SR_STR_INIT("until"), SR_STR_INIT("of"), SR_STR_INIT("box") };
	for (size_t k = 0; k < sizeof before / sizeof *before; k++)
		if (sr_str_eq_nocase(form_at(p, i), before[k]))
			return true;
	return false;
}

/* "220 South Michigan Ave. Chicago": the first word behind the address, which names no place; 0 if there is none. */
static uint32_t behind_address(const rules *r, const plan *p, const name_run *run)
{
	if (run->type != SR_ENTITY_LOC || run->first == 0 || p->words.items[run->first - 1].shape != 6 || (run->first > 1 && numbers_no_house(p, run->first - 2)))
		return 0;
	for (uint32_t i = run->first + 1; i <= run->last; i++)
		if (tag_listed(p, &r->streets, i))
			return i + 1;
	return 0;
}

/* "Google, Inc. of Mountain View": what shows a company's form ends its name. The last word of the name. */
static uint32_t company_end(const rules *r, const plan *p, const name_run *run)
{
	for (uint32_t i = run->first + 1; run->type == SR_ENTITY_ORG && i < run->last; i++)
		if (tag_listed(p, &r->companies, i) && is(p, i + 1, "of"))
			return i;
	return run->last;
}

#define DISPLAY_WORDS_MAX 6u

/* '"Lee, Ann" <ann@example.org>': who writes, by RFC 5322; words of small letters and titles are no name. At word i, the first mark. */
static bool display_name(const plan *p, uint32_t i, name_run *run)
{
	uint32_t end = i + 1;
	if (!is_quote(p, i))
		return false;
	while (end <= i + DISPLAY_WORDS_MAX && (is_capital(p, end) || (end > i + 1 && is(p, end, ","))))
		end++;
	if (end == i + 1 || is(p, i + 1, "The") || !is_quote(p, end) || !is(p, end + 1, "<"))
		return false;
	*run = (name_run){ .first = i + 1, .last = end - 1, .type = SR_ENTITY_PER };
	return true;
}

/* The last word that the name takes in behind its end, or 0. */
static uint32_t grown(const rules *r, const plan *p, const name_run *run)
{
	uint32_t to = behind_nickname(p, run);
	if (!to)
		to = family_first(p, run);
	if (!to && (joins_body(p, run) || takes_ground(r, p, run)))
		to = run->last + 1;
	return to;
}

/* "Dayton, OH": the state behind a town. */
static bool names_state(const rules *r, const plan *p, const name_run *run, uint32_t next)
{
	uint32_t at = run->last + 2;
	return run->type == SR_ENTITY_LOC && is(p, at - 1, ",") && at < next && p->words.items[at].shape == 3 && tag_listed(p, &r->regions, at);
}

/* The run at i, or a sender's name that begins before its end; *behind: the first run behind it. */
static name_run next_run(const plan *p, const name_runs *list, size_t i, uint32_t *from, size_t *behind)
{
	name_run run = { .first = UINT32_MAX };
	uint32_t last = i < list->count ? list->items[i].last : (uint32_t)p->words.count;
	for (; *from < last && !display_name(p, *from, &run); (*from)++)
		;
	if (run.first == UINT32_MAX && i < list->count)
		run = list->items[i++];
	*behind = i;
	*from = run.last + 1;
	return run;
}

static sr_status keep(const plan *p, name_runs *out, name_run run)
{
	name_run *kept = SR_PUSH(p->scratch, out);
	if (kept)
		*kept = run;
	return kept ? SR_OK : SR_E_NOMEM;
}

sr_status tag_bound_names(const rules *r, const plan *p, const name_runs *list, name_runs *out)
{
	uint32_t from = 0;
	for (size_t i = 0;;) {
		name_run run = next_run(p, list, i, &from, &i);
		if (run.first == UINT32_MAX)
			return SR_OK;
		uint32_t to = grown(r, p, &run), seat = run.last; /* where "Inc. of Oss" ends: the town */
		run.last = to ? to : company_end(r, p, &run);
		for (; i < list->count && list->items[i].first <= run.last; i++)
			;
		run.first -= has_article(p, &run);
		uint32_t behind = behind_address(r, p, &run);
		if (behind > run.last)
			continue;
		run.first = behind ? behind : run.first;
		bool state = names_state(r, p, &run, i < list->count ? list->items[i].first : (uint32_t)p->words.count);
		SR_TRY(keep(p, out, run));
		if (state || seat > run.last + 1)
			SR_TRY(keep(p, out, (name_run){ .first = run.last + 2, .last = state ? run.last + 2 : seat, .type = SR_ENTITY_LOC }));
	}
}

sr_str tag_name_of(sr_str span)
{
	size_t at = sr_str_find_char(span, '@', 0);
	return at != SIZE_MAX && sr_str_find_char(span, ' ', 0) < at ? sr_str_slice(span, 0, at) : span;
}
