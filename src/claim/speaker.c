/* From candidates to attributions: who the source words mean, in what role, and through whom.
 *
 * Names: the fullest form that the document gives ("Okafor" after "Miriam Okafor"). Pronouns: the last
 * speaker that fits. "The officer", "the minister": the last person described so. What cannot be resolved
 * safely is kept in the text's words. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

#include <stdlib.h>

#define LOOKBACK 64
#define BODIES_MAX 256
#define NEST_REACH 64 /* candidates looked at on either side for the one that holds another */
#define NEST_DEPTH_MAX 16

typedef struct party {
	sr_str name, role;
	bool named, collective, person;
	uint32_t spoke_in; /* block + 1 of what he last said */
	bool org; /* an organisation by the tagger's word */
	char gender; /* 'm', 'f' once a pronoun has shown it, else 0 */
} party;

typedef struct cast {
	work *w;
	sr_strmap last_names; /* last word of a name -> index + 1 into parties */
	sr_strmap aliases;    /* "CPA" after "Civil Protection Agency (CPA)" -> index + 1 */
	SR_VEC(party) parties;
	SR_VEC(uint32_t) spoke; /* parties in the order they spoke */
} cast;

static bool is_punct(const work *w, int32_t t, char c) { return w->toks[t].punct == c; }
static bool possessive(const work *w, int32_t t) { return tok_is(w, t, "'s") || tok_is(w, t, "\xE2\x80\x99s") || tok_is(w, t, "'") || tok_is(w, t, "\xE2\x80\x99"); }
static sr_str text_of(const work *w, int32_t lo, int32_t hi) { return hi < lo ? (sr_str){ 0 } : sr_span_of(w->text, ts_span(w, (tokens_span){ lo, hi })); }
static bool name_joint(const work *w, int32_t t)
{
	return tok_is(w, t, "of") || tok_is(w, t, "for") || tok_is(w, t, "the") || tok_is(w, t, "de") || tok_is(w, t, "van") || tok_is(w, t, "von") || tok_is(w, t, "der") ||
	       tok_is(w, t, "al") || tok_is(w, t, "bin") || tok_is(w, t, "-") || tok_is(w, t, "&") || tok_is(w, t, "and");
}
static bool plural_form(sr_str s)
{
	return s.len > 3 && sr_str_ends(s, SR_STR("s")) && !sr_str_ends(s, SR_STR("ss")) && !sr_str_ends(s, SR_STR("us"));
}
/* A capital that tells a name: not one that only begins the sentence. */
static bool cap_word(const work *w, int32_t t)
{
	const tok *k = &w->toks[t];
	if (!k->cap || !k->word)
		return false;
	if (t != sent_first(w, k->sent) && !w->toks[t - 1].open)
		return true;
	bool alone = t + 1 > sent_last(w, k->sent) || !w->toks[t + 1].cap;
	return !(alone && ((k->bits & (W(coll) | W(anon) | W(group) | W(det) | W(prep) | W(bound) | W_PRONOUN)) || plural_form(tok_str(w, t))));
}

/* A possessive inside a name: "Energy Workers' Union", "Public Prosecutor's Office". */
static bool inner_possessive(const work *w, int32_t k)
{
	if (!possessive(w, k) || k < 1 || k + 1 >= w->count || !cap_word(w, k - 1) || !cap_word(w, k + 1))
		return false;
	if ((w->toks[k - 1].bits & W(title)) && (w->toks[k + 1].bits & W(group)))
		return true;
	if (tok_str(w, k).len <= 3 && !sr_str_ends(tok_str(w, k), SR_STR("s")))
		return true;
	const sr_entity *e = entity_at(w, k, k);
	return e && sr_span_has(e->span, ts_span(w, (tokens_span){ k - 1, k + 1 }));
}

/* The capitalised run that ends at t: "General Staff of the Armed Forces", "Julian van Dorn". */
static int32_t run_start(const work *w, int32_t t, int32_t low)
{
	int32_t start = t;
	for (int32_t k = t - 1; k >= low; k--) {
		if (cap_word(w, k) || (is_punct(w, k, '.') && k > low && cap_word(w, k - 1) && tok_str(w, k - 1).len <= 4))
			start = cap_word(w, k) ? k : start;
		else if (inner_possessive(w, k))
			continue;
		else if (possessive(w, k) && k - 3 >= low && cap_word(w, k - 1) && tok_is(w, k - 2, "of") && cap_word(w, k - 3))
			continue; /* "General Staff of Ardovia's Armed Forces" */
		else if (!name_joint(w, k) || (tok_is(w, k, "and") && !(k == t - 1 && k - 2 >= low && cap_word(w, k - 1) && cap_word(w, k - 2))))
			break;
	}
	if (start < t && (w->toks[start].bits & (W(det) | W(prep) | W(bound) | W(day))) && !(w->toks[start].bits & W(title)))
		start++;
	return start;
}

