/* Who said what: every attributed statement, by speaker, once, with its witnesses.
 *
 * Statements of one speaker are one if they are the same words (sr_quote_same), say them in the same manner (says,
 * denies …) and hold the same numbers. Each is compared with a bounded number of those before it, and only where their
 * words overlap, so that the cost stays linear in what a page can hold. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/claim.h"
#include "sitrep/lang.h"

#include <stdlib.h>
#include <string.h>

#define COMPARED_MAX 64
#define WORDS_MIN 3 /* of an assertion; a denial may be shorter */
#define TEXT_MAX 700u /* bytes shown; a longer statement is cut at its spans */

typedef struct item {
	const sr_claim *claim; /* its first */
	const sr_attribution *a;
	uint32_t doc, origin, voice;
	sr_str text;
	sr_span words; /* from its first byte to its last */
	uint64_t signature[4]; /* of its words */
	uint32_t same; /* index + 1 of the statement that it repeats, 0 if it is the first */
	uint32_t next, tail; /* of a first one: the chain of those that repeat it, by index + 1 */
} item;

typedef struct cast {
	composer *c;
	SR_VEC(item) items;
	SR_VEC(sr_voice) voices;
	sr_strmap by_name; /* folded name -> index + 1 */
} cast;

/* ---- the words ---- */

static void sign(item *x, sr_str text)
{
	sr_str rest = text, word;
	while (sr_str_next_field(&rest, ' ', &word)) {
		uint64_t h = sr_str_hash(word);
		x->signature[h >> 6 & 3] |= UINT64_C(1) << (h & 63);
	}
}

static unsigned bits(uint64_t v) { return (unsigned)__builtin_popcountll(v); }

static bool overlap(const item *a, const item *b)
{
	unsigned both = 0, na = 0, nb = 0;
	for (int i = 0; i < 4; i++) {
		both += bits(a->signature[i] & b->signature[i]);
		na += bits(a->signature[i]);
		nb += bits(b->signature[i]);
	}
	return both * 10 >= 6 * (na < nb ? na : nb);
}

static sr_str without_that(sr_str s)
{
	return sr_str_starts_nocase(s, SR_STR("that ")) ? sr_str_slice(s, 5, s.len) : s;
}

/* White space, commas and the like at the ends; a full stop stays where a sentence ends. */
static sr_str trimmed(sr_str s)
{
	s = sr_str_trim(s);
	while (s.len && strchr(",;:-", s.ptr[s.len - 1]))
		s = sr_str_trim(sr_str_slice(s, 0, s.len - 1));
	return s;
}

static bool pronoun_only(sr_str s) { return words_has(WORDS_STANDIN, s); }

