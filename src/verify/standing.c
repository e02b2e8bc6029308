/* What a dossier says about its own parts: how a conflict stands, why something is not known, whom an update contradicts. */
#include "walk.h"

#include "sitrep/base/utf8.h"

#define WHOLE_LOW 90.0 /* two shares of one whole, as rounded as news are */
#define WHOLE_HIGH 110.0
#define ALIKE_WORDS 2u /* of weight that an update shares with the side that it is on */
#define HOLDERS_MAX 2048u /* of a dossier that are looked through for one of its lines: several times what is ever composed */
#define SIDE_COST 64u     /* comparing an update with a side costs as much as looking at so many holders */

static sr_status split(sr_vcontext *ctx, sr_str text, sr_vwords *out)
{
	return sr_words_split(ctx->lex, text, 0, (uint32_t)text.len, 0, false, ctx->scratch, out);
}

static bool is_share(const sr_vwords *words, size_t i)
{
	return words->items[i].kind == SR_VW_NUMBER && i + 1 < words->count && words->items[i + 1].kind == SR_VW_PERCENT;
}

/* "85% is taken", "20% is still held": some share of the one and some of the other make about one whole. */
static sr_status make_a_whole(sr_vcontext *ctx, const sr_conflict *x, bool *whole)
{
	sr_vwords one = { 0 }, other = { 0 };
	*whole = false;
	if (x->position_count != 2)
		return SR_OK;
	SR_TRY(split(ctx, x->positions[0].statement, &one));
	SR_TRY(split(ctx, x->positions[1].statement, &other));
	for (size_t i = 0; i < one.count; i++)
		for (size_t k = 0; is_share(&one, i) && k < other.count; k++) {
			double sum = one.items[i].value + other.items[k].value;
			*whole = *whole || (is_share(&other, k) && sum >= WHOLE_LOW && sum <= WHOLE_HIGH);
		}
	return SR_OK;
}

/* "Karl Brunt" and "Brunt" are one; "the yard" is whoever is called so. */
static bool same_voice(sr_str a, sr_str b)
{
	sr_str longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
	size_t at = longer.len - shorter.len;
	return shorter.len && sr_str_eq_nocase(sr_str_slice(longer, at, longer.len), shorter) && (!at || longer.ptr[at - 1] == ' ');
}

/* Whoever says the one says the other at another time. */
static bool somebody_moved(const sr_position *a, const sr_position *b)
{
	for (size_t i = 0; i < a->held_by_count; i++)
		for (size_t k = 0; k < b->held_by_count; k++) {
			const sr_holder *x = &a->held_by[i], *y = &b->held_by[k];
			if (same_voice(x->who, y->who) && sr_time_known(x->said) && sr_time_known(y->said) && sr_time_cmp(x->said, y->said))
				return true;
		}
	return false;
}

/* The classes of the words that a holder is cited with. */
static sr_status classes_of(sr_vcontext *ctx, const sr_holder *h, uint32_t *classes)
{
	sr_vcite cite;
	size_t count = 0;
	sr_vwords words = { 0 };
	sr_cite given = h->cite;
	*classes = 0;
	sr_cites_append(ctx, (sr_cites){ &given, 1 }, &cite, &count);
	if (!count)
		return SR_OK;
	SR_TRY(sr_align_split_cite(ctx->lex, &cite, ctx->scratch, &words));
	for (size_t i = 0; i < words.count; i++)
		*classes |= words.items[i].classes;
	return SR_OK;
}

/* x denies it, and one of those who admit it is x, no sooner. */
static bool has_admitted(const sr_holder *x, const sr_position *admit, const bool *admits)
{
	for (size_t k = 0; k < admit->held_by_count; k++) {
		const sr_holder *y = &admit->held_by[k];
		bool sooner = sr_time_known(x->said) && sr_time_known(y->said) && sr_time_cmp(y->said, x->said) < 0;
		if (admits[k] && same_voice(x->who, y->who) && !sooner)
			return true;
	}
	return false;
}

