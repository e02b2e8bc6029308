/* From source words to a speaker: who they mean, and in what role.
 *
 * Names: the fullest form that the document gives ("Okafor" after "Miriam Okafor"). Pronouns: pronoun.c. "The officer",
 * "the minister": the last person described so. What cannot be resolved safely is kept in the text's words. */
#include "cast.h"
#include "tree.h"

#include "sitrep/base/utf8.h"

/* Where the core of a noun phrase ends: before a comma, a relative clause, or a phrase that is no part of a name. */
static int32_t core_end(const work *w, tokens_span s)
{
	int32_t k = s.lo + 1;
	for (; k <= s.hi; k++) {
		const tok *x = &w->toks[k];
		if (inner_possessive(w, k) || (possessive(w, k) && x->punct && k < s.hi && w->toks[k + 1].word)) /* "Davis' office" */
			continue;
		if (x->punct && !is_punct(w, k, '.') && !is_punct(w, k, '-') && !is_punct(w, k, '&'))
			break;
		if (is_punct(w, k, '-') && !(w->reading->tokens[k].span.start == w->reading->tokens[k - 1].span.end))
			break;
		if (x->bits & W(who))
			break;
		if ((x->bits & (W(prep) | W(and))) && !x->cap) {
			bool plain_name = k - s.lo >= 2 && cap_word(w, k - 2) && !group_in(w, s.lo, k - 1);
			bool joins = cap_word(w, k - 1) && (!plain_name || (tok_is(w, k, "and") && (k == s.hi - 1 || !cap_word(w, k + 2)))) && k < s.hi && (cap_word(w, k + 1) || (tok_is(w, k + 1, "the") && k + 1 < s.hi && cap_word(w, k + 2)));
			if (!joins || !(tok_is(w, k, "of") || tok_is(w, k, "for") || tok_is(w, k, "and")) || (w->toks[k - 1].bits & W(anon) && tok_is(w, k, "for")))
				break;
		}
	}
	while (k - 1 > s.lo && (w->toks[k - 1].punct || possessive(w, k - 1)))
		k--;
	return k - 1;
}

/* Description up to the first comma or relative clause. */
static sr_str described(const work *w, tokens_span s)
{
	int32_t k = s.lo;
	while (k < s.hi && !is_punct(w, k + 1, ',') && !(w->toks[k + 1].bits & W(who)) && !is_punct(w, k + 1, '('))
		k++;
	return text_of(w, s.lo, k);
}

static bool numeric(const work *w, int32_t t) { sr_str s = tok_str(w, t); return s.len && sr_is_digit((unsigned char)s.ptr[0]); }

/* "appearing on a talk show", but not "acting ambassador". */
static bool does_something(const work *w, int32_t lo, int32_t end)
{
	return w->reading->tokens[lo].upos == SR_UPOS_VERB && lo + 1 < end && (w->toks[lo + 1].bits & W(prep));
}

/* "…, head of the brigade," after a name. */
static sr_str apposition(const work *w, int32_t after, int32_t hi)
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

static bool has_word(sr_str text, sr_str word)
{
	size_t at = sr_str_find_nocase(text, word, 0);
	return at != SIZE_MAX && (at == 0 || text.ptr[at - 1] == ' ') && (at + word.len == text.len || text.ptr[at + word.len] == ' ');
}

