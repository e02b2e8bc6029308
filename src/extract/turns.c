/* Transcripts: paragraphs that open with who speaks, "MAYOR ANA BRUNT: We closed it."
 *
 * A text is one if three paragraphs open so, with two speakers, one of them more than once; "FACT:" and "UPDATE:" are nobody. Where
 * most of the paragraphs between the first and the last label have one, those without go on with who spoke before. */
#include "page.h"
#include "turns.h"

#include "sitrep/base/unicode.h"

#define SCRATCH_MAX ((size_t)64 << 20)
#define TURNS_MIN 3u
#define SPEAKERS_MAX 64u
#define GOES_ON_SHARE 0.6

typedef struct speaker {
	sr_str name; /* the last word of the label, folded */
	size_t turns;
} speaker;

static size_t label_of(const sr_build *b, size_t i, sr_str *who)
{
	const sr_block *x = &b->blocks.items[i];
	return x->kind == SR_BLOCK_PARAGRAPH ? sr_turn_label(sr_span_of(sr_buf_str(&b->text), x->span), who) : 0;
}

/* "THE FACTS", "UPDATE 3", "AFP": a sign over a paragraph. */
static bool is_sign(const page_tables *t, sr_str fold)
{
	sr_str word;
	if (page_word_is(t, "agency", fold, NULL))
		return true;
	while (sr_str_next_field(&fold, ' ', &word))
		if (page_word_is(t, "sign", word, NULL) || page_word_is(t, "credit", word, NULL) || page_word_is(t, "updated", word, NULL))
			return true;
	return false;
}

/* Per block: whether it opens a turn; *first and *last of those. False: no transcript, or no memory. */
static bool find_turns(const sr_build *b, sr_arena *scratch, bool *opens, size_t *first, size_t *last)
{
	page_tables tables;
	speaker speakers[SPEAKERS_MAX];
	size_t count = 0, turns = 0, most = 0;
	if (page_tables_init(&tables, scratch) != SR_OK)
		return false;
	for (size_t i = 0; i < b->blocks.count; i++) {
		sr_str who;
		if (!label_of(b, i, &who))
			continue;
		sr_str fold = sr_fold_dup(scratch, who), name = sr_str_last_word(fold);
		if (is_sign(&tables, fold))
			continue;
		size_t k = 0;
		while (k < count && !sr_str_eq(speakers[k].name, name))
			k++;
		if (k == SPEAKERS_MAX)
			return false;
		if (k == count)
			speakers[count++] = (speaker){ name, 0 };
		most = ++speakers[k].turns > most ? speakers[k].turns : most;
		opens[i] = true;
		*first = turns++ ? *first : i;
		*last = i;
	}
	return turns >= TURNS_MIN && count >= 2 && most >= 2;
}

/* "(APPLAUSE)", "Q Was it too late?": not in the words of who spoke before. */
static bool breaks_off(sr_str text)
{
	return text.ptr[0] == '(' || text.ptr[0] == '[' || sr_str_starts(text, SR_STR("Q "));
}

static void mark(sr_build *b, const bool *opens, size_t first, size_t last)
{
	size_t turns = 0;
	bool speaks = false;
	for (size_t i = first; i <= last; i++)
		turns += opens[i];
	bool goes_on = (double)turns >= GOES_ON_SHARE * (double)(last - first + 1);
	for (size_t i = first; i <= last; i++) {
		sr_block *x = &b->blocks.items[i];
		speaks = opens[i] || (speaks && goes_on && x->kind == SR_BLOCK_PARAGRAPH && !breaks_off(sr_span_of(sr_buf_str(&b->text), x->span)));
		if (speaks)
			x->kind = SR_BLOCK_TURN;
	}
}

void sr_turns_mark(sr_build *b)
{
	sr_str who;
	size_t labels = 0, first = 0, last = 0;
	for (size_t i = 0; i < b->blocks.count && labels < TURNS_MIN; i++)
		labels += label_of(b, i, &who) > 0;
	if (labels < TURNS_MIN || b->status != SR_OK)
		return;
	sr_arena *scratch = sr_arena_new(SCRATCH_MAX);
	bool *opens = scratch ? SR_NEW_ARRAY(scratch, bool, b->blocks.count) : NULL;
	if (!opens)
		b->status = SR_E_NOMEM;
	else if (find_turns(b, scratch, opens, &first, &last))
		mark(b, opens, first, last);
	sr_arena_free(scratch);
}