/* Everybody on one side denies it, and says the other later in words of admitting. */
static sr_status all_admit(sr_vcontext *ctx, const sr_position *deny, const sr_position *admit, bool *all)
{
	bool admits[SR_VERIFY_CITES_MAX];
	uint32_t classes;
	for (size_t k = 0; k < admit->held_by_count; k++) {
		SR_TRY(classes_of(ctx, &admit->held_by[k], &classes));
		admits[k] = (classes & SR_VW_ADMIT) != 0;
	}
	*all = deny->held_by_count > 0;
	for (size_t i = 0; i < deny->held_by_count && *all; i++) {
		SR_TRY(classes_of(ctx, &deny->held_by[i], &classes));
		*all = (classes & (SR_VW_DENIAL | SR_VW_NEGATION)) && has_admitted(&deny->held_by[i], admit, admits);
	}
	return SR_OK;
}

/* All that one side is cited with is told as what was said at first. */
static sr_status said_at_first(sr_vcontext *ctx, const sr_position *p, bool *first)
{
	*first = p->held_by_count > 0;
	for (size_t i = 0; i < p->held_by_count && *first; i++) {
		uint32_t classes;
		SR_TRY(classes_of(ctx, &p->held_by[i], &classes));
		*first = (classes & SR_VW_FIRST) != 0;
	}
	return SR_OK;
}

/* Either side may be the one. Of more holders than a line has cites nothing is shown. */
static sr_status of_either(sr_vcontext *ctx, const sr_conflict *x, bool superseded, bool *holds)
{
	bool two = x->position_count == 2 && x->positions[0].held_by_count <= SR_VERIFY_CITES_MAX && x->positions[1].held_by_count <= SR_VERIFY_CITES_MAX;
	*holds = false;
	for (size_t k = 0; k < 2 && two && !*holds; k++) {
		const sr_position *one = &x->positions[k], *other = &x->positions[1 - k];
		if (superseded && somebody_moved(one, other))
			*holds = true;
		else
			SR_TRY(superseded ? said_at_first(ctx, one, holds) : all_admit(ctx, one, other, holds));
	}
	return SR_OK;
}

sr_status sr_standing_holds(sr_vcontext *ctx, const sr_conflict *x, sr_str *reason)
{
	bool holds = true;
	*reason = (sr_str){ 0 };
	if ((x->settled_by == SR_SETTLED_BY_NONE) == (x->status == SR_CONFLICT_SETTLED)) {
		*reason = x->settled_by ? SR_STR("it says what settles it but not that it is settled") : SR_STR("it is called settled and nothing settles it");
		return SR_OK;
	}
	if (x->settled_by == SR_SETTLED_BY_SHARES) {
		SR_TRY(make_a_whole(ctx, x, &holds));
		*reason = holds ? (sr_str){ 0 } : SR_STR("its two sides are no shares of one whole");
	} else if (x->settled_by == SR_SETTLED_BY_ADMISSION) {
		SR_TRY(of_either(ctx, x, false, &holds));
		*reason = holds ? (sr_str){ 0 } : SR_STR("it is called settled and nobody on one side has come to admit the other");
	} else if (x->status == SR_CONFLICT_SUPERSEDED) {
		SR_TRY(of_either(ctx, x, true, &holds));
		*reason = holds ? (sr_str){ 0 } : SR_STR("it is called superseded and nobody on one side has come to say the other");
	}
	return SR_OK;
}

/* What the cites of a kind of conflict hold (of blame, unless its question sets two causes beside each other), the word that only its question
 * begins with, and whether any other question of that kind sets two sides beside each other. */
static const struct {
	uint32_t classes;
	sr_str asks;
	bool joins;
} kinds[] = {
	[SR_CONFLICT_QUANTITY] = { 0, SR_STR_INIT("how"), true },
	[SR_CONFLICT_STATE] = { 0, SR_STR_INIT(""), true },
	[SR_CONFLICT_DENIAL] = { SR_VW_DENIAL | SR_VW_NEGATION, SR_STR_INIT(""), false },
	[SR_CONFLICT_BLAME] = { SR_VW_ACCUSE | SR_VW_CAUSE, SR_STR_INIT("who"), false },
	[SR_CONFLICT_DATE] = { 0, SR_STR_INIT("when"), true },
};

static bool has_time(const sr_lexicon *lex, sr_str text, const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const sr_vword *w = &words->items[i];
		sr_str word = sr_word_text(text, w);
		if (w->kind == SR_VW_NUMBER || sr_is_digit((unsigned char)word.ptr[0]) || sr_word_lookup(&lex->months, word) || sr_word_lookup(&lex->weekdays, word) ||
		    (w->classes & (SR_VW_PAST | SR_VW_TO_COME)))
			return true;
	}
	return false;
}

