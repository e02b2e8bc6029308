/* The model over a chunk of segments, and its answers turned into tags, trees and vectors. */
#include "reader.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/core/vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALIGN 64u

#define LEMMA_TRIES 6u
#define LEMMA_LENGTH_MIN 4u /* shorter words have lemmas of their own kind: me, pm */

typedef struct chunk {
	const sr_tag_model *m;
	tag_worker *worker;
	const task *tasks;
	size_t n;
	sr_nn_batch batch;
	uint32_t *begin;       /* rows of each segment */
	uint32_t *word_begin;  /* places of each segment among the heads' rows: its root, then its words */
	uint32_t *first_piece; /* of each place: its row */
	size_t places, sentences;
	const float *hidden;
	float *tags, *arc, *pair, *relation; /* [places] */
	float *means, *vectors; /* [sentences] */
} chunk;

static sr_status gather(chunk *c)
{
	size_t rows = 0, places = 0;
	for (size_t s = 0; s < c->n; s++) {
		rows += c->tasks[s].segment->rows;
		places += c->tasks[s].segment->count + 1;
	}
	uint32_t *ids = SR_NEW_ARRAY(c->worker->scratch, uint32_t, rows);
	uint16_t *feats = SR_NEW_ARRAY(c->worker->scratch, uint16_t, rows), *names = SR_NEW_ARRAY(c->worker->scratch, uint16_t, rows);
	c->begin = SR_NEW_ARRAY(c->worker->scratch, uint32_t, c->n + 1);
	c->word_begin = SR_NEW_ARRAY(c->worker->scratch, uint32_t, c->n + 1);
	c->first_piece = SR_NEW_ARRAY(c->worker->scratch, uint32_t, places);
	if (!ids || !feats || !names || !c->begin || !c->word_begin || !c->first_piece)
		return SR_E_NOMEM;
	uint32_t row = 0, place = 0;
	for (size_t s = 0; s < c->n; s++) {
		const plan *p = c->tasks[s].plan;
		const segment *g = c->tasks[s].segment;
		c->begin[s] = row;
		c->word_begin[s] = place;
		c->first_piece[place++] = row;
		ids[row++] = c->m->pieces.root;
		for (uint32_t w = g->first; w < g->first + g->count; w++) {
			const word *x = &p->words.items[w];
			c->first_piece[place++] = row;
			for (uint32_t k = p->piece_at[w]; k < p->piece_at[w + 1]; k++, row++) {
				unsigned before = k > p->piece_at[w] ? GAP_INSIDE : w == g->first ? GAP_LINE : x->gap;
				ids[row] = p->ids[k];
				feats[row] = (uint16_t)(x->shape * 4u + before);
				names[row] = x->names;
			}
		}
	}
	c->begin[c->n] = row;
	c->word_begin[c->n] = place;
	c->places = place;
	c->batch = (sr_nn_batch){ .ids = ids, .feats = feats, .names = names, .begin = c->begin, .segments = c->n };
	return SR_OK;
}

/* Room for the heads' answers, which the worker keeps from chunk to chunk. */
static bool make_room(chunk *c)
{
	const sr_tag_model *m = c->m;
	size_t each = (size_t)m->tags.out + m->arc.out + m->arc_pair.out + RELATIONS_MAX, need = each * c->places;
	tag_worker *w = c->worker;
	if (need > w->answers_size) {
		free(w->answers);
		w->answers = aligned_alloc(ALIGN, (need * sizeof(float) + ALIGN - 1) / ALIGN * ALIGN);
		w->answers_size = w->answers ? need : 0;
	}
	if (!w->answers)
		return false;
	c->tags = w->answers;
	c->arc = c->tags + c->places * m->tags.out;
	c->pair = c->arc + c->places * m->arc.out;
	c->relation = c->pair + c->places * m->arc_pair.out;
	return true;
}

