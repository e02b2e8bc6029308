/* The compiler of the rules of time: data/temporal becomes the table that src/temporal/table.h describes.
 * Everything lives in the compiler's arena. */
#ifndef SITREP_TEMPORAL_COMPILE_H
#define SITREP_TEMPORAL_COMPILE_H

#include "temporal/table.h"

#include "sitrep/base/map.h"

/* While rules are added, nodes and terminals are lists: 0 ends one. */
typedef struct trie_edge {
	uint16_t cls;
	uint32_t child, next;
} trie_edge;

typedef struct trie_node {
	uint32_t edges, terminals;
} trie_node;

typedef struct trie_terminal {
	uint16_t rule;
	uint8_t length, from, to;
	uint8_t slots[DEPTH_MAX];
	uint32_t next;
} trie_terminal;

typedef struct word_entry {
	sr_str word;
	lex_entry entry;
} word_entry;

typedef struct compiler {
	sr_arena *arena;
	SR_VEC(uint8_t) class_slots;
	SR_VEC(word_entry) lexicon;
	SR_VEC(rule) rules;
	SR_VEC(trie_node) nodes;
	SR_VEC(trie_edge) edges;
	SR_VEC(trie_terminal) terminals;
	SR_VEC(named_day) holidays;
	sr_strmap class_map, word_map; /* names of classes, words of the lexicon */
} compiler;

/* lexicon.c */
sr_status lexicon_load(compiler *c, sr_str table, sr_error *err) SR_MUST_CHECK;
sr_status lexicon_add_literal(compiler *c, sr_str word, uint16_t cls, slot to, sr_error *err) SR_MUST_CHECK;
uint16_t class_intern(compiler *c, sr_str name); /* 0: out of memory */
uint16_t class_find(const compiler *c, sr_str name);
slot slot_parse(sr_str name);
bool value_parse(sr_str s, int32_t *out);

/* pattern.c */
sr_status rules_load(compiler *c, sr_str table, sr_str holidays, sr_error *err) SR_MUST_CHECK;

/* write.c: the whole table, in *out. */
sr_status table_write(compiler *c, sr_buf *out, sr_error *err) SR_MUST_CHECK;

#endif