/* An entry of a timeline, or an update, has its day above its words. */
static bool is_dated(const sr_vcite *cite)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	return block && (block->kind == SR_BLOCK_EVENT || sr_time_known(block->time));
}

static bool has_amount(const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i].kind == SR_VW_NUMBER || (words->items[i].classes & SR_VW_AMOUNT))
			return true;
	return false;
}

/* "A or B": what is so or so is asked of both. */
static bool joins_two(const sr_lexicon *lex, sr_str question, const sr_vwords *words)
{
	for (size_t i = 1; i + 1 < words->count; i++)
		if (!words->items[i].quoted && (sr_word_lookup(&lex->loose, sr_word_text(question, &words->items[i])) & SR_LOOSE_JOIN))
			return true;
	return false;
}

static bool asks_of_kind(const sr_lexicon *lex, const sr_conflict *x, const sr_vwords *question)
{
	return (question->count && sr_str_eq_nocase(sr_word_text(x->question, question->items), kinds[x->kind].asks)) || joins_two(lex, x->question, question);
}

static sr_status check_kind(sr_vcontext *ctx, const sr_conflict *x, const sr_vcite *cites, size_t count, sr_str *reason)
{
	uint32_t classes = 0;
	bool measured = true, dated = true;
	sr_vwords question = { 0 };
	for (size_t i = 0; i < count; i++) {
		sr_vwords words = { 0 };
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[i], ctx->scratch, &words));
		for (size_t k = 0; k < words.count; k++)
			classes |= words.items[k].classes;
		dated = dated && (is_dated(&cites[i]) || has_time(ctx->lex, cites[i].doc->text, &words));
	}
	for (size_t k = 0; k < x->position_count; k++) {
		sr_vwords words = { 0 };
		SR_TRY(split(ctx, x->positions[k].statement, &words));
		measured = measured && has_amount(&words);
	}
	SR_TRY(split(ctx, x->question, &question));
	bool caused = x->kind == SR_CONFLICT_BLAME && joins_two(ctx->lex, x->question, &question); /* "the brakes failed or the driver fell asleep?" */
	bool fits = (!kinds[x->kind].classes || (classes & kinds[x->kind].classes) || caused) && (x->kind != SR_CONFLICT_QUANTITY || measured) && (x->kind != SR_CONFLICT_DATE || dated) && (!kinds[x->kind].joins || asks_of_kind(ctx->lex, x, &question));
	if (!fits)
		*reason = sr_verify_reason(ctx, "its sides are not of the kind %s", sr_conflict_kind_name(x->kind));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && question.count && !question.items->quoted; i++)
		if (i != (size_t)x->kind && sr_str_eq_nocase(sr_word_text(x->question, question.items), kinds[i].asks))
			*reason = sr_verify_reason(ctx, "its question is of the kind %s", sr_conflict_kind_name((sr_conflict_kind)i));
	return SR_OK;
}

sr_status sr_dispute_stands(sr_vcontext *ctx, const sr_conflict *x, const sr_vcite *cites, size_t count, sr_str *reason)
{
	*reason = (sr_str){ 0 };
	return check_kind(ctx, x, cites, count, reason);
}

/* One of the cites is a holder's too. *looked counts the holders that were looked at. */
static bool meets(const sr_position *p, const sr_vcite *cites, size_t count, size_t *looked)
{
	for (size_t h = 0; h < p->held_by_count && *looked < HOLDERS_MAX; h++, ++*looked)
		for (size_t i = 0; i < count; i++)
			if (p->held_by[h].cite.source == cites[i].source->n && sr_span_overlap(p->held_by[h].cite.span, cites[i].span))
				return true;
	return false;
}

static bool is_disputed(const sr_vcontext *ctx, const sr_vcite *cites, size_t count)
{
	size_t looked = 0;
	for (size_t c = 0; c < ctx->dossier->conflict_count && looked < HOLDERS_MAX; c++)
		for (size_t k = 0; k < ctx->dossier->conflicts[c].position_count && looked < HOLDERS_MAX; k++)
			if (meets(&ctx->dossier->conflicts[c].positions[k], cites, count, &looked))
				return true;
	return false;
}

