/* The best legal sequence of name tags (Viterbi), and the best dependency tree (Chu-Liu/Edmonds with one root). */
#include "internal.h"

#include <string.h>

#define WORST (-1e30f)

/* Tags: 0 O, then for each type B, I, E, S. B and I must be followed by I or E of their type, the others by O, B or S. */
enum { BEGIN = 1, INSIDE, END, SINGLE, EACH = 4 };

/* The best of the tags after which no name is open. */
static unsigned best_closed(const float *best)
{
	unsigned top = 0;
	for (unsigned t = 0; t + 1 < NAME_TAGS; t += EACH)
		for (unsigned k = END; k <= SINGLE; k++)
			if (best[t + k] > best[top])
				top = t + k;
	return top;
}

void tag_decode_names(const float *scores, size_t stride, size_t n, uint8_t *tags, sr_arena *scratch)
{
	uint8_t(*back)[NAME_TAGS] = sr_arena_array(scratch, n ? n : 1, sizeof *back);
	float best[NAME_TAGS], next[NAME_TAGS];
	memset(tags, 0, n);
	if (n == 0 || !back)
		return;
	memcpy(best, scores, sizeof best);
	for (unsigned t = 0; t + 1 < NAME_TAGS; t += EACH)
		best[t + INSIDE] = best[t + END] = WORST;
	for (size_t i = 1; i < n; i++, memcpy(best, next, sizeof best)) {
		const float *score = scores + i * stride;
		unsigned closed = best_closed(best);
		next[0] = best[closed] + score[0];
		back[i][0] = (uint8_t)closed;
		for (unsigned t = 0; t + 1 < NAME_TAGS; t += EACH) {
			unsigned open = best[t + INSIDE] > best[t + BEGIN] ? t + INSIDE : t + BEGIN;
			for (unsigned k = BEGIN; k <= SINGLE; k++) {
				unsigned from = k == INSIDE || k == END ? open : closed;
				next[t + k] = best[from] + score[t + k];
				back[i][t + k] = (uint8_t)from;
			}
		}
	}
	unsigned end = best_closed(best);
	for (size_t i = n; i-- > 0;) {
		tags[i] = (uint8_t)end;
		end = i ? back[i][end] : end;
	}
}

/* ---- trees ---- */

/* Marks the words of one cycle of head[] (1-based words, 0 the root); false if there is none. */
static bool find_cycle(const uint32_t *head, size_t n, uint8_t *mark, uint32_t *seen)
{
	memset(seen, 0, (n + 1) * sizeof *seen);
	for (uint32_t w = 1; w <= n; w++) {
		uint32_t v = w;
		while (v && !seen[v]) {
			seen[v] = w;
			v = head[v];
		}
		if (!v || seen[v] != w)
			continue;
		memset(mark, 0, n + 1);
		for (uint32_t u = v; !mark[u]; u = head[u])
			mark[u] = 1;
		return true;
	}
	return false;
}

typedef struct graph {
	float *score; /* [(n + 1) * (n + 1)], by dependent then head, WORST where they are one */
	size_t n;
} graph;

static float score_of(const graph *g, size_t d, size_t h) { return g->score[d * (g->n + 1) + h]; }

/* Chu-Liu/Edmonds: contract a cycle, solve the smaller graph, break the cycle where the tree enters it. */
static bool edmonds(const sr_nn_work *work, const graph *g, uint32_t *head, sr_arena *scratch)
{
	size_t n = g->n, m = n + 1;
	uint8_t *cycle = SR_NEW_ARRAY(scratch, uint8_t, m);
	uint32_t *seen = SR_NEW_ARRAY(scratch, uint32_t, m), *map = SR_NEW_ARRAY(scratch, uint32_t, m);
	if (!cycle || !seen || !map)
		return false;
	head[0] = 0;
	for (uint32_t d = 1; d <= n; d++)
		head[d] = (uint32_t)sr_nn_best(work, g->score + d * m, m);
	if (!find_cycle(head, n, cycle, seen))
		return true;
	uint32_t outside = 0;
	float total = 0;
	for (uint32_t v = 0; v <= n; v++) {
		map[v] = cycle[v] ? 0 : outside++;
		if (cycle[v])
			total += score_of(g, v, head[v]);
	}
	graph small = { .n = outside }; /* the cycle is its last node */
	size_t width = small.n + 1;
	small.score = SR_NEW_ARRAY(scratch, float, width * width);
	uint32_t *enters = SR_NEW_ARRAY(scratch, uint32_t, width), *leaves = SR_NEW_ARRAY(scratch, uint32_t, width),
	         *solved = SR_NEW_ARRAY(scratch, uint32_t, width);
	if (!small.score || !enters || !leaves || !solved)
		return false;
	for (size_t i = 0; i < width * width; i++)
		small.score[i] = WORST;
	for (uint32_t a = 0; a <= n; a++) {
		for (uint32_t b = 1; b <= n; b++) {
			if (a == b || (cycle[a] && cycle[b]))
				continue;
			float s = score_of(g, b, a); /* a is the head of b */
			size_t d = cycle[b] ? small.n : map[b], h = cycle[a] ? small.n : map[a];
			if (cycle[b])
				s += total - score_of(g, b, head[b]);
			if (s <= small.score[d * width + h])
				continue;
			small.score[d * width + h] = s;
			if (cycle[b])
				enters[h] = b;
			else if (cycle[a])
				leaves[d] = a;
		}
	}
	if (!edmonds(work, &small, solved, scratch))
		return false;
	for (uint32_t v = 1; v <= n; v++) {
		if (cycle[v])
			continue;
		uint32_t h = solved[map[v]];
		head[v] = h == small.n ? leaves[map[v]] : 0;
		for (uint32_t u = 0; u <= n && h != small.n; u++)
			if (!cycle[u] && map[u] == h)
				head[v] = u;
	}
	uint32_t into = solved[small.n], broken = enters[into];
	for (uint32_t u = 0; u <= n; u++)
		if (!cycle[u] && map[u] == into)
			head[broken] = u;
	return true;
}

static size_t roots(const uint32_t *head, size_t n)
{
	size_t count = 0;
	for (size_t d = 1; d <= n; d++)
		count += head[d] == 0;
	return count;
}

/* Of the words that took the root, the one that would lose most without it. */
static uint32_t keeper_of(const graph *g, const uint32_t *head)
{
	uint32_t keeper = 0;
	float most = WORST;
	for (uint32_t d = 1; d <= g->n; d++) {
		float other = WORST;
		for (uint32_t h = 1; head[d] == 0 && h <= g->n; h++)
			other = score_of(g, d, h) > other ? score_of(g, d, h) : other;
		if (head[d] == 0 && (keeper == 0 || score_of(g, d, 0) - other > most)) {
			keeper = d;
			most = score_of(g, d, 0) - other;
		}
	}
	return keeper;
}

bool tag_decode_tree(const sr_nn_work *work, float *arc, size_t n, uint32_t *head, sr_arena *scratch)
{
	graph g = { .n = n, .score = arc };
	uint32_t *best = SR_NEW_ARRAY(scratch, uint32_t, n + 1);
	for (size_t d = 1; d <= n; d++)
		arc[d * (n + 1) + d] = WORST;
	if (!best || !edmonds(work, &g, best, scratch))
		return false;
	if (roots(best, n) != 1) {
		uint32_t keeper = keeper_of(&g, best);
		for (size_t d = 1; d <= n; d++)
			if (d != keeper)
				arc[d * (n + 1)] = WORST;
		if (!edmonds(work, &g, best, scratch))
			return false;
	}
	memcpy(head, best + 1, n * sizeof *head);
	return true;
}
