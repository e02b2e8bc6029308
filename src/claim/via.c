/* Through whom a statement comes: the outlet that was told or quotes it, the platform or account it was posted on, or the
 * numbered source of a digest. */
#include "cast.h"

#define CARRY_BLOCKS 1 /* paragraphs that what was told to an outlet goes on for after the one that says so */
#define OWN_BYTES_MIN 4 /* of the end of the page's own name that stands for it */

typedef struct carrier {
	sr_str name;
	bool outlet; /* reports what it was told, and may have been told more */
} carrier;

static bool in_content(const cand *k, int32_t t)
{
	for (size_t i = 0; i < k->content_count; i++)
		if (ts_has(k->content[i], t))
			return true;
	return false;
}

/* A name that only describes the noun behind it: "Kansas voters"; an outlet's people and programmes stand for it. */
static bool describes(const work *w, int32_t end)
{
	int32_t head = w->toks[end].head;
	if (head <= end || (sr_upos)w->reading->tokens[head].upos != SR_UPOS_NOUN || (w->toks[end + 1].bits & W(det)))
		return false;
	return !possessive(w, end + 1) && !(w->toks[head].bits & (W(newsman) | W(media)));
}

/* "a Republican", "Republicans" */
static bool of_members(const work *w, int32_t t)
{
	sr_str s = tok_str(w, t);
	return (w->toks[t].bits & W(member)) || (plural_form(s) && rules_hold(w->rules, sr_str_slice(s, 0, s.len - 1), W(member)));
}

/* The name at t as that of an outlet; empty: nobody, a person, a country, a party or a house that is spoken to. */
static sr_str outlet_at(const cast *c, int32_t t, int32_t last)
{
	const work *w = c->w;
	tokens_span at = name_at(w, t, last);
	if (ts_empty(at))
		return (sr_str){ 0 };
	sr_str name = text_of(w, at.lo, at.hi);
	const sr_entity *e = entity_at(w, at.hi, at.hi);
	const party *p = e ? NULL : party_named(c, name);
	bool other = e ? e->type != SR_ENTITY_ORG : p && p->person;
	bool many = (!e || e->type != SR_ENTITY_ORG) && plural_form(tok_str(w, at.hi));
	return other || many || of_members(w, at.hi) || (w->toks[at.hi].bits & W(forum)) || describes(w, at.hi) ? (sr_str){ 0 } : name;
}

/* At t: "quoted by X", "told X", "on X", "X post". */
static carrier carrier_at(const cast *c, const cand *k, int32_t t, int32_t last)
{
	const work *w = c->w;
	if ((w->toks[t + 1].bits & W(by)) && (w->toks[t].bits & W(carried)) && t + 2 <= last)
		return (carrier){ outlet_at(c, t + 2, last), true };
	if (tok_is(w, t, "told") && ts_empty(k->told))
		return (carrier){ outlet_at(c, t + 1, last), true };
	if (tok_is(w, t, "on") && (w->toks[t + 1].bits & W(platform)) && w->toks[t + 1].cap)
		return (carrier){ tok_str(w, t + 1), false };
	if ((w->toks[t].bits & W(platform)) && w->toks[t].cap && (w->toks[t + 1].bits & W(posted)) && !(t && possessive(w, t - 1)))
		return (carrier){ tok_str(w, t), false };
	return (carrier){ 0 };
}

/* The outlet that is told, not asked, urged or accused. */
static sr_str outlet_told(const cast *c, const cand *k)
{
	bool tells = k->cue >= 0 && sr_str_eq(c->w->rules->cues[k->cue].lemma, SR_STR("tell"));
	return tells && !ts_empty(k->told) ? outlet_at(c, k->told.lo, sent_last(c->w, k->sent)) : (sr_str){ 0 };
}

/* The carrier that the sentence itself names. */
static carrier named_carrier(cast *c, const cand *k)
{
	const work *w = c->w;
	const party *p = ts_empty(k->through) ? NULL : speaker_of(c, k->through);
	if (p)
		return (carrier){ p->name, true };
	if (!ts_empty(k->account))
		return (carrier){ text_of(w, k->account.lo, k->account.hi), false };
	sr_str told = outlet_told(c, k);
	if (told.len)
		return (carrier){ told, true };
	int32_t last = sent_last(w, k->sent);
	for (int32_t t = sent_first(w, k->sent); t < last; t++) {
		carrier found = in_content(k, t) ? (carrier){ 0 } : carrier_at(c, k, t, last);
		if (found.name.len && !(ts_has(k->source, t) && sr_str_eq(found.name, text_of(w, k->source.lo, k->source.hi))))
			return found;
	}
	return (carrier){ 0 };
}

