#include "measures.h"
#include "salience.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"

#include <stdlib.h>

#define TELLING_TOKENS_MIN 6u

typedef struct builder {
	sr_evidence *e;
	sr_strmap parties; /* folded name to number */
	sr_strmap origins; /* "doc:N" or "via:NAME" to number */
	sr_strmap outlets; /* folded site, credit or title to document + 1: the first of each */
	sr_error *err;
} builder;

static sr_status number_of(builder *b, sr_strmap *map, sr_str key, uint32_t *out)
{
	int64_t *slot = key.ptr ? sr_strmap_put(map, key) : NULL;
	if (!slot)
		return sr_fail(b->err, SR_E_NOMEM, "out of memory");
	if (!*slot)
		*slot = (int64_t)map->count;
	*out = (uint32_t)*slot;
	return SR_OK;
}

static sr_status know_outlets(builder *b)
{
	for (size_t i = 0; i < b->e->doc_count; i++) {
		const sr_document *d = b->e->docs[i];
		sr_str names[] = { d->title, d->site, d->credit };
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			sr_str key = sr_outlet_key(b->e->arena, names[k]);
			int64_t *slot = key.len ? sr_strmap_put(&b->outlets, key) : NULL;
			if (key.len && !slot)
				return SR_E_NOMEM;
			if (slot && !*slot)
				*slot = (int64_t)i + 1;
		}
	}
	return SR_OK;
}

/* The document of the story that is the outlet's report: the one listed under the claim's number, else any of the outlet's. */
static int64_t report_of(const builder *b, const sr_claim *c)
{
	const sr_document *doc = b->e->docs[c->doc];
	const int64_t *found = NULL;
	for (size_t i = 0; c->relay && i < doc->relay_count && !found; i++)
		if (doc->relays[i].number == c->relay && doc->relays[i].title.len)
			found = sr_strmap_get(&b->outlets, sr_outlet_key(b->e->arena, doc->relays[i].title));
	found = found ? found : sr_strmap_get(&b->outlets, sr_outlet_key(b->e->arena, c->via));
	return found ? *found : 0;
}

/* A relayed statement comes from the outlet that is named for it; everything else from its page. */
static sr_status find_origin(builder *b, sr_proof *p)
{
	const sr_claim *c = &p->claim;
	const sr_proof *before = p > b->e->proofs ? p - 1 : NULL;
	/* of one page, mostly */
	if (before && before->claim.doc == c->doc && !c->via.len && !before->claim.via.len) {
		p->origin = before->origin;
		return SR_OK;
	}
	int64_t report = c->via.len ? report_of(b, c) : (int64_t)c->doc + 1;
	sr_str key = report ? sr_str_printf(b->e->arena, "doc:%u", b->e->doc_origin[report - 1])
	                    : sr_str_printf(b->e->arena, "via:%.*s", SR_FMT(sr_outlet_key(b->e->arena, c->via)));
	return number_of(b, &b->origins, key, &p->origin);
}

static sr_status find_party(builder *b, sr_proof *p)
{
	const sr_claim *c = &p->claim;
	const sr_proof *before = p > b->e->proofs ? p - 1 : NULL;
	if (!c->speaker.len)
		return SR_OK;
	if (before && sr_str_eq(before->claim.speaker, c->speaker)) {
		p->party = before->party;
		return SR_OK;
	}
	return number_of(b, &b->parties, sr_fold_dup(b->e->arena, c->speaker), &p->party);
}

/* Once all texts are read: any of them may name the speaker. */
static sr_status find_speakers(builder *b)
{
	sr_evidence *e = b->e;
	sr_term_set *of = SR_NEW_ARRAY(e->arena, sr_term_set, b->parties.count + 1);
	if (!of)
		return SR_E_NOMEM;
	for (size_t i = 0; i < e->proof_count; i++) {
		sr_proof *p = &e->proofs[i];
		if (p->party && !of[p->party].ids)
			SR_TRY(sr_terms_known(e->terms, p->claim.speaker, &of[p->party]));
		p->speaker = of[p->party];
	}
	return SR_OK;
}

