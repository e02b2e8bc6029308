/* Things told apart by one word: north and south, elder and younger. */
#include "pairs.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

#define SETS_MAX 32u
#define WORDS_OF_SET 64u

static sr_wordmap words; /* each word's set and its number in it, from 1 */

static void fill(void)
{
	sr_str rest = sr_data("conflict-rivals.tsv"), row, word;
	for (uint32_t set = 0; sr_str_next_line(&rest, &row);) {
		uint32_t n = 0;
		if (!row.len || row.ptr[0] == '#')
			continue;
		while (sr_str_next_field(&row, ' ', &word))
			if (word.len)
				sr_wordmap_add(&words, word, set * WORDS_OF_SET + ++n);
		set++;
	}
}

/* Of each set: the words of it that the sentence has, a bit each. */
static void read_sets(const sr_evidence *e, const sr_proof *p, uint64_t *sets)
{
	const sr_reading *r = e->readings[p->claim.doc];
	const sr_sentence *s = &r->sentences[p->claim.sentence];
	for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
		uint32_t at = sr_wordmap_get(&words, sr_span_of(r->doc->text, r->tokens[i].span));
		if (at && at / WORDS_OF_SET < SETS_MAX)
			sets[at / WORDS_OF_SET] |= (uint64_t)1 << (at % WORDS_OF_SET);
	}
}

bool pairs_rivals(const sr_evidence *e, const sr_proof *a, const sr_proof *b)
{
	static sr_once once = SR_ONCE;
	uint64_t x[SETS_MAX] = { 0 }, y[SETS_MAX] = { 0 };
	sr_once_run(&once, fill);
	read_sets(e, a, x);
	read_sets(e, b, y);
	for (size_t i = 0; i < SETS_MAX; i++)
		if (x[i] && y[i] && !(x[i] & y[i]))
			return true;
	return false;
}
