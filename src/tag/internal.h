/* What the files of the tagger share. */
#ifndef SITREP_TAG_INTERNAL_H
#define SITREP_TAG_INTERNAL_H

#include "sitrep/base/map.h"
#include "sitrep/nn.h"
#include "sitrep/tag.h"

/* Longest word looked at, in bytes; what follows in a longer one is a word of its own. */
#define WORD_MAX 400u
/* Pieces of one word that the encoder sees. */
#define WORD_PIECES_MAX 8u
/* Pieces of a segment, as in training. */
#define SEGMENT_PIECES_MAX 160u

typedef enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_INSIDE } gap;

typedef struct word {
	sr_span span;
	uint8_t gap;      /* before it */
	uint8_t names;    /* flags of the name lists */
	uint8_t shape;
	bool opens_block; /* first of a paragraph */
} word;

typedef SR_VEC(word) words;

/* Tables from data/: abbreviations, contractions, prefixes, units, and so on. */
typedef struct rules {
	sr_strmap abbreviations, contractions, prefixes, units, faces, regions, compass, posts, openers, grounds, streets, companies;
} rules;

/* Of an opener: behind an abbreviation without dots inside, too. */
#define OPENS_BEHIND_ANY 2

typedef enum abbreviation { ABBR_NONE, ABBR_TITLE, ABBR_NUMBER, ABBR_PLAIN } abbreviation;

sr_status tag_rules_load(rules *r, sr_arena *arena);
/* Appends the words of text[span] (a paragraph). */
sr_status tag_split_words(const rules *r, sr_str text, sr_span span, sr_arena *arena, words *out);

typedef struct pieces {
	const char *text;
	const uint32_t *at, *slots;
	uint32_t count, slot_mask, unknown, root;
	const uint32_t *name_slots;
	uint32_t name_mask;
	size_t text_len;
} pieces;

bool tag_pieces_open(pieces *p, const sr_nn_model *model);
/* Piece ids of a word's text, at least one, at most WORD_PIECES_MAX. `folded` is a scratch buffer. */
size_t tag_pieces_of(const pieces *p, sr_str form, sr_buf *folded, uint32_t ids[WORD_PIECES_MAX]);
/* Is the word, in lower case, a piece of its own: a common word? */
bool tag_pieces_whole(const pieces *p, sr_str form);
/* 0 no letter or digit, 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 one capital, 6 holds a digit */
uint8_t tag_word_shape(sr_str form);
/* Sets `shape` and `names` of all words. */
sr_status tag_mark_words(const pieces *p, sr_str text, word *list, size_t n, sr_arena *scratch);

/* True if a sentence surely ends after word i. */
bool tag_certain_break(sr_str text, const word *list, size_t n, size_t i);

#define RULE_TEXT_MAX 64u

/* One lemma rule: drop letters at the end, add others, set the case. */
typedef struct lemma_rule {
	uint8_t drop;
	char casing; /* 'l' lower, 'k' keep, 't' title */
	sr_str add;
} lemma_rule;

bool tag_lemma_rule_parse(sr_str line, lemma_rule *rule);
sr_str tag_lemma_apply(const lemma_rule *rule, sr_str form, sr_arena *arena);

/* The tags of a sentence's names: scores is [n][stride], tags 0 = O, 1 + 4 * type + {B, I, E, S}; best legal path. */
void tag_decode_names(const float *scores, size_t stride, size_t n, uint8_t *tags, sr_arena *scratch);
#define NAME_TAGS 17u

/* The best tree: arc[d * (n + 1) + h] scores head h of word d, both from 1; h 0 is the root, which takes exactly one. arc is
 * used up; head[d - 1] becomes the head of word d. Chu-Liu/Edmonds on dense scores, O(n^3) at worst. False if out of memory. */
bool tag_decode_tree(const sr_nn_work *work, float *arc, size_t n, uint32_t *head, sr_arena *scratch);

#endif