static bool title_word(const work *w, int32_t t) { return w->toks[t].bits & W(title); }

static uint32_t last_word(sr_str s, sr_str *out)
{
	size_t k = s.len;
	while (k > 0 && s.ptr[k - 1] != ' ')
		k--;
	*out = sr_str_slice(s, k, s.len);
	return (uint32_t)k;
}

static party *party_add(cast *c, sr_str name, sr_str role, bool person)
{
	sr_str key;
	last_word(name, &key);
	party *p = SR_PUSH(c->w->arena, &c->parties);
	int64_t *at = p ? sr_strmap_put(&c->last_names, key) : NULL;
	if (!at)
		return NULL;
	*p = (party){ .name = name, .role = role, .named = true, .person = person };
	if (*at == 0)
		*at = (int64_t)c->parties.count;
	return p;
}

static bool ends_with_word(sr_str full, sr_str tail)
{
	return sr_str_ends(full, tail) && (full.len == tail.len || full.ptr[full.len - tail.len - 1] == ' ');
}

/* The party whose name this is, or ends with this; NULL if none. */
static party *party_named(const cast *c, sr_str name)
{
	sr_str key;
	int64_t *at = sr_strmap_get(&c->aliases, name);
	if (at && *at > 0)
		return &c->parties.items[*at - 1];
	last_word(name, &key);
	at = sr_strmap_get(&c->last_names, key);
	if (!at || *at == 0)
		return NULL;
	party *p = &c->parties.items[*at - 1];
	if (ends_with_word(p->name, name))
		return p;
	/* "Ms Retz", "General Amsel": the same last word, no other first name. */
	return NULL;
}

static bool group_in(const work *w, int32_t lo, int32_t hi)
{
	for (int32_t t = lo; t <= hi; t++)
		if (w->toks[t].bits & (W(group) | W(media)))
			return true;
	return false;
}

const sr_entity *entity_at(const work *w, int32_t lo, int32_t hi)
{
	const sr_reading *r = w->reading;
	sr_span at = ts_span(w, (tokens_span){ lo, hi });
	size_t a = 0, b = r->entity_count;
	while (a < b) {
		size_t mid = (a + b) / 2;
		if (r->entities[mid].span.start < at.end)
			a = mid + 1;
		else
			b = mid;
	}
	return a > 0 && sr_span_overlap(r->entities[a - 1].span, at) ? &r->entities[a - 1] : NULL;
}

/* A run of capitals that is nobody's institution. */
static bool looks_personal(const work *w, int32_t lo, int32_t hi)
{
	const sr_entity *e = entity_at(w, lo, hi);
	if (e)
		return e->type == SR_ENTITY_PER;
	if (lo == hi && w->reading->entity_count)
		return false;
	return !group_in(w, lo, hi) && !(w->toks[lo].bits & W(det)) && !(lo > 0 && tok_is(w, lo - 1, "the")) && hi - lo <= 3;
}

/* "Osselvale Water and Power": a name that the tagger holds together. */
static int32_t joined_end(const work *w, int32_t end, sr_str *full, int32_t name)
{
	int32_t k = end;
	while (k + 2 < w->count && (inner_possessive(w, k + 1) || (name_joint(w, k + 1) && cap_word(w, k + 2)))) {
		const sr_entity *e = entity_at(w, k + 1, k + 1);
		if (!e || e->type == SR_ENTITY_PER || !sr_span_has(e->span, ts_span(w, (tokens_span){ k, k + 2 })))
			break;
		k += 2;
		while (k + 1 < w->count && cap_word(w, k + 1) && w->toks[k + 1].sent == w->toks[end].sent)
			k++;
	}
	if (k > end)
		*full = text_of(w, name, k);
	return k;
}

