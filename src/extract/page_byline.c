/* Bylines: the people, agencies and desks between their cuts. */
#include "page.h"

bool page_is_cut(char c) { return c == ',' || c == '|' || c == ';' || c == '(' || c == ')' || c == '/'; }

/* One name of a byline. 1: taken; 0: harmless (a place, a role); -1: no byline at all. */
static int take_name(page *p, sr_str name, bool commit)
{
	static const sr_str ends[] = { SR_STR_INIT(" in "), SR_STR_INIT(" at "), SR_STR_INIT(" for "), SR_STR_INIT(" from ") };
	for (size_t i = 0; i < 4; i++) {
		size_t at = sr_str_find(name, ends[i], 0);
		name = at == SIZE_MAX ? name : sr_str_slice(name, 0, at);
	}
	name = sr_str_trim(name);
	sr_str fold = page_fold(p, name), credit;
	if (!name.len)
		return 0;
	bool agency = page_word_is(&p->tables, "agency", fold, &credit), wire = agency;
	if (!agency && ((name.len >= 2 && name.len <= 6 && page_is_upper(name)) || sr_str_find(fold, SR_STR("agency"), 0) != SIZE_MAX)) {
		credit = name;
		wire = page_is_namelike(p, name);
	}
	if (wire) {
		if (commit && !p->b->doc->credit.len)
			p->b->doc->credit = sr_build_clean(p->b, credit);
		return 1;
	}
	if (page_is_person(p, name)) {
		if (commit)
			sr_build_byline(p->b, name);
		return 1;
	}
	if (page_has_kind(p, name, "noperson"))
		return page_is_namelike(p, name) || sr_str_count_words(name) <= 5 ? 1 : -1;
	if (!page_is_namelike(p, name))
		return -1;
	if (commit && page_has_kind(p, name, "outlet"))
		page_see_site(p, name);
	return page_has_kind(p, name, "outlet") ? 1 : 0;
}

bool page_byline(page *p, sr_str names, bool commit)
{
	static const sr_str ands[] = { SR_STR_INIT(" and "), SR_STR_INIT(" und "), SR_STR_INIT(" et "), SR_STR_INIT(" with "), SR_STR_INIT(" y ") };
	size_t start = 0, taken = 0;
	if (sr_str_count_words(names) > 16)
		return false;
	for (size_t i = 0; i <= names.len; i++) {
		size_t width = i == names.len || page_is_cut(names.ptr[i]) || names.ptr[i] == '&' ? 1 : 0;
		for (size_t k = 0; k < 5 && !width; k++)
			if (sr_str_starts(sr_str_slice(names, i, names.len), ands[k]))
				width = ands[k].len;
		if (!width)
			continue;
		int one = take_name(p, sr_str_trim(sr_str_slice(names, start, i)), commit);
		if (one < 0 || (one == 0 && taken == 0 && i > start))
			return false;
		taken += one > 0;
		start = i + width;
		i += width - 1;
	}
	return taken > 0;
}

void page_people(page *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->b->bylines.count; i++) {
		sr_str name = p->b->bylines.items[i], fold = page_fold(p, name), credit;
		if (page_word_is(&p->tables, "agency", fold, &credit) || (name.len >= 2 && name.len <= 6 && page_is_upper(name)) ||
		    sr_str_find(fold, SR_STR("agency"), 0) != SIZE_MAX || (sr_str_count_words(name) == 1 && !page_has_kind(p, name, "noperson") && page_is_capitalised(name))) {
			if (!p->b->doc->credit.len)
				p->b->doc->credit = page_word_is(&p->tables, "agency", fold, &credit) ? sr_build_clean(p->b, credit) : name;
		} else if (page_is_person(p, name) || !page_has_kind(p, name, "noperson")) {
			p->b->bylines.items[kept++] = name;
		}
	}
	p->b->bylines.count = kept;
}
