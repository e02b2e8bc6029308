/* Roles: what somebody is called stands beside his name, as the document prints it: before it ("President Jo Moor", "the harbour
 * master, Joel Hardwin"), behind it in apposition ("Edda Corlin, a passenger") or said of it ("Moor is the mayor", "Moor of
 * the harbour company"). */
#include "align.h"
#include "speech.h"

#define ROLE_REACH 200u  /* bytes around a name in which its role stands */
#define MENTIONS_MAX 256u
#define BEHIND_WORDS 9u  /* between a name and a role in apposition behind it */
#define COPULA_WORDS 3u  /* between a name and the verb that says what it is */
#define TITLE_BYTES 4u   /* "Rep." */

/* A name with its words, and the words of its document around one mention. */
typedef struct mention {
	sr_str name, role, text;
	const sr_vwords *parts, *role_parts;
	sr_vwords words;
	size_t at; /* of the surname */
} mention;

/* Belongs to the name itself: its own words, initials, a short title. */
static bool of_name(const mention *m, size_t k)
{
	const sr_vword *w = &m->words.items[k];
	bool title = w->end - w->start <= TITLE_BYTES && sr_word_capital(m->text, w) && w->end < m->text.len && m->text.ptr[w->end] == '.';
	return title || (w->end - w->start == 1 && sr_word_capital(m->text, w)) || sr_speech_holds(m->name, m->parts, m->text, w);
}

/* "President | Jo | Moor": nothing but the name's own words stands between. */
static bool leads(const mention *m, size_t last)
{
	for (size_t k = last + 1; k < m->at; k++)
		if (!of_name(m, k))
			return false;
	return true;
}

static bool is_name_ahead(const mention *m, size_t last)
{
	const sr_vword *w = &m->words.items[last];
	bool ahead = last + 1 < m->words.count && w[1].sentence == w->sentence && w[1].chunk == w->chunk;
	return ahead && sr_word_capital(m->text, &w[1]) && !of_name(m, last + 1) && (w[1].kind == SR_VW_WORD);
}

/* "Moor, 41, the former | mayor", "Moor is the | mayor"; not "Moor met the mayor", nor "Moor, with President Jo Brunt". */
static bool follows(const mention *m, size_t first, size_t last)
{
	const sr_vword *w = m->words.items, *name = &w[m->at];
	size_t ages = 0;
	bool copula = false;
	if (first - m->at > BEHIND_WORDS || is_name_ahead(m, last))
		return false;
	for (size_t k = m->at + 1; k < first; k++) {
		if (sr_str_eq_nocase(sr_word_text(m->text, &w[k]), SR_STR("who")) && !(w[k + 1].classes & SR_VW_COPULA))
			return false;
		copula = copula || ((w[k].classes & SR_VW_COPULA) && k - m->at <= COPULA_WORDS);
		ages += w[k].kind == SR_VW_NUMBER && w[k].chunk != w[k - 1].chunk && w[k].chunk != w[k + 1].chunk;
	}
	bool belongs = first == m->at + 2 && (w[m->at + 1].classes & SR_VW_BELONGING);
	return w[first].chunk == name->chunk ? copula || belongs : w[first].chunk <= name->chunk + 1 + ages;
}

/* The role stands beside the surname at m->at. */
static bool stands_beside(const mention *m)
{
	const sr_vword *w = m->words.items;
	for (size_t i = 0; i < m->words.count; i++) {
		if (w[i].sentence != w[m->at].sentence)
			continue;
		size_t last = sr_name_at(m->role, m->role_parts, m->text, &m->words, i);
		if (last != SIZE_MAX && (last < m->at ? leads(m, last) : i > m->at && follows(m, i, last)))
			return true;
	}
	return false;
}

static sr_status beside_mention(sr_vcontext *ctx, mention *m, size_t offset, bool *holds)
{
	m->words = (sr_vwords){ 0 };
	SR_TRY(sr_words_around(ctx, m->text, offset > ROLE_REACH ? offset - ROLE_REACH : 0, offset + ROLE_REACH, &m->words));
	for (m->at = 0; m->at < m->words.count && m->words.items[m->at].start < offset;)
		m->at++;
	*holds = m->at < m->words.count && m->words.items[m->at].start == offset && stands_beside(m);
	return SR_OK;
}

/* "MAYOR ANA BRUNT:" over words of a transcript. */
static bool on_label(const sr_document *d, sr_str role, sr_str surname)
{
	for (size_t i = 0; i < d->block_count; i++) {
		sr_str label;
		if (d->blocks[i].kind != SR_BLOCK_TURN || !sr_turn_label(sr_span_of(d->text, d->blocks[i].span), &label) || label.len <= surname.len)
			continue;
		bool his = sr_str_eq_nocase(sr_str_slice(label, label.len - surname.len, label.len), surname);
		if (his && label.len > role.len && sr_str_eq_nocase(sr_str_slice(label, 0, role.len), role))
			return true;
	}
	return false;
}

sr_status sr_role_supported(sr_vcontext *ctx, sr_str role, sr_str name, const sr_vcite *cite, bool *holds)
{
	sr_vwords role_parts = { 0 }, parts = { 0 };
	*holds = !role.len;
	if (*holds)
		return SR_OK;
	SR_TRY(sr_words_split(ctx->lex, name, 0, (uint32_t)name.len, 0, false, ctx->scratch, &parts));
	SR_TRY(sr_words_split(ctx->lex, role, 0, (uint32_t)role.len, 0, false, ctx->scratch, &role_parts));
	if (!parts.count || !role_parts.count)
		return SR_OK;
	mention m = { .name = name, .role = role, .text = cite->doc->text, .parts = &parts, .role_parts = &role_parts };
	const sr_vword *surname = sr_speech_last_capital(name, &parts);
	sr_str word = sr_word_text(name, surname ? surname : &parts.items[parts.count - 1]);
	size_t at = 0, seen = 0;
	*holds = on_label(cite->doc, role, word);
	for (; !*holds && seen < MENTIONS_MAX && (at = sr_str_find(m.text, word, at)) != SIZE_MAX; at += word.len, seen++)
		SR_TRY(beside_mention(ctx, &m, at, holds));
	return SR_OK;
}
