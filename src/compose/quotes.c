/* In their words: each quotation once, in its longest form, with all its witnesses. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/utf8.h"
#include "sitrep/claim.h"

#include <stdlib.h>

#define SPARE 4
#define WORDS_MIN 6
#define QUOTE_BYTES_MAX 600u

#define CITES_MAX 24u /* of the pages that print one quotation */

typedef struct candidate {
	uint32_t doc;
	const sr_attribution *a;
	sr_span words; /* between the quotation marks, or all that is set off */
	sr_span cite;
	sr_time said;
	sr_quote_words folded;
} candidate;

typedef SR_VEC(candidate) candidates;

/* The longest stretch between an opening and a closing mark within span. */
static sr_span quoted_part(sr_str text, sr_span span)
{
	sr_span best = { 0, 0 };
	uint32_t open = UINT32_MAX;
	for (size_t pos = span.start; pos < span.end;) {
		size_t at = pos;
		uint32_t cp = sr_utf8_next(text, &pos);
		if (!sr_cp_opens_quote(cp) && !sr_cp_closes_quote(cp))
			continue;
		bool closes = open != UINT32_MAX && sr_cp_closes_quote(cp);
		if (closes && at - open > best.end - best.start)
			best = (sr_span){ open, (uint32_t)at };
		open = closes ? UINT32_MAX : (uint32_t)pos;
	}
	return best;
}

/* What stands there without marks, as a page sets off a statement or a post; words in marks inside it are others'. */
static sr_span set_off(sr_str text, const sr_attribution *a, sr_span span)
{
	size_t pos = span.start;
	bool marked = span.end <= span.start || sr_cp_is_quote(sr_utf8_next(text, &pos));
	return a->kind == SR_QUOTE_DIRECT && !marked ? span : (sr_span){ 0, 0 };
}

static sr_span without_comma(sr_str text, sr_span s)
{
	while (s.end > s.start && (text.ptr[s.end - 1] == ',' || text.ptr[s.end - 1] == ' '))
		s.end--;
	return s;
}

/* Sentence k opens the paragraph below that of the last one with a dash: "— Anna Berg". */
static bool signed_below(const sr_reading *r, size_t k, size_t last)
{
	size_t pos = r->sentences[k].span.start;
	bool opens = k > last && r->sentences[k - 1].block == r->sentences[last].block;
	return opens && r->sentences[k].block == r->sentences[last].block + 1 && sr_cp_is_dash(sr_utf8_next(r->doc->text, &pos));
}

sr_span composer_attribution_span(const sr_reading *r, const sr_attribution *a, sr_span words)
{
	size_t first = sr_reading_sentence_at(r, words.start), last = sr_reading_sentence_at(r, words.end ? words.end - 1 : 0);
	if (first == SIZE_MAX || last == SIZE_MAX)
		return words;
	sr_span s = { r->sentences[first].span.start, r->sentences[last].span.end };
	for (size_t i = 0; i < a->source.count + a->cue.count; i++) {
		sr_span part = i < a->source.count ? a->source.items[i] : a->cue.items[i - a->source.count];
		size_t k = sr_reading_sentence_at(r, part.start);
		if (k == SIZE_MAX || (r->sentences[k].block != r->sentences[first].block && !signed_below(r, k, last)))
			continue;
		if (r->sentences[k].span.start < s.start)
			s.start = r->sentences[k].span.start;
		if (r->sentences[k].span.end > s.end)
			s.end = r->sentences[k].span.end;
	}
	return s;
}

#define BESIDE 24u /* bytes: "once", "at the time" */

/* "Once asked", "said at the time": beside the verb of saying, that it was on some day before that of the report. */
static bool said_sooner(const composer *c, size_t doc, const sr_attribution *a)
{
	sr_str text = c->e.docs[doc]->text;
	for (size_t i = 0; i < a->cue.count; i++) {
		sr_span cue = a->cue.items[i], around = { cue.start > BESIDE ? cue.start - BESIDE : 0, cue.end + BESIDE < text.len ? cue.end + BESIDE : (uint32_t)text.len };
		for (size_t k = 0; k < a->content.count; k++) {
			sr_span part = a->content.items[k];
			if (part.end <= cue.start && part.end > around.start)
				around.start = part.end;
			if (part.start >= cue.end && part.start < around.end)
				around.end = part.start;
		}
		if (words_in(WORDS_SOONER, sr_span_of(text, around)))
			return true;
	}
	return false;
}

