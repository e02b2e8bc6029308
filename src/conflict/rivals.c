/* Things told apart by one word: "the north gate", "the south gate". */
#include "pairs.h"

#include "sitrep/base/data.h"
#include "sitrep/base/threads.h"
#include "sitrep/base/wordmap.h"

#define MEMBERS_MAX 64u /* of a set */
#define REACH 3u        /* words behind: "west of Solvania", "elder Brandt brother" */
#define NAMED_MIN 4u    /* letters of the word that both stand before */

static sr_wordmap words; /* of each: its set and its place there, from 1 */

static void fill(void)
{
	sr_str rest = sr_data("conflict-rivals.tsv"), row, member, word;
	for (uint32_t set = 0; sr_str_next_line(&rest, &row);) {
		uint32_t n = 0;
		if (!row.len || row.ptr[0] == '#')
			continue;
		for (; sr_str_next_field(&row, ' ', &member); n++)
			while (sr_str_next_field(&member, ',', &word))
				sr_wordmap_add(&words, word, set * MEMBERS_MAX + n + 1);
		set++;
	}
}

static bool is_rival(uint32_t a, uint32_t b) { return a && b && a != b && (a - 1) / MEMBERS_MAX == (b - 1) / MEMBERS_MAX; }

static sr_str word_at(const sr_reading *r, uint32_t i) { return sr_span_of(r->doc->text, r->tokens[i].span); }

/* The tokens of what is said. */
typedef struct said {
	const sr_reading *r;
	uint32_t first, end;
} said;

static said said_by(const sr_evidence *e, const sr_proof *p)
{
	const sr_reading *r = e->readings[p->claim.doc];
	return (said){ r, sr_reading_token_at(r, p->claim.span.start), sr_reading_token_at(r, p->claim.span.end) };
}

/* Both words stand before the same one. */
static bool of_one_word(const said *a, uint32_t i, const said *b, uint32_t k)
{
	for (uint32_t x = i + 1; x < a->end && x <= i + REACH; x++)
		for (uint32_t y = k + 1; y < b->end && y <= k + REACH; y++)
			if (a->r->tokens[x].span.end - a->r->tokens[x].span.start >= NAMED_MIN && sr_str_eq_nocase(word_at(a->r, x), word_at(b->r, y)))
				return true;
	return false;
}

bool pairs_rivals(const sr_evidence *e, const sr_proof *p, const sr_proof *q)
{
	static sr_once once = SR_ONCE;
	sr_once_run(&once, fill);
	said a = said_by(e, p), b = said_by(e, q);
	for (uint32_t i = a.first; i < a.end; i++) {
		uint32_t x = (uint32_t)sr_wordmap_get(&words, word_at(a.r, i));
		for (uint32_t k = b.first; x && k < b.end; k++)
			if (is_rival(x, (uint32_t)sr_wordmap_get(&words, word_at(b.r, k))) && of_one_word(&a, i, &b, k))
				return true;
	}
	return false;
}
