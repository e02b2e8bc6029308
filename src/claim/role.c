/* The role of a speaker: what stands before or behind a name and tells a post. */
#include "cast.h"

#include "sitrep/base/utf8.h"

static bool numeric(const work *w, int32_t t) { sr_str s = tok_str(w, t); return s.len && sr_is_digit((unsigned char)s.ptr[0]); }

/* "appearing on a talk show", but not "acting ambassador". */
static bool does_something(const work *w, int32_t lo, int32_t end)
{
	return w->reading->tokens[lo].upos == SR_UPOS_VERB && lo + 1 < end && (w->toks[lo + 1].bits & W(prep));
}

sr_str apposition(const work *w, int32_t after, int32_t hi)
{
	int32_t k = after;
	while (k <= hi && is_punct(w, k, ',')) {
		int32_t lo = k + 1, end = lo;
		while (end <= hi && !is_punct(w, end, ',') && !(w->toks[end].bits & W(who)))
			end++;
		bool lower = false;
		for (int32_t t = lo; t < end; t++)
			lower = lower || (!w->toks[t].cap && w->toks[t].word && !numeric(w, t) && !(w->toks[t].bits & W(prep)));
		if (lower && end > lo && !(w->toks[lo].bits & (W(prep) | W(who))) && w->toks[lo].word && !numeric(w, lo) && !does_something(w, lo, end)) {
			if (w->toks[lo].bits & W(det) && end - lo > 1)
				lo++;
			return text_of(w, lo, end - 1);
		}
		k = end;
	}
	return (sr_str){ 0 };
}

/* A post and whose it is, before a name at `name`: "Secretary of State", "Director of Social Media", "ambassador to the United
 * Nations"; but not "a spokesman for Speaker" nor "supporters of Democrat". */
static bool is_post(const work *w, int32_t lo, int32_t name)
{
	int32_t prep = lo; /* that of "House of Representatives" stands inside a name */
	while (prep < name && (!(w->toks[prep].bits & W(prep)) || entity_at(w, prep, prep)))
		prep++;
	if (prep == name)
		return true;
	bool to = tok_is(w, prep, "to");
	const sr_entity *whose = entity_at(w, name - 1, name - 1);
	bool body = whose && (whose->type == SR_ENTITY_ORG || whose->type == SR_ENTITY_LOC);
	return prep > lo && prep + 1 < name && title_word(w, prep - 1) && !plural_form(tok_str(w, prep - 1)) && !title_word(w, name - 1) &&
	       (tok_is(w, prep, "of") || (to && body));
}

int32_t person_behind_post(const work *w, tokens_span s, int32_t *end)
{
	int32_t hi = s.lo;
	while (hi < s.hi && (!w->toks[hi + 1].punct || is_punct(w, hi + 1, '.') || glued_hyphen(w, hi + 1)) && !(w->toks[hi + 1].bits & W(who)) &&
	       !((w->toks[hi + 1].bits & (W(prep) | W(and))) && person_start(w, s.lo, hi) >= 0))
		hi++;
	int32_t name = person_start(w, s.lo, hi);
	if (name <= s.lo || !w->toks[name - 1].word || possessive(w, name - 1) || (w->toks[name - 1].bits & (W(prep) | W(det) | W(and) | W(bound) | W(who))))
		return -1;
	*end = hi;
	return is_post(w, s.lo, name) ? name : -1;
}

/* 'host of CNN's "Sources', where a title begins that does not end there: "host". */
static sr_str before_title(const work *w, sr_str role)
{
	size_t cut = sr_str_find(role, SR_STR("“"), 0);
	if (cut != SIZE_MAX && sr_str_find(role, SR_STR("”"), cut) != SIZE_MAX)
		cut = SIZE_MAX;
	for (size_t i = 0, marks = 0; i < role.len; i++)
		if (role.ptr[i] == '"')
			cut = marks++ % 2 ? SIZE_MAX : i;
	if (cut == SIZE_MAX)
		return role;
	role = sr_str_trim(sr_str_slice(role, 0, cut));
	for (bool owner = false; role.len;) {
		sr_str end = sr_str_last_word(role);
		bool joins = rules_hold(w->rules, end, W(prep) | W(det)), owns = sr_str_ends(end, SR_STR("'s")) || sr_str_ends(end, SR_STR("’s"));
		if (!joins && !owns && !owner)
			break;
		owner = (owner || owns) && !joins;
		role = sr_str_trim(sr_str_slice(role, 0, role.len - end.len));
	}
	return role;
}

/* "Pictured on Sunday working the grill", "real name", "wily": a deed, or no noun that could be a post. role is part of the text. */
static bool is_no_post(const work *w, sr_str role)
{
	uint32_t at = (uint32_t)(role.ptr - w->text.ptr), first = sr_reading_token_at(w->reading, at);
	bool noun = false, parsed = w->toks[first].head != -2, inward = false;
	for (uint32_t t = first; t < (uint32_t)w->count && w->reading->tokens[t].span.start < at + role.len; t++) {
		noun = noun || w->reading->tokens[t].upos == SR_UPOS_NOUN || w->reading->tokens[t].upos == SR_UPOS_PROPN;
		inward = inward || w->toks[first].head == (int32_t)t || (t == first + 1 && title_word(w, (int32_t)t)); /* "managing director" */
	}
	return parsed && (!noun || (w->reading->tokens[first].upos == SR_UPOS_VERB && !w->toks[first].cap && !inward));
}

sr_str proper_role(const work *w, sr_str role)
{
	uint64_t loose = W(and) | W(prep) | W(det) | W(who) | W(adv);
	role = before_title(w, role);
	size_t first = sr_str_find_char(role, ' ', 0);
	sr_str begin = sr_str_slice(role, 0, first == SIZE_MAX ? role.len : first), end = sr_str_last_word(role);
	bool digits = role.len > 0;
	for (size_t i = 0; i < role.len; i++)
		digits = digits && (sr_is_digit((unsigned char)role.ptr[i]) || role.ptr[i] == ',');
	bool bad = !role.len || digits || rules_hold(w->rules, begin, (loose & ~W(adv)) | W(listing) | W(day)) || rules_hold(w->rules, end, loose | W(listing));
	return bad || is_no_post(w, role) ? (sr_str){ 0 } : role;
}

/* Words before a name without a noun among them ("younger", "emboldened") tell of no post. */
sr_str role_before(const work *w, int32_t lo, int32_t hi) { return lo <= hi ? proper_role(w, text_of(w, lo, hi)) : (sr_str){ 0 }; }
