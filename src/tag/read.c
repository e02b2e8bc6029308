/* The model over a chunk of segments, and its answers turned into tags, trees and vectors. */
#include "reader.h"

#include <math.h>
#include <string.h>

/* Rows of the widest map at a time, so that its output stays in cache. */
#define RELATION_ROWS 48u
#define LEMMA_TRIES 6u
#define LEMMA_LENGTH_MIN 4u /* shorter words have lemmas of their own kind: me, pm */

typedef struct chunk {
	const sr_tag_model *m;
	sr_nn_work *work;
	const task *tasks;
	size_t n;
	sr_arena *scratch, *keep;
	sr_nn_batch batch;
	uint32_t *begin;      /* rows of each segment */
	uint32_t *word_begin; /* places of each segment among the heads' rows: its root, then its words */
	uint32_t *first_piece; /* of each place: its row */
	size_t places;
	const float *hidden;
	float *tags, *arc, *pair, *rel;
} chunk;

static sr_status gather(chunk *c)
{
	size_t rows = 0, places = 0;
	for (size_t s = 0; s < c->n; s++) {
		rows += c->tasks[s].segment->rows;
		places += c->tasks[s].segment->count + 1;
	}
	uint32_t *ids = SR_NEW_ARRAY(c->scratch, uint32_t, rows);
	uint16_t *feats = SR_NEW_ARRAY(c->scratch, uint16_t, rows), *names = SR_NEW_ARRAY(c->scratch, uint16_t, rows);
	c->begin = SR_NEW_ARRAY(c->scratch, uint32_t, c->n + 1);
	c->word_begin = SR_NEW_ARRAY(c->scratch, uint32_t, c->n + 1);
	c->first_piece = SR_NEW_ARRAY(c->scratch, uint32_t, places);
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

/* Room for what a map gives for so many rows; the map fills it. */
static float *rows_for(sr_arena *arena, size_t rows, const sr_nn_linear *l)
{
	return sr_arena_raw(arena, (rows + SR_NN_ROWS) * l->out * sizeof(float));
}

/* All places through a head, its inputs taken from `from` at `stride`. */
static sr_status through(chunk *c, const sr_nn_linear *l, const float *from, size_t stride, size_t offset, float **out)
{
	float *x = SR_NEW_ARRAY(c->scratch, float, c->places * l->in);
	*out = rows_for(c->scratch, c->places, l);
	if (!x || !*out)
		return SR_E_NOMEM;
	for (size_t r = 0; r < c->places; r++)
		memcpy(x + r * l->in, from + r * stride + offset, l->in * sizeof(float));
	return sr_nn_apply(c->work, l, x, NULL, c->places, *out);
}

static sr_status heads(chunk *c)
{
	const sr_tag_model *m = c->m;
	c->tags = rows_for(c->scratch, c->places, &m->tags);
	c->arc = rows_for(c->scratch, c->places, &m->arc);
	if (!c->tags || !c->arc)
		return SR_E_NOMEM;
	SR_TRY(sr_nn_apply(c->work, &m->tags, c->hidden, c->first_piece, c->places, c->tags));
	SR_TRY(sr_nn_apply(c->work, &m->arc, c->hidden, c->first_piece, c->places, c->arc));
	for (size_t i = 0; i < c->places * m->arc.out; i++)
		if (c->arc[i] < 0)
			c->arc[i] *= 0.1f;
	return through(c, &m->arc_pair, c->arc, m->arc.out, 0, &c->pair);
}

static size_t best_of(const float *x, size_t n)
{
	size_t best = 0;
	for (size_t i = 1; i < n; i++)
		if (x[i] > x[best])
			best = i;
	return best;
}

/* The best-scored lemma rule; where its result is no common word ("announc"), the next of the best few that makes one. */
static size_t choose_lemma(chunk *c, sr_str form, const float *score)
{
	const sr_tag_model *m = c->m;
	size_t tried[LEMMA_TRIES], best = best_of(score, m->lemma_count);
	const lemma_rule *rule = &m->lemmas[best];
	if ((rule->drop == 0 && rule->add.len == 0) || rule->casing != 'l' || form.len < LEMMA_LENGTH_MIN)
		return best;
	for (size_t n = 0; n < LEMMA_TRIES; n++) {
		size_t next = m->lemma_count;
		for (size_t i = 0; i < m->lemma_count; i++) {
			bool used = false;
			for (size_t k = 0; k < n; k++)
				used = used || tried[k] == i; /* cppcheck-suppress uninitvar ; filled up to n */
			if (!used && (next == m->lemma_count || score[i] > score[next]))
				next = i;
		}
		if (next == m->lemma_count)
			break;
		tried[n] = next;
		if (m->lemmas[next].casing == 'l' && tag_pieces_whole(&m->pieces, tag_lemma_apply(&m->lemmas[next], form, c->scratch)))
			return next;
	}
	return best;
}

/* The heads of words [a, b) of segment s, which are one sentence. scores: [segment's places][columns]. */
static bool sentence_tree(chunk *c, size_t s, uint32_t a, uint32_t b, const float *scores, size_t columns)
{
	uint32_t n = b - a;
	size_t width = n + 1;
	float *arc = SR_NEW_ARRAY(c->scratch, float, width * width);
	uint32_t *head = SR_NEW_ARRAY(c->scratch, uint32_t, width);
	if (!arc || !head)
		return false;
	for (uint32_t d = 1; d <= n; d++) {
		const float *row = scores + (a + d) * columns; /* place 0 is the root, word a is place a + 1 */
		arc[d * width] = row[0];
		memcpy(arc + d * width + 1, row + a + 1, n * sizeof(float));
	}
	if (!tag_decode_tree(arc, width, n, head, c->scratch))
		return false;
	verdict *v = c->tasks[s].plan->verdicts + c->tasks[s].segment->first;
	for (uint32_t d = 0; d < n; d++)
		v[a + d].head = (int32_t)head[d] - 1;
	return true;
}

/* The mean of the sentence's rows through the vector map, at length 1. */
static sr_status sentence_vector(chunk *c, size_t s, uint32_t a, uint32_t b, float *out)
{
	const sr_tag_model *m = c->m;
	const uint32_t *row = c->first_piece + c->word_begin[s] + 1;
	uint32_t from = row[a], to = b < c->tasks[s].segment->count ? row[b] : c->begin[s + 1];
	float *mean = SR_NEW_ARRAY(c->scratch, float, m->width), *y = rows_for(c->scratch, 1, &m->vector), length = 0;
	if (!mean || !y)
		return SR_E_NOMEM;
	for (uint32_t r = from; r < to; r++)
		for (uint32_t k = 0; k < m->width; k++)
			mean[k] += c->hidden[(size_t)r * m->width + k]; /* NOLINT(clang-analyzer-core.NullDereference): rows are encoded first */
	for (uint32_t k = 0; k < m->width; k++)
		mean[k] /= (float)(to - from);
	SR_TRY(sr_nn_apply(c->work, &m->vector, mean, NULL, 1, y));
	for (uint32_t k = 0; k < m->width; k++)
		length += y[k] * y[k];
	length = length > 0 ? sqrtf(length) : 1.0f;
	for (uint32_t k = 0; k < m->width; k++)
		out[k] = y[k] / length;
	return SR_OK;
}

static sr_status read_segment(chunk *c, size_t s)
{
	const sr_tag_model *m = c->m;
	segment *g = c->tasks[s].segment;
	verdict *v = c->tasks[s].plan->verdicts + g->first;
	size_t base = c->word_begin[s], names_at = m->upos_count, start_at = names_at + NAME_TAGS, lemma_at = start_at + 2;
	size_t places = g->count + 1, columns = (places + 15) / 16 * 16;
	float *scores = SR_NEW_ARRAY(c->scratch, float, places * columns);
	uint8_t *names = SR_NEW_ARRAY(c->scratch, uint8_t, g->count);
	if (!scores || !names)
		return SR_E_NOMEM;
	g->sentences = 0;
	for (uint32_t w = 0; w < g->count; w++) {
		const float *t = c->tags + (base + 1 + w) * m->tags.out;
		v[w].upos = m->upos[best_of(t, m->upos_count)];
		sr_str form = sr_span_of(c->tasks[s].plan->text, c->tasks[s].plan->words.items[g->first + w].span);
		v[w].lemma = (uint16_t)choose_lemma(c, form, t + lemma_at);
		v[w].starts = w == 0 || t[start_at + 1] > t[start_at];
		g->sentences += v[w].starts;
	}
	SR_TRY(sr_nn_dots(c->work, c->pair + base * m->arc_pair.out, m->arc_pair.out, c->arc + base * m->arc.out + m->arc_width, m->arc.out,
	                  places, m->arc_width, scores, columns));
	g->vectors = SR_NEW_ARRAY(c->keep, float, (size_t)g->sentences * m->width);
	if (!g->vectors)
		return SR_E_NOMEM;
	float *vector = g->vectors;
	for (uint32_t a = 0, b; a < g->count; a = b, vector += m->width) {
		for (b = a + 1; b < g->count && !v[b].starts;)
			b++;
		if (!sentence_tree(c, s, a, b, scores, columns))
			return SR_E_NOMEM;
		tag_decode_names(c->tags + (base + 1 + a) * m->tags.out + names_at, m->tags.out, b - a, names, c->scratch);
		for (uint32_t w = a; w < b; w++)
			v[w].name = names[w - a];
		SR_TRY(sentence_vector(c, s, a, b, vector));
	}
	return SR_OK;
}

/* The relation of the word at place d (of segment s, whose sentence begins at word a) to its head. y: its row of the pair map. */
static void choose_relation(chunk *c, size_t s, uint32_t w, uint32_t a, const float *y)
{
	const sr_tag_model *m = c->m;
	verdict *v = c->tasks[s].plan->verdicts + c->tasks[s].segment->first + w;
	size_t head = c->word_begin[s] + (v->head < 0 ? 0 : 1 + a + (size_t)v->head);
	const float *x = c->arc + head * m->arc.out + 2 * (size_t)m->arc_width + m->rel_width;
	float score[RELATIONS_MAX];
	sr_nn_weigh(c->work, x, y, m->rel_width, score, RELATIONS_MAX);
	const float *constant = y + (size_t)m->rel_width * RELATIONS_MAX;
	size_t best = m->relation_count;
	for (size_t r = 0; r < m->relation_count; r++) {
		score[r] += constant[r];
		bool root = m->relations[r].deprel == SR_DEPREL_root;
		if (root == (v->head < 0) && (best == m->relation_count || score[r] > score[best]))
			best = r;
	}
	v->relation = best < m->relation_count ? (uint8_t)best : 0;
}

static sr_status relations(chunk *c)
{
	const sr_tag_model *m = c->m;
	float *x = SR_NEW_ARRAY(c->scratch, float, RELATION_ROWS * m->rel_width), *y = rows_for(c->scratch, RELATION_ROWS, &m->rel_pair);
	if (!x || !y)
		return SR_E_NOMEM;
	for (size_t s = 0; s < c->n; s++) {
		const segment *g = c->tasks[s].segment;
		const verdict *v = c->tasks[s].plan->verdicts + g->first;
		uint32_t a = 0;
		for (uint32_t from = 0; from < g->count; from += RELATION_ROWS) {
			uint32_t n = g->count - from < RELATION_ROWS ? g->count - from : RELATION_ROWS;
			for (uint32_t k = 0; k < n; k++)
				memcpy(x + k * m->rel_width, c->arc + (c->word_begin[s] + 1 + from + k) * m->arc.out + 2 * (size_t)m->arc_width,
				       m->rel_width * sizeof(float));
			SR_TRY(sr_nn_apply(c->work, &m->rel_pair, x, NULL, n, y));
			for (uint32_t k = 0; k < n; k++) {
				if (v[from + k].starts)
					a = from + k;
				choose_relation(c, s, from + k, a, y + k * m->rel_pair.out);
			}
		}
	}
	return SR_OK;
}

sr_status tag_read_chunk(const sr_tag_model *m, sr_nn_work *work, const task *tasks, size_t n, sr_arena *keep, sr_arena *scratch)
{
	chunk c = { .m = m, .work = work, .tasks = tasks, .n = n, .keep = keep, .scratch = scratch };
	sr_status status = gather(&c);
	if (status == SR_OK)
		status = sr_nn_encode(work, &c.batch, &c.hidden, NULL);
	if (status == SR_OK)
		status = heads(&c);
	for (size_t s = 0; s < n && status == SR_OK; s++)
		status = read_segment(&c, s);
	if (status == SR_OK)
		status = relations(&c);
	sr_arena_reset(scratch);
	return status;
}