/* "The foreign ministry" is not "the interior ministry": what stands before the noun on either side, and differs. */
static bool told_apart(const cast *c, sr_str text, sr_str noun, sr_str modifier)
{
	size_t at = sr_str_find_nocase(text, noun, 0);
	sr_str before = at == SIZE_MAX || at == 0 ? (sr_str){ 0 } : last_word(sr_str_slice(text, 0, at - 1));
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

/* "The officer": who was last called so, by role or by description. modifier: what stands before the noun, if anything. */
static party *party_called(const cast *c, sr_str noun, sr_str modifier)
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

/* "OWP" for "Osselvale Water and Power". */
static party *party_of_initials(cast *c, sr_str name)
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

/* "Hillary" for Hillary Clinton: the one person with that given name. */
static party *party_of_first_name(cast *c, sr_str name)
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

/* Where the person's name begins that ends the phrase, or its part before a comma, "of New York" or "and the council", behind a
 * post: -1 if there is none. */
static int32_t person_behind_post(const work *w, tokens_span s, int32_t *end)
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
		sr_str end = last_word(role);
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

/* "Morrison and", "17", "of the four senators", "commentators including", "Sept. 26-30", "emboldened": no role. */
static sr_str proper_role(const work *w, sr_str role)
{
	uint64_t loose = W(and) | W(prep) | W(det) | W(who) | W(adv);
	role = before_title(w, role);
	size_t first = sr_str_find_char(role, ' ', 0);
	sr_str begin = sr_str_slice(role, 0, first == SIZE_MAX ? role.len : first), end = last_word(role);
	bool digits = role.len > 0;
	for (size_t i = 0; i < role.len; i++)
		digits = digits && (sr_is_digit((unsigned char)role.ptr[i]) || role.ptr[i] == ',');
	bool bad = !role.len || digits || rules_hold(w->rules, begin, (loose & ~W(adv)) | W(listing) | W(day)) || rules_hold(w->rules, end, loose | W(listing));
	return bad || is_no_post(w, role) ? (sr_str){ 0 } : role;
}

/* Words before a name without a noun among them ("younger", "emboldened") tell of no post. */
static sr_str role_before(const work *w, int32_t lo, int32_t hi) { return lo <= hi ? proper_role(w, text_of(w, lo, hi)) : (sr_str){ 0 }; }

/* "The younger Brunt": whose name it is too. */
static bool told_from_namesake(const work *w, tokens_span s, int32_t head)
{
	return head - 2 >= s.lo && tok_is(w, head - 2, "the") && (w->toks[head - 1].bits & W(namesake));
}

static party *named_party(cast *c, tokens_span s, int32_t head)
{
	work *w = c->w;
	if (told_from_namesake(w, s, head)) {
		party *p = SR_PUSH(w->arena, &c->parties);
		if (p)
			*p = (party){ .name = described(w, s), .person = true };
		return p;
	}
	int32_t end, person = person_behind_post(w, s, &end);
	int32_t lo = person >= 0 && end == head ? person : run_start(w, head, s.lo), name = lo;
	while (name < head && title_word(w, name) && cap_word(w, name + 1) && !(w->toks[name + 1].bits & W(group)))
		name++;
	int32_t role_lo = s.lo;
	while (role_lo < name && (w->toks[role_lo].bits & W(det)))
		role_lo++;
	bool group = lo > s.lo && tok_is(w, lo - 1, "the");
	sr_str full = text_of(w, name, head), role = group ? (sr_str){ 0 } : role_before(w, role_lo, name - 1);
	if (head < s.hi) {
		sr_str a = apposition(w, head + 1, s.hi);
		if (!a.len && !role.len && tok_is(w, head + 1, "of") && head + 2 <= s.hi && !group)
			a = described(w, (tokens_span){ head + 2, s.hi });
		role = proper_role(w, a.len ? a : role);
	}
	/* "Ardovia's General Staff": whose it is says no role */
	if (lo > s.lo && possessive(w, lo - 1))
		role = (sr_str){ 0 };
	if (role.len <= 4 && role.len && name - 1 == role_lo && (w->toks[name - 1].bits & W(form)))
		role = (sr_str){ 0 };
	party *p = party_named(c, full);
	const sr_entity *place = entity_at(w, name, head);
	if (p && place && place->type == SR_ENTITY_LOC && !p->person && !sr_str_eq(p->name, full))
		p = NULL; /* "Russia" is not the end of "Eternal Russia" */
	if (!p && name == head)
		p = party_of_initials(c, full);
	if (!p && name == head && place && place->type == SR_ENTITY_PER)
		p = party_of_first_name(c, full);
	if (!p)
		p = party_add(c, full, role, !group && looks_personal(w, name, head));
	if (p) {
		const sr_entity *e = entity_at(w, lo, head);
		p->org = p->org || (e && e->type == SR_ENTITY_ORG);
		if (!p->role.len)
			p->role = role;
		if (!p->gender && name > s.lo)
			p->gender = w->toks[name - 1].bits & W(man) ? 'm' : w->toks[name - 1].bits & W(woman) ? 'f' : 0;
		p->person = !p->org && (p->person || name > lo || (person >= 0 && end == head) || (role.len && !group));
	}
	return p;
}

static bool public_body(const work *w, sr_str name)
{
	sr_str word;
	while (sr_str_next_field(&name, ' ', &word))
		if (rules_hold(w->rules, word, W(group) | W(media) | W(prep)))
			return true;
	return false;
}

/* "The agency": the body with that word in its name, if the document has but one. "The company", "the operator":
 * the one organisation named before that is no public body, if there is but one. */
static party *body_called(cast *c, int32_t head)
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

/* "Mr. Brunt and the Liberals": together they are one speaker. */
static party *several_party(cast *c, tokens_span s)
{
	party *p = SR_PUSH(c->w->arena, &c->parties);
	if (p)
		*p = (party){ .name = described(c->w, s), .named = true, .collective = true };
	return p;
}

/* "The same sources": the last ones called so. */
static party *same_party(const cast *c, sr_str noun)
{
	for (size_t i = 0; i < c->spoke.count && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[c->spoke.count - 1 - i]];
		if (p->collective && has_word(p->name, noun))
			return p;
	}
	return NULL;
}

