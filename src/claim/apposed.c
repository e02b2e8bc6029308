/* "The rebels said the army had bombed the hospital, a charge | the army denied", "…, something that the owners dispute": what is denied
 * stands before the comma, and behind it only a name for it. The parse has such ends of sentences in many ways; the words are always in
 * the same order. */
#include "cast.h"
#include "tree.h"

#define NAME_WORDS_MAX 3   /* "a baseless charge" */
#define SOURCE_WORDS_MAX 12
#define BEFORE_WORDS_MIN 3 /* of what is denied */

/* "a charge" behind the comma at t, and the token behind "that" or "which"; empty if there is none. */
static tokens_span name_behind(const work *w, int32_t t, int32_t last, int32_t *next)
{
	tokens_span s = { t + 1, t };
	for (int32_t k = t + 1; k <= last && k <= t + NAME_WORDS_MAX + 1; k++) {
		if (w->toks[k].bits & W(shell)) {
			s.hi = k;
			*next = k + 1 <= last && (tok_is(w, k + 1, "that") || tok_is(w, k + 1, "which")) ? k + 2 : k + 1;
			return s;
		}
		bool leads = (w->toks[k].bits & W(det)) || (w->toks[k].word && w->reading->tokens[k].upos == SR_UPOS_ADJ);
		if (!leads)
			return TS_NONE;
	}
	return TS_NONE;
}

/* The verb that denies, behind a source that begins at `from`; *source is that. -1: none. */
static int32_t denial_behind(const work *w, int32_t from, int32_t last, int32_t *cue_index, tokens_span *source)
{
	bool named = false;
	int32_t end = from - 1;
	for (int32_t k = from; k <= last && k < from + SOURCE_WORDS_MAX; k++) {
		sr_upos upos = (sr_upos)w->reading->tokens[k].upos;
		int32_t index = upos == SR_UPOS_VERB && named ? cue_of_kind(w, k, CUE_VERB) : -1;
		if (index >= 0 && w->rules->cues[index].stance == SR_STANCE_DENIES) {
			*cue_index = index;
			*source = (tokens_span){ from, end };
			return k;
		}
		if (upos == SR_UPOS_VERB || w->toks[k].punct == ',')
			return -1;
		named = named || upos == SR_UPOS_NOUN || upos == SR_UPOS_PROPN || (w->toks[k].bits & W_PRONOUN);
		if (upos != SR_UPOS_AUX && upos != SR_UPOS_ADV)
			end = k;
	}
	return -1;
}

/* Whatever else is said in the sentence ends at the comma. */
static void end_others(work *w, uint32_t sent, int32_t comma, const cand *own)
{
	for (size_t i = w->cands.count; i-- > 0 && w->cands.items[i].sent == sent;) {
		cand *c = &w->cands.items[i];
		for (size_t k = 0; c != own && k < c->content_count; k++)
			if (c->content[k].lo < comma && c->content[k].hi >= comma)
				c->content[k].hi = comma - 1;
	}
}

sr_status apposed_denial(work *w, uint32_t sent)
{
	int32_t first = sent_first(w, sent), last = sent_last(w, sent);
	for (int32_t t = first + BEFORE_WORDS_MIN; t < last; t++) {
		int32_t next, cue_index;
		tokens_span source, name = w->toks[t].punct == ',' || w->toks[t].punct == '-' ? name_behind(w, t, last, &next) : TS_NONE;
		int32_t verb = ts_empty(name) || w->toks[t].quote >= 0 ? -1 : denial_behind(w, next, last, &cue_index, &source);
		if (verb < 0)
			continue;
		cand *c = NULL;
		for (size_t i = w->cands.count; i-- > 0 && w->cands.items[i].sent == sent && !c;)
			c = w->cands.items[i].cue_tok == verb ? &w->cands.items[i] : NULL;
		c = c ? c : cand_new(w, sent, cue_index, verb);
		if (!c)
			return SR_E_NOMEM;
		c->source = source;
		c->content_count = 0;
		c->dropped = false;
		c->plain = true;
		cand_add_content(c, name);
		end_others(w, sent, t, c);
		return SR_OK;
	}
	return SR_OK;
}
