/* Who speaks in a sentence, by its saying words.
 *
 * A saying word names whoever stands near it (sr_speech_heard), which is enough where nothing else is known of the name. Where
 * the name stands in the sentence itself, the words right before or behind the saying word decide (sr_speech_given):
 * "“…,” Ada Brunt told Tom Retz" is not Tom Retz's. */
#include "speech.h"

#define PRONOUN_REACH 4u /* words between a pronoun and its saying verb */
#define CUE_REACH 8u     /* words between a saying verb and who it belongs to */
#define AUXILIARIES 2u   /* words between a name and its saying verb: "has also" */
#define AUXILIARY_BYTES 4u
#define SMALL_BYTES 3u
#define GIVING (SR_VW_SAYING | SR_VW_DENIAL)

bool sr_speech_article(sr_str word)
{
	return sr_str_eq_nocase(word, SR_STR("the")) || sr_str_eq_nocase(word, SR_STR("a")) || sr_str_eq_nocase(word, SR_STR("an"));
}

bool sr_speech_holds(sr_str text, const sr_vwords *words, sr_str name, const sr_vword *part)
{
	for (size_t i = 0; i < words->count; i++)
		if (sr_word_capital(text, &words->items[i]) == sr_word_capital(name, part) && sr_word_same(name, part, text, &words->items[i]))
			return true;
	return false;
}

/* "CPA" for the Civil Protection Agency. */
bool sr_speech_acronym(sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	char letters[12];
	size_t n = 0;
	for (size_t k = 0; parts->items && name.ptr && k < parts->count && n < sizeof letters; k++)
		if (sr_word_capital(name, &parts->items[k]))
			letters[n++] = name.ptr[parts->items[k].start];
	for (size_t i = 0; i < words->count && n >= 2; i++)
		if (sr_str_eq(sr_word_text(text, &words->items[i]), sr_str_make(letters, n)))
			return true;
	return false;
}

const sr_vword *sr_speech_last_capital(sr_str name, const sr_vwords *parts)
{
	/* "A video …", "The company": an article's capital names nobody */
	for (size_t k = parts->count; k-- > 0;)
		if (sr_word_capital(name, &parts->items[k]) && !sr_speech_article(sr_word_text(name, &parts->items[k])))
			return &parts->items[k];
	return NULL;
}

/* Whether the name at words[k] may be who says what the cue words[cue] says. */
static bool may_speak(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue, size_t k)
{
	const sr_vword *w = &words->items[k], *c = &words->items[cue];
	if (w->quoted || w->kind != SR_VW_WORD || w->sentence != c->sentence || !sr_word_capital(text, w) || (w->classes & (SR_VW_CONTINUES | SR_VW_SAYING)))
		return false;
	sr_str word = sr_word_text(text, w);
	/* who is told something does not say it */
	if (k > cue && sr_str_eq_nocase(sr_word_text(text, c), SR_STR("told")))
		return false;
	return !sr_speech_article(word) && !sr_word_lookup(&lex->months, word) && !sr_word_lookup(&lex->weekdays, word);
}

/* "He said", "but she did not say": a pronoun does, whoever is named behind it. */
static bool pronoun_speaks(sr_str text, const sr_vwords *words, size_t cue)
{
	for (size_t k = cue; k-- > 0 && cue - k <= PRONOUN_REACH && words->items[k].sentence == words->items[cue].sentence && !words->items[k].quoted;) {
		if (words->items[k].classes & SR_VW_CONTINUES)
			return true;
		if (sr_word_capital(text, &words->items[k]))
			return false;
	}
	return false;
}

/* The name stands among the capitals that open the sentence of words[k]. */
bool sr_speech_opens(sr_str text, const sr_vwords *words, size_t k, sr_str name, const sr_vwords *parts)
{
	uint32_t sentence = words->items[k].sentence;
	while (k > 0 && words->items[k - 1].sentence == sentence)
		k--;
	for (; k < words->count && words->items[k].sentence == sentence && !words->items[k].quoted && sr_word_capital(text, &words->items[k]); k++)
		if (sr_speech_holds(name, parts, text, &words->items[k]))
			return true;
	return false;
}

