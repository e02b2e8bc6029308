/* Past or future, and said or done: what the words beside an expression tell.
 *
 * The nearest verb of the clause decides. Without tags a verb is known by the tables of cues, by
 * the ending -ed, and by `to` before it; with tags the part of speech says it. */
#include "internal.h"

/* Whether the search stops here: another clause or sentence begins. */
static bool stops(const context *ctx, size_t i)
{
	const token *tok = &ctx->tokens.items[i];
	if (tok->kind == T_PUNCT)
		return tok->cls == C_EDGE || tok->cls == C_COLON || (tok->cls == C_DOT);
	return false;
}

static bool same_paragraph_back(const context *ctx, uint32_t from, uint32_t count)
{
	for (uint32_t i = from; i > from - count; i--)
		if (ctx->tokens.items[i].edge)
			return false;
	return true;
}

/* The tagger's token at i; NULL where there are no tags. */
static const sr_token *tagged(const context *ctx, size_t i)
{
	const sr_reading *r = ctx->reading;
	uint32_t start = ctx->tokens.items[i].start, at = r->token_count ? sr_reading_token_at(r, start) : 0;
	return at < r->token_count && r->tokens[at].span.start == start && r->tokens[at].upos != SR_UPOS_NONE ? &r->tokens[at] : NULL;
}

static sr_upos tag_of(const context *ctx, size_t i)
{
	const sr_token *t = tagged(ctx, i);
	return t ? (sr_upos)t->upos : SR_UPOS_NONE;
}

/* False where the tags know better: a noun that looks like a verb ("claims", "reports"). */
static bool may_be_verb(const context *ctx, size_t i)
{
	sr_upos tag = tag_of(ctx, i);
	return tag == SR_UPOS_NONE || tag == SR_UPOS_VERB || tag == SR_UPOS_AUX;
}

/* "A contested convention": the participle in front of its noun tells nothing of when. */
static bool describes(const context *ctx, size_t i)
{
	const sr_token *t = tagged(ctx, i);
	return t && t->deprel == SR_DEPREL_amod;
}

static bool ends_in_ed(const context *ctx, size_t i)
{
	sr_str w = token_text(ctx, i);
	return ctx->tokens.items[i].kind == T_WORD && w.len > 4 && w.ptr[w.len - 1] == 'd' &&
	    w.ptr[w.len - 2] == 'e' && !ctx->tokens.items[i].cap && may_be_verb(ctx, i) && !describes(ctx, i);
}

static bool cue(const context *ctx, size_t i, uint16_t cls)
{
	return ctx->tokens.items[i].lex && token_has(ctx, i, cls, NULL);
}

static bool reports(const context *ctx, size_t i) { return cue(ctx, i, ctx->t->c_report) && may_be_verb(ctx, i); }

/* "Fell", "drew": a verb that is not in its plain form, nor in those of the present. */
static bool strong_past(const context *ctx, size_t i)
{
	const sr_token *t = tagged(ctx, i);
	sr_str w = token_text(ctx, i);
	bool passive = i > 0 && !ctx->tokens.items[i].edge && cue(ctx, i - 1, ctx->t->c_be) && !cue(ctx, i - 1, ctx->t->c_past); /* "is heard" */
	return t && !passive && !describes(ctx, i) && t->upos == SR_UPOS_VERB && t->lemma.len && !sr_str_eq_nocase(w, t->lemma) && !sr_str_ends(w, SR_STR("s")) && !sr_str_ends(w, SR_STR("ing"));
}

/* A plan, the plans: what is looked forward to by its name tells nothing of when. */
static bool looks_ahead(const context *ctx, size_t i)
{
	sr_upos tag = cue(ctx, i, ctx->t->c_future) ? tag_of(ctx, i) : SR_UPOS_NOUN;
	return tag != SR_UPOS_NOUN && tag != SR_UPOS_PROPN;
}

