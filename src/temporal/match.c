/* Finds the longest expression that begins at a token, by walking the trie with every class that
 * each token has. Paths are at most DEPTH_MAX long and tokens have few classes, so the work at one
 * token is bounded. */
#include "internal.h"

typedef struct seeker {
	context *ctx;
	uint32_t at;
	uint8_t length;
	uint16_t classes[DEPTH_MAX];
	int32_t values[DEPTH_MAX];
	match *best;
	uint16_t best_rule;
	bool found;
} seeker;

static bool guard_holds(const context *ctx, const guard *g, uint32_t first, uint32_t last)
{
	bool any = false;
	int64_t at = g->at < 0 ? (int64_t)first + g->at : (int64_t)last + g->at - 1;
	bool outside = at < 0 || at >= (int64_t)ctx->tokens.count;
	/* A paragraph's border stands between. */
	if (!outside) {
		uint32_t from = g->at < 0 ? (uint32_t)at + 1 : last, to = g->at < 0 ? first : (uint32_t)at;
		for (uint32_t i = from; i <= to && i < ctx->tokens.count; i++)
			outside = outside || ctx->tokens.items[i].edge;
	}
	for (int i = 0; i < g->count && !any; i++)
		any = outside ? g->classes[i] == C_EDGE : token_has(ctx, (size_t)at, g->classes[i], NULL);
	return any != g->negate;
}

/* The span that reaches further wins, then the longer one, then the one that more words stand for,
 * then the earlier rule. */
static bool better(const seeker *s, uint32_t first, uint32_t last, uint32_t path_last, uint16_t rule_index)
{
	if (last != s->best->last)
		return last > s->best->last;
	if (first != s->best->first)
		return first < s->best->first;
	if (path_last != s->best->path_last)
		return path_last > s->best->path_last;
	return rule_index < s->best_rule;
}

static void take(seeker *s, const terminal *end)
{
	const sr_temporal *t = s->ctx->t;
	const rule *r = &t->rules[end->rule];
	uint32_t first = s->at + end->from, last = s->at + end->to;
	uint32_t path_last = s->at + end->length;
	if (s->found && !better(s, first, last, path_last, end->rule))
		return;
	for (int i = 0; i < r->guard_count; i++)
		if (!guard_holds(s->ctx, &r->guards[i], s->at, path_last))
			return;
	match *m = s->best;
	*m = (match){ .rule = r, .first = first, .last = last, .path_last = path_last, .set = r->constant_set };
	for (int i = 0; i < SLOT_COUNT; i++)
		m->slots[i] = r->constants[i];
	for (int i = 0; i < end->length; i++) {
		uint8_t to = t->slots[end->slots + (size_t)i];
		if (to == SLOT_NONE || ((r->constant_set >> to) & 1))
			continue;
		/* Numbers come in hundredths; elsewhere whole ones are meant. */
		bool hundredths = t->class_slots[s->classes[i]] == SLOT_num && to != SLOT_num && to != SLOT_num2;
		m->slots[to] = hundredths ? s->values[i] / 100 : s->values[i];
		m->set |= 1ull << to;
	}
	s->found = true;
	s->best_rule = end->rule;
}

static void seek(seeker *s, uint32_t node_index)
{
	const sr_temporal *t = s->ctx->t;
	const node *here = &t->nodes[node_index];
	for (uint32_t i = 0; i < here->terminal_count; i++)
		take(s, &t->terminals[here->terminals + i]);
	uint32_t next = s->at + s->length;
	if (!here->child_count || next >= s->ctx->tokens.count || s->ctx->tokens.items[next].edge)
		return;
	lex_class classes[CLASSES_MAX];
	size_t n = token_classes(s->ctx, &s->ctx->tokens.items[next], classes);
	if (!n)
		return;
	for (uint32_t child = here->children; child < here->children + here->child_count; child++)
		for (size_t i = 0; i < n; i++)
			if (classes[i].cls == t->nodes[child].cls) {
				s->classes[s->length] = classes[i].cls;
				s->values[s->length++] = classes[i].value;
				seek(s, child);
				s->length--;
			}
}

bool match_at(context *ctx, uint32_t at, match *out)
{
	const token *tok = &ctx->tokens.items[at];
	lex_class classes[CLASSES_MAX];
	if (tok->kind == T_WORD && !tok->lex)
		return false;
	size_t n = token_classes(ctx, tok, classes);
	seeker s = { .ctx = ctx, .at = at, .best = out };
	for (size_t i = 0; i < n; i++) {
		uint32_t root = ctx->t->roots[classes[i].cls];
		if (!root)
			continue;
		s.classes[0] = classes[i].cls;
		s.values[0] = classes[i].value;
		s.length = 1;
		seek(&s, root);
	}
	return s.found;
}