/* "Moor defended the plan on Radio One, saying …": she who opens the sentence says it. */
static bool is_participle(sr_str saying)
{
	return saying.len > 3 && sr_str_eq_nocase(sr_str_slice(saying, saying.len - 3, saying.len), SR_STR("ing"));
}

/* Who speaks by the cue: `name`, somebody else who is named, or nobody who is. */
static sr_heard heard_at(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue, sr_str name, const sr_vwords *parts)
{
	size_t from = cue > CUE_REACH ? cue - CUE_REACH : 0, to = cue + CUE_REACH + 1;
	sr_heard result = HEARD_NOBODY;
	if (pronoun_speaks(text, words, cue))
		return HEARD_NOBODY;
	if (is_participle(sr_word_text(text, &words->items[cue])) && sr_speech_opens(text, words, cue, name, parts))
		return HEARD_NAMED;
	for (size_t k = from; k < to && k < words->count; k++) {
		if (!may_speak(lex, text, words, cue, k))
			continue;
		sr_vwords one = { .items = &words->items[k], .count = 1 };
		if (sr_speech_holds(name, parts, text, &words->items[k]) || sr_speech_acronym(text, &one, name, parts))
			return HEARD_NAMED;
		result = HEARD_OTHER;
	}
	return result;
}

/* The cues of words[from, to), the last first: the first that names anybody decides; all of them are
 * asked if any_of, and one that names `name` is enough. */
sr_heard sr_speech_heard(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t from, size_t to, bool any_of, sr_str name, const sr_vwords *parts)
{
	sr_heard result = HEARD_NOBODY;
	for (size_t i = to; i-- > from;) {
		if (!(words->items[i].classes & SR_VW_SAYING) || words->items[i].quoted)
			continue;
		sr_heard h = heard_at(lex, text, words, i, name, parts);
		if (h == HEARD_NAMED || (h == HEARD_OTHER && !any_of))
			return h;
		result = h == HEARD_OTHER ? h : result;
	}
	return result;
}

bool sr_speech_other(const sr_lexicon *lex, sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	return sr_speech_heard(lex, text, words, 0, words->count, true, name, parts) == HEARD_OTHER;
}

/* A stretch of words that a saying word makes its speaker. */
typedef struct phrase {
	size_t from, to;
} phrase;

static bool is(sr_str text, const sr_vword *w, sr_str word) { return sr_str_eq_nocase(sr_word_text(text, w), word); }

static bool is_possessive(sr_str word) { return sr_str_eq(word, SR_STR("'s")) || sr_str_eq(word, SR_STR("\xE2\x80\x99s")); }

static bool same_clause(const sr_vword *a, const sr_vword *b) { return a->sentence == b->sentence && a->chunk == b->chunk && !a->quoted && !b->quoted; }

/* A name's word: a capital that is not only that of a sentence's head, no day or month. */
static bool names(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t k)
{
	const sr_vword *w = &words->items[k];
	bool head = w->initial && (k == 0 || w[-1].sentence != w->sentence), more = k + 1 < words->count && same_clause(w, w + 1) && sr_word_capital(text, w + 1);
	sr_str word = sr_word_text(text, w);
	return w->kind == SR_VW_WORD && !w->quoted && sr_word_capital(text, w) && (!head || more) && !(w->classes & SR_VW_CONTINUES) && !sr_speech_article(word) &&
	       !sr_word_lookup(&lex->months, word) && !sr_word_lookup(&lex->weekdays, word);
}

/* "Of", "from", "has": a word that no name or post goes on with, as it does with "de la". */
static bool is_small(sr_str text, const sr_vword *w)
{
	bool small = w->end - w->start <= SMALL_BYTES || (w->classes & SR_VW_BELONGING);
	return small && !(w->classes & SR_VW_PARTICLE) && !sr_word_capital(text, w) && !is_possessive(sr_word_text(text, w)) && !sr_speech_article(sr_word_text(text, w));
}