/* A post is of the day that stands under it, if the passage cited shows that day; other words of the time that it names, or else of
 * the day of the report, unless it tells that they were said sooner. */
static sr_time said_at(const composer *c, size_t doc, uint32_t attribution, sr_span *cite)
{
	const sr_attribution *a = &c->e.readings[doc]->attributions[attribution];
	bool post = sr_str_starts(a->via, SR_STR("@")) && a->source.count && sr_span_has(*cite, a->source.items[0]);
	for (size_t i = c->e.first_proof[doc]; post && i < c->e.first_proof[doc + 1]; i++)
		if (c->e.proofs[i].claim.attribution == attribution)
			return sr_time_truncate(c->e.proofs[i].claim.said, SR_PRECISION_DAY);
	bool vague = false;
	sr_time named = sr_claim_said(c->e.readings[doc], a, &vague);
	if (sr_time_known(named) || vague || said_sooner(c, doc, a))
		return named;
	sr_span where = *cite;
	named = sr_claim_said_beside(c->e.readings[doc], a, &where);
	if (sr_time_known(named)) { /* the passage cited shows the day too */
		cite->start = where.start < cite->start ? where.start : cite->start;
		return named;
	}
	return sr_time_truncate(sr_document_time_at(c->e.docs[doc], cite->start), SR_PRECISION_DAY);
}

/* "He knew", "their gates": whom it means stood before it; not "It is clear that". */
static bool speaks_of_the_absent(const sr_reading *r, const sr_sentence *s, uint32_t i)
{
	if (!words_has(WORDS_ABSENT, sr_span_of(r->doc->text, r->tokens[i].span)) || r->tokens[i].upos != SR_UPOS_PRON)
		return false;
	bool it = words_has(WORDS_IMPERSONAL, sr_span_of(r->doc->text, r->tokens[i].span));
	for (uint32_t k = s->first_token; it && k < s->first_token + s->token_count; k++)
		if (r->tokens[k].head == r->tokens[i].head && (r->tokens[k].deprel == SR_DEPREL_ccomp || r->tokens[k].deprel == SR_DEPREL_csubj))
			return false;
	return r->tokens[i].deprel != SR_DEPREL_expl;
}

/* Printed alone, it says something: no part of a sentence without the one who does it. */
static bool stands_alone(const sr_reading *r, sr_span words)
{
	size_t k = sr_reading_sentence_at(r, words.start);
	uint32_t i = sr_reading_token_at(r, words.start);
	if (k == SIZE_MAX || i >= r->token_count)
		return false;
	const sr_sentence *s = &r->sentences[k];
	bool part = sr_is_lower((unsigned char)r->doc->text.ptr[words.start]);
	return !speaks_of_the_absent(r, s, i) && (!part || composer_holds_clause(r, s, (sr_span){ words.start, words.end < s->span.end ? words.end : s->span.end }));
}

/* "Was it too late?": what the one asks whom a transcript lets answer. */
static bool only_asks(const sr_document *d, sr_span words)
{
	const sr_block *b = sr_document_block_at(d, words.start);
	sr_str text = sr_span_of(d->text, words);
	return b && b->kind == SR_BLOCK_TURN && (sr_str_ends(text, SR_STR("?")) || sr_str_find(text, SR_STR("? "), 0) != SIZE_MAX);
}

/* "because he has not delivered", "So do the others", "raises the question:": it bears out a longer form, and is not shown itself. */
static bool is_torn(const sr_reading *r, sr_span words)
{
	const sr_token *first = &r->tokens[sr_reading_token_at(r, words.start)];
	sr_str text = sr_span_of(r->doc->text, words);
	bool joint = first->upos == SR_UPOS_SCONJ || first->upos == SR_UPOS_CCONJ || first->upos == SR_UPOS_ADP;
	return (joint && sr_is_lower((unsigned char)text.ptr[0])) || sr_str_ends(text, SR_STR(":")) || words_start(WORDS_TURN, text);
}

