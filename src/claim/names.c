/* The names of a document: runs of capitals, the tagger's names, abbreviations in brackets, and the parties they make. */
#include "cast.h"

#include "sitrep/base/utf8.h"

bool possessive(const work *w, int32_t t) { return tok_is(w, t, "'s") || tok_is(w, t, "\xE2\x80\x99s") || tok_is(w, t, "'") || tok_is(w, t, "\xE2\x80\x99"); }
static bool name_joint(const work *w, int32_t t)
{
	return tok_is(w, t, "of") || tok_is(w, t, "for") || tok_is(w, t, "the") || tok_is(w, t, "de") || tok_is(w, t, "van") || tok_is(w, t, "von") || tok_is(w, t, "der") ||
	       tok_is(w, t, "al") || tok_is(w, t, "bin") || tok_is(w, t, "-") || tok_is(w, t, "&") || tok_is(w, t, "and");
}
bool plural_form(sr_str s)
{
	return s.len > 3 && sr_str_ends(s, SR_STR("s")) && !sr_str_ends(s, SR_STR("ss")) && !sr_str_ends(s, SR_STR("us"));
}
/* A capital that tells a name: not one that only begins the sentence. */
bool cap_word(const work *w, int32_t t)
{
	const tok *k = &w->toks[t];
	if (!k->cap || !k->word)
		return false;
	if (t != sent_first(w, k->sent) && !w->toks[t - 1].open)
		return true;
	bool alone = t + 1 > sent_last(w, k->sent) || !w->toks[t + 1].cap;
	const sr_entity *e = entity_at(w, t, t); /* "Davis" is no plural */
	return (e && e->type == SR_ENTITY_PER) || !(alone && ((k->bits & (W(coll) | W(anon) | W(group) | W(det) | W(prep) | W(bound) | W_PRONOUN)) || plural_form(tok_str(w, t))));
}

/* A possessive inside a name: "Energy Workers' Union", "Public Prosecutor's Office". */
bool inner_possessive(const work *w, int32_t k)
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
int32_t run_start(const work *w, int32_t t, int32_t low)
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
	if (start < t && (w->toks[start].bits & (W(det) | W(prep) | W(bound) | W(and) | W(day))) && !(w->toks[start].bits & W(title)))
		start++;
	return start;
}


char gender_of_name(const work *w, sr_str name)
{
	sr_str first;
	bool alone = sr_str_find_char(name, ' ', 0) == SIZE_MAX; /* a surname may be a given name too */
	if (alone || !sr_str_next_field(&name, ' ', &first))
		return 0;
	return rules_hold(w->rules, first, W(man)) ? 'm' : rules_hold(w->rules, first, W(woman)) ? 'f' : 0;
}

/* "Republicans", "Officials": a collective noun in the plural and no more. */
static bool many_people(const work *w, sr_str name) { return plural_form(name) && rules_hold(w->rules, name, W(coll)); }

party *party_add(cast *c, sr_str name, sr_str role, bool person)
{
	sr_str key = sr_str_last_word(name);
	party *p = SR_PUSH(c->w->arena, &c->parties);
	int64_t *at = p ? sr_strmap_put(&c->last_names, key) : NULL;
	if (!at)
		return NULL;
	*p = (party){ .name = name, .role = role, .named = true, .person = person, .gender = person ? gender_of_name(c->w, name) : 0 };
	if (*at == 0)
		*at = (int64_t)c->parties.count;
	else if (many_people(c->w, name)) { /* "Republicans" behind "Senate Republicans": see party_named */
		int64_t *plain = sr_strmap_put(&c->aliases, name);
		if (!plain)
			return NULL;
		*plain = (int64_t)c->parties.count;
	}
	/* "General Staff" for "General Staff of the Armed Forces" */
	size_t of = sr_str_find(name, SR_STR(" of "), 0);
	if (of != SIZE_MAX && !person && sr_str_find_char(sr_str_slice(name, 0, of), ' ', 0) != SIZE_MAX) {
		int64_t *alias = sr_strmap_put(&c->aliases, sr_str_slice(name, 0, of));
		if (!alias)
			return NULL;
		if (*alias == 0)
			*alias = (int64_t)c->parties.count;
	}
	return p;
}