/* "(CPA)" after a name, if its letters begin with the name's. */
static sr_status add_alias(cast *c, sr_str full, int32_t end)
{
	const work *w = c->w;
	if (end + 3 >= w->count || !is_punct(w, end + 1, '(') || !cap_word(w, end + 2) || !is_punct(w, end + 3, ')'))
		return SR_OK;
	sr_str alias = tok_str(w, end + 2);
	const party *p = party_named(c, full);
	if (!p || alias.len < 2 || alias.ptr[0] != full.ptr[0])
		return SR_OK;
	int64_t *at = sr_strmap_put(&c->aliases, alias);
	if (!at)
		return SR_E_NOMEM;
	if (*at == 0)
		*at = p - c->parties.items + 1;
	return SR_OK;
}

/* Every name of two words or more, in order; the first sets what its last word stands for. */
static sr_status collect_names(cast *c)
{
	work *w = c->w;
	for (int32_t t = 0; t < w->count; t++) {
		if (!cap_word(w, t))
			continue;
		int32_t first = sent_first(w, w->toks[t].sent), end = t;
		while (end + 1 <= sent_last(w, w->toks[t].sent) && cap_word(w, end + 1))
			end++;
		int32_t lo = t;
		if (lo == first && (w->toks[lo].bits & (W(det) | W(prep) | W(bound) | W_PRONOUN | W(adv) | W(aux))))
			lo++;
		int32_t name = lo;
		while (name < end && title_word(w, name) && !(w->toks[name + 1].bits & W(group)))
			name++;
		if (end > name && !(w->toks[name].bits & W(day)) && !(w->toks[end].bits & W(day))) {
			sr_str full = text_of(w, name, end);
			end = joined_end(w, end, &full, name);
			if (!party_named(c, full) && !party_add(c, full, name - lo == 1 && (w->toks[lo].bits & W(form)) ? (sr_str){ 0 } : text_of(w, lo, name - 1), looks_personal(w, name, end)))
				return SR_E_NOMEM;
			const sr_entity *e = entity_at(w, name, end);
			party *p = party_named(c, full);
			if (p && e && e->type == SR_ENTITY_ORG)
				p->org = true;
			SR_TRY(add_alias(c, full, end));
		}
		t = end;
	}
	return SR_OK;
}

/* Where the core of a noun phrase ends: before a comma, a relative clause, or a phrase that is no part of a name. */
static int32_t core_end(const work *w, tokens_span s)
{
	int32_t k = s.lo + 1;
	for (; k <= s.hi; k++) {
		const tok *x = &w->toks[k];
		if (inner_possessive(w, k))
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
		if (lower && end > lo && !(w->toks[lo].bits & (W(prep) | W(who))) && w->toks[lo].word && !numeric(w, lo)) {
			if (w->toks[lo].bits & W(det) && end - lo > 1)
				lo++;
			return text_of(w, lo, end - 1);
		}
		k = end;
	}
	return (sr_str){ 0 };
}

static bool plural(const work *w, int32_t t)
{
	return (w->toks[t].bits & W(coll)) || plural_form(tok_str(w, t));
}

static party *last_speaker(const cast *c, bool (*fits)(const party *))
{
	size_t n = c->spoke.count;
	for (size_t i = 0; i < n && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[n - 1 - i]];
		if (fits(p))
			return p;
	}
	return NULL;
}
static bool fits_he(const party *p) { return p->person && !p->collective && p->gender != 'f'; }
static bool fits_she(const party *p) { return p->person && !p->collective && p->gender != 'm'; }
static bool fits_they(const party *p) { return p->collective; }
static bool fits_it(const party *p) { return !p->person && !p->collective; }

static uint32_t first_of_block(const sr_reading *r, uint32_t sent)
{
	for (int k = 0; k < LOOKBACK && sent > 0 && r->sentences[sent - 1].block == r->sentences[sent].block; k++)
		sent--;
	return sent;
}

/* Who a singular pronoun means: the last speaker who fits, if he spoke in this paragraph; else the last person named
 * in the paragraph before the pronoun; else the last speaker. */
static party *person_before(cast *c, int32_t t, bool (*fits)(const party *))
{
	const sr_reading *r = c->w->reading;
	party *p = last_speaker(c, fits);
	uint32_t block = r->sentences[c->w->toks[t].sent].block;
	if ((p && p->spoke_in == block + 1) || t == 0)
		return p;
	const sr_entity *e = entity_at(c->w, sent_first(c->w, first_of_block(r, c->w->toks[t].sent)), t - 1);
	for (size_t k = 0; e && k < LOOKBACK && e >= r->entities; k++, e--) {
		size_t s = sr_reading_sentence_at(r, e->span.start);
		if (s >= r->sentence_count || r->sentences[s].block != block)
			break;
		party *named = e->type == SR_ENTITY_PER ? party_named(c, sr_span_of(c->w->text, e->span)) : NULL;
		if (named && fits(named))
			return named;
	}
	return p;
}

