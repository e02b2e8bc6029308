/* Lays the compiled rules out as one table. */
#include "compile.h"

#include <string.h>

#define ALIGN 16u
#define HASH_ROOM 4 /* slots a word */

/* The trie numbered breadth first, so that the children of a node stand side by side. */
typedef struct layout {
	compiler *c;
	sr_strmap slot_map; /* bytes of a path's slots to their offset + 1 */
	SR_VEC(node) nodes;
	SR_VEC(uint32_t) olds; /* of each node: its number in the compiler */
	SR_VEC(terminal) terminals;
	SR_VEC(uint8_t) slots;
	sr_buf words;
	uint32_t *hash, *roots;
	lex_entry *lexicon;
	size_t hash_size;
	uint16_t named[NAMED_COUNT];
} layout;

static bool add_node(layout *l, uint16_t cls, uint32_t old)
{
	node *n = SR_PUSH(l->c->arena, &l->nodes);
	uint32_t *o = SR_PUSH(l->c->arena, &l->olds);
	if (!n || !o)
		return false;
	*n = (node){ .cls = cls };
	*o = old;
	return true;
}

/* Paths that fill the same slots share them. */
static bool intern_slots(layout *l, const trie_terminal *from, uint32_t *offset)
{
	int64_t *at = sr_strmap_put(&l->slot_map, sr_str_make((const char *)from->slots, from->length));
	if (!at)
		return false;
	if (!*at) {
		*at = (int64_t)l->slots.count + 1;
		for (int i = 0; i < from->length; i++) {
			uint8_t *slot_place = SR_PUSH(l->c->arena, &l->slots);
			if (!slot_place)
				return false;
			*slot_place = from->slots[i];
		}
	}
	*offset = (uint32_t)*at - 1;
	return true;
}

static bool lay_terminals(layout *l, size_t n)
{
	const trie_terminal *all = l->c->terminals.items;
	uint32_t first = (uint32_t)l->terminals.count;
	for (uint32_t i = l->c->nodes.items[l->olds.items[n]].terminals; i; i = all[i].next) {
		terminal *t = SR_PUSH(l->c->arena, &l->terminals);
		if (!t)
			return false;
		*t = (terminal){ .rule = all[i].rule, .length = all[i].length, .from = all[i].from, .to = all[i].to };
		if (!intern_slots(l, &all[i], &t->slots))
			return false;
	}
	size_t count = l->terminals.count - first;
	l->nodes.items[n].terminals = first;
	l->nodes.items[n].terminal_count = (uint16_t)count;
	return count <= UINT16_MAX;
}

static bool lay_children(layout *l, size_t n)
{
	const trie_edge *all = l->c->edges.items;
	size_t first = l->nodes.count;
	for (uint32_t e = l->c->nodes.items[l->olds.items[n]].edges; e; e = all[e].next)
		if (!add_node(l, all[e].cls, all[e].child))
			return false;
	l->nodes.items[n].children = (uint32_t)first;
	l->nodes.items[n].child_count = (uint16_t)(l->nodes.count - first);
	return l->nodes.count - first <= UINT16_MAX;
}

static bool lay_trie(layout *l)
{
	if (!add_node(l, 0, 0) || !add_node(l, 0, 1))
		return false;
	for (size_t n = 1; n < l->nodes.count; n++)
		if (!lay_terminals(l, n) || !lay_children(l, n))
			return false;
	l->roots = SR_NEW_ARRAY(l->c->arena, uint32_t, l->c->class_slots.count);
	if (!l->roots)
		return false;
	const node *root = &l->nodes.items[1];
	for (uint32_t i = root->children; i < root->children + root->child_count; i++)
		l->roots[l->nodes.items[i].cls] = i;
	return true;
}

static uint32_t hash_of(sr_str word)
{
	uint32_t h = WORD_HASH_START;
	for (size_t i = 0; i < word.len; i++)
		h = word_hash_step(h, (uint8_t)word.ptr[i]);
	return h;
}

