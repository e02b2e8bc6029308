/* Turns of a transcript: "MAYOR ANA BRUNT: We closed it." */
#include "cast.h"

#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

static const sr_block *turn_at(const work *w, uint32_t block)
{
	const sr_block *b = &w->reading->doc->blocks[block];
	return b->kind == SR_BLOCK_TURN ? b : NULL;
}

int32_t turn_words(const work *w, uint32_t block, int32_t first, int32_t last)
{
	const sr_block *b = turn_at(w, block);
	sr_str who;
	size_t label = b ? sr_turn_label(sr_span_of(w->text, b->span), &who) : 0;
	while (b && first <= last && w->reading->tokens[first].span.start < b->span.start + label)
		first++;
	return first;
}

tokens_span turn_label(const work *w, const quotation *q)
{
	const sr_block *b = turn_at(w, q->block);
	sr_str who;
	if (!b || !sr_turn_label(sr_span_of(w->text, b->span), &who))
		return TS_NONE;
	tokens_span s = { (int32_t)sr_reading_token_at(w->reading, b->span.start), -1 };
	for (int32_t t = s.lo; t < q->toks.lo && w->reading->tokens[t].span.end <= b->span.start + who.len; t++)
		s.hi = t;
	return s;
}

static bool shouted(sr_str name)
{
	bool small = false;
	for (size_t pos = 0; pos < name.len;)
		small = sr_cp_is_lowercase(sr_utf8_next(name, &pos)) || small;
	return !small;
}

/* "Ana Brunt" for "ANA BRUNT", "McCain" for "McCAIN"; initials stay. NULL: no memory. */
static sr_str as_printed(sr_arena *arena, sr_str name)
{
	sr_buf out;
	bool initials = sr_str_find_char(name, ' ', 0) == SIZE_MAX && name.len <= 3, inside = false;
	sr_buf_init(&out, 0);
	for (size_t pos = 0; pos < name.len;) {
		uint32_t cp = sr_utf8_next(name, &pos);
		sr_buf_add_cp(&out, inside && !initials ? sr_cp_lower(cp) : cp);
		inside = sr_cp_is_letter(cp) && !(inside && cp == 'c' && out.len >= 2 && sr_buf_str(&out).ptr[out.len - 2] == 'M');
	}
	sr_str s = sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return s;
}

party *turn_speaker(cast *c, tokens_span label)
{
	work *w = c->w;
	sr_str surname = as_printed(w->arena, tok_str(w, label.hi));
	party *p = surname.len ? party_named(c, surname) : NULL;
	if (p)
		return p;
	p = speaker_of(c, label);
	if (!p || !shouted(p->name))
		return p;
	p->name = as_printed(w->arena, p->name);
	p->role = p->role.len ? as_printed(w->arena, p->role) : p->role;
	/* "BRUNT", later, for "MAYOR ANA BRUNT" */
	int64_t *known = surname.len && p->name.len ? sr_strmap_put(&c->last_names, surname) : NULL;
	if (!known)
		return NULL;
	*known = *known ? *known : p - c->parties.items + 1;
	return p;
}