/* The speaker that a pronoun means; NULL if none fits. */
static party *pronoun_party(cast *c, int32_t t)
{
	uint64_t b = c->w->toks[t].bits;
	if (b & W(he)) {
		party *p = person_before(c, t, fits_he);
		if (p)
			p->gender = 'm';
		return p;
	}
	if (b & W(she)) {
		party *p = person_before(c, t, fits_she);
		if (p)
			p->gender = 'f';
		return p;
	}
	return b & W(they) ? last_speaker(c, fits_they) : b & W(it) ? last_speaker(c, fits_it) : NULL;
}

static bool has_word(sr_str text, sr_str word)
{
	size_t at = sr_str_find_nocase(text, word, 0);
	return at != SIZE_MAX && (at == 0 || text.ptr[at - 1] == ' ') && (at + word.len == text.len || text.ptr[at + word.len] == ' ');
}

/* "The officer": who was last called so, by role or by description. */
static party *party_called(const cast *c, sr_str noun)
{
	for (size_t i = 0; i < c->spoke.count && i < LOOKBACK; i++) {
		party *p = &c->parties.items[c->spoke.items[c->spoke.count - 1 - i]];
		if (!p->collective && (has_word(p->role, noun) || (!p->named && has_word(p->name, noun))))
			return p;
	}
	for (size_t i = 0; i < c->parties.count && i < LOOKBACK; i++)
		if (c->parties.items[i].role.len && has_word(c->parties.items[i].role, noun))
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

static party *named_party(cast *c, tokens_span s, int32_t head)
{
	work *w = c->w;
	int32_t lo = run_start(w, head, s.lo), name = lo;
	while (name < head && title_word(w, name) && cap_word(w, name + 1) && !(w->toks[name + 1].bits & W(group)))
		name++;
	int32_t role_lo = s.lo;
	while (role_lo < name && (w->toks[role_lo].bits & W(det)))
		role_lo++;
	bool group = lo > s.lo && tok_is(w, lo - 1, "the");
	sr_str full = text_of(w, name, head), role = group ? (sr_str){ 0 } : text_of(w, role_lo, name - 1);
	if (head < s.hi) {
		sr_str a = apposition(w, head + 1, s.hi);
		if (!a.len && !role.len && tok_is(w, head + 1, "of") && head + 2 <= s.hi && !group)
			a = described(w, (tokens_span){ head + 2, s.hi });
		role = a.len ? a : role;
	}
	/* "Ardovia's General Staff": whose it is says no role */
	if (lo > s.lo && possessive(w, lo - 1))
		role = (sr_str){ 0 };
	if (role.len <= 4 && role.len && name - 1 == role_lo && (w->toks[name - 1].bits & W(form)))
		role = (sr_str){ 0 };
	party *p = party_named(c, full);
	if (!p && name == head)
		p = party_of_initials(c, full);
	if (!p)
		p = party_add(c, full, role, !group && looks_personal(w, name, head));
	if (p) {
		const sr_entity *e = entity_at(w, lo, head);
		p->org = p->org || (e && e->type == SR_ENTITY_ORG);
		if (!p->role.len)
			p->role = role;
		p->person = !p->org && (p->person || name > lo || (role.len && !group));
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
	static const char *const firms[] = { "company", "firm", "operator", "owner", "corporation" };
	const work *w = c->w;
	sr_str noun = tok_str(w, head);
	party *found = NULL;
	bool firm = false;
	for (size_t i = 0; i < sizeof firms / sizeof *firms; i++)
		firm = firm || sr_str_eq_nocase(noun, sr_str_c(firms[i]));
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

/* A noun phrase whose head is a common noun. */
static party *common_party(cast *c, tokens_span s, int32_t head)
{
	work *w = c->w;
	int32_t comma = head + 1;
	while (comma < s.hi && !is_punct(w, comma, ',') && !(w->toks[comma].bits & W(who)))
		comma++;
	if (!plural(w, head) && comma < s.hi && is_punct(w, comma, ',') && cap_word(w, comma + 1)) {
		int32_t end = comma + 1;
		while (end < s.hi && cap_word(w, end + 1))
			end++;
		if (end == s.hi || is_punct(w, end + 1, ',') || (w->toks[end + 1].bits & (W(who) | W(prep)))) {
			party *p = named_party(c, (tokens_span){ comma + 1, s.hi }, end);
			int32_t lo = s.lo + ((w->toks[s.lo].bits & W(det)) && s.lo < head);
			if (p && !p->role.len)
				p->role = text_of(w, lo, comma - 1);
			return p;
		}
	}
	bool many = plural(w, head);
	if (!many && (tok_is(w, s.lo, "the") || tok_is(w, s.lo, "this")) && head - s.lo <= 2) {
		party *p = party_called(c, tok_str(w, head));
		p = p ? p : body_called(c, head);
		if (!p && (w->toks[head].bits & W(media)) && c->spoke.count) {
			party *q = &c->parties.items[c->spoke.items[c->spoke.count - 1]];
			p = q->named && !q->role.len && !q->gender && !public_body(w, q->name) ? q : NULL;
		}
		if (p)
			return p;
	}
	party *p = SR_PUSH(w->arena, &c->parties);
	if (p)
		*p = (party){ .name = described(w, s), .collective = many, .person = (w->toks[head].bits & (W(anon) | W(title))) != 0 };
	return p;
}

/* The name that stands at t, after an article and a description ("the German outlet Bild"). */
static sr_str run_text_right(const work *w, int32_t t, int32_t last)
{
	int32_t lo = t, end;
	if (lo <= last && tok_is(w, lo, "the") && !w->toks[lo].cap)
		lo++;
	/* "the German outlet Bild": lower-case description before the name */
	while (lo <= last && w->toks[lo].word && !cap_word(w, lo) && lo - t < 4 && !(w->toks[lo].bits & (W(that) | W(prep) | W_PRONOUN | W(day))))
		lo++;
	for (int32_t k = lo; k <= last && k - t < 8; k++)
		if (w->toks[k].bits & W(media)) {
			if (k < last && cap_word(w, k + 1) && !(w->toks[k + 1].bits & W(day)))
				lo = k + 1;
			break;
		}
	/* "the U.S.-based Institute": the name comes after */
	if (lo + 2 <= last && is_punct(w, lo + 1, '-') && !w->toks[lo + 2].cap)
		for (lo += 3; lo <= last && w->toks[lo].word && !cap_word(w, lo); lo++) {
		}
	for (end = lo; end <= last && !(w->toks[end].bits & W(day)); end++) {
		bool joint = end > lo && end + 1 <= last && (tok_is(w, end, "of") || tok_is(w, end, "for") || tok_is(w, end, "the")) && (cap_word(w, end + 1) || tok_is(w, end + 1, "the"));
		if (!cap_word(w, end) && !joint)
			break;
	}
	while (end > lo && !cap_word(w, end - 1))
		end--;
	return end > lo ? text_of(w, lo, end - 1) : (sr_str){ 0 };
}

/* "Maps published by the institute": who made them speaks. */
static party *publisher(cast *c, tokens_span s)
{
	static const char *const made[] = { "published", "released", "compiled", "produced", "issued", "prepared", "written", "conducted" };
	const work *w = c->w;
	for (int32_t t = s.lo + 1; t + 2 <= s.hi; t++)
		for (size_t i = 0; i < sizeof made / sizeof *made; i++)
			if (tok_is(w, t, made[i]) && (w->toks[t + 1].bits & W(by))) {
				sr_str name = run_text_right(w, t + 2, s.hi);
				if (!name.len)
					return NULL;
				party *p = party_named(c, name);
				return p ? p : party_add(c, name, (sr_str){ 0 }, false);
			}
	return NULL;
}

static party *resolve(cast *c, tokens_span s);

/* Who the source words mean; NULL: nobody (no memory, or nothing there). */
static party *resolve(cast *c, tokens_span s)
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
		int32_t verb = w->toks[s.lo].head, noun = verb >= 0 ? w->toks[verb].head : -1;
		bool relative = noun >= 0 && noun < s.lo && w->reading->tokens[verb].deprel == SR_DEPREL_acl;
		while (relative && w->reading->tokens[noun].deprel == SR_DEPREL_appos && w->toks[noun].head >= 0 && w->toks[noun].head < noun)
			noun = w->toks[noun].head;
		if (relative) {
			int32_t lo = w->toks[noun].lo;
			while (lo < noun && (w->toks[lo].bits & W(prep)))
				lo++;
			return lo < s.lo ? resolve(c, (tokens_span){ lo, s.lo - 1 }) : NULL;
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
	int32_t head = core_end(w, s);
	bool post = cap_word(w, head) && head - s.lo <= 1 && title_word(w, head) && !entity_at(w, head, head);
	bool day = w->toks[head].bits & W(day);
	return cap_word(w, head) && !post && !day ? named_party(c, s, head) : common_party(c, s, head);
}

/* ---- via ---- */

/* The outlet or channel that the sentence names as the carrier: told X, quoted by X, on X, in its X post. */
static sr_str find_via(const cast *c, const cand *k)
{
	const work *w = c->w;
	int32_t first = sent_first(w, k->sent), last = sent_last(w, k->sent);
	if (!ts_empty(k->told)) {
		sr_str name = run_text_right(w, k->told.lo, k->told.hi);
		const sr_entity *e = entity_at(w, k->told.lo, k->told.hi);
		const party *p = name.len && !e ? party_named(c, name) : NULL;
		if (name.len && !(e && (e->type == SR_ENTITY_PER || e->type == SR_ENTITY_LOC)) && !(p && p->person))
			return name;
	}
	for (int32_t t = first; t < last; t++) {
		bool in_content = false;
		for (size_t i = 0; i < k->content_count; i++)
			in_content = in_content || ts_has(k->content[i], t);
		if (in_content)
			continue;
		sr_str name = { 0 };
		if ((w->toks[t + 1].bits & W(by)) && (tok_is(w, t, "quoted") || tok_is(w, t, "cited") || tok_is(w, t, "interviewed") || tok_is(w, t, "published") || tok_is(w, t, "carried")) && t + 2 <= last)
			name = run_text_right(w, t + 2, last);
		else if (tok_is(w, t, "told") && ts_empty(k->told))
			name = run_text_right(w, t + 1, last);
		else if (tok_is(w, t, "on") && (w->toks[t + 1].bits & W(platform)) && w->toks[t + 1].cap)
			name = tok_str(w, t + 1);
		else if ((w->toks[t].bits & W(platform)) && w->toks[t].cap && (tok_is(w, t + 1, "post") || tok_is(w, t + 1, "page") || tok_is(w, t + 1, "account")))
			name = tok_str(w, t);
		if (name.len && !(ts_has(k->source, t) && sr_str_eq(name, text_of(w, k->source.lo, k->source.hi))))
			return name;
	}
	return (sr_str){ 0 };
}

/* ---- making the records ---- */

static bool spans_of(const work *w, const tokens_span *items, size_t n, sr_spans *out)
{
	out->items = SR_NEW_ARRAY(w->arena, sr_span, n ? n : 1);
	if (!out->items)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!ts_empty(items[i]))
			out->items[out->count++] = ts_span(w, items[i]);
	return true;
}

static sr_status fill(cast *c, const cand *k, sr_attribution *a)
{
	work *w = c->w;
	tokens_span cues[CUE_SPANS_MAX];
	size_t cue_count = cue_spans(w, k, cues);
	if (!spans_of(w, &k->source, 1, &a->source) || !spans_of(w, cues, cue_count, &a->cue) || !spans_of(w, k->content, k->content_count, &a->content))
		return SR_E_NOMEM;
	a->kind = !k->quoted ? SR_QUOTE_INDIRECT : k->plain ? SR_QUOTE_MIXED : SR_QUOTE_DIRECT;
	a->stance = cand_stance(w, k);
	a->certainty = cand_certainty(w, k);
	party *p = ts_empty(k->source) ? NULL : resolve(c, k->source);
	if (p) {
		a->speaker = p->name;
		a->role = p->role;
		a->named = p->named;
		a->collective = p->collective;
		uint32_t *said = SR_PUSH(w->arena, &c->spoke);
		if (!said)
			return SR_E_NOMEM;
		*said = (uint32_t)(p - c->parties.items);
		p->spoke_in = w->reading->sentences[k->sent].block + 1;
	} else if (!ts_empty(k->source))
		a->speaker = text_of(w, k->source.lo, k->source.hi);
	a->via = find_via(c, k);
	if (sr_str_eq(a->via, a->speaker))
		a->via = (sr_str){ 0 };
	return SR_OK;
}

static int by_place(const void *x, const void *y)
{
	const cand *a = *(const cand *const *)x, *b = *(const cand *const *)y;
	int32_t pa = a->cue_tok, pb = b->cue_tok;
	return pa != pb ? (pa > pb) - (pa < pb) : (a > b) - (a < b);
}

/* How many contents cover each token. */
static int32_t *cover_counts(const work *w, const cand *const *order, size_t n)
{
	int32_t *cover = SR_NEW_ARRAY(w->arena, int32_t, (size_t)w->count + 2);
	for (size_t i = 0; cover && i < n; i++)
		for (size_t k = 0; k < order[i]->content_count; k++) {
			cover[order[i]->content[k].lo]++;
			cover[order[i]->content[k].hi + 1]--;
		}
	for (int32_t t = 1; cover && t < w->count; t++)
		cover[t] += cover[t - 1];
	return cover;
}

static bool holds(const cand *c, int32_t t)
{
	for (size_t k = 0; k < c->content_count; k++)
		if (ts_has(c->content[k], t))
			return true;
	return false;
}

/* The neighbour in the order whose content holds the cue of candidate i: index + 1, or 0. */
static uint32_t holder(const cand *const *order, size_t n, size_t i)
{
	for (size_t d = 1; d < NEST_REACH; d++) {
		if (d <= i && holds(order[i - d], order[i]->cue_tok))
			return (uint32_t)(i - d + 1);
		if (i + d < n && holds(order[i + d], order[i]->cue_tok))
			return (uint32_t)(i + d + 1);
	}
	return 0;
}

/* What is said inside somebody's words ends where those end. */
static void clip(sr_attribution *inner, const sr_attribution *outer)
{
	const sr_span *around = NULL;
	for (size_t i = 0; inner->cue.count && i < outer->content.count && !around; i++)
		around = sr_span_has(outer->content.items[i], inner->cue.items[0]) ? &outer->content.items[i] : NULL;
	for (size_t i = 0; around && i < inner->content.count; i++) {
		sr_span *s = &inner->content.items[i];
		if (!sr_span_overlap(*s, *around))
			continue;
		s->start = s->start < around->start ? around->start : s->start;
		s->end = s->end > around->end ? around->end : s->end;
	}
}

/* Statements inside statements: each goes to the outermost one around it. */
static sr_status nest(work *w, const cand *const *order, size_t n)
{
	sr_attribution *a = w->reading->attributions;
	const int32_t *cover = cover_counts(w, order, n);
	if (!cover)
		return SR_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (cover[order[i]->cue_tok] > (int32_t)holds(order[i], order[i]->cue_tok))
			a[i].within = holder(order, n, i);
	for (size_t i = n; i-- > 0;) {
		uint32_t root = a[i].within;
		int steps = 0;
		while (root && a[root - 1].within && steps++ < NEST_DEPTH_MAX)
			root = a[root - 1].within;
		/* two that hold each other stand side by side */
		a[i].within = steps < NEST_DEPTH_MAX && root != i + 1 ? root : 0;
	}
	for (size_t i = n; i-- > 0;)
		if (a[i].within) {
			clip(&a[i], &a[a[i].within - 1]);
			a[i].next_inner = a[a[i].within - 1].inner;
			a[a[i].within - 1].inner = (uint32_t)i + 1;
		}
	return SR_OK;
}

sr_status attributions_make(work *w)
{
	cast c = { .w = w };
	sr_strmap_init(&c.last_names, w->arena);
	sr_strmap_init(&c.aliases, w->arena);
	SR_TRY(collect_names(&c));
	const cand **order = SR_NEW_ARRAY(w->arena, const cand *, w->cands.count + 1);
	w->reading->attributions = SR_NEW_ARRAY(w->arena, sr_attribution, w->cands.count + 1);
	w->reading->attribution_count = 0;
	if (!order || !w->reading->attributions)
		return SR_E_NOMEM;
	size_t n = 0;
	for (size_t i = 0; i < w->cands.count; i++)
		if (w->cands.items[i].content_count && !w->cands.items[i].dropped)
			order[n++] = &w->cands.items[i];
	qsort(order, n, sizeof *order, by_place);
	for (size_t i = 0; i < n; i++)
		SR_TRY(fill(&c, order[i], &w->reading->attributions[w->reading->attribution_count++]));
	return nest(w, order, n);
}