/* A noun phrase whose head is a common noun. */
static party *common_party(cast *c, tokens_span s, int32_t head)
{
	work *w = c->w;
	int32_t comma = head + 1;
	while (comma < s.hi && !is_punct(w, comma, ',') && !(w->toks[comma].bits & W(who)))
		comma++;
	if (!plural(w, head) && comma < s.hi && is_punct(w, comma, ',') && cap_word(w, comma + 1) && !names_another(w, head, comma)) {
		int32_t end = comma + 1;
		while (end < s.hi && cap_word(w, end + 1))
			end++;
		if (end == s.hi || is_punct(w, end + 1, ',') || is_punct(w, end + 1, '(') || (w->toks[end + 1].bits & (W(who) | W(prep)))) {
			party *p = named_party(c, (tokens_span){ comma + 1, s.hi }, end);
			int32_t lo = s.lo + ((w->toks[s.lo].bits & W(det)) && s.lo < head);
			if (p && !p->role.len)
				p->role = proper_role(w, text_of(w, lo, comma - 1));
			return p;
		}
	}
	bool many = plural(w, head);
	if (many && head > s.lo && tok_is(w, s.lo, "the") && tok_is(w, s.lo + 1, "same")) {
		party *p = same_party(c, tok_str(w, head));
		if (p)
			return p;
	}
	bool joined = head < s.hi && tok_is(w, head + 1, "and"); /* "the president and his allies" */
	if (!many && !joined && (tok_is(w, s.lo, "the") || tok_is(w, s.lo, "this")) && head - s.lo <= 2) {
		sr_str modifier = head - s.lo == 2 ? tok_str(w, head - 1) : (sr_str){ 0 };
		party *p = w->toks[head].bits & W(member) ? NULL : party_called(c, tok_str(w, head), modifier); /* a party has many members */
		p = p ? p : body_called(c, head);
		if (!p && (w->toks[head].bits & W(media)) && head - s.lo == 1 && c->spoke.count) { /* "the cyber agency" is no newspaper */
			party *q = &c->parties.items[c->spoke.items[c->spoke.count - 1]];
			p = q->named && !q->person && !q->role.len && !q->gender && !public_body(w, q->name) ? q : NULL;
		}
		if (p)
			return p;
	}
	party *p = SR_PUSH(w->arena, &c->parties);
	if (p)
		*p = (party){ .name = described(w, s), .collective = many || joined, .person = (w->toks[head].bits & (W(anon) | W(title))) != 0 };
	return p;
}

/* "Maps published by the institute": who made them speaks. */
static party *publisher(cast *c, tokens_span s)
{
	const work *w = c->w;
	int32_t t = s.lo + 1;
	while (t + 2 <= s.hi && !((w->toks[t].bits & W(issued)) && (w->toks[t + 1].bits & W(by))))
		t++;
	tokens_span at = t + 2 <= s.hi ? name_at(w, t + 2, s.hi) : TS_NONE;
	sr_str name = text_of(w, at.lo, at.hi);
	if (!name.len)
		return NULL;
	party *p = party_named(c, name);
	return p ? p : party_add(c, name, (sr_str){ 0 }, false);
}