static sr_status lay_lexicon(layout *l, sr_error *err)
{
	size_t count = l->c->lexicon.count;
	for (l->hash_size = 64; l->hash_size < count * HASH_ROOM;)
		l->hash_size *= 2;
	l->hash = SR_NEW_ARRAY(l->c->arena, uint32_t, l->hash_size);
	l->lexicon = SR_NEW_ARRAY(l->c->arena, lex_entry, count);
	if (!l->hash || !l->lexicon)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 1; i < count; i++) {
		sr_str word = l->c->lexicon.items[i].word;
		if (word.len > UINT8_MAX)
			return sr_fail(err, SR_E_INVALID, "too long a word: %.*s", SR_FMT(word));
		l->lexicon[i] = l->c->lexicon.items[i].entry;
		l->lexicon[i].word = (uint32_t)l->words.len;
		l->lexicon[i].length = (uint8_t)word.len;
		sr_buf_add(&l->words, word);
		size_t at = hash_of(word) & (l->hash_size - 1);
		while (l->hash[at])
			at = (at + 1) & (l->hash_size - 1);
		l->hash[at] = (uint32_t)i;
	}
	return l->words.failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

static sr_status name_classes(layout *l, sr_error *err)
{
	static const char *const names[] = {
#define X(field, name) #name,
		NAMED_CLASSES(X)
#undef X
	};
	for (size_t i = 0; i < NAMED_COUNT; i++)
		if (!(l->named[i] = class_find(l->c, sr_str_c(names[i]))))
			return sr_fail(err, SR_E_INVALID, "the lexicon lacks the class %s", names[i]);
	return SR_OK;
}

static void write_parts(const layout *l, sr_buf *out)
{
	const struct {
		const void *data;
		size_t count, size;
	} parts[] = {
		[TABLE_class_slots] = { l->c->class_slots.items, l->c->class_slots.count, sizeof(uint8_t) },
		[TABLE_lexicon] = { l->lexicon, l->c->lexicon.count, sizeof(lex_entry) },
		[TABLE_words] = { l->words.ptr, l->words.len, 1 },
		[TABLE_hash] = { l->hash, l->hash_size, sizeof(uint32_t) },
		[TABLE_rules] = { l->c->rules.items, l->c->rules.count, sizeof(rule) },
		[TABLE_nodes] = { l->nodes.items, l->nodes.count, sizeof(node) },
		[TABLE_terminals] = { l->terminals.items, l->terminals.count, sizeof(terminal) },
		[TABLE_slots] = { l->slots.items, l->slots.count, sizeof(uint8_t) },
		[TABLE_roots] = { l->roots, l->c->class_slots.count, sizeof(uint32_t) },
		[TABLE_holidays] = { l->c->holidays.items, l->c->holidays.count, sizeof(named_day) },
	};
	static const char zeros[ALIGN];
	table_header header = { 0 };
	size_t at = (sizeof header + ALIGN - 1) / ALIGN * ALIGN;
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		header.parts[i].offset = (uint32_t)at;
		header.parts[i].count = (uint32_t)parts[i].count;
		at = (at + parts[i].count * parts[i].size + ALIGN - 1) / ALIGN * ALIGN;
	}
	header.bytes = at;
	memcpy(header.named, l->named, sizeof header.named);
	sr_buf_add(out, sr_str_make((const char *)&header, sizeof header));
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		sr_buf_add(out, sr_str_make(zeros, header.parts[i].offset - out->len));
		sr_buf_add(out, sr_str_make(parts[i].data, parts[i].count * parts[i].size));
	}
	sr_buf_add(out, sr_str_make(zeros, header.bytes - out->len));
}

sr_status table_write(compiler *c, sr_buf *out, sr_error *err)
{
	layout l = { .c = c };
	sr_strmap_init(&l.slot_map, c->arena);
	sr_buf_init(&l.words, 0);
	sr_status status = name_classes(&l, err);
	if (status == SR_OK)
		status = lay_lexicon(&l, err);
	if (status == SR_OK && !lay_trie(&l))
		status = sr_fail(err, SR_E_NOMEM, "the rules do not fit their table");
	if (status == SR_OK) {
		write_parts(&l, out);
		status = out->failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
	}
	sr_buf_deinit(&l.words);
	return status;
}