static bool ends_with_word(sr_str full, sr_str tail)
{
	return sr_str_ends(full, tail) && (full.len == tail.len || full.ptr[full.len - tail.len - 1] == ' ');
}

/* The party whose name this is, or ends with this; NULL if none. */
party *party_named(const cast *c, sr_str name)
{
	int64_t *at = sr_strmap_get(&c->aliases, name);
	if (at && *at > 0)
		return &c->parties.items[*at - 1];
	at = sr_strmap_get(&c->last_names, sr_str_last_word(name));
	if (!at || *at <= 0 || !c->parties.items)
		return NULL;
	party *p = &c->parties.items[*at - 1];
	/* "Republicans" are more than the "Senate Republicans" */
	bool fewer = p->name.len > name.len && many_people(c->w, name);
	if (ends_with_word(p->name, name) && !fewer)
		return p;
	/* "Ms Retz", "General Amsel": the same last word, no other first name. */
	return NULL;
}

bool group_in(const work *w, int32_t lo, int32_t hi)
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
bool looks_personal(const work *w, int32_t lo, int32_t hi)
{
	const sr_entity *e = entity_at(w, lo, hi);
	if (e)
		return e->type == SR_ENTITY_PER;
	if (lo == hi && w->reading->entity_count)
		return false;
	return !group_in(w, lo, hi) && !(w->toks[lo].bits & W(det)) && !(lo > 0 && tok_is(w, lo - 1, "the")) && hi - lo <= 3;
}

/* "Osselvale Water and Power", where the tagger sees no name, or a place in it: two words or more, "and", one word. */
static bool joined_by_and(const work *w, int32_t name, int32_t k)
{
	const sr_entity *e = entity_at(w, name, k + 2);
	/* a body of which the tagger sees the first half, and no name behind "and" */
	bool half = e && e->type == SR_ENTITY_ORG && e->span.end == ts_span(w, (tokens_span){ k, k }).end && w->reading->tokens[k + 2].upos == SR_UPOS_NOUN;
	return k > name && tok_is(w, k + 1, "and") && cap_word(w, k + 2) && (k + 3 >= w->count || !cap_word(w, k + 3)) && w->toks[k + 2].sent == w->toks[k].sent &&
	       (!e || e->type == SR_ENTITY_LOC || half) && !(w->toks[k + 2].bits & (W(day) | W(title)));
}

/* Where the capitals behind t end, or a person with his post begins: "Ways and Means Committee | Chairman Ada Brunt". */
static int32_t body_end(const work *w, int32_t t)
{
	int32_t k = t;
	while (k + 1 < w->count && cap_word(w, k + 1) && w->toks[k + 1].sent == w->toks[t].sent) {
		const sr_entity *e = entity_at(w, k + 1, k + 1);
		if (e && e->type == SR_ENTITY_PER && !sr_span_has(e->span, ts_span(w, (tokens_span){ t, t }))) {
			while (k > t && title_word(w, k))
				k--;
			break;
		}
		k++;
	}
	return k;
}

