/* Compiles the rule table: patterns become paths of a trie whose edges are token classes.
 *
 * A pattern is parsed into a list of elements with options and alternatives (Thompson's
 * construction without loops), and every way through it is laid into the trie. There are no
 * loops, so the ways are finite; PATHS_MAX stops a table that has too many. */
#include "compile.h"

#include "sitrep/base/data.h"
#include "sitrep/base/utf8.h"

#include <string.h>

#define PATHS_MAX 400000
#define NEST_MAX 12
#define SPAN_OPEN 0xFFFE
#define SPAN_CLOSE 0xFFFF

typedef struct element element;
struct element {
	element *next, *alternatives; /* alternatives: list through .sibling, for a group */
	element *sibling, *body;
	uint16_t cls; /* 0 for a group; SPAN_OPEN and SPAN_CLOSE are marks */
	uint8_t slot;
	bool optional;
};

typedef struct parser {
	compiler *c;
	sr_arena *scratch;
	sr_strmap macros;
	sr_str *bodies;
	sr_str rest;
	int depth;
	bool known_only; /* classes in capitals must be known */
	sr_error *err;
} parser;

static void skip_blanks(parser *p)
{
	while (p->rest.len && p->rest.ptr[0] == ' ')
		p->rest = sr_str_slice(p->rest, 1, p->rest.len);
}

static sr_status parse_alternatives(parser *p, element **out);

static sr_str take_name(parser *p)
{
	size_t n = 0;
	while (n < p->rest.len && p->rest.ptr[n] != '\0' && !strchr(" ?|()", p->rest.ptr[n]))
		n++;
	sr_str name = sr_str_slice(p->rest, 0, n);
	p->rest = sr_str_slice(p->rest, n, p->rest.len);
	return name;
}

static uint16_t class_of_atom(parser *p, sr_str name, slot to)
{
	static const struct {
		const char *text;
		uint16_t cls;
	} marks[] = { { "-", C_DASH }, { ",", C_COMMA }, { "/", C_SLASH }, { "'s", C_POSS }, { ".", C_DOT },
	              { "<", SPAN_OPEN }, { ">", SPAN_CLOSE }, { "'", C_QUOTE } };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (sr_str_eq(name, sr_str_c(marks[i].text)))
			return marks[i].cls;
	if (sr_is_upper((uint8_t)name.ptr[0]))
		return class_find(p->c, name);
	uint16_t cls = class_intern(p->c, name);
	if (cls && lexicon_add_literal(p->c, name, cls, to, p->err) != SR_OK)
		return 0;
	return cls;
}

/* A class, a literal, a mark, a macro or a group. */
static sr_status parse_atom(parser *p, element *e)
{
	if (p->rest.ptr[0] == '(') {
		p->rest = sr_str_slice(p->rest, 1, p->rest.len);
		SR_TRY(parse_alternatives(p, &e->alternatives));
		if (!p->rest.len || p->rest.ptr[0] != ')')
			return sr_fail(p->err, SR_E_INVALID, "missing )");
		p->rest = sr_str_slice(p->rest, 1, p->rest.len);
		return SR_OK;
	}
	sr_str name = take_name(p);
	if (sr_str_empty(name))
		return sr_fail(p->err, SR_E_INVALID, "empty element");
	if (name.ptr[0] == '@') {
		int64_t *place = sr_strmap_get(&p->macros, sr_str_slice(name, 1, name.len));
		if (!place)
			return sr_fail(p->err, SR_E_INVALID, "no macro %.*s", SR_FMT(name));
		sr_str rest = p->rest;
		p->rest = p->bodies[*place];
		SR_TRY(parse_alternatives(p, &e->alternatives));
		p->rest = rest;
		return SR_OK;
	}
	size_t colon = name.len > 1 ? sr_str_find_char(name, ':', 0) : SIZE_MAX;
	if (colon != SIZE_MAX) {
		e->slot = (uint8_t)slot_parse(sr_str_slice(name, colon + 1, name.len));
		if (e->slot == SLOT_NONE)
			return sr_fail(p->err, SR_E_INVALID, "no slot in %.*s", SR_FMT(name));
		name = sr_str_slice(name, 0, colon);
	}
	e->cls = class_of_atom(p, name, (slot)e->slot);
	return e->cls ? SR_OK : sr_fail(p->err, SR_E_INVALID, "no class %.*s", SR_FMT(name));
}