/* "is to meet", "agreed to meet", "due to": the infinitive after `to` at i is still to come. */
static bool future_to(const context *ctx, size_t i)
{
	if (i == 0 || ctx->tokens.items[i].edge || !cue(ctx, i, ctx->t->c_to))
		return false;
	if (i + 1 < ctx->tokens.count && cue(ctx, i + 1, ctx->t->c_be)) /* "guidelines to be published" */
		return true;
	return cue(ctx, i - 1, ctx->t->c_future) || cue(ctx, i - 1, ctx->t->c_control) || cue(ctx, i - 1, ctx->t->c_be) ||
	       (ctx->tokens.items[i - 1].cls == C_POSS && tag_of(ctx, i - 1) == SR_UPOS_AUX); /* "what's to come" */
}

/* "will be closed", "is to be closed": a future before the participle at i. */
static bool future_before(const context *ctx, size_t i)
{
	for (size_t k = 1; k <= 4 && k <= i; k++) {
		size_t at = i - k;
		if (ctx->tokens.items[at + 1].edge || stops(ctx, at))
			return false;
		if (looks_ahead(ctx, at) || (k <= 2 && future_to(ctx, at)))
			return true;
	}
	return false;
}

/* "Had been due to expire on Friday", "had threatened to leave": what was ahead then, of the infinitive after `to` at i. */
static bool was_planned(const context *ctx, size_t i)
{
	bool been = i > 2 && cue(ctx, i - 2, ctx->t->c_been);
	size_t had = been ? i - 3 : i - 2;
	return i > 1 && same_paragraph_back(ctx, (uint32_t)i, (uint32_t)(i - had)) && sr_str_eq_nocase(token_text(ctx, had), SR_STR("had"));
}

/* What the word at i tells: -1, 1, 2 for "will", or 0 for nothing. */
static int tense_of_word(const context *ctx, size_t i)
{
	const token *tok = &ctx->tokens.items[i];
	if (tok->kind != T_WORD)
		return 0;
	if (looks_ahead(ctx, i))
		return i > 0 && !tok->edge && cue(ctx, i - 1, ctx->t->c_been) ? -1 : cue(ctx, i, ctx->t->c_modal) ? 2 : 1;
	if (cue(ctx, i, ctx->t->c_past))
		return future_before(ctx, i) ? 1 : -1;
	if ((ends_in_ed(ctx, i) && !cue(ctx, i, ctx->t->c_notverb)) || strong_past(ctx, i))
		return future_before(ctx, i) ? 1 : -1;
	if (i > 0 && !tok->edge && future_to(ctx, i - 1))
		return was_planned(ctx, i - 1) ? -1 : 1;
	return 0;
}

/* "has called a meeting on Tuesday", the verb at i: the perfect does not go with a day that is over, so the day is the meeting's. */
static bool has_called(const context *ctx, size_t i, size_t day)
{
	sr_str before = i > 0 ? token_text(ctx, i - 1) : (sr_str){ 0 };
	bool perfect = !ctx->tokens.items[i].edge && (sr_str_eq(before, SR_STR("has")) || sr_str_eq(before, SR_STR("have")));
	for (i++; perfect && i < day; i++)
		if (cue(ctx, i, ctx->t->c_gathering))
			return true;
	return false;
}

/* "Are organizing a rally on Thursday", the participle at i: what is being called together is still to come. */
static bool is_calling(const context *ctx, size_t i, size_t day)
{
	const token *tok = &ctx->tokens.items[i];
	sr_str w = token_text(ctx, i);
	bool present = i > 0 && !tok->edge && cue(ctx, i - 1, ctx->t->c_be) && !cue(ctx, i - 1, ctx->t->c_past);
	if (!present || tok->kind != T_WORD || !sr_str_ends(w, SR_STR("ing")) || cue(ctx, i, ctx->t->c_report))
		return false;
	for (i++; i < day; i++)
		if (cue(ctx, i, ctx->t->c_gathering))
			return true;
	return false;
}

/* "Wednesday's ruling": what bears its day has been; but people are called to "Wednesday's hearing" beforehand. */
static bool owns_deed(const context *ctx, uint32_t last)
{
	uint32_t i = last;
	if (i + 1 >= ctx->tokens.count || ctx->tokens.items[i].edge || ctx->tokens.items[i].kind != T_PUNCT || ctx->tokens.items[i].cls != C_POSS)
		return false;
	for (i++; i < ctx->tokens.count && i < last + 5 && !ctx->tokens.items[i].edge && !stops(ctx, i); i++) {
		if (cue(ctx, i, ctx->t->c_gathering))
			return false;
		if (tag_of(ctx, i) == SR_UPOS_NOUN && (i + 1 >= ctx->tokens.count || tag_of(ctx, i + 1) != SR_UPOS_NOUN))
			return true;
	}
	return false;
}