static sr_upos upos_of(const work *w, int32_t t) { return (sr_upos)w->reading->tokens[t].upos; }

/* "action against Syria, which denies …": the name right before the pronoun, if it is of the kind that the pronoun asks for. */
static party *named_before(cast *c, int32_t pronoun)
{
	const work *w = c->w;
	int32_t low = sent_first(w, w->toks[pronoun].sent), end = pronoun - 1;
	if (end <= low || !is_punct(w, end, ','))
		return NULL;
	const sr_entity *e = entity_at(w, end - 1, end - 1);
	bool whole = e && e->span.end == ts_span(w, (tokens_span){ end - 1, end - 1 }).end;
	bool fits = whole && (tok_is(w, pronoun, "which") ? e->type == SR_ENTITY_ORG || e->type == SR_ENTITY_LOC : tok_is(w, pronoun, "who") && e->type == SR_ENTITY_PER);
	if (!fits)
		return NULL;
	int32_t lo = run_start(w, end - 1, low); /* with his post: "press secretary" */
	while (lo > low && (upos_of(w, lo - 1) == SR_UPOS_NOUN || upos_of(w, lo - 1) == SR_UPOS_ADJ || upos_of(w, lo - 1) == SR_UPOS_PROPN))
		lo--;
	return named_party(c, (tokens_span){ lo, end - 1 }, end - 1);
}

/* Who the source words mean; NULL: nobody (no memory, or nothing there). */
party *speaker_of(cast *c, tokens_span s)
{
	work *w = c->w;
	while (!ts_empty(s) && !w->toks[s.lo].word)
		s.lo++;
	while (!ts_empty(s) && (!w->toks[s.hi].word || possessive(w, s.hi)) && !is_punct(w, s.hi, '.') && !is_punct(w, s.hi, ')'))
		s.hi--;
	if (ts_empty(s))
		return NULL;
	if (s.lo == s.hi && (w->toks[s.lo].bits & W_PRONOUN))
		return pronoun_party(c, s.lo);
	if (s.lo == s.hi && (w->toks[s.lo].bits & W(who))) {
		party *before = named_before(c, s.lo);
		if (before)
			return before;
		int32_t verb = w->toks[s.lo].head, noun = verb >= 0 ? w->toks[verb].head : -1;
		bool relative = noun >= 0 && noun < s.lo && w->reading->tokens[verb].deprel == SR_DEPREL_acl;
		while (relative && w->reading->tokens[noun].deprel == SR_DEPREL_appos && w->toks[noun].head >= 0 && w->toks[noun].head < noun)
			noun = w->toks[noun].head;
		if (relative) {
			tokens_span np = source_extent(w, noun, s.lo);
			np.hi = np.hi >= noun ? s.lo - 1 : np.hi;
			while (np.lo < noun && (w->toks[np.lo].bits & W(prep)))
				np.lo++;
			return ts_empty(np) ? NULL : speaker_of(c, np);
		}
		int32_t end = s.lo - 1, low = sent_first(w, w->toks[s.lo].sent);
		if (end > low && is_punct(w, end, ','))
			end--;
		if (end < low || !cap_word(w, end))
			return NULL;
		return named_party(c, (tokens_span){ run_start(w, end, low), end }, end);
	}
	party *maker = publisher(c, s);
	if (maker)
		return maker;
	if (names_several(w, s))
		return several_party(c, s);
	int32_t head;
	if (person_behind_post(w, s, &head) >= 0)
		return named_party(c, s, head);
	head = core_end(w, s);
	bool post = cap_word(w, head) && head - s.lo <= 1 && title_word(w, head) && !entity_at(w, head, head);
	bool day = w->toks[head].bits & W(day);
	bool member = (w->toks[head].bits & W(member)) && tok_is(w, s.lo, "the"); /* "the California Democrat" */
	/* "Included in this was …" */
	bool opens = head == sent_first(w, w->toks[head].sent) && w->reading->tokens[head].upos != SR_UPOS_PROPN && !entity_at(w, head, head);
	return cap_word(w, head) && !post && !day && !opens && !member ? named_party(c, s, head) : common_party(c, s, head);
}