/* The content's parts, an ellipsis between those that do not follow each other. */
static sr_str words_of(const cast *k, const sr_reading *r, const sr_attribution *a, sr_span *words)
{
	sr_buf b;
	sr_str text = r->doc->text;
	sr_buf_init(&b, 0);
	*words = (sr_span){ a->content.items[0].start, a->content.items[a->content.count - 1].end };
	for (size_t i = 0; i < a->content.count; i++) {
		sr_str part = trimmed(sr_span_of(text, a->content.items[i]));
		part = b.len ? part : without_that(part);
		if (!part.len || pronoun_only(part) || (b.len && b.len + part.len > TEXT_MAX))
			continue;
		if (b.len)
			sr_buf_add_c(&b, " … ");
		sr_buf_add(&b, part);
	}
	sr_str s = sr_str_dup(k->c->arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return s;
}

/* Every number inside the words of x stands in those of y too. */
static bool numbers_in(const cast *k, const item *x, const item *y)
{
	const sr_reading *rx = k->c->e.readings[x->doc], *ry = k->c->e.readings[y->doc];
	for (size_t i = 0; i < rx->quantity_count; i++) {
		const sr_quantity *q = &rx->quantities[i];
		bool found = !sr_span_has(x->words, q->span);
		for (size_t n = 0; n < ry->quantity_count && !found; n++)
			found = sr_span_has(y->words, ry->quantities[n].span) && ry->quantities[n].low == q->low && ry->quantities[n].high == q->high;
		if (!found)
			return false;
	}
	return true;
}

static bool same_statement(const cast *k, const item *x, const item *y)
{
	if (x->a->stance != y->a->stance || !overlap(x, y) || !sr_quote_same(x->text, y->text))
		return false;
	return x->text.len <= y->text.len ? numbers_in(k, x, y) : numbers_in(k, y, x);
}

/* ---- the speakers ---- */

/* Named speakers are one by their name, described ones by their words within one origin; those whom the page
 * leaves open share the last entry. */
static uint32_t voice_of(cast *k, const sr_attribution *a, uint32_t origin)
{
	sr_arena *arena = k->c->arena;
	bool open = !a->speaker.len || pronoun_only(a->speaker);
	sr_str name = open ? (sr_str){ 0 } : a->speaker;
	sr_str key = sr_fold_dup(arena, sr_str_starts_nocase(name, SR_STR("the ")) ? sr_str_slice(name, 4, name.len) : name);
	if (!a->named && !open)
		key = sr_str_printf(arena, "%.*s #%u", SR_FMT(key), origin);
	int64_t *slot = sr_strmap_put(&k->by_name, key);
	if (!slot)
		return UINT32_MAX;
	if (!*slot) {
		sr_voice *v = SR_PUSH(arena, &k->voices);
		if (!v)
			return UINT32_MAX;
		*v = (sr_voice){ .name = name, .named = a->named && !open, .collective = a->collective && !open };
		*slot = (int64_t)k->voices.count;
	}
	sr_voice *v = &k->voices.items[*slot - 1];
	if (!open && a->role.len > v->role.len && a->role.len < 80)
		v->role = a->role;
	return (uint32_t)*slot - 1;
}

static sr_status join_names(cast *k)
{
	sr_name *names = SR_NEW_ARRAY(k->c->arena, sr_name, k->voices.count + 1);
	uint32_t *to = SR_NEW_ARRAY(k->c->arena, uint32_t, k->voices.count + 1);
	if (!names || !to)
		return SR_E_NOMEM;
	for (size_t i = 0; i < k->voices.count; i++) {
		const sr_voice *v = &k->voices.items[i];
		names[i] = (sr_name){ .name = v->named ? v->name : (sr_str){ 0 }, .person = !v->collective };
	}
	SR_TRY(sr_names_tie(k->c->arena, names, k->voices.count, to));
	for (size_t i = 0; i < k->voices.count; i++)
		if (k->voices.items[i].role.len > k->voices.items[to[i]].role.len)
			k->voices.items[to[i]].role = k->voices.items[i].role;
	for (size_t i = 0; i < k->items.count; i++)
		k->items.items[i].voice = to[k->items.items[i].voice];
	return SR_OK;
}

/* ---- gathering ---- */

/* "shows a second failure", "put the number at 26": what is seen or counted needs no verb of its own. */
static bool shows_or_counts(const sr_reading *r, const sr_attribution *a)
{
	for (size_t i = 0; i < a->cue.count; i++)
		if (words_in(WORDS_SHOWING, sr_span_of(r->doc->text, a->cue.items[i])))
			return true;
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		if (sr_span_has(a->content.items[0], q->span) && (!q->unit.len || sr_str_eq(q->unit, SR_STR("%"))))
			return true;
	}
	return false;
}

/* Retold words are a statement if they state something: "three days of mourning", "as much on Friday" do not, without the verb
 * before them. */