static sr_status gather(const composer *c, candidates *out)
{
	for (size_t d = 0; d < c->e.doc_count; d++) {
		const sr_reading *r = c->e.readings[d];
		for (size_t i = 0; r->doc->status != SR_DOC_WITHDRAWN && i < r->attribution_count; i++) {
			const sr_attribution *a = &r->attributions[i];
			if (a->kind == SR_QUOTE_INDIRECT || !a->speaker.len || words_has(WORDS_STANDIN, a->speaker))
				continue;
			sr_span best = { 0, 0 };
			for (size_t k = 0; k < a->content.count; k++) {
				sr_span part = set_off(r->doc->text, a, a->content.items[k]);
				if (!part.end)
					part = quoted_part(r->doc->text, a->content.items[k]);
				if (part.end - part.start > best.end - best.start)
					best = part;
			}
			best = without_comma(r->doc->text, composer_before_links(r->doc->text, best));
			if (sr_str_count_words(sr_span_of(r->doc->text, best)) < WORDS_MIN || best.end - best.start > QUOTE_BYTES_MAX || !stands_alone(r, best) || only_asks(r->doc, best))
				continue;
			candidate *x = SR_PUSH(c->arena, out);
			if (!x)
				return SR_E_NOMEM;
			*x = (candidate){ .doc = (uint32_t)d, .a = a, .words = best, .cite = composer_attribution_span(r, a, best) };
			x->said = said_at(c, d, (uint32_t)i, &x->cite);
			SR_TRY(sr_quote_read(sr_span_of(r->doc->text, best), c->arena, &x->folded));
		}
	}
	return SR_OK;
}

static double salience_at(const composer *c, const candidate *x)
{
	double s = 0;
	for (size_t i = c->e.first_proof[x->doc]; i < c->e.first_proof[x->doc + 1]; i++)
		if (sr_span_overlap(c->e.proofs[i].claim.sentence_span, x->words) && c->e.proofs[i].salience > s)
			s = c->e.proofs[i].salience;
	return s;
}

static sr_str words_of(const composer *c, const candidate *x) { return sr_span_of(c->e.docs[x->doc]->text, x->words); }

static const candidate *longest_of(const candidate *items, const size_t *group, size_t count)
{
	const candidate *longest = &items[group[0]];
	for (size_t i = 1; i < count; i++)
		if (items[group[i]].words.end - items[group[i]].words.start > longest->words.end - longest->words.start)
			longest = &items[group[i]];
	return longest;
}

static sr_status write_quote(const composer *c, const candidate *items, const size_t *group, size_t count, sr_quote *out)
{
	const candidate *longest = longest_of(items, group, count);
	sr_cite *cites = SR_NEW_ARRAY(c->arena, sr_cite, CITES_MAX);
	size_t n = 0;
	if (!cites)
		return SR_E_NOMEM;
	/* the one shown is cited first; a document that repeats it is cited once */
	cites[n++] = (sr_cite){ longest->doc + 1, longest->cite };
	for (size_t i = 0; i < count && n < CITES_MAX; i++) {
		const candidate *x = &items[group[i]];
		bool seen = false;
		for (size_t k = 0; k < n && !seen; k++)
			seen = cites[k].source == x->doc + 1;
		if (!seen)
			cites[n++] = (sr_cite){ x->doc + 1, x->cite };
	}
	*out = (sr_quote){ .text = words_of(c, longest), .speaker = longest->a->speaker, .role = longest->a->role,
		               .via = longest->a->via, .named = longest->a->named, .origins = 1, /* whoever said it, said it once */
		               .said = longest->said, .cites = { cites, n } };
	return SR_OK;
}

typedef struct ranked {
	size_t *members;
	size_t count;
	double weight;
} ranked;