bool sr_is_held(const sr_vcontext *ctx, sr_cites list)
{
	sr_vcite cites[SR_VERIFY_CITES_MAX];
	size_t count = 0;
	sr_cites_append(ctx, list, cites, &count);
	return is_disputed(ctx, cites, count);
}

sr_status sr_unknown_stands(sr_vcontext *ctx, sr_unknown_reason why, const sr_vcite *cites, size_t count, bool *holds)
{
	uint32_t classes = 0, origins;
	for (size_t i = 0; i < count; i++) {
		sr_vwords words = { 0 };
		SR_TRY(sr_align_split_cite(ctx->lex, &cites[i], ctx->scratch, &words));
		for (size_t k = 0; k < words.count; k++)
			classes |= words.items[k].classes;
	}
	SR_TRY(sr_origins_of(ctx, cites, NULL, count, &origins));
	/* what says itself that it is not verified is not merely disputed, or of one origin */
	bool unverified = (classes & (SR_VW_UNVERIFIED | SR_VW_CHECK | SR_VW_OPEN)) != 0, unnamed = (classes & SR_VW_UNNAMED) != 0;
	switch (why) {
	case SR_UNKNOWN_UNVERIFIED: *holds = unverified; break;
	case SR_UNKNOWN_UNNAMED: *holds = unnamed; break;
	case SR_UNKNOWN_SINGLE_ORIGIN: *holds = !unverified && !unnamed && origins == 1; break;
	case SR_UNKNOWN_DISPUTED: *holds = !unverified && ((classes & (SR_VW_DENIAL | SR_VW_DOUBT)) || is_disputed(ctx, cites, count)); break;
	}
	return SR_OK;
}

static bool holds_it(const sr_position *p, sr_str who, sr_time by, size_t *looked)
{
	for (size_t h = 0; h < p->held_by_count && *looked < HOLDERS_MAX; h++, ++*looked)
		if (sr_str_eq_nocase(p->held_by[h].who, who) && !(sr_time_known(p->held_by[h].said) && sr_time_cmp(p->held_by[h].said, by) > 0))
			return true;
	return false;
}

/* The update tells the position: its words are a holder's, or like the statement's. */
static sr_status tells(sr_vcontext *ctx, const sr_vcite *cites, size_t count, const sr_position *p, size_t *looked, bool *holds)
{
	*holds = *holds || meets(p, cites, count, looked);
	for (size_t i = 0; i < count && !*holds; i++) {
		size_t shared;
		SR_TRY(sr_words_shared(ctx, p->statement, &cites[i], &shared));
		*holds = shared >= ALIKE_WORDS;
	}
	return SR_OK;
}

/* The update tells another side of the conflict than the one that `who` holds. */
static sr_status tells_other_side(sr_vcontext *ctx, const sr_update *u, const sr_vcite *cites, size_t count, const sr_conflict *x, sr_str who, size_t *looked,
                                  bool *holds)
{
	for (size_t k = 0; k < x->position_count && *looked < HOLDERS_MAX && !*holds; k++) {
		if (!holds_it(&x->positions[k], who, u->at, looked))
			continue;
		for (size_t o = 0; o < x->position_count && *looked < HOLDERS_MAX && !*holds; o++, *looked += SIDE_COST)
			if (o != k)
				SR_TRY(tells(ctx, cites, count, &x->positions[o], looked, holds));
	}
	return SR_OK;
}

sr_status sr_note_stands(sr_vcontext *ctx, const sr_update *u, const sr_vcite *cites, size_t count, bool *holds)
{
	const sr_dossier *d = ctx->dossier;
	sr_str who = u->note, frame;
	*holds = false;
	if (!sr_str_next_field(&who, ' ', &frame) || !(sr_word_lookup(&ctx->lex->loose, frame) & SR_LOOSE_NOTE))
		return SR_OK;
	size_t looked = 0;
	for (size_t c = 0; c < d->conflict_count && looked < HOLDERS_MAX && !*holds; c++)
		if (d->conflicts[c].status == SR_CONFLICT_OPEN)
			SR_TRY(tells_other_side(ctx, u, cites, count, &d->conflicts[c], who, &looked, holds));
	return SR_OK;
}