/* ---- what an outlet was told goes on ---- */

/* Who told an outlet something last. */
typedef struct telling {
	sr_str outlet;
	uint32_t who, block;
} telling;

/* A page made of others' reports: who is not named in it spoke to them, not to the page. */
static bool made_of_reports(const sr_document *doc) { return doc->kind == SR_DOC_LIVE || doc->kind == SR_DOC_BRIEF; }

/* Whether the source only points back: a pronoun, or nobody's name. */
static bool points_back(const work *w, const cand *k, const sr_attribution *a)
{
	return !a->named || (k->source.lo == k->source.hi && (w->toks[k->source.lo].bits & (W(he) | W(she))));
}

/* Whether the sentence tells of another day or year than the telling: "But in February, he said". */
static bool of_own_time(const work *w, const cand *k)
{
	const sr_reading *r = w->reading;
	sr_span s = r->sentences[k->sent].span;
	for (size_t i = sr_reading_time_from(r, s.start); i < r->time_count && r->times[i].span.start < s.end; i++)
		if (r->times[i].type == SR_TIMEX_DATE && !in_content(k, (int32_t)sr_reading_token_at(r, r->times[i].span.start)))
			return true;
	return false;
}

/* Whether attribution a, which names no carrier, was told to the same outlet. */
static bool told_too(const work *w, const cand *k, const sr_attribution *a, uint32_t who, const telling *t)
{
	uint32_t block = w->reading->sentences[k->sent].block;
	const sr_document *doc = w->reading->doc;
	if (!t->outlet.len || ts_empty(k->source) || block > t->block + CARRY_BLOCKS || doc->blocks[block].group != doc->blocks[t->block].group)
		return false;
	if (who && who == t->who)
		return points_back(w, k, a) && !of_own_time(w, k);
	return !a->named && block == t->block && made_of_reports(doc);
}

/* "told the Herald" in the Velmira Herald: the page relays nobody but itself. */
static bool own_outlet(const work *w, sr_str name)
{
	sr_str site = sr_outlet_key(w->arena, w->reading->doc->site), key = sr_outlet_key(w->arena, name);
	return key.len && (sr_str_eq(site, key) || (key.len >= OWN_BYTES_MIN && sr_str_ends(site, key)));
}

/* "Officials quoted by Reuters": the officials, since the outlet is named beside them. */
static sr_str without_carrier(const work *w, const cand *k, sr_str speaker)
{
	if (ts_empty(k->source) || !sr_str_eq(speaker, text_of(w, k->source.lo, k->source.hi)))
		return speaker;
	for (int32_t t = k->source.lo + 1; t < k->source.hi; t++)
		if ((w->toks[t].bits & W(carried)) && (w->toks[t + 1].bits & W(by)))
			return text_of(w, k->source.lo, w->toks[t - 1].punct == ',' ? t - 2 : t - 1);
	return speaker;
}

sr_status via_find(cast *c, const cand *const *order, const uint32_t *who, size_t n)
{
	const work *w = c->w;
	telling last = { 0 };
	for (size_t i = 0; i < n; i++) {
		sr_attribution *a = &w->reading->attributions[i];
		carrier by = named_carrier(c, order[i]);
		if (by.outlet)
			a->speaker = without_carrier(w, order[i], a->speaker);
		if (sr_str_eq(by.name, a->speaker) || (by.outlet && own_outlet(w, by.name)))
			by = (carrier){ 0 };
		bool goes_on = !by.name.len && told_too(w, order[i], a, who[i], &last);
		if (goes_on)
			by = (carrier){ last.outlet, true };
		a->via = by.name;
		/* within somebody's words nobody takes the word from him */
		if (a->within)
			continue;
		if (by.outlet)
			last = (telling){ by.name, who[i], w->reading->sentences[order[i]->sent].block };
		else if (a->named || by.name.len)
			last = (telling){ 0 };
		const sr_relay *relay = by.name.len || !a->content.count ? NULL : sr_document_relay_at(w->reading->doc, a->content.items[0].start);
		if (relay && !sr_str_eq(relay->publisher, a->speaker))
			a->via = relay->publisher;
	}
	return SR_OK;
}