/* What of each document's title stands in the texts. */
static sr_status find_titles(builder *b, sr_term_set *titles)
{
	for (size_t i = 0; i < b->e->doc_count; i++)
		SR_TRY(sr_terms_known(b->e->terms, b->e->docs[i]->title, &titles[i]));
	return SR_OK;
}

/* "(CNN)", "Photo by Ann Lee", "By Ann Lee and Bo Berg": nobody does anything in it. */
static bool tells_of_somebody(const sr_reading *r, const sr_sentence *s)
{
	for (uint32_t i = 0; i < s->token_count && s->token_count >= TELLING_TOKENS_MIN; i++)
		if (r->tokens[s->first_token + i].deprel == SR_DEPREL_nsubj)
			return true;
	return false;
}

/* Which of the first sentences that tell anything of its document or update it is, from 1; 0 if it is none of them. */
static uint8_t lead_place(const sr_reading *r, const sr_claim *c)
{
	const sr_sentence *s = &r->sentences[c->sentence];
	const sr_block *blocks = r->doc->blocks;
	uint32_t group = blocks[s->block].group, n = 0;
	for (uint32_t i = c->sentence; i-- > 0 && n < SALIENCE_LEADS;) {
		if (blocks[r->sentences[i].block].group != group)
			break;
		n += tells_of_somebody(r, &r->sentences[i]);
	}
	return n < SALIENCE_LEADS ? (uint8_t)(n + 1) : 0;
}

/* An entry of a digest's own timeline happened on the entry's day. A point in time has no end. */
static bool has_since(const sr_reading *r, const sr_claim *c)
{
	const sr_sentence *s = &r->sentences[c->sentence];
	for (uint32_t i = 0; i < s->token_count; i++)
		if (sr_str_eq_nocase(sr_span_of(r->doc->text, r->tokens[s->first_token + i].span), SR_STR("since")))
			return true;
	return false;
}

/* "on the first Monday of every month" */
static bool is_habit(const sr_reading *r, const sr_claim *c)
{
	for (size_t i = 0; i < r->time_count; i++)
		if (r->times[i].type == SR_TIMEX_SET && sr_span_has(c->span, r->times[i].span))
			return true;
	return false;
}

static void set_date(const sr_reading *r, sr_proof *p)
{
	sr_claim *c = &p->claim;
	const sr_block *b = sr_document_block_at(r->doc, c->sentence_span.start);
	bool event = b && b->kind == SR_BLOCK_EVENT && sr_time_known(b->time);
	if (event) {
		c->when = c->until = b->time;
		c->when_stated = true;
	}
	p->open_ended = c->when_stated && !event && (has_since(r, c) || !sr_time_known(c->when) || !sr_time_known(c->until));
	/* a report dated in the text is itself what happened that day */
	if (!c->when_stated && c->said_stated) {
		c->when = c->said;
		c->until = SR_TIME_NONE;
		c->when_stated = true;
	}
	if (sr_time_cmp(c->when, c->until) == 0)
		c->until = SR_TIME_NONE;
}