static sr_status heads(chunk *c)
{
	const sr_tag_model *m = c->m;
	sr_nn_work *work = c->worker->work;
	if (!make_room(c))
		return SR_E_NOMEM;
	SR_TRY(sr_nn_apply(work, &m->tags, c->hidden, m->width, c->first_piece, c->places, c->tags));
	SR_TRY(sr_nn_apply(work, &m->arc, c->hidden, m->width, c->first_piece, c->places, c->arc));
	sr_nn_leaky(work, c->arc, c->places * m->arc.out);
	return sr_nn_apply(work, &m->arc_pair, c->arc, m->arc.out, NULL, c->places, c->pair);
}

/* The rule that comes after `last` in the order of scores; as many as there are rules if none does. */
static size_t next_rule(const float *score, size_t n, size_t last)
{
	size_t next = n;
	for (size_t i = 0; i < n; i++)
		if ((i > last ? score[i] <= score[last] : score[i] < score[last]) && (next == n || score[i] > score[next]))
			next = i;
	return next;
}

/* The best-scored lemma rule; where its result is no common word ("announc"), the next of the best few that makes one. */
static size_t choose_lemma(chunk *c, sr_str form, const float *score)
{
	const sr_tag_model *m = c->m;
	size_t best = sr_nn_best(c->worker->work, score, m->lemma_count), rule = best;
	const lemma_rule *first = &m->lemmas[best];
	if ((first->drop == 0 && first->add.len == 0) || first->casing != 'l' || form.len < LEMMA_LENGTH_MIN)
		return best;
	for (size_t n = 0; n < LEMMA_TRIES && rule < m->lemma_count; n++) {
		const lemma_rule *r = &m->lemmas[rule];
		if (r->casing == 'l' && tag_pieces_whole(&m->pieces, tag_lemma_apply(r, form, c->worker->scratch)))
			return rule;
		rule = next_rule(score, m->lemma_count, rule);
	}
	return best;
}

/* The heads of words [a, b) of segment s, which are one sentence. scores: [segment's places][columns]. */
static bool sentence_tree(chunk *c, size_t s, uint32_t a, uint32_t b, const float *scores, size_t columns)
{
	uint32_t n = b - a;
	size_t width = n + 1;
	float *arc = SR_NEW_ARRAY(c->worker->scratch, float, width * width);
	uint32_t *head = SR_NEW_ARRAY(c->worker->scratch, uint32_t, width);
	if (!arc || !head)
		return false;
	for (uint32_t d = 1; d <= n; d++) {
		const float *row = scores + (a + d) * columns; /* place 0 is the root, word a is place a + 1 */
		arc[d * width] = row[0];
		memcpy(arc + d * width + 1, row + a + 1, n * sizeof(float));
	}
	if (!tag_decode_tree(c->worker->work, arc, n, head, c->worker->scratch))
		return false;
	verdict *v = c->tasks[s].plan->verdicts + c->tasks[s].segment->first;
	for (uint32_t d = 0; d < n; d++)
		v[a + d].head = (int32_t)head[d] - 1;
	return true;
}

/* The mean of the rows of words [a, b) of segment s. */
static void sentence_mean(chunk *c, size_t s, uint32_t a, uint32_t b, float *out)
{
	const uint32_t *row = c->first_piece + c->word_begin[s] + 1;
	uint32_t from = row[a], to = b < c->tasks[s].segment->count ? row[b] : c->begin[s + 1];
	sr_nn_mean(c->worker->work, c->hidden + (size_t)from * c->m->width, to - from, c->m->width, out);
}

/* "Brenmoor | Now has withdrawn its report": inside the page's own name no sentence starts. */
static bool in_site_name(const plan *p, uint32_t at)
{
	for (size_t space = sr_str_find_char(p->site, ' ', 0); space != SIZE_MAX; space = sr_str_find_char(p->site, ' ', space + 1))
		if (at > space && sr_str_starts(sr_str_slice(p->text, at - space - 1, p->text.len), p->site))
			return true;
	return false;
}

/* "It failed at 4:20 a.m. The log shows …": a small word's capital behind an abbreviation with dots inside; "in Oss, Velm. She said":
 * one's that stands for somebody, behind any but a title. */