static sr_status parse_sequence(parser *p, element **out)
{
	element **tail = out;
	*out = NULL;
	for (skip_blanks(p); p->rest.len && p->rest.ptr[0] != '|' && p->rest.ptr[0] != ')'; skip_blanks(p)) {
		element *e = SR_NEW(p->scratch, element);
		if (!e)
			return sr_fail(p->err, SR_E_NOMEM, "rules");
		SR_TRY(parse_atom(p, e));
		skip_blanks(p);
		if (p->rest.len && p->rest.ptr[0] == '?') {
			e->optional = true;
			p->rest = sr_str_slice(p->rest, 1, p->rest.len);
		}
		*tail = e;
		tail = &e->next;
	}
	return *out ? SR_OK : sr_fail(p->err, SR_E_INVALID, "empty alternative");
}

static sr_status parse_alternatives(parser *p, element **out)
{
	element **tail = out;
	if (++p->depth > NEST_MAX)
		return sr_fail(p->err, SR_E_INVALID, "nested too deep");
	for (;;) {
		element *group = SR_NEW(p->scratch, element);
		if (!group)
			return sr_fail(p->err, SR_E_NOMEM, "rules");
		SR_TRY(parse_sequence(p, &group->body));
		*tail = group;
		tail = &group->sibling;
		if (!p->rest.len || p->rest.ptr[0] != '|')
			break;
		p->rest = sr_str_slice(p->rest, 1, p->rest.len);
	}
	p->depth--;
	return SR_OK;
}

/* What remains to be walked after a group. */
typedef struct frame {
	const element *next;
	const struct frame *up;
} frame;

typedef struct walk {
	compiler *c;
	uint16_t rule;
	uint8_t length, from, to;
	uint8_t slots[DEPTH_MAX];
	size_t paths;
	sr_error *err;
} walk;

static uint32_t child_of(compiler *c, uint32_t parent, uint16_t cls)
{
	for (uint32_t e = c->nodes.items[parent].edges; e; e = c->edges.items[e].next)
		if (c->edges.items[e].cls == cls)
			return c->edges.items[e].child;
	uint32_t child = (uint32_t)c->nodes.count, e = (uint32_t)c->edges.count;
	const trie_node *added = SR_PUSH(c->arena, &c->nodes);
	trie_edge *link = SR_PUSH(c->arena, &c->edges);
	if (!added || !link)
		return 0;
	*link = (trie_edge){ .cls = cls, .child = child, .next = c->nodes.items[parent].edges };
	c->nodes.items[parent].edges = e;
	return child;
}

static sr_status finish(walk *w, uint32_t at)
{
	compiler *c = w->c;
	if (w->length == 0 || w->from == w->to)
		return SR_OK;
	for (uint32_t i = c->nodes.items[at].terminals; i; i = c->terminals.items[i].next)
		if (c->terminals.items[i].rule == w->rule)
			return SR_OK; /* the same way twice */
	trie_terminal *end = SR_PUSH(c->arena, &c->terminals);
	if (!end)
		return sr_fail(w->err, SR_E_NOMEM, "rules");
	*end = (trie_terminal){ .rule = w->rule, .length = w->length, .from = w->from };
	end->to = w->to == UINT8_MAX ? w->length : w->to;
	for (int i = 0; i < w->length; i++)
		end->slots[i] = w->slots[i];
	/* Earlier rules first, since they win. */
	uint32_t *link = &c->nodes.items[at].terminals;
	while (*link)
		link = &c->terminals.items[*link].next;
	*link = (uint32_t)c->terminals.count - 1;
	return SR_OK;
}

static sr_status walk_from(walk *w, const element *e, const frame *up, uint32_t at)
{
	if (++w->paths > PATHS_MAX)
		return sr_fail(w->err, SR_E_INVALID, "too many ways through the pattern");
	if (!e) {
		if (!up)
			return finish(w, at);
		return walk_from(w, up->next, up->up, at);
	}
	if (e->optional)
		SR_TRY(walk_from(w, e->next, up, at));
	if (e->alternatives) {
		frame here = { e->next, up };
		for (const element *g = e->alternatives; g; g = g->sibling)
			SR_TRY(walk_from(w, g->body, &here, at));
		return SR_OK;
	}
	if (e->cls == SPAN_OPEN || e->cls == SPAN_CLOSE) {
		uint8_t *mark = e->cls == SPAN_OPEN ? &w->from : &w->to, kept = *mark;
		*mark = w->length;
		SR_TRY(walk_from(w, e->next, up, at));
		*mark = kept;
		return SR_OK;
	}
	if (w->length == DEPTH_MAX)
		return sr_fail(w->err, SR_E_INVALID, "pattern too long");
	uint32_t child = child_of(w->c, at, e->cls);
	if (!child)
		return sr_fail(w->err, SR_E_NOMEM, "rules");
	w->slots[w->length++] = e->slot ? e->slot : w->c->class_slots.items[e->cls];
	SR_TRY(walk_from(w, e->next, up, child));
	w->length--;
	return SR_OK;
}

