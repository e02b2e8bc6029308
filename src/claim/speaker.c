/* From source words to a speaker: who they mean, and in what role.
 *
 * Names: the fullest form that the document gives ("Okafor" after "Miriam Okafor"), with the post beside it (role.c). "The officer",
 * "the minister": the last person described so (called.c). Pronouns: pronoun.c. What cannot be resolved safely is kept in the text's
 * words. */
#include "cast.h"
#include "tree.h"

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

/* "The younger Brunt": whose name it is too. */
static bool told_from_namesake(const work *w, tokens_span s, int32_t head)
{
	return head - 2 >= s.lo && tok_is(w, head - 2, "the") && (w->toks[head - 1].bits & W(namesake));
}

/* 'm', 'f' by a form of address; else 0. */
static char form_of(const work *w, int32_t t) { return w->toks[t].bits & W(man) ? 'm' : w->toks[t].bits & W(woman) ? 'f' : 0; }

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
	char form = name > s.lo ? form_of(w, name - 1) : 0;
	if (p && form && p->gender && p->gender != form)
		p = NULL; /* "Mr. Brunt" is not Ada Brunt */
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
			p->gender = form;
		p->person = !p->org && (p->person || name > lo || (person >= 0 && end == head) || (role.len && !group));
	}
	return p;
}

/* "Mr. Brunt and the Liberals": together they are one speaker. */
static party *several_party(cast *c, tokens_span s)
{
	party *p = SR_PUSH(c->w->arena, &c->parties);
	if (p)
		*p = (party){ .name = described(c->w, s), .named = true, .collective = true };
	return p;
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
