/* The inner stages of sr_tag_documents: plan (words and segments of one document), read (the model over a chunk of segments),
 * build (the reading). */
#ifndef SITREP_TAG_READER_H
#define SITREP_TAG_READER_H

#include "internal.h"

#define LABELS_MAX 2048u
#define RELATIONS_MAX 48u
/* Words of one document that the model reads; no article comes near, and hostile input costs no more. */
#define DOCUMENT_WORDS_MAX 50000u

typedef struct relation {
	uint8_t deprel; /* sr_deprel */
	bool passive;
} relation;

struct sr_tag_model {
	sr_arena *arena;
	sr_nn_model *nn;
	rules rules;
	pieces pieces;
	sr_nn_linear tags, arc, arc_pair, rel_pair, vector;
	uint32_t width, arc_width, rel_width;
	uint8_t *upos; /* of each label */
	size_t upos_count;
	relation *relations;
	size_t relation_count;
	lemma_rule *lemmas;
	size_t lemma_count;
};

/* What the model says of one word. */
typedef struct verdict {
	uint8_t upos, relation, name; /* name: tag of tag_decode_names */
	bool starts;                  /* a sentence */
	uint16_t lemma;
	int32_t head;                 /* within the sentence, -1 root, -2 none */
} verdict;

typedef struct segment {
	uint32_t first, count;       /* words */
	uint32_t rows;               /* pieces and the root */
	float *vectors;              /* one a sentence, in a worker's `keep` */
	uint32_t sentences;
	bool unread;                 /* beyond DOCUMENT_WORDS_MAX: words only */
} segment;

/* One document on its way. */
typedef struct plan {
	sr_arena *scratch;
	sr_str text, site;
	words words;
	uint32_t *word_block;
	uint32_t *piece_at; /* [words + 1] into ids */
	uint32_t *ids;
	verdict *verdicts;
	SR_VEC(segment) segments;
} plan;

sr_status tag_plan_make(const sr_tag_model *model, const sr_document *doc, plan *p);

/* A segment of some document, in a chunk. */
typedef struct task {
	plan *plan;
	segment *segment;
} task;

/* What one thread works with. */
typedef struct tag_worker {
	sr_nn_work *work;
	sr_arena *keep;    /* what outlives the chunk: the vectors */
	sr_arena *scratch; /* of a chunk */
	float *answers;    /* of the model's heads, for one chunk; aligned */
	size_t answers_size;
} tag_worker;

/* Runs the model over tasks [0, n) and fills their verdicts and vectors; the scratch arena is reset. */
sr_status tag_read_chunk(const sr_tag_model *model, tag_worker *worker, const task *tasks, size_t n);

/* A name, from word to word. */
typedef struct name_run {
	uint32_t first, last;
	sr_entity_type type;
} name_run;

typedef SR_VEC(name_run) name_runs;

/* Does the table hold word i, in any case and with or without a stop behind it ("Ave.")? */
bool tag_listed(const plan *p, const sr_strmap *map, size_t i);

/* Appends the names of the list (in order, apart) with their borders moved where the annotators' conventions leave no doubt and the
 * model does, and those that the conventions alone tell. */
sr_status tag_bound_names(const rules *r, const plan *p, const name_runs *list, name_runs *out);

/* "Ann Lee@MILLCO", of mail: Ann Lee. */
sr_str tag_name_of(sr_str span);

/* Makes the entities of a document agree with each other and adds missed mentions; *list is replaced. */
sr_status tag_settle_names(const plan *p, sr_arena *arena, sr_entity **list, size_t *count);

sr_status tag_build_reading(const sr_tag_model *model, const plan *p, const sr_document *doc, sr_arena *arena, sr_reading *reading);

#endif