static bool opens_behind_dots(const rules *r, const plan *p, size_t i, sr_arena *scratch)
{
	if (i == 0 || p->words.items[i].gap == GAP_NONE)
		return false;
	sr_str before = sr_span_of(p->text, p->words.items[i - 1].span), form = sr_span_of(p->text, p->words.items[i].span);
	bool cut = before.len > 2 && sr_is_alpha((unsigned char)before.ptr[0]) && sr_str_ends(before, SR_STR("."));
	bool capital = cut && form.len > 1 && sr_is_upper((unsigned char)form.ptr[0]) && sr_is_lower((unsigned char)form.ptr[1]);
	const int64_t *kind = capital ? sr_strmap_get(&r->abbreviations, sr_str_slice(before, 0, before.len - 1)) : NULL;
	const int64_t *opener = capital && !(kind && *kind == ABBR_TITLE) ? sr_strmap_get(&r->openers, sr_fold_dup(scratch, form)) : NULL;
	bool dotted = sr_str_find_char(before, '.', 0) + 1 < before.len;
	return opener && (dotted || *opener == OPENS_BEHIND_ANY);
}

/* What each word of a segment is by itself, and where sentences start. */
static void read_words(chunk *c, size_t s)
{
	const sr_tag_model *m = c->m;
	const plan *p = c->tasks[s].plan;
	segment *g = c->tasks[s].segment;
	verdict *v = c->tasks[s].plan->verdicts + g->first;
	size_t start_at = m->upos_count + NAME_TAGS, lemma_at = start_at + 2;
	g->sentences = 0;
	for (uint32_t w = 0; w < g->count; w++) {
		const float *t = c->tags + (c->word_begin[s] + 1 + w) * m->tags.out;
		v[w].upos = m->upos[sr_nn_best(c->worker->work, t, m->upos_count)];
		v[w].lemma = (uint16_t)choose_lemma(c, sr_span_of(p->text, p->words.items[g->first + w].span), t + lemma_at);
		bool opens = t[start_at + 1] > t[start_at] || opens_behind_dots(&m->rules, p, g->first + w, c->worker->scratch);
		v[w].starts = w == 0 || (opens && !in_site_name(p, p->words.items[g->first + w].span.start));
		g->sentences += v[w].starts;
	}
	c->sentences += g->sentences;
}

/* Trees, names and means of the sentences of a segment; `mean` is the place of the first of them. */
static sr_status read_sentences(chunk *c, size_t s, float *mean)
{
	const sr_tag_model *m = c->m;
	const segment *g = c->tasks[s].segment;
	verdict *v = c->tasks[s].plan->verdicts + g->first;
	size_t base = c->word_begin[s], places = g->count + 1, columns = (places + 15) / 16 * 16;
	float *scores = SR_NEW_ARRAY(c->worker->scratch, float, places * columns);
	uint8_t *names = SR_NEW_ARRAY(c->worker->scratch, uint8_t, g->count);
	if (!scores || !names)
		return SR_E_NOMEM;
	SR_TRY(sr_nn_dots(c->worker->work, c->pair + base * m->arc_pair.out, m->arc_pair.out, c->arc + base * m->arc.out + m->arc_width,
	                  m->arc.out, places, m->arc_width, scores, columns));
	for (uint32_t a = 0, b; a < g->count; a = b, mean += m->width) {
		for (b = a + 1; b < g->count && !v[b].starts;)
			b++;
		if (!sentence_tree(c, s, a, b, scores, columns))
			return SR_E_NOMEM;
		tag_decode_names(c->tags + (base + 1 + a) * m->tags.out + m->upos_count, m->tags.out, b - a, names, c->worker->scratch);
		for (uint32_t w = a; w < b; w++)
			v[w].name = names[w - a];
		sentence_mean(c, s, a, b, mean);
	}
	return SR_OK;
}