/* "Ada Brunt | has | said": the name that ends right before the saying word, auxiliaries aside, back to the head of its clause,
 * another saying word or a preposition. A second verb ("and said") has its subject further off. */
static phrase before_cue(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue)
{
	const sr_vword *w = words->items;
	size_t to = cue, from;
	while (to > 0 && cue - to < AUXILIARIES && same_clause(&w[to - 1], &w[cue]) && w[to - 1].end - w[to - 1].start <= AUXILIARY_BYTES &&
	       !sr_word_capital(text, &w[to - 1]) && !is_possessive(sr_word_text(text, &w[to - 1])) && !(w[to - 1].classes & (GIVING | SR_VW_CONTINUES)))
		to--;
	to = to > 0 && same_clause(&w[to - 1], &w[cue]) && names(lex, text, words, to - 1) ? to : cue;
	from = to;
	while (from > 0 && same_clause(&w[from - 1], &w[cue]) && !(w[from - 1].classes & GIVING) && !is_small(text, &w[from - 1]) && !is(text, &w[from - 1], SR_STR("that")))
		from--;
	bool of_more = from > 0 && same_clause(&w[from - 1], &w[cue]) && !(w[from - 1].classes & GIVING) && !is(text, &w[from - 1], SR_STR("that"));
	return of_more || is_participle(sr_word_text(text, &w[cue])) ? (phrase){ cue, cue } : (phrase){ from, to };
}

/* "said | former president Ada Brunt", "according to | Ada Brunt": behind a quotation, or where the clause ends with the name. */
static phrase behind_cue(sr_str text, const sr_vwords *words, size_t cue)
{
	const sr_vword *w = words->items;
	bool according = is(text, &w[cue], SR_STR("according"));
	size_t from = cue + 1 + according, to = from;
	while (to < words->count && same_clause(&w[to], &w[cue]) && (!is_small(text, &w[to]) || is(text, &w[to], SR_STR("and"))) && !is(text, &w[to], SR_STR("that")))
		to++;
	bool quoted_before = cue > 0 && w[cue - 1].quoted && w[cue - 1].sentence == w[cue].sentence;
	bool closed = to == words->count || !same_clause(&w[to], &w[cue]), opens = cue == 0 || !same_clause(&w[cue - 1], &w[cue]);
	return to > from && ((opens && (quoted_before || closed)) || according) ? (phrase){ from, to } : (phrase){ cue, cue };
}

/* Who the phrase names: `name` if any word of it stands there, articles and the like aside. */
static sr_heard named_in(const sr_lexicon *lex, sr_str text, const sr_vwords *words, phrase p, sr_str name, const sr_vwords *parts)
{
	sr_heard result = HEARD_NOBODY;
	for (size_t k = p.from; k < p.to; k++) {
		const sr_vword *w = &words->items[k];
		sr_vwords one = { .items = &words->items[k], .count = 1 };
		bool weighs = sr_word_capital(text, w) ? !sr_speech_article(sr_word_text(text, w)) : !is_small(text, w);
		if (weighs && (sr_speech_holds(name, parts, text, w) || sr_speech_acronym(text, &one, name, parts)))
			return HEARD_NAMED;
		result = names(lex, text, words, k) ? HEARD_OTHER : result;
	}
	/* "Tom Retz's lawyer": the name is not that of who speaks */
	bool last = p.from < p.to && names(lex, text, words, p.to - 1);
	return last ? result : HEARD_NOBODY;
}

/* The name stands in the clause of the saying word, behind it: in what is said. */
static bool named_in_content(sr_str text, const sr_vwords *words, size_t cue, sr_str name, const sr_vwords *parts)
{
	for (size_t k = cue + 1; k < words->count && same_clause(&words->items[k], &words->items[cue]); k++)
		if (sr_word_capital(text, &words->items[k]) && sr_speech_holds(name, parts, text, &words->items[k]))
			return true;
	return false;
}