static sr_status add_proof(builder *b, sr_proof *p, const sr_claim *claim)
{
	sr_evidence *e = b->e;
	const sr_reading *r = e->readings[claim->doc];
	/* a sentence with two claims is one text */
	bool again = p > e->proofs && p[-1].claim.doc == claim->doc && p[-1].claim.sentence == claim->sentence;
	*p = (sr_proof){ .claim = *claim };
	SR_TRY(sr_terms_read(e->terms, r, claim->span, &p->items, &p->item_count));
	SR_TRY(sr_terms_set(e->terms, p->items, p->item_count, &p->content));
	if (again)
		p->sentence = p[-1].sentence;
	else if (sr_span_has(claim->span, claim->sentence_span))
		p->sentence = p->content;
	else
		SR_TRY(sr_terms_set_of(e->terms, r, claim->sentence_span, &p->sentence));
	sr_block_kind kind = r->doc->blocks[r->sentences[claim->sentence].block].kind;
	p->caption = kind == SR_BLOCK_CAPTION;
	/* what a live page says above its updates is about the page, as a heading is */
	p->heading = kind == SR_BLOCK_HEADING || (r->doc->kind == SR_DOC_LIVE && !sr_document_block_at(r->doc, claim->sentence_span.start)->group);
	p->lead = lead_place(r, claim);
	p->habit = is_habit(r, claim);
	set_date(r, p);
	SR_TRY(find_origin(b, p));
	SR_TRY(find_party(b, p));
	if (!again)
		sr_terms_count(e->terms, p->sentence);
	return SR_OK;
}

/* "denied reports that …": what the reports say is said by nobody here. */
static void mark_denied(sr_evidence *e)
{
	for (size_t i = 0; i < e->proof_count; i++)
		for (size_t k = i; k-- > 0;) {
			sr_proof *a = &e->proofs[i], *b = &e->proofs[k];
			if (a->claim.doc != b->claim.doc || a->claim.sentence != b->claim.sentence)
				break;
			if (!sr_span_overlap(a->claim.span, b->claim.span))
				continue;
			a->denied |= b->claim.stance == SR_STANCE_DENIES && a->claim.stance != SR_STANCE_DENIES;
			b->denied |= a->claim.stance == SR_STANCE_DENIES && b->claim.stance != SR_STANCE_DENIES;
		}
}

sr_status sr_evidence_build(sr_arena *arena, sr_terms *terms, const sr_document **docs, const sr_reading **readings,
                            const uint32_t *doc_origin, const sr_doc_claims *claims, size_t doc_count,
                            sr_evidence *out, sr_error *err)
{
	builder b = { .e = out, .err = err };
	size_t total = 0;
	*out = (sr_evidence){ .arena = arena, .terms = terms, .docs = docs, .readings = readings, .doc_origin = doc_origin,
		                  .doc_count = doc_count };
	for (size_t i = 0; i < doc_count; i++)
		total += claims[i].count;
	out->proofs = SR_NEW_ARRAY(arena, sr_proof, total);
	out->first_proof = SR_NEW_ARRAY(arena, size_t, doc_count + 1);
	if (!out->proofs || !out->first_proof)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_strmap_init(&b.parties, arena);
	sr_strmap_init(&b.origins, arena);
	sr_strmap_init(&b.outlets, arena);
	if (know_outlets(&b) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < doc_count; i++) {
		out->first_proof[i] = out->proof_count;
		for (size_t k = 0; docs[i]->status != SR_DOC_WITHDRAWN && k < claims[i].count; k++) {
			sr_claim claim = claims[i].items[k];
			claim.doc = (uint32_t)i;
			if (add_proof(&b, &out->proofs[out->proof_count], &claim) != SR_OK)
				return sr_fail(err, SR_E_NOMEM, "out of memory");
			out->proof_count++;
		}
	}
	out->first_proof[doc_count] = out->proof_count;
	sr_term_set *titles = SR_NEW_ARRAY(arena, sr_term_set, doc_count + 1);
	if (!titles || find_titles(&b, titles) != SR_OK || find_speakers(&b) != SR_OK || evidence_measure(out) != SR_OK || sr_terms_settle(terms) != SR_OK)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < out->proof_count; i++)
		out->proofs[i].norm = sr_terms_norm(terms, out->proofs[i].sentence);
	mark_denied(out);
	return evidence_weigh(out, titles) == SR_OK ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

sr_str sr_proof_text(const sr_evidence *e, const sr_proof *p, sr_span span)
{
	return sr_span_of(e->docs[p->claim.doc]->text, span);
}
