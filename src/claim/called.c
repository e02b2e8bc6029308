/* Who of the cast a common noun, initials or a given name means: "the officer", "the agency", "OWP", "Hillary". */
#include "cast.h"

#include "sitrep/base/utf8.h"

static bool has_word(sr_str text, sr_str word)
{
	size_t at = sr_str_find_nocase(text, word, 0);
	return at != SIZE_MAX && (at == 0 || text.ptr[at - 1] == ' ') && (at + word.len == text.len || text.ptr[at + word.len] == ' ');
}

/* "The foreign ministry" is not "the interior ministry": what stands before the noun on either side, and differs. */
static bool told_apart(const cast *c, sr_str text, sr_str noun, sr_str modifier)
{
	size_t at = sr_str_find_nocase(text, noun, 0);
	sr_str before = at == SIZE_MAX || at == 0 ? (sr_str){ 0 } : sr_str_last_word(sr_str_slice(text, 0, at - 1));
	return modifier.len && before.len && !rules_hold(c->w->rules, before, W(det) | W(prep) | W(and)) && !has_word(text, modifier);
}

/* "The company" is no company spokesman, and no "chief of the company": the noun that a description is built on ends it, or stands
 * before "of", "and" or a comma. */
static bool is_built_on(const cast *c, sr_str text, sr_str noun)
{
	sr_str rest = text, word;
	bool below = false, is = false;
	while (sr_str_next_field(&rest, ' ', &word)) {
		bool ends = word.len && word.ptr[word.len - 1] == ',', joins = rules_hold(c->w->rules, word, W(and));
		if (is && (joins || rules_hold(c->w->rules, word, W(prep) | W(who))))
			return true;
		below = !joins && !ends && (below || rules_hold(c->w->rules, word, W(prep) | W(who)));
		word.len -= ends;
		is = !below && sr_str_eq_nocase(word, noun);
		if (is && ends)
			return true;
	}
	return is;
}

static bool called_so(const cast *c, sr_str text, sr_str noun, sr_str modifier) { return is_built_on(c, text, noun) && !told_apart(c, text, noun, modifier); }

party *party_called(const cast *c, sr_str noun, sr_str modifier)
{
	for (size_t i = 0; i < c->spoke.count && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[c->spoke.count - 1 - i]];
		if (!p->collective && (called_so(c, p->role, noun, modifier) || (!p->named && called_so(c, p->name, noun, modifier))))
			return p;
	}
	for (size_t i = 0; i < c->parties.count && i < LOOKBACK; i++)
		if (c->parties.items[i].role.len && called_so(c, c->parties.items[i].role, noun, modifier))
			return &c->parties.items[i];
	return NULL;
}

party *same_party(const cast *c, sr_str noun)
{
	for (size_t i = 0; i < c->spoke.count && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[c->spoke.count - 1 - i]];
		if (p->collective && has_word(p->name, noun))
			return p;
	}
	return NULL;
}

bool public_body(const work *w, sr_str name)
{
	sr_str word;
	while (sr_str_next_field(&name, ' ', &word))
		if (rules_hold(w->rules, word, W(group) | W(media) | W(prep)))
			return true;
	return false;
}

party *body_called(cast *c, int32_t head)
{
	const work *w = c->w;
	sr_str noun = tok_str(w, head);
	party *found = NULL;
	bool firm = w->toks[head].bits & W(firm);
	if (!firm && !(w->toks[head].bits & (W(group) | W(media))))
		return NULL;
	for (size_t i = 0; i < c->parties.count && i < BODIES_MAX; i++) {
		party *p = &c->parties.items[i];
		if (p->person || p->collective || !p->named)
			continue;
		bool fits = has_word(p->name, noun);
		bool before = p->name.ptr < w->text.ptr + w->reading->tokens[head].span.start;
		fits = fits || (firm && p->org && before && !sr_str_starts(p->name, SR_STR("The ")) && !public_body(w, p->name));
		if (fits && found && !sr_str_eq(found->name, p->name))
			return NULL;
		found = fits ? p : found;
	}
	return found;
}

party *party_of_initials(cast *c, sr_str name)
{
	if (name.len < 3 || name.len > 6)
		return NULL;
	for (size_t i = 0; i < c->parties.count && i < BODIES_MAX; i++) {
		party *p = &c->parties.items[i];
		sr_str rest = p->name, word;
		size_t n = 0;
		bool same = p->named && !p->person;
		while (same && sr_str_next_field(&rest, ' ', &word))
			if (word.len && sr_is_upper((unsigned char)word.ptr[0]))
				same = n < name.len && word.ptr[0] == name.ptr[n++];
		if (same && n == name.len)
			return p;
	}
	return NULL;
}

party *party_of_first_name(cast *c, sr_str name)
{
	party *found = NULL;
	for (size_t i = 0; i < c->parties.count && i < BODIES_MAX; i++) {
		party *p = &c->parties.items[i];
		if (!p->named || !p->person || p->org || !gender_of_name(c->w, p->name) || p->name.len <= name.len + 1 || p->name.ptr[name.len] != ' ' || !sr_str_starts(p->name, name))
			continue;
		if (found && !sr_str_eq(found->name, p->name))
			return NULL;
		found = p;
	}
	return found;
}
