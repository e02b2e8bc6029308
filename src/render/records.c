#include "sitrep/render/records.h"

#include <math.h>

static void write_span(sr_jsonw *w, sr_span s)
{
	sr_jsonw_array(w);
	sr_jsonw_int(w, s.start);
	sr_jsonw_int(w, s.end);
	sr_jsonw_array_end(w);
}

static void write_range(sr_jsonw *w, sr_span s)
{
	sr_jsonw_kv_int(w, "start", s.start);
	sr_jsonw_kv_int(w, "end", s.end);
}

static void write_spans(sr_jsonw *w, const char *key, sr_spans spans)
{
	sr_jsonw_key(w, key);
	sr_jsonw_array(w);
	for (size_t i = 0; i < spans.count; i++)
		write_span(w, spans.items[i]);
	sr_jsonw_array_end(w);
}

static void write_strings(sr_jsonw *w, const char *key, const sr_str *items, size_t count)
{
	if (!count)
		return;
	sr_jsonw_key(w, key);
	sr_jsonw_array(w);
	for (size_t i = 0; i < count; i++)
		sr_jsonw_str(w, items[i]);
	sr_jsonw_array_end(w);
}

static void write_blocks(sr_jsonw *w, const sr_document *doc)
{
	sr_jsonw_key(w, "blocks");
	sr_jsonw_array(w);
	for (size_t i = 0; i < doc->block_count; i++) {
		const sr_block *b = &doc->blocks[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "kind", sr_str_c(sr_block_kind_name(b->kind)));
		write_range(w, b->span);
		sr_jsonw_kv_time_opt(w, "time", b->time);
		if (b->group)
			sr_jsonw_kv_int(w, "group", b->group);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void write_images(sr_jsonw *w, const sr_document *doc)
{
	if (!doc->image_count)
		return;
	sr_jsonw_key(w, "images");
	sr_jsonw_array(w);
	for (size_t i = 0; i < doc->image_count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_str_opt(w, "url", doc->images[i].url);
		sr_jsonw_kv_str_opt(w, "caption", doc->images[i].caption);
		sr_jsonw_kv_str_opt(w, "credit", doc->images[i].credit);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void write_relays(sr_jsonw *w, const sr_document *doc)
{
	if (!doc->relay_count)
		return;
	sr_jsonw_key(w, "relays");
	sr_jsonw_array(w);
	for (size_t i = 0; i < doc->relay_count; i++) {
		const sr_relay *r = &doc->relays[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_int(w, "number", r->number);
		sr_jsonw_kv_str_opt(w, "publisher", r->publisher);
		sr_jsonw_kv_str_opt(w, "title", r->title);
		sr_jsonw_kv_str_opt(w, "description", r->description);
		sr_jsonw_kv_str_opt(w, "url", r->url);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

void sr_render_document_line(sr_buf *out, const sr_document *doc)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str_opt(&w, "id", doc->id);
	sr_jsonw_kv_str_opt(&w, "path", doc->path);
	sr_jsonw_kv_str_opt(&w, "url", doc->url);
	sr_jsonw_kv_str_opt(&w, "canonical", doc->canonical);
	sr_jsonw_kv_str_opt(&w, "title", doc->title);
	write_strings(&w, "byline", doc->bylines, doc->byline_count);
	sr_jsonw_kv_str_opt(&w, "site", doc->site);
	sr_jsonw_kv_str_opt(&w, "section", doc->section);
	sr_jsonw_kv_time_opt(&w, "published", doc->published);
	sr_jsonw_kv_time_opt(&w, "modified", doc->modified);
	sr_jsonw_kv_str_opt(&w, "language", doc->language);
	sr_jsonw_kv_str(&w, "kind", sr_str_c(sr_doc_kind_name(doc->kind)));
	if (doc->status != SR_DOC_USABLE)
		sr_jsonw_kv_str(&w, "status", sr_str_c(sr_doc_status_name(doc->status)));
	sr_jsonw_kv_str_opt(&w, "credit", doc->credit);
	sr_jsonw_kv_str_opt(&w, "dateline", doc->dateline);
	sr_jsonw_kv_str_opt(&w, "correction", doc->correction);
	if (doc->paywalled)
		sr_jsonw_kv_bool(&w, "paywalled", true);
	sr_jsonw_kv_str(&w, "text", doc->text);
	write_blocks(&w, doc);
	write_images(&w, doc);
	write_relays(&w, doc);
	write_strings(&w, "notes", doc->notes, doc->note_count);
	sr_jsonw_kv_str_opt(&w, "sha256", doc->sha256);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}

static void write_entities(sr_jsonw *w, const sr_reading *r)
{
	sr_jsonw_key(w, "entities");
	sr_jsonw_array(w);
	for (size_t i = 0; i < r->entity_count; i++) {
		const sr_entity *e = &r->entities[i];
		sr_jsonw_object(w);
		write_range(w, e->span);
		sr_jsonw_kv_str(w, "type", sr_str_c(sr_entity_type_name(e->type)));
		sr_jsonw_kv_str_opt(w, "name", e->name);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void write_times(sr_jsonw *w, const sr_reading *r)
{
	sr_jsonw_key(w, "times");
	sr_jsonw_array(w);
	for (size_t i = 0; i < r->time_count; i++) {
		const sr_timex *t = &r->times[i];
		sr_jsonw_object(w);
		write_range(w, t->span);
		sr_jsonw_kv_str(w, "type", sr_str_c(sr_timex_type_name(t->type)));
		sr_jsonw_kv_str(w, "value", t->value);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void write_quantities(sr_jsonw *w, const sr_reading *r)
{
	sr_jsonw_key(w, "quantities");
	sr_jsonw_array(w);
	for (size_t i = 0; i < r->quantity_count; i++) {
		const sr_quantity *q = &r->quantities[i];
		sr_jsonw_object(w);
		write_range(w, q->span);
		if (isfinite(q->low))
			sr_jsonw_kv_double(w, "low", q->low);
		if (isfinite(q->high))
			sr_jsonw_kv_double(w, "high", q->high);
		sr_jsonw_kv_str_opt(w, "unit", q->unit);
		sr_jsonw_kv_str_opt(w, "of", q->of);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

/* One statement; those that it holds stand inside it, since PolNeAR's scheme counts the outer one. */
static void write_attribution(sr_jsonw *w, const sr_reading *r, const sr_attribution *a)
{
	sr_jsonw_object(w);
	write_spans(w, "source", a->source);
	write_spans(w, "cue", a->cue);
	write_spans(w, "content", a->content);
	sr_jsonw_kv_str(w, "kind", sr_str_c(sr_quote_kind_name(a->kind)));
	sr_jsonw_kv_str_opt(w, "speaker", a->speaker);
	sr_jsonw_kv_str_opt(w, "role", a->role);
	sr_jsonw_kv_bool(w, "named", a->named);
	if (a->collective)
		sr_jsonw_kv_bool(w, "collective", true);
	sr_jsonw_kv_str_opt(w, "via", a->via);
	sr_jsonw_kv_str(w, "stance", sr_str_c(sr_stance_name(a->stance)));
	sr_jsonw_kv_str(w, "certainty", sr_str_c(sr_certainty_name(a->certainty)));
	if (a->inner && !a->within) {
		sr_jsonw_key(w, "inner");
		sr_jsonw_array(w);
		for (uint32_t i = a->inner; i; i = r->attributions[i - 1].next_inner)
			write_attribution(w, r, &r->attributions[i - 1]);
		sr_jsonw_array_end(w);
	}
	sr_jsonw_object_end(w);
}

static void write_attributions(sr_jsonw *w, const sr_reading *r)
{
	sr_jsonw_key(w, "attributions");
	sr_jsonw_array(w);
	for (size_t i = 0; i < r->attribution_count; i++)
		if (!r->attributions[i].within)
			write_attribution(w, r, &r->attributions[i]);
	sr_jsonw_array_end(w);
}

void sr_render_reading_line(sr_buf *out, const sr_reading *r)
{
	sr_jsonw w;
	sr_jsonw_init(&w, out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_str(&w, "id", r->doc->id);
	sr_jsonw_kv_str(&w, "text", r->doc->text);
	sr_jsonw_kv_str_opt(&w, "language", r->doc->language);
	sr_jsonw_kv_time_opt(&w, "published", r->doc->published);
	sr_jsonw_key(&w, "sentences");
	sr_jsonw_array(&w);
	for (size_t i = 0; i < r->sentence_count; i++)
		write_span(&w, r->sentences[i].span);
	sr_jsonw_array_end(&w);
	write_entities(&w, r);
	write_times(&w, r);
	write_quantities(&w, r);
	write_attributions(&w, r);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(out, '\n');
}