static int by_weight(const void *a, const void *b)
{
	const ranked *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->members[0] > y->members[0]) - (x->members[0] < y->members[0]);
}

/* "“A,” she said, adding “B”": one of the two tells what she said; the passage cited shows both. */
static bool of_one_breath(const sr_quote *before, size_t count, const sr_quote *q)
{
	const sr_cite *b = &q->cites.items[0];
	for (size_t i = 0; i < count; i++) {
		const sr_cite *a = &before[i].cites.items[0];
		if (sr_str_eq(before[i].speaker, q->speaker) && a->source == b->source && sr_span_overlap(a->span, b->span))
			return true;
	}
	return false;
}

#define RUN 5u /* words */
#define RUNS_MAX 400u
#define RUNS_SHARED 0.5

typedef struct runs {
	uint64_t items[RUNS_MAX];
	size_t count;
} runs;

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Every five words in a row, sorted. */
static void read_runs(const sr_quote_words *w, runs *out)
{
	out->count = 0;
	for (size_t i = 0; i + RUN <= w->count && out->count < RUNS_MAX; i++) {
		uint64_t h = 0;
		for (size_t k = 0; k < RUN; k++)
			h = h * 1099511628211u + w->hash[i + k];
		out->items[out->count++] = h;
	}
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_value);
}

/* Half of the shorter stands in one that is shown: "We knew. The yard never looked", "The yard never looked, and". */
static bool is_shown(const runs *shown, size_t count, const runs *x)
{
	for (size_t i = 0; i < count; i++) {
		const runs *few = x->count < shown[i].count ? x : &shown[i], *many = few == x ? &shown[i] : x;
		size_t both = 0;
		for (size_t k = 0; k < few->count; k++)
			both += bsearch(&few->items[k], many->items, many->count, sizeof *many->items, by_value) != NULL;
		if (few->count && (double)both >= RUNS_SHARED * (double)few->count)
			return true;
	}
	return false;
}

sr_status compose_quotes(composer *c)
{
	candidates all = { 0 };
	SR_TRY(gather(c, &all));
	ranked *groups = SR_NEW_ARRAY(c->arena, ranked, all.count);
	size_t *members = SR_NEW_ARRAY(c->arena, size_t, all.count * 2 + 1);
	bool *taken = SR_NEW_ARRAY(c->arena, bool, all.count);
	size_t group_count = 0, filled = 0;
	if (!groups || !members || !taken)
		return SR_E_NOMEM;
	for (size_t i = 0; i < all.count; i++) {
		if (taken[i])
			continue;
		ranked *g = &groups[group_count++];
		*g = (ranked){ .members = members + filled };
		for (size_t k = i; k < all.count; k++) {
			if (taken[k] || (k != i && !sr_quote_words_same(&all.items[i].folded, &all.items[k].folded)))
				continue;
			taken[k] = true;
			g->members[g->count++] = k;
			g->weight += 0.3 + salience_at(c, &all.items[k]) + (all.items[k].a->named ? 0.2 : 0);
		}
		filled += g->count;
	}
	if (group_count)
		qsort(groups, group_count, sizeof *groups, by_weight);
	size_t room = group_count < SR_QUOTES_MAX + SPARE ? group_count : SR_QUOTES_MAX + SPARE, n = 0;
	runs *shown = SR_NEW_ARRAY(c->arena, runs, room + 1);
	c->out->quotes = SR_NEW_ARRAY(c->arena, sr_quote, room);
	if (!c->out->quotes || !shown)
		return SR_E_NOMEM;
	for (size_t i = 0; i < group_count && n < room; i++) {
		const candidate *longest = longest_of(all.items, groups[i].members, groups[i].count);
		read_runs(&longest->folded, &shown[n]);
		if (is_torn(c->e.readings[longest->doc], longest->words) || is_shown(shown, n, &shown[n]))
			continue;
		SR_TRY(write_quote(c, all.items, groups[i].members, groups[i].count, &c->out->quotes[n]));
		n += !of_one_breath(c->out->quotes, n, &c->out->quotes[n]);
	}
	c->out->quote_count = n;
	return SR_OK;
}
