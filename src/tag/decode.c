/* The best legal sequence of name tags (Viterbi), and the best dependency tree (Chu-Liu/Edmonds with one root). */
#include "internal.h"

#include <string.h>

#define WORST (-1e30f)

/* Tags: 0 O, then for each type B, I, E, S. B and I must be followed by I or E of their type. */
static bool follows(unsigned a, unsigned b)
{
	unsigned place_a = a ? (a - 1) % 4 : 3, place_b = b ? (b - 1) % 4 : 3;
	bool open = a && place_a < 2, inner = b && (place_b == 1 || place_b == 2);
	if (!open)
		return !inner;
	return inner && (a - 1) / 4 == (b - 1) / 4;
}

void tag_decode_names(const float *scores, size_t stride, size_t n, uint8_t *tags, sr_arena *scratch)
{
	uint8_t(*back)[NAME_TAGS] = sr_arena_array(scratch, n ? n : 1, sizeof *back);
	float best[NAME_TAGS], next[NAME_TAGS];
	memset(tags, 0, n);
	if (n == 0 || !back)
		return;
	for (unsigned t = 0; t < NAME_TAGS; t++)
		best[t] = follows(0, t) ? scores[t] : WORST;
	for (size_t i = 1; i < n; i++) {
		for (unsigned t = 0; t < NAME_TAGS; t++) {
			unsigned from = 0;
			float top = 2 * WORST;
			for (unsigned a = 0; a < NAME_TAGS; a++)
				if (follows(a, t) && best[a] > top) {
					top = best[a];
					from = a;
				}
			next[t] = top + scores[i * stride + t];
			back[i][t] = (uint8_t)from;
		}
		memcpy(best, next, sizeof best);
	}
	unsigned end = 0;
	for (unsigned t = 1; t < NAME_TAGS; t++)
		if (follows(t, 0) && best[t] > best[end])
			end = t;
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
	float *score; /* [(n + 1) * (n + 1)], by dependent then head */
	size_t n;
} graph;

static float score_of(const graph *g, size_t d, size_t h) { return g->score[d * (g->n + 1) + h]; }

/* Chu-Liu/Edmonds: contract a cycle, solve the smaller graph, break the cycle where the tree enters it. */
static bool edmonds(const graph *g, uint32_t *head, sr_arena *scratch)
{
	size_t n = g->n, m = n + 1;
	uint8_t *cycle = SR_NEW_ARRAY(scratch, uint8_t, m);
	uint32_t *seen = SR_NEW_ARRAY(scratch, uint32_t, m), *map = SR_NEW_ARRAY(scratch, uint32_t, m);
	if (!cycle || !seen || !map)
		return false;
	head[0] = 0;
	for (uint32_t d = 1; d <= n; d++) {
		head[d] = 0;
		for (uint32_t h = 0; h <= n; h++)
			if (h != d && score_of(g, d, h) > score_of(g, d, head[d]))
				head[d] = h;
	}
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
	if (!edmonds(&small, solved, scratch))
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

/* The best tree whose only child of the root is `root` (0: whoever). */
static bool solve(const float *arc, size_t stride, size_t n, uint32_t root, uint32_t *head, sr_arena *scratch)
{
	graph g = { .n = n, .score = SR_NEW_ARRAY(scratch, float, (n + 1) * (n + 1)) };
	if (!g.score)
		return false;
	for (size_t d = 1; d <= n; d++)
		for (size_t h = 0; h <= n; h++)
			g.score[d * (n + 1) + h] = h == d || (root && h == 0 && d != root) ? WORST : arc[d * stride + h];
	return edmonds(&g, head, scratch);
}

static size_t roots(const uint32_t *head, size_t n)
{
	size_t count = 0;
	for (size_t d = 1; d <= n; d++)
		count += head[d] == 0;
	return count;
}

bool tag_decode_tree(const float *arc, size_t stride, size_t n, uint32_t *head, sr_arena *scratch)
{
	uint32_t *best = SR_NEW_ARRAY(scratch, uint32_t, n + 1);
	if (!best || !solve(arc, stride, n, 0, best, scratch))
		return false;
	if (roots(best, n) != 1) {
		/* of the words that took the root, the one that would lose most without it keeps it */
		uint32_t keeper = 0;
		float most = WORST;
		for (uint32_t d = 1; d <= n; d++) {
			float other = WORST;
			for (uint32_t h = 1; best[d] == 0 && h <= n; h++)
				if (h != d && arc[d * stride + h] > other)
					other = arc[d * stride + h];
			if (best[d] == 0 && (keeper == 0 || arc[d * stride] - other > most)) {
				keeper = d;
				most = arc[d * stride] - other;
			}
		}
		if (!solve(arc, stride, n, keeper, best, scratch))
			return false;
	}
	memcpy(head, best + 1, n * sizeof *head);
	return true;
}