/* "Osselvale Water and Power": a name that the tagger holds together. */
static int32_t joined_end(const work *w, int32_t end, sr_str *full, int32_t name)
{
	int32_t k = end;
	while (k + 2 < w->count && (inner_possessive(w, k + 1) || (name_joint(w, k + 1) && cap_word(w, k + 2)))) {
		const sr_entity *e = entity_at(w, k + 1, k + 1);
		if (joined_by_and(w, name, k)) {
			k += 2;
			break;
		}
		if (!e || e->type == SR_ENTITY_PER || !sr_span_has(e->span, ts_span(w, (tokens_span){ k, k + 2 })))
			break;
		k += 2;
		k = body_end(w, k);
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

bool glued_hyphen(const work *w, int32_t t)
{
	return t > 0 && is_punct(w, t, '-') && w->reading->tokens[t].span.start == w->reading->tokens[t - 1].span.end;
}

static bool is_suffix(const work *w, int32_t t) { return w->toks[t].cap && (w->toks[t].bits & W(suffix)); }

int32_t person_start(const work *w, int32_t lo, int32_t end)
{
	if (end > lo && is_suffix(w, end) && !entity_at(w, end, end))
		end--;
	const sr_entity *e = entity_at(w, end, end);
	if (!e || e->type != SR_ENTITY_PER || e->span.end != ts_span(w, (tokens_span){ end, end }).end)
		return -1;
	while (end > lo && sr_span_has(e->span, ts_span(w, (tokens_span){ end - 1, end - 1 })))
		end--;
	return end;
}

/* A word that is no part of a person's name: of a place or body, or a verb or preposition as headlines have with capitals. */
static bool ends_a_name(const work *w, int32_t t)
{
	const sr_entity *e = entity_at(w, t, t);
	uint8_t upos = w->reading->tokens[t].upos;
	return (e && e->type != SR_ENTITY_PER) || upos == SR_UPOS_VERB || upos == SR_UPOS_AUX || (upos == SR_UPOS_ADP && (w->toks[t].bits & W(prep)));
}

/* Where in the run of capitals the person begins who ends it, behind a post or a body: "House Committee Chairman Ada Brunt". */
static int32_t person_in_run(const work *w, int32_t lo, int32_t end)
{
	int32_t name = person_start(w, lo, end);
	if (name < 0)
		return lo;
	/* a surname alone may be half of what the tagger should have seen, but not behind "Isolated", nor at the end of "Russia Trump" or
	 * of a headline */
	bool common = true, parted = false;
	for (int32_t t = lo; t < name; t++) {
		common = common && w->reading->tokens[t].upos != SR_UPOS_PROPN && w->reading->tokens[t].upos != SR_UPOS_NONE;
		parted = parted || ends_a_name(w, t);
	}
	return name < end || common || parted ? name : lo;
}

/* "Getting Assad out …", "And Prince Andrew …": the capital of lo is the sentence's; the name of the run begins behind it. */
static bool only_opens(const work *w, int32_t lo, int32_t end)
{
	const sr_entity *e = entity_at(w, lo, end);
	uint8_t upos = w->reading->tokens[lo].upos;
	bool of_name = upos == SR_UPOS_PROPN || upos == SR_UPOS_NOUN || upos == SR_UPOS_ADJ || upos == SR_UPOS_NUM || upos == SR_UPOS_NONE;
	return e && lo < end && !of_name && !title_word(w, lo) && !entity_at(w, lo, lo);
}

/* "| Getty Brunt breaks her silence": a picture's credit that runs into the headline behind it. */
static bool is_credit(const work *w, int32_t t)
{
	return (w->toks[t].bits & W(credit)) && t > 0 && (is_punct(w, t - 1, '|') || is_punct(w, t - 1, '/') || is_punct(w, t - 1, ')'));
}

/* The words before the name, if one of them is a title. */
static sr_str role_in_run(const work *w, int32_t lo, int32_t name)
{
	bool titled = false;
	while (lo >= 2 && glued_hyphen(w, lo - 1) && cap_word(w, lo - 2)) /* "Undersecretary-General" */
		lo -= 2;
	if (lo >= 2 && lo < name && tok_is(w, lo - 1, "of") && title_word(w, lo - 2)) { /* "former Secretary of Defense" */
		int32_t first = sent_first(w, w->toks[name].sent);
		for (lo -= 2; lo > first && ((cap_word(w, lo - 1) && !(w->toks[lo - 1].bits & (W(bound) | W(prep) | W(det)))) || tok_is(w, lo - 1, "former") || tok_is(w, lo - 1, "acting")); lo--) {
		}
	}
	for (int32_t t = lo; t < name; t++)
		titled = titled || title_word(w, t);
	bool form = name - lo == 1 && (w->toks[lo].bits & W(form));
	return titled && !form ? text_of(w, lo, name - 1) : (sr_str){ 0 };
}

/* Every name of two words or more, in order; the first sets what its last word stands for. */
sr_status names_collect(cast *c)
{
	work *w = c->w;
	for (int32_t t = 0; t < w->count; t++) {
		if (!cap_word(w, t))
			continue;
		int32_t first = sent_first(w, w->toks[t].sent), end = t;
		while (end + 1 <= sent_last(w, w->toks[t].sent) && cap_word(w, end + 1))
			end++;
		int32_t lo = t;
		bool opens = lo == first || (lo == first + 1 && !w->toks[first].word);
		if (opens && (w->toks[lo].bits & (W(det) | W(prep) | W(bound) | W_PRONOUN | W(adv) | W(aux)) || only_opens(w, lo, end)))
			lo++;
		lo += lo < end && is_credit(w, lo);
		int32_t name = person_in_run(w, lo, end);
		while (name < end && title_word(w, name) && !(w->toks[name + 1].bits & W(group)))
			name++;
		if (end > name && !(w->toks[name].bits & W(day)) && !(w->toks[end].bits & W(day))) {
			sr_str full = text_of(w, name, end);
			end = joined_end(w, end, &full, name);
			if (!party_named(c, full) && !party_add(c, full, role_in_run(w, lo, name), looks_personal(w, name, end)))
				return SR_E_NOMEM;
			const sr_entity *e = entity_at(w, name, end);
			party *p = party_named(c, full);
			if (p && ((e && e->type == SR_ENTITY_ORG) || sr_str_find(full, SR_STR(" and "), 0) != SIZE_MAX)) {
				p->org = true;
				p->person = false;
			}
			SR_TRY(add_alias(c, full, end));
		}
		t = end;
	}
	return SR_OK;
}

/* Where the name begins at t or behind: past an article and a description. */
static int32_t name_start(const work *w, int32_t t, int32_t last)
{
	int32_t lo = t;
	if (lo <= last && tok_is(w, lo, "the") && !w->toks[lo].cap)
		lo++;
	/* "the German outlet Bild": lower-case description before the name */
	while (lo <= last && w->toks[lo].word && !cap_word(w, lo) && lo - t < 4 && !(w->toks[lo].bits & (W(that) | W(prep) | W_PRONOUN | W(day))))
		lo++;
	for (int32_t k = lo; k <= last && k - t < 8; k++)
		if ((w->toks[k].bits & W(media)) && !w->toks[k].cap) {
			if (k < last && cap_word(w, k + 1) && !(w->toks[k + 1].bits & W(day)))
				lo = k + 1;
			break;
		}
	/* "the U.S.-based Institute": the name comes after */
	if (lo + 2 <= last && is_punct(w, lo + 1, '-') && !w->toks[lo + 2].cap)
		for (lo += 3; lo <= last && w->toks[lo].word && !cap_word(w, lo); lo++) {
		}
	return lo;
}

/* "South Tolm Morning Post" */
static bool day_in_name(const work *w, int32_t lo, int32_t t)
{
	const sr_entity *e = t > lo && w->toks[t].cap ? entity_at(w, t, t) : NULL;
	return e && e->type == SR_ENTITY_ORG && entity_at(w, lo, lo) == e;
}

tokens_span name_at(const work *w, int32_t t, int32_t last)
{
	int32_t lo = name_start(w, t, last), end;
	for (end = lo; end <= last && (!(w->toks[end].bits & W(day)) || day_in_name(w, lo, end)); end++) {
		bool more = end > lo && end + 1 <= last;
		bool joint = more && (tok_is(w, end, "of") || tok_is(w, end, "for") || tok_is(w, end, "the")) && (cap_word(w, end + 1) || tok_is(w, end + 1, "the"));
		bool hyphen = more && glued_hyphen(w, end) && cap_word(w, end + 1); /* "Union-Tribune" */
		if (!cap_word(w, end) && !joint && !hyphen)
			break;
	}
	while (end > lo && !cap_word(w, end - 1))
		end--;
	end += end > lo && end <= last && sr_str_eq_nocase(tok_str(w, end), SR_STR("today")) && w->toks[end].cap; /* "USA Today" */
	return (tokens_span){ lo, end - 1 };
}