static bool action_find(sr_str name, uint8_t *out)
{
	static const char *const names[] = {
#define X(n) #n,
		ACTIONS(X)
#undef X
	};
	for (uint8_t i = 0; i < ACTION_COUNT; i++)
		if (sr_str_eq(name, sr_str_c(names[i]))) {
			*out = i;
			return true;
		}
	return false;
}

/* "calendar anchor=1 part=4": the action, then constants. */
static sr_status parse_action(sr_str s, rule *r, sr_error *err)
{
	sr_str field;
	sr_str_next_field(&s, ' ', &field);
	if (!action_find(field, &r->action))
		return sr_fail(err, SR_E_INVALID, "no action %.*s", SR_FMT(field));
	while (sr_str_next_field(&s, ' ', &field)) {
		size_t equals = sr_str_find_char(field, '=', 0);
		slot to = slot_parse(sr_str_slice(field, 0, equals));
		if (to == SLOT_NONE || equals == SIZE_MAX || !value_parse(sr_str_slice(field, equals + 1, field.len),
		                                                          &r->constants[to]))
			return sr_fail(err, SR_E_INVALID, "bad constant %.*s", SR_FMT(field));
		r->constant_set |= 1ull << to;
	}
	return SR_OK;
}

/* "prev!:DOLLAR|no next:of": what must and must not stand beside the expression. */
static sr_status parse_guards(parser *p, sr_str s, rule *r)
{
	static const struct {
		const char *name;
		int8_t at;
	} places[] = { { "prev", -1 }, { "prev2", -2 }, { "next", 1 }, { "next2", 2 } };
	sr_str field, name;
	while (sr_str_next_field(&s, ' ', &field)) {
		if (sr_str_empty(field))
			continue;
		guard *g = &r->guards[r->guard_count];
		size_t colon = sr_str_find_char(field, ':', 0);
		sr_str head = sr_str_slice(field, 0, colon), list = sr_str_slice(field, colon + 1, field.len);
		if (colon == SIZE_MAX || r->guard_count++ == sizeof r->guards / sizeof *r->guards)
			return sr_fail(p->err, SR_E_INVALID, "bad guard %.*s", SR_FMT(field));
		g->negate = sr_str_ends(head, SR_STR("!"));
		if (g->negate)
			head.len--;
		for (size_t i = 0; i < sizeof places / sizeof *places; i++)
			if (sr_str_eq(head, sr_str_c(places[i].name)))
				g->at = places[i].at;
		if (!g->at)
			return sr_fail(p->err, SR_E_INVALID, "bad guard %.*s", SR_FMT(field));
		while (sr_str_next_field(&list, '|', &name)) {
			uint16_t cls = sr_str_empty(name) ? 0 : class_of_atom(p, name, SLOT_NONE);
			if (!cls || g->count == sizeof g->classes / sizeof *g->classes)
				return sr_fail(p->err, SR_E_INVALID, "bad class in guard %.*s", SR_FMT(field));
			g->classes[g->count++] = cls;
		}
	}
	return SR_OK;
}

static sr_status load_row(parser *p, sr_str *fields, size_t n)
{
	compiler *c = p->c;
	if (n < 7)
		return sr_fail(p->err, SR_E_INVALID, "%zu fields instead of 7", n);
	rule *r = SR_PUSH(c->arena, &c->rules);
	if (!r)
		return sr_fail(p->err, SR_E_NOMEM, "rules");
	SR_TRY(parse_action(fields[2], r, p->err));
	SR_TRY(parse_guards(p, fields[3], r));
	element *root = NULL;
	p->rest = fields[1];
	SR_TRY(parse_alternatives(p, &root));
	if (p->rest.len)
		return sr_fail(p->err, SR_E_INVALID, "left over: %.*s", SR_FMT(p->rest));
	walk w = { .c = c, .rule = (uint16_t)(c->rules.count - 1), .to = UINT8_MAX, .err = p->err };
	for (const element *g = root; g; g = g->sibling)
		SR_TRY(walk_from(&w, g->body, NULL, 1));
	return SR_OK;
}