static sr_status read_segments(chunk *c)
{
	size_t width = c->m->width;
	for (size_t s = 0; s < c->n; s++)
		read_words(c, s);
	c->means = SR_NEW_ARRAY(c->worker->scratch, float, c->sentences * width);
	c->vectors = SR_NEW_ARRAY(c->worker->keep, float, c->sentences * width);
	if (!c->means || !c->vectors)
		return SR_E_NOMEM;
	for (size_t s = 0, at = 0; s < c->n; s++) {
		segment *g = c->tasks[s].segment;
		SR_TRY(read_sentences(c, s, c->means + at * width));
		g->vectors = c->vectors + at * width;
		at += g->sentences;
	}
	return SR_OK;
}

/* The means through the vector map, at length 1, to the eight bits that are kept of them. */
static sr_status vectors(chunk *c)
{
	size_t width = c->m->width;
	SR_TRY(sr_nn_apply(c->worker->work, &c->m->vector, c->means, width, NULL, c->sentences, c->vectors));
	for (size_t i = 0; i < c->sentences; i++) {
		float *y = c->vectors + i * width, length = 0;
		for (size_t k = 0; k < width; k++)
			length += y[k] * y[k];
		length = length > 0 ? sqrtf(length) : 1.0f;
		for (size_t k = 0; k < width; k++)
			y[k] /= length;
		sr_vector_round(y, width);
	}
	return SR_OK;
}

/* Only the root word is `root`. */
static uint8_t choose_relation(const sr_tag_model *m, const float *score, bool is_root)
{
	size_t best = m->relation_count;
	for (size_t r = 0; r < m->relation_count; r++)
		if ((m->relations[r].deprel == SR_DEPREL_root) == is_root && (best == m->relation_count || score[r] > score[best]))
			best = r;
	return best < m->relation_count ? (uint8_t)best : 0;
}

static sr_status relations(chunk *c)
{
	const sr_tag_model *m = c->m;
	uint32_t *dependent = SR_NEW_ARRAY(c->worker->scratch, uint32_t, c->places), *head = SR_NEW_ARRAY(c->worker->scratch, uint32_t, c->places);
	size_t n = 0;
	if (!dependent || !head)
		return SR_E_NOMEM;
	for (size_t s = 0; s < c->n; s++) {
		const segment *g = c->tasks[s].segment;
		const verdict *v = c->tasks[s].plan->verdicts + g->first;
		for (uint32_t w = 0, a = 0; w < g->count; w++) {
			a = v[w].starts ? w : a;
			dependent[n] = c->word_begin[s] + 1 + w;
			head[n++] = c->word_begin[s] + (v[w].head < 0 ? 0 : 1 + a + (uint32_t)v[w].head);
		}
	}
	const float *x = c->arc + 2 * (size_t)m->arc_width;
	SR_TRY(sr_nn_bilinear(c->worker->work, &m->rel_pair, RELATIONS_MAX, x, dependent, x + m->rel_width, head, m->arc.out,
	                      m->rel_width, n, c->relation));
	const float *score = c->relation;
	for (size_t s = 0; s < c->n; s++) {
		const segment *g = c->tasks[s].segment;
		verdict *v = c->tasks[s].plan->verdicts + g->first;
		for (uint32_t w = 0; w < g->count; w++, score += RELATIONS_MAX)
			v[w].relation = choose_relation(m, score, v[w].head < 0);
	}
	return SR_OK;
}

sr_status tag_read_chunk(const sr_tag_model *m, tag_worker *worker, const task *tasks, size_t n)
{
	chunk c = { .m = m, .worker = worker, .tasks = tasks, .n = n };
	sr_status status = gather(&c);
	if (status == SR_OK)
		status = sr_nn_encode(worker->work, &c.batch, &c.hidden, NULL);
	if (status == SR_OK)
		status = heads(&c);
	if (status == SR_OK)
		status = read_segments(&c);
	if (status == SR_OK)
		status = vectors(&c);
	if (status == SR_OK)
		status = relations(&c);
	sr_arena_reset(worker->scratch);
	return status;
}