static bool states_something(const composer *c, const sr_proof *p, const sr_attribution *a)
{
	const sr_reading *r = c->e.readings[p->claim.doc];
	uint32_t first = sr_reading_token_at(r, p->claim.span.start);
	if (a->kind != SR_QUOTE_INDIRECT || a->content.count > 1 || first >= r->token_count)
		return true;
	uint8_t upos = r->tokens[first].upos;
	if (upos == SR_UPOS_CCONJ || (upos == SR_UPOS_ADP && a->stance == SR_STANCE_DENIES))
		return false;
	return a->stance != SR_STANCE_SAYS || composer_states(c, p, p->claim.span) || shows_or_counts(r, a);
}

static sr_status take_document(cast *k, size_t d)
{
	const sr_evidence *e = &k->c->e;
	const sr_reading *r = e->readings[d];
	bool *seen = SR_NEW_ARRAY(k->c->arena, bool, r->attribution_count + 1);
	if (!seen)
		return SR_E_NOMEM;
	for (size_t i = e->first_proof[d]; i < e->first_proof[d + 1]; i++) {
		const sr_proof *p = &e->proofs[i];
		uint32_t n = p->claim.attribution;
		if (!sr_proof_attributed(p) || seen[n] || p->heading || p->caption)
			continue;
		seen[n] = true;
		const sr_attribution *a = &r->attributions[n];
		sr_span words;
		sr_str text = words_of(k, r, a, &words);
		if (sr_str_count_words(text) < (a->stance == SR_STANCE_SAYS ? WORDS_MIN : WORDS_MIN - 1) || !states_something(k->c, p, a))
			continue;
		item *x = SR_PUSH(k->c->arena, &k->items);
		if (!x)
			return SR_E_NOMEM;
		*x = (item){ .claim = &p->claim, .a = a, .doc = (uint32_t)d, .origin = p->origin, .text = text, .words = words };
		sign(x, sr_fold_dup(k->c->arena, text));
		x->voice = voice_of(k, a, p->origin);
		if (x->voice == UINT32_MAX)
			return SR_E_NOMEM;
	}
	return SR_OK;
}

static sr_time said_of(const item *x) { return sr_time_truncate(x->claim->said, SR_PRECISION_DAY); }

static int by_voice_and_time(const void *a, const void *b)
{
	const item *x = a, *y = b;
	if (x->voice != y->voice)
		return x->voice < y->voice ? -1 : 1;
	int order = sr_time_cmp(said_of(x), said_of(y));
	if (order)
		return order;
	if (x->doc != y->doc)
		return x->doc < y->doc ? -1 : 1;
	return (x->words.start > y->words.start) - (x->words.start < y->words.start);
}

static void repeat(cast *k, uint32_t first, uint32_t i)
{
	item *head = &k->items.items[first];
	k->items.items[i].same = first + 1;
	if (head->tail)
		k->items.items[head->tail - 1].next = i + 1;
	else
		head->next = i + 1;
	head->tail = i + 1;
}

static void find_same(cast *k)
{
	for (size_t i = 0; i < k->items.count; i++) {
		item *x = &k->items.items[i];
		for (size_t n = 0, at = i; at-- > 0 && n < COMPARED_MAX && !x->same; n++) {
			const item *y = &k->items.items[at];
			if (y->voice != x->voice)
				break;
			if (same_statement(k, x, y))
				repeat(k, y->same ? y->same - 1 : (uint32_t)at, (uint32_t)i);
		}
	}
}

/* ---- writing ---- */

typedef struct witness_list {
	SR_VEC(sr_cite) cites;
	uint32_t origins[COMPARED_MAX], origin_count;
} witness_list;

/* A source is cited once. */
static sr_status add_witness(cast *k, witness_list *l, const item *x)
{
	bool known = false, cited = false;
	for (uint32_t i = 0; i < l->origin_count && !known; i++)
		known = l->origins[i] == x->origin;
	if (!known && l->origin_count < COMPARED_MAX)
		l->origins[l->origin_count++] = x->origin;
	for (size_t i = 0; i < l->cites.count && !cited; i++)
		cited = l->cites.items[i].source == x->doc + 1;
	if (cited)
		return SR_OK;
	sr_cite *cite = SR_PUSH(k->c->arena, &l->cites);
	if (!cite)
		return SR_E_NOMEM;
	*cite = (sr_cite){ x->doc + 1, composer_attribution_span(k->c->e.readings[x->doc], x->a, x->words) };
	return SR_OK;
}