static sr_status load_macro(parser *p, sr_str *fields, size_t n)
{
	int64_t *place = sr_strmap_put(&p->macros, sr_str_slice(fields[0], 1, fields[0].len));
	if (!place || n < 2 || p->macros.count > 64)
		return sr_fail(p->err, SR_E_INVALID, "bad macro %.*s", SR_FMT(fields[0]));
	*place = (int64_t)p->macros.count - 1;
	p->bodies[*place] = fields[1];
	return SR_OK;
}

/* "12-25", "easter+39", "11 3 4 1" (month, weekday, which, days after). */
static bool holiday_parse(sr_str when, named_day *out)
{
	sr_str field;
	int32_t v[4] = { 0 };
	if (sr_str_starts(when, SR_STR("easter"))) {
		bool plus = when.len > 6 && when.ptr[6] == '+';
		if (!value_parse(sr_str_slice(when, plus ? 7 : 6, when.len), &v[0]))
			return false;
		*out = (named_day){ .kind = HOLIDAY_EASTER, .shift = (int16_t)v[0] };
		return true;
	}
	char separator = sr_str_find_char(when, ' ', 0) == SIZE_MAX ? '-' : ' ';
	for (int i = 0; i < 4 && sr_str_next_field(&when, separator, &field); i++)
		if (!value_parse(field, &v[i]))
			return false;
	if (v[0] < 1 || v[0] > 12)
		return false;
	*out = separator == '-' ? (named_day){ .kind = HOLIDAY_FIXED, .month = (uint8_t)v[0], .day = (int8_t)v[1] }
	                        : (named_day){ .kind = HOLIDAY_WEEKDAY, .month = (uint8_t)v[0], .weekday = (int8_t)v[1],
		                                 .which = (int8_t)v[2], .shift = (int16_t)v[3] };
	return true;
}

/* Every named day becomes a rule: "(this|last|next)? NAME (of? YEAR)?". */
static sr_status load_holiday(parser *p, sr_str *fields, size_t n)
{
	compiler *c = p->c;
	named_day *day = SR_PUSH(c->arena, &c->holidays);
	sr_str pattern = sr_str_printf(c->arena, "(THIS|LAST|NEXT)? %.*s ((of|,)? YEAR)?", SR_FMT(fields[0]));
	sr_str what = sr_str_printf(c->arena, "holiday holiday=%zu", c->holidays.count - 1);
	if (!day || sr_str_empty(pattern) || sr_str_empty(what))
		return sr_fail(p->err, SR_E_NOMEM, "rules");
	if (n != 2 || !holiday_parse(fields[1], day))
		return sr_fail(p->err, SR_E_INVALID, "bad day %.*s", SR_FMT(fields[1]));
	sr_str row[7] = { SR_STR("holiday"), pattern, what, { 0 } };
	return load_row(p, row, 7);
}

/* Index 0 of nodes, edges and terminals means none; node 1 is the root. */
static bool trie_init(compiler *c)
{
	const trie_node *no_node = SR_PUSH(c->arena, &c->nodes), *root = SR_PUSH(c->arena, &c->nodes);
	const trie_edge *no_edge = SR_PUSH(c->arena, &c->edges);
	const trie_terminal *no_terminal = SR_PUSH(c->arena, &c->terminals);
	return no_node && root && no_edge && no_terminal;
}

sr_status rules_load(compiler *c, sr_str table, sr_str holidays, sr_error *err)
{
	sr_arena *scratch = sr_arena_new(0);
	parser p = { .c = c, .scratch = scratch, .err = err };
	sr_status status = SR_OK;
	sr_str fields[7] = { { 0 } };
	size_t n;
	if (!scratch || !(p.bodies = SR_NEW_ARRAY(scratch, sr_str, 65)) || !trie_init(c))
		status = sr_fail(err, SR_E_NOMEM, "rules");
	if (scratch)
		sr_strmap_init(&p.macros, scratch);
	while (status == SR_OK && (n = sr_tsv_next(&table, fields, 7)) > 0) {
		p.depth = 0;
		status = sr_str_starts(fields[0], SR_STR("@")) ? load_macro(&p, fields, n) : load_row(&p, fields, n);
		if (status != SR_OK && err)
			sr_error_prefix(err, "temporal/rules.tsv, rule %.*s", SR_FMT(fields[0]));
	}
	while (status == SR_OK && (n = sr_tsv_next(&holidays, fields, 2)) > 0) {
		p.depth = 0;
		status = load_holiday(&p, fields, n);
		if (status != SR_OK && err)
			sr_error_prefix(err, "temporal/holidays.tsv, %.*s", SR_FMT(fields[0]));
	}
	sr_arena_free(scratch);
	return status;
}