static bool named_before(sr_str text, const sr_vwords *words, size_t end, sr_str name, const sr_vwords *parts)
{
	for (size_t k = end; k-- > 0 && words->items[k].sentence == words->items[end].sentence;)
		if (!words->items[k].quoted && sr_word_capital(text, &words->items[k]) && sr_speech_holds(name, parts, text, &words->items[k]))
			return true;
	return false;
}

/* "He said Tom Retz was wrong": who stands in what is said, and not before, does not say it. */
static sr_heard only_in_content(sr_str text, const sr_vwords *words, size_t cue, sr_str name, const sr_vwords *parts)
{
	return named_in_content(text, words, cue, name, parts) && !named_before(text, words, cue, name, parts) ? HEARD_OTHER : HEARD_NOBODY;
}

static sr_heard given_at(const sr_lexicon *lex, sr_str text, const sr_vwords *words, size_t cue, sr_str name, const sr_vwords *parts)
{
	const sr_vword *w = words->items;
	phrase before = before_cue(lex, text, words, cue);
	const sr_vword *last = cue > 0 && same_clause(&w[cue - 1], &w[cue]) ? &w[cue - 1] : NULL;
	if (last && (last->classes & SR_VW_CONTINUES))
		return only_in_content(text, words, cue, name, parts);
	/* "the elderly Moor, who has denied" */
	for (size_t k = cue; k-- > 1 && cue - k <= AUXILIARIES + 1 && same_clause(&w[k], &w[cue]);)
		if (is(text, &w[k], SR_STR("who")) && sr_speech_holds(name, parts, text, &w[k - 1]))
			return HEARD_NAMED;
	/* "Moor called the mayor in to say": the subject stands further off */
	if (last && (is(text, last, SR_STR("to")) || is(text, last, SR_STR("and"))))
		return named_before(text, words, cue, name, parts) ? HEARD_NAMED : HEARD_NOBODY;
	sr_heard h = named_in(lex, text, words, before, name, parts);
	if (h == HEARD_OTHER && !(w[cue].classes & SR_VW_SAYING))
		return only_in_content(text, words, cue, name, parts);
	if (h != HEARD_NOBODY || before.from < before.to || is_participle(sr_word_text(text, &w[cue])))
		return h;
	h = named_in(lex, text, words, behind_cue(text, words, cue), name, parts);
	/* who is told something does not say it */
	if (is(text, &w[cue], SR_STR("told")))
		return h == HEARD_NAMED ? HEARD_OTHER : HEARD_NOBODY;
	return h;
}

/* A verb that gives words to somebody; not "Tom Retz's claim", "the reports". */
static bool is_cue(sr_str text, const sr_vwords *words, size_t i)
{
	const sr_vword *w = &words->items[i];
	sr_str last = i && same_clause(w - 1, w) ? sr_word_text(text, w - 1) : (sr_str){ 0 };
	return (w->classes & GIVING) && !w->quoted && !sr_speech_article(last) && !is_possessive(last);
}

bool sr_speech_attributed(const sr_lexicon *lex, sr_str text, const sr_vwords *words)
{
	for (size_t i = 0; i < words->count; i++) {
		if (!is_cue(text, words, i) || !(words->items[i].classes & SR_VW_SAYING))
			continue;
		phrase before = before_cue(lex, text, words, i), behind = behind_cue(text, words, i);
		if (before.from < before.to || behind.from < behind.to)
			return true;
	}
	return false;
}

sr_heard sr_speech_given(const sr_lexicon *lex, sr_str text, const sr_vwords *words, sr_str name, const sr_vwords *parts)
{
	sr_heard result = HEARD_NOBODY;
	for (size_t i = 0; i < words->count; i++) {
		sr_heard h = is_cue(text, words, i) ? given_at(lex, text, words, i, name, parts) : HEARD_NOBODY;
		if (h == HEARD_NAMED)
			return h;
		result = h == HEARD_OTHER ? h : result;
	}
	return result;
}
