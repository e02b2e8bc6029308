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
	       sr_str_eq(form, SR_STR("\"")) || sr_str_eq(form, SR_STR("“")) || sr_str_eq(form, SR_STR("”"));
}

#define NAME_BYTES_MIN 3u

static sr_str word_before(sr_str text, size_t at)
{
	size_t end = at;
	while (end > 0 && text.ptr[end - 1] == ' ')
		end--;
	size_t start = end;
	while (start > 0 && text.ptr[start - 1] != ' ' && text.ptr[start - 1] != '\n')
		start--;
	return sr_str_slice(text, start, end);
}

/* "Go to Oss.com", "at Oss.com": where to look, not who runs it. */
static bool leads_there(sr_str before)
{
	static const sr_str hints[] = { SR_STR_INIT("to"), SR_STR_INIT("at"), SR_STR_INIT("on"), SR_STR_INIT("via"), SR_STR_INIT("visit"), SR_STR_INIT("see") };
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (sr_str_eq_nocase(before, hints[i]))
			return true;
	return false;
}

/* An address of mail names nobody, and one of a site at most who runs it. */
static bool is_address(sr_str name, sr_str before, sr_entity_type type)
{
	static const sr_str ends[] = { SR_STR_INIT(".com"), SR_STR_INIT(".org"), SR_STR_INIT(".net") };
	if (sr_str_find_char(name, ' ', 0) != SIZE_MAX)
		return false;
	bool site = false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		site = site || (name.len > ends[i].len && sr_str_ends_nocase(name, ends[i]));
	return sr_str_find_char(name, '@', 0) != SIZE_MAX || (site && (type != SR_ENTITY_ORG || leads_there(before)));
}

bool tag_listed(const plan *p, const sr_strmap *map, size_t i)
{
	sr_str form = i < p->words.count ? sr_span_of(p->text, p->words.items[i].span) : SR_STR("");
	if (form.len && form.ptr[form.len - 1] == '.')
		form.len--;
	return form.len && sr_strmap_get(map, sr_fold_dup(p->scratch, form)) != NULL;
}

/* "San Rafael Ca": the town in words first to last - 1, and the region that it is in. */
static bool town_and_region(const rules *r, const plan *p, size_t first, size_t last)
{
	if (first == last || !tag_listed(p, &r->regions, last))
		return false;
	for (size_t i = first; i < last; i++)
		if (tag_listed(p, &r->compass, i))
			return false;
	return true;
}

/* "Minister of Infrastructure": who holds the post is named beside it. */
static bool is_post(const rules *r, sr_arena *scratch, sr_str name)
{
	sr_str rest = name, first, second;
	return sr_str_next_field(&rest, ' ', &first) && sr_str_next_field(&rest, ' ', &second) &&
	       (sr_str_eq(second, SR_STR("of")) || sr_str_eq(second, SR_STR("for"))) && sr_strmap_get(&r->posts, sr_fold_dup(scratch, first)) != NULL;
}

/* "Enron/Azurix": two names, unless they are as short as "BC/BS". */
static bool parts_names(const plan *p, size_t i)
{
	return i > 0 && i + 1 < p->words.count && sr_str_eq(sr_span_of(p->text, p->words.items[i].span), SR_STR("/")) && p->verdicts[i + 1].name &&
	       p->words.items[i - 1].span.end - p->words.items[i - 1].span.start >= NAME_BYTES_MIN &&
	       p->words.items[i + 1].span.end - p->words.items[i + 1].span.start >= NAME_BYTES_MIN;
}

/* "The city of Tyre" names Tyre, and "CCNG, Inc.." ends before the sentence's stop. */
static sr_span trimmed(sr_str text, sr_entity e)
{
	static const sr_str kinds[] = { SR_STR_INIT("city of "), SR_STR_INIT("town of "), SR_STR_INIT("village of ") };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && e.type == SR_ENTITY_LOC; i++)
		if (sr_str_starts_nocase(sr_span_of(text, e.span), kinds[i]))
			e.span.start += (uint32_t)kinds[i].len;
	if (e.span.end - e.span.start > 2 && sr_str_ends(sr_span_of(text, e.span), SR_STR("..")))
		e.span.end--;
	return e.span;
}

/* The model's names, in words. */
static sr_status find_runs(const sr_tag_model *m, const plan *p, name_runs *list)
{
	static const sr_entity_type types[] = { SR_ENTITY_PER, SR_ENTITY_ORG, SR_ENTITY_LOC, SR_ENTITY_MISC };
	name_run *open = NULL;
	bool parted = false;
	for (uint32_t i = 0; i < p->words.count; i++) {
		const verdict *v = &p->verdicts[i];
		unsigned place = v->name ? (v->name - 1u) % 4 : 3; /* B I E S */
		bool region = place == 2 && open && open->type == SR_ENTITY_LOC && town_and_region(&m->rules, p, open->first, i);
		if (v->name && (place == 0 || place == 3 || region || parted)) {
			open = SR_PUSH(p->scratch, list);
			if (!open)
				return SR_E_NOMEM;
			*open = (name_run){ .first = i, .last = i, .type = types[(v->name - 1u) / 4] };
		}
		if (open && open->first != i && breaks_name(sr_span_of(p->text, p->words.items[i].span)))
			open = NULL;
		parted = open && parts_names(p, i);
		if (parted)
			open = NULL;
		if (v->name && open)
			open->last = i;
		if (!v->name || place >= 2)
			open = NULL;
	}
	return SR_OK;
}

static sr_status build_entities(const sr_tag_model *m, const plan *p, sr_arena *arena, sr_reading *r)
{
	name_runs found = { 0 }, runs = { 0 };
	SR_TRY(find_runs(m, p, &found));
	SR_TRY(tag_bound_names(&m->rules, p, &found, &runs));
	r->entities = SR_NEW_ARRAY(arena, sr_entity, runs.count + 1);
	r->entity_count = 0;
	if (!r->entities)
		return SR_E_NOMEM;
	for (size_t i = 0; i < runs.count; i++) {
		const word *w = p->words.items;
		sr_entity e = { .span = { w[runs.items[i].first].span.start, w[runs.items[i].last].span.end }, .type = runs.items[i].type };
		e.span = trimmed(p->text, e);
		e.name = tag_name_of(sr_span_of(p->text, e.span));
		bool post = e.type == SR_ENTITY_ORG && is_post(&m->rules, p->scratch, e.name);
		if (!post && !is_address(e.name, word_before(p->text, e.span.start), e.type))
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
