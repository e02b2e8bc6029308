/* The working state of one document: tokens with word classes, the tree's extents, and the stages. */
#include "claim_internal.h"

#include "sitrep/base/utf8.h"

#include <string.h>

bool tok_is(const work *w, int32_t t, const char *lower)
{
	return t >= 0 && t < w->count && sr_str_eq_nocase(tok_str(w, t), sr_str_c(lower));
}

cand *cand_new(work *w, uint32_t sent, int32_t cue_index, int32_t cue_tok)
{
	cand *c = SR_PUSH(w->arena, &w->cands);
	if (c)
		*c = (cand){ .sent = sent, .cue = cue_index, .cue_tok = cue_tok, .cue_span = { cue_tok, cue_tok },
			         .cue_span2 = TS_NONE, .source = TS_NONE, .told = TS_NONE, .through = TS_NONE, .account = TS_NONE };
	return c;
}

void cand_add_content(cand *c, tokens_span s)
{
	if (ts_empty(s))
		return;
	if (c->content_count && c->content[c->content_count - 1].hi + 1 == s.lo) {
		c->content[c->content_count - 1].hi = s.hi;
		return;
	}
	if (c->content_count < CAND_CONTENT_MAX)
		c->content[c->content_count++] = s;
}

static void classify(work *w, int32_t t)
{
	sr_str s = tok_str(w, t);
	tok *k = &w->toks[t];
	k->forms = k->number = k->quote = -1;
	if (s.len == 0)
		return;
	const lex_entry *e = rules_lookup(w->rules, s);
	if (e) {
		k->bits = e->bits;
		k->forms = e->forms;
		k->number = e->number;
	}
	size_t pos = 0;
	uint32_t cp = sr_utf8_next(s, &pos);
	unsigned char c = (unsigned char)s.ptr[0];
	k->word = sr_is_alpha(cp) || sr_is_digit(cp) || (c >= 0xC3 && !sr_cp_is_quote(cp) && !sr_cp_is_dash(cp) && cp != 0x2026 && cp != 0x2022);
	if (cp == '\'' || cp == 0x2019 || cp == '#' || cp == '@' || cp == '$')
		k->word = s.len > pos && s.ptr[pos] != '\'' && s.ptr[pos] != '`';
	k->punct = k->word ? 0 : (char)(sr_cp_is_dash(cp) && cp != '-' ? '-' : cp < 128 ? (int)cp : 1);
	/* Cheap upper-case test: ASCII, and the capitals of Latin-1, Latin Extended and Cyrillic. */
	k->cap = sr_is_upper(cp) || (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x100 && cp < 0x180 && cp % 2 == 0) || (cp >= 0x400 && cp < 0x430);
}

/* Children lists and extents, in linear time by peeling leaves; what stands on a cycle of a damaged
 * parse is left as a root. */
static sr_status build_tree(work *w, uint32_t sent)
{
	const sr_sentence *s = &w->reading->sentences[sent];
	int32_t first = (int32_t)s->first_token, n = (int32_t)s->token_count;
	int32_t *waiting = SR_NEW_ARRAY(w->arena, int32_t, (size_t)n * 2 + 1);
	if (!waiting)
		return SR_E_NOMEM;
	int32_t *queue = waiting + n, done = 0, filled = 0;
	for (int32_t i = n - 1; i >= 0; i--) {
		tok *k = &w->toks[first + i];
		int32_t h = w->reading->tokens[first + i].head;
		k->head = h < 0 || h >= n || h == i ? (h == -2 ? -2 : -1) : first + h;
		k->lo = k->hi = first + i;
		if (k->head >= 0) {
			tok *p = &w->toks[k->head];
			k->next_sibling = p->first_child;
			p->first_child = first + i;
			waiting[h]++;
		}
	}
	for (int32_t i = 0; i < n; i++)
		if (waiting[i] == 0)
			queue[filled++] = i;
	while (done < filled) {
		tok *k = &w->toks[first + queue[done++]];
		if (k->head < 0)
			continue;
		tok *p = &w->toks[k->head];
		/* a stray comma is often hung far from its place and must not stretch a clause to it */
		bool stray = k->lo == k->hi && (k->punct == ',' || k->punct == ';' || k->punct == '.' || k->punct == '-');
		if (!stray) {
			p->lo = k->lo < p->lo ? k->lo : p->lo;
			p->hi = k->hi > p->hi ? k->hi : p->hi;
		}
		if (--waiting[k->head - first] == 0 && filled < n)
			queue[filled++] = k->head - first;
	}
	for (int32_t i = 0; i < n; i++)
		if (waiting[i] > 0)
			w->toks[first + i].head = -1;
	return SR_OK;
}

/* "May told reporters": who is called like a month is none. */
static void persons_are_no_days(work *w)
{
	for (size_t i = 0; i < w->reading->entity_count; i++) {
		const sr_entity *e = &w->reading->entities[i];
		for (uint32_t t = sr_reading_token_at(w->reading, e->span.start); e->type == SR_ENTITY_PER && (int32_t)t < w->count && w->reading->tokens[t].span.start < e->span.end; t++)
			w->toks[t].bits &= ~W(day);
	}
}

sr_status work_init(work *w, const sr_claim_rules *rules, sr_arena *arena, sr_reading *reading)
{
	*w = (work){ .rules = rules, .arena = arena, .reading = reading, .text = reading->doc->text,
		         .count = (int32_t)reading->token_count };
	if (reading->token_count > INT32_MAX / 4)
		return SR_E_LIMIT;
	w->toks = SR_NEW_ARRAY(arena, tok, reading->token_count + 1);
	if (!w->toks)
		return SR_E_NOMEM;
	for (int32_t t = 0; t < w->count; t++) {
		classify(w, t);
		w->toks[t].first_child = w->toks[t].next_sibling = -1;
	}
	for (uint32_t s = 0; s < reading->sentence_count; s++) {
		int32_t first = sent_first(w, s), last = sent_last(w, s);
		for (int32_t t = first; t <= last; t++) {
			w->toks[t].sent = s;
			w->parsed = w->parsed || reading->tokens[t].head != -2;
		}
		mend_sentence(w, s);
		SR_TRY(build_tree(w, s));
	}
	persons_are_no_days(w);
	return SR_OK;
}

static bool speaks(const sr_reading *r, uint32_t s) { return sr_block_speaks(r->doc->blocks[r->sentences[s].block].kind); }

sr_status sr_claim_read(const sr_claim_rules *rules, sr_arena *arena, sr_reading *reading, sr_error *err)
{
	work w;
	sr_status st = sentences_bound(arena, reading);
	if (st == SR_OK)
		st = work_init(&w, rules, arena, reading);
	if (st == SR_OK)
		st = quotes_find(&w);
	for (uint32_t s = 0; st == SR_OK && s < reading->sentence_count; s++)
		if (reading->sentences[s].token_count && speaks(reading, s) && (st = surface_label(&w, s)) == SR_OK)
		{
			bool parsed = reading->tokens[reading->sentences[s].first_token].head != -2;
			st = parsed ? tree_sentence(&w, s) : surface_sentence(&w, s);
			st = st == SR_OK && parsed ? apposed_denial(&w, s) : st;
		}
	if (st == SR_OK)
		st = quotes_attach(&w);
	if (st == SR_OK)
		st = attributions_make(&w);
	if (st == SR_OK)
		st = quantities_find(&w);
	return st == SR_OK ? SR_OK : sr_fail(err, st, "statements: %s", sr_status_name(st));
}
