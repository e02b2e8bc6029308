/* Reading the words: tokens, sentences, parts of speech, lemmas, dependencies, names, sentence vectors.
 *
 * Text is split into words by rules over Unicode's classes (data/abbreviations.tsv, data/contractions.tsv) in
 * the manner of the English Web Treebank of Universal Dependencies, and cut into segments where a sentence
 * surely ends. The model (sitrep/nn.h) reads each segment once and decides everything else, sentence
 * borders that are in doubt included. A document's reading depends on its own text alone: not on threads,
 * batches or kernels. */
#ifndef SITREP_TAG_H
#define SITREP_TAG_H

#include "sitrep/core/reading.h"

typedef struct sr_tag_model sr_tag_model;

/* path NULL: share/sitrep/reading.model (sr_share_path). Fast: the file is mapped and checked, nothing is
 * converted. SR_E_NOT_FOUND, SR_E_INVALID, SR_E_CORRUPT as sr_nn_model_open; SR_E_NOMEM. */
sr_status sr_tag_model_open(const char *path, sr_tag_model **out, sr_error *err) SR_MUST_CHECK;
void sr_tag_model_free(sr_tag_model *model);
/* Names the model, for what is stored beside its output; 16 hex digits. */
const char *sr_tag_model_id(const sr_tag_model *model);

/* For what stands on other encoders of the same file: the network, and the pieces of a text's words, at most max. */
const struct sr_nn_model *sr_tag_model_network(const sr_tag_model *model);
size_t sr_tag_pieces(const sr_tag_model *model, sr_str text, uint32_t *ids, size_t max);

/* Fills reading->doc, sentences, tokens, entities and vectors, all in the arena. Of entities that
 * are one thing the name is the fullest one of the document, and name_id is equal. Of a document of over 50,000 words the rest gets words
 * and sure sentence ends only (head -2, zero vectors). SR_E_NOMEM. */
sr_status sr_tag_document(const sr_tag_model *model, const sr_document *doc, sr_arena *arena, sr_reading *reading,
                          sr_error *err) SR_MUST_CHECK;

/* One document of a batch. Jobs may share an arena: only the calling thread allocates from it. */
typedef struct sr_tag_job {
	const sr_document *doc;
	sr_arena *arena;
	sr_reading *reading;
	sr_status status; /* set by the call */
} sr_tag_job;

/* The same for many documents on up to `threads` threads (0: as many as processors). Large and small documents share the
 * work evenly. The first failure is returned; each job has its own status. */
sr_status sr_tag_documents(const sr_tag_model *model, sr_tag_job *jobs, size_t count, unsigned threads, sr_error *err) SR_MUST_CHECK;

#endif