int tense_near(const context *ctx, uint32_t first, uint32_t last)
{
	if (owns_deed(ctx, last))
		return -1;
	/* "until Tuesday" looks ahead, unless it opens the sentence. */
	if (first > 1 && !ctx->tokens.items[first].edge && !ctx->tokens.items[first - 1].edge &&
	    cue(ctx, first - 1, ctx->t->c_until) && !stops(ctx, first - 2))
		return 1;
	/* "as early as Tuesday" */
	if (first > 2 && same_paragraph_back(ctx, first, 3) && cue(ctx, first - 1, ctx->t->c_as) &&
	    cue(ctx, first - 2, ctx->t->c_soon) && cue(ctx, first - 3, ctx->t->c_as))
		return 1;
	for (uint32_t k = 1; k <= LOOK && k <= first; k++) {
		uint32_t i = first - k;
		if (ctx->tokens.items[i + 1].edge || stops(ctx, i))
			break;
		int found = is_calling(ctx, i, first) ? 1 : tense_of_word(ctx, i);
		if (found)
			return found < 0 && has_called(ctx, i, first) ? 1 : found;
	}
	for (uint32_t i = last; i < ctx->tokens.count && i < last + LOOK; i++) {
		if (ctx->tokens.items[i].edge || stops(ctx, i))
			break;
		int found = tense_of_word(ctx, i);
		if (found == 1 && (strong_past(ctx, i) || ends_in_ed(ctx, i)) && !future_before(ctx, i))
			return -1; /* "on Saturday she vowed to …": she did, whatever she vowed */
		if (found)
			return found > 1 ? 1 : found; /* "in August they spent hours on a man who would say anything": the first verb may be unknown */
	}
	return 0;
}

/* A verb that is no verb of saying stands at i. */
static bool other_verb(const context *ctx, size_t i)
{
	return cue(ctx, i, ctx->t->c_past) || cue(ctx, i, ctx->t->c_modal) || cue(ctx, i, ctx->t->c_be) ||
	    cue(ctx, i, ctx->t->c_have) ||
	       (ends_in_ed(ctx, i) && !cue(ctx, i, ctx->t->c_notverb));
}

bool said_near(const context *ctx, uint32_t first, uint32_t last, bool fine)
{
	/* "on Tuesday said", "Tuesday denied": the verb follows at once. */
	if (fine && last < ctx->tokens.count && !ctx->tokens.items[last].edge && reports(ctx, last))
		return true;
	/* "On Tuesday the staff denied …": in front of a sentence it belongs to the first verb. */
	bool after_on = first > 0 && !ctx->tokens.items[first].edge && cue(ctx, first - 1, ctx->t->c_on);
	uint32_t opening = after_on ? first - 1 : first;
	if (opening == 0 || ctx->tokens.items[opening].edge || stops(ctx, opening - 1)) {
		for (uint32_t i = last; i < ctx->tokens.count && i < last + 12; i++) {
			if (ctx->tokens.items[i].edge || stops(ctx, i))
				break;
			if (reports(ctx, i))
				return true;
			if (other_verb(ctx, i))
				break;
		}
		return false;
	}
	/* "said (to reporters) (on) Tuesday": the nearest verb before it, with no new clause between. */
	for (uint32_t k = 1; k <= 12 && k <= first; k++) {
		uint32_t i = first - k;
		if (ctx->tokens.items[i + 1].edge || stops(ctx, i))
			return false;
		if (ctx->tokens.items[i].cap && cue(ctx, i, ctx->t->c_on))
			return false; /* "On Tuesday" opens a sentence, whatever is before */
		if (reports(ctx, i))
			return true;
		if (other_verb(ctx, i) || (k > 1 && cue(ctx, i, ctx->t->c_clause)))
			return false;
	}
	return false;
}