/* A statement with all that repeat it, in its longest form. */
static sr_status write_statement(cast *k, const item *first, sr_statement *out)
{
	const item *all = k->items.items, *longest = first;
	witness_list l = { 0 };
	for (uint32_t i = first->next; i; i = all[i - 1].next)
		longest = all[i - 1].text.len > longest->text.len ? &all[i - 1] : longest;
	SR_TRY(add_witness(k, &l, longest));
	SR_TRY(add_witness(k, &l, first));
	for (uint32_t i = first->next; i; i = all[i - 1].next)
		SR_TRY(add_witness(k, &l, &all[i - 1]));
	const sr_claim *c = longest->claim;
	bool direct = longest->a->kind == SR_QUOTE_DIRECT;
	*out = (sr_statement){ .text = longest->text, .direct = direct, .stance = longest->a->stance,
		                   .certainty = longest->a->certainty, .via = c->via, .said = said_of(first),
		                   .when = c->when_stated ? c->when : SR_TIME_NONE, .until = c->when_stated ? c->until : SR_TIME_NONE,
		                   .origins = direct ? 1 : l.origin_count, /* whoever said it, said it once */
		                   .cites = { l.cites.items, l.cites.count } };
	return SR_OK;
}

static sr_status write_voice(cast *k, size_t from, size_t to)
{
	sr_voice *v = &k->voices.items[k->items.items[from].voice];
	v->statements = SR_NEW_ARRAY(k->c->arena, sr_statement, to - from);
	if (!v->statements)
		return SR_E_NOMEM;
	for (size_t i = from; i < to; i++)
		if (!k->items.items[i].same)
			SR_TRY(write_statement(k, &k->items.items[i], &v->statements[v->statement_count++]));
	return SR_OK;
}

/* Those who speak in most sources first; the nameless after the named, the unknown last. */
static int by_rank(const void *a, const void *b)
{
	const sr_voice *x = a, *y = b;
	if ((x->name.len == 0) != (y->name.len == 0))
		return x->name.len ? -1 : 1;
	if (x->named != y->named)
		return x->named ? -1 : 1;
	size_t nx = 0, ny = 0;
	for (size_t i = 0; i < x->statement_count; i++)
		nx += x->statements[i].cites.count;
	for (size_t i = 0; i < y->statement_count; i++)
		ny += y->statements[i].cites.count;
	if (nx != ny)
		return nx > ny ? -1 : 1;
	return sr_str_cmp(x->name, y->name);
}

sr_status compose_voices(composer *c)
{
	cast k = { .c = c };
	sr_strmap_init(&k.by_name, c->arena);
	for (size_t d = 0; d < c->e.doc_count; d++)
		SR_TRY(take_document(&k, d));
	if (!k.items.count)
		return SR_OK;
	SR_TRY(join_names(&k));
	qsort(k.items.items, k.items.count, sizeof *k.items.items, by_voice_and_time);
	find_same(&k);
	for (size_t i = 0; i < k.items.count;) {
		size_t end = i + 1;
		while (end < k.items.count && k.items.items[end].voice == k.items.items[i].voice)
			end++;
		SR_TRY(write_voice(&k, i, end));
		i = end;
	}
	qsort(k.voices.items, k.voices.count, sizeof *k.voices.items, by_rank);
	c->out->voices = k.voices.items;
	for (size_t i = 0; i < k.voices.count; i++)
		if (k.voices.items[i].statement_count)
			c->out->voices[c->out->voice_count++] = k.voices.items[i];
	return SR_OK;
}
