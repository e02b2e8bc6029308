/* From the model's verdicts to the reading. */
#include "reader.h"

#include "sitrep/base/unicode.h"

#include <string.h>

static sr_status build_tokens(const sr_tag_model *m, const plan *p, sr_arena *arena, sr_reading *r)
{
	r->token_count = p->words.count;
	r->tokens = SR_NEW_ARRAY(arena, sr_token, r->token_count + 1);
	if (!r->tokens)
		return SR_E_NOMEM;
	for (size_t i = 0; i < r->token_count; i++) {
		const verdict *v = &p->verdicts[i];
		sr_str form = sr_span_of(p->text, p->words.items[i].span);
		r->tokens[i] = (sr_token){ .span = p->words.items[i].span, .head = -2 };
		if (v->head == -2)
			continue;
		r->tokens[i] = (sr_token){ .span = p->words.items[i].span,
			                       .lemma = tag_lemma_apply(&m->lemmas[v->lemma], form, arena),
			                       .upos = v->upos,
			                       .deprel = m->relations[v->relation].deprel,
			                       .passive = m->relations[v->relation].passive,
			                       .head = v->head };
	}
	return SR_OK;
}

static sr_status build_sentences(const sr_tag_model *m, const plan *p, sr_arena *arena, sr_reading *r)
{
	size_t count = 0, at = 0;
	for (size_t g = 0; g < p->segments.count; g++)
		count += p->segments.items[g].sentences;
	r->sentences = SR_NEW_ARRAY(arena, sr_sentence, count + 1);
	float *vectors = SR_NEW_ARRAY(arena, float, (count + 1) * m->width);
	if (!r->sentences || !vectors)
		return SR_E_NOMEM;
	for (size_t g = 0; g < p->segments.count; g++) {
		const segment *s = &p->segments.items[g];
		if (!s->unread)
			memcpy(vectors + at * m->width, s->vectors, (size_t)s->sentences * m->width * sizeof(float));
		at += s->sentences;
	}
	at = 0;
	for (uint32_t i = 0; i < p->words.count; i++) {
		sr_span span = p->words.items[i].span;
		if (p->verdicts[i].starts)
			r->sentences[at++] = (sr_sentence){ .span = span, .first_token = i, .block = p->word_block[i] };
		r->sentences[at - 1].span.end = span.end;
		r->sentences[at - 1].token_count++;
	}
	r->sentence_count = at;
	r->vectors = vectors;
	r->vector_width = m->width;
	return SR_OK;
}

/* Marks that no name holds: one that the model let in ends there. */
static bool breaks_name(sr_str form)
{
	return sr_str_find_char(form, '@', 0) != SIZE_MAX || sr_str_eq(form, SR_STR("<")) || sr_str_eq(form, SR_STR(">")) ||
	       sr_str_eq(form, SR_STR("\"")) || sr_str_eq(form, SR_STR("”"));
}

/* An address of mail names nobody, and one of a site at most who runs it. */
static bool is_address(sr_str name, sr_entity_type type)
{
	static const sr_str ends[] = { SR_STR_INIT(".com"), SR_STR_INIT(".org"), SR_STR_INIT(".net") };
	if (sr_str_find_char(name, ' ', 0) != SIZE_MAX)
		return false;
	bool site = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		site = site || (name.len > ends[i].len && sr_str_ends_nocase(name, ends[i]));
	return sr_str_find_char(name, '@', 0) != SIZE_MAX || (site && type != SR_ENTITY_ORG);
}

static bool listed(const plan *p, const sr_strmap *map, size_t i)
{
	return sr_strmap_get(map, sr_fold_dup(p->scratch, sr_span_of(p->text, p->words.items[i].span))) != NULL;
}

/* "San Rafael Ca": the town in words first to last - 1, and the region that it is in. */
static bool town_and_region(const rules *r, const plan *p, size_t first, size_t last)
{
	if (first == last || !listed(p, &r->regions, last))
		return false;
	for (size_t i = first; i < last; i++)
		if (listed(p, &r->compass, i))
			return false;
	return true;
}

static sr_status build_entities(const sr_tag_model *m, const plan *p, sr_arena *arena, sr_reading *r)
{
	static const sr_entity_type types[] = { SR_ENTITY_PER, SR_ENTITY_ORG, SR_ENTITY_LOC, SR_ENTITY_MISC };
	SR_VEC(sr_entity) list = { 0 };
	sr_entity *open = NULL;
	size_t first = 0;
	for (size_t i = 0; i < p->words.count; i++) {
		const verdict *v = &p->verdicts[i];
		unsigned place = v->name ? (v->name - 1u) % 4 : 3; /* B I E S */
		bool region = place == 2 && open && open->type == SR_ENTITY_LOC && town_and_region(&m->rules, p, first, i);
		if (v->name && (place == 0 || place == 3 || region)) {
			first = i;
			open = SR_PUSH(arena, &list);
			if (!open)
				return SR_E_NOMEM;
			*open = (sr_entity){ .span = p->words.items[i].span, .type = types[(v->name - 1u) / 4] };
		}
		if (open && i && open->span.start != p->words.items[i].span.start && breaks_name(sr_span_of(p->text, p->words.items[i].span)))
			open = NULL;
		if (v->name && open)
			open->span.end = p->words.items[i].span.end;
		if (!v->name || place >= 2)
			open = NULL;
	}
	r->entities = list.items;
	r->entity_count = 0;
	for (size_t i = 0; i < list.count; i++) {
		sr_entity e = list.items[i];
		e.name = sr_span_of(p->text, e.span);
		if (!is_address(e.name, e.type))
			r->entities[r->entity_count++] = e;
	}
	return tag_settle_names(p, arena, &r->entities, &r->entity_count);
}

sr_status tag_build_reading(const sr_tag_model *m, const plan *p, const sr_document *doc, sr_arena *arena, sr_reading *r)
{
	r->doc = doc;
	SR_TRY(build_tokens(m, p, arena, r));
	SR_TRY(build_sentences(m, p, arena, r));
	return build_entities(m, p, arena, r);
}
