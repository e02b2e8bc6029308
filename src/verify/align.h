/* The state of one alignment, shared by align.c (the program), frames.c (what may be skipped), omit.c
 * (what must not be left out) and witness.c (who else bears it out). All of it lives in the scratch arena of the line. */
#ifndef SITREP_VERIFY_ALIGN_H
#define SITREP_VERIFY_ALIGN_H

#include "internal.h"

#define SR_ALIGN_WORDS_MAX 600u
#define SR_ALIGN_SOURCE_MAX 6000u

enum { SR_ALIGN_SKIP = 1, SR_ALIGN_JOIN = 2, SR_ALIGN_DATE = 4 };

typedef struct aligner {
	sr_vcontext *ctx;
	sr_arena *arena;
	sr_str line;
	const sr_vcite *cites;
	size_t cite_count;
	sr_vmode mode;
	sr_vwords words;      /* of the line */
	sr_vwords src;        /* of all cited spans, one after the other */
	int32_t *prev_quoted; /* per source word: the last quoted one before it in its span, or -1 */
	uint8_t *flags;       /* per word of the line: SR_ALIGN_… */
	uint16_t *frame_of;   /* per word: index + 1 of the frame it belongs to, 0 none */
	int32_t *match;       /* per word: source word, or -1 if skipped */
	bool *used;           /* per source word: matched */
	bool *shared;         /* per source word: one that the line has too; found by witness.c */
} aligner;

/* Splits the words of a cite, with the state of quotation marks at its start. */
sr_status sr_align_split_cite(const sr_lexicon *lex, const sr_vcite *cite, sr_arena *arena, sr_vwords *out) SR_MUST_CHECK;
/* Marks the words that belong to frames, supported dates and names from the sources' own data. */
sr_status sr_align_mark_frames(aligner *a) SR_MUST_CHECK;
/* Empty if the alignment found leaves nothing out that turns the meaning, else the reason. */
sr_str sr_align_omissions(const aligner *a);
sr_str sr_align_src_text(const aligner *a, size_t k);
/* cuts.c, for omit.c: each is empty if the line is not cut so, else the reason. */
sr_str sr_align_cut_number(const aligner *a);
sr_str sr_align_forged_pair(const aligner *a);
sr_str sr_align_torn(const aligner *a);
sr_str sr_align_cut_short(const aligner *a);
/* The word carries matter: it is long, a number or a name. */
bool sr_align_has_weight(sr_str text, const sr_vword *w);
/* A word like the source word `like` stands in that cite. */
bool sr_align_span_has_word(const aligner *a, uint32_t span, size_t like);
/* witness.c: the cites that carry nothing of the line or gainsay it, as bits, with the reason for the first. */
uint64_t sr_align_idle(const aligner *a, sr_str *reason);

#endif
