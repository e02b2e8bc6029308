/* The contract's dossier shape. Additions to it, all left out where empty: story.title_cites,
 * brief[].heading_cites, conflicts[].settled_by, series[].text, quotes[].via/named/origins, timeline[].until,
 * updates[].note, and voices, which only the page of who said what has. Strings are the dossier's own, byte for byte, so that verify sees what compose made. */
#include "page.h"

#include "sitrep/base/json.h"

#include <math.h>

static void put_cites(sr_jsonw *w, const char *key, sr_cites cites)
{
	sr_jsonw_key(w, key);
	sr_jsonw_array(w);
	for (size_t i = 0; i < cites.count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_int(w, "source", cites.items[i].source);
		sr_jsonw_kv_int(w, "start", cites.items[i].span.start);
		sr_jsonw_kv_int(w, "end", cites.items[i].span.end);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_lines(sr_jsonw *w, const char *key, const sr_line *lines, size_t count)
{
	sr_jsonw_key(w, key);
	sr_jsonw_array(w);
	for (size_t i = 0; i < count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "text", lines[i].text);
		sr_jsonw_kv_str_opt(w, "who", lines[i].who);
		put_cites(w, "cites", lines[i].cites);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_places(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "places");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->place_count; i++) {
		const sr_place *place = &d->places[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "name", place->name);
		sr_jsonw_kv_str_opt(w, "country", place->country);
		if (place->resolved) {
			sr_jsonw_kv_double(w, "lat", place->lat);
			sr_jsonw_kv_double(w, "lon", place->lon);
		}
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_story(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "story");
	sr_jsonw_object(w);
	sr_jsonw_kv_str(w, "id", d->id);
	sr_jsonw_kv_str(w, "title", d->title);
	if (d->title_cites.count)
		put_cites(w, "title_cites", d->title_cites);
	sr_jsonw_kv_int(w, "edition", d->edition);
	sr_jsonw_kv_time_opt(w, "first_reported", d->first_reported);
	sr_jsonw_kv_time_opt(w, "updated", d->updated);
	sr_jsonw_kv_int(w, "documents", d->documents);
	sr_jsonw_kv_int(w, "origins", d->origins);
	put_places(w, d);
	sr_jsonw_key(w, "entities");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->entity_count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "name", d->entities[i].name);
		sr_jsonw_kv_str(w, "type", sr_str_c(sr_entity_type_name(d->entities[i].type)));
		sr_jsonw_kv_int(w, "mentions", d->entities[i].mentions);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
	sr_jsonw_object_end(w);
}

static void put_brief(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "brief");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->brief_count; i++) {
		const sr_section *section = &d->brief[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str_opt(w, "heading", section->heading);
		if (section->heading_cites.count)
			put_cites(w, "heading_cites", section->heading_cites);
		put_lines(w, "sentences", section->lines, section->line_count);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_holder(sr_jsonw *w, const sr_holder *h)
{
	sr_jsonw_object(w);
	sr_jsonw_kv_str_opt(w, "who", h->who);
	sr_jsonw_kv_str_opt(w, "role", h->role);
	sr_jsonw_kv_bool(w, "named", h->named);
	sr_jsonw_kv_str_opt(w, "via", h->via);
	sr_jsonw_kv_time_opt(w, "said", h->said);
	sr_jsonw_kv_int(w, "source", h->cite.source);
	sr_jsonw_kv_int(w, "start", h->cite.span.start);
	sr_jsonw_kv_int(w, "end", h->cite.span.end);
	sr_jsonw_object_end(w);
}

static void put_conflicts(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "conflicts");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->conflict_count; i++) {
		const sr_conflict *c = &d->conflicts[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "id", c->id);
		sr_jsonw_kv_str(w, "question", c->question);
		sr_jsonw_kv_str(w, "kind", sr_str_c(sr_conflict_kind_name(c->kind)));
		sr_jsonw_kv_str(w, "status", sr_str_c(sr_conflict_status_name(c->status)));
		if (c->settled_by)
			sr_jsonw_kv_str(w, "settled_by", sr_str_c(sr_settled_by_name(c->settled_by)));
		sr_jsonw_key(w, "positions");
		sr_jsonw_array(w);
		for (size_t j = 0; j < c->position_count; j++) {
			const sr_position *position = &c->positions[j];
			sr_jsonw_object(w);
			sr_jsonw_kv_str(w, "statement", position->statement);
			sr_jsonw_kv_int(w, "origins", position->origins);
			sr_jsonw_key(w, "held_by");
			sr_jsonw_array(w);
			for (size_t k = 0; k < position->held_by_count; k++)
				put_holder(w, &position->held_by[k]);
			sr_jsonw_array_end(w);
			sr_jsonw_object_end(w);
		}
		sr_jsonw_array_end(w);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_unknown(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "unknown");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->unknown_count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "text", d->unknown[i].text);
		sr_jsonw_kv_str(w, "reason", sr_str_c(sr_unknown_reason_name(d->unknown[i].reason)));
		put_cites(w, "cites", d->unknown[i].cites);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_quotes(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "quotes");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->quote_count; i++) {
		const sr_quote *q = &d->quotes[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "text", q->text);
		sr_jsonw_kv_str_opt(w, "speaker", q->speaker);
		sr_jsonw_kv_str_opt(w, "role", q->role);
		sr_jsonw_kv_str_opt(w, "via", q->via);
		sr_jsonw_kv_bool(w, "named", q->named);
		sr_jsonw_kv_time_opt(w, "said", q->said);
		sr_jsonw_kv_int(w, "origins", q->origins);
		put_cites(w, "cites", q->cites);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

/* A missing bound is left out, like everything unknown. */
static void put_bound(sr_jsonw *w, const char *key, double v)
{
	if (isfinite(v))
		sr_jsonw_kv_double(w, key, v);
}

static void put_figures(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "figures");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->figure_count; i++) {
		const sr_figure *f = &d->figures[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str(w, "measure", f->measure);
		sr_jsonw_kv_str_opt(w, "unit", f->unit);
		sr_jsonw_key(w, "series");
		sr_jsonw_array(w);
		for (size_t j = 0; j < f->series_count; j++) {
			const sr_figure_point *point = &f->series[j];
			sr_jsonw_object(w);
			sr_jsonw_kv_time_opt(w, "as_of", point->as_of);
			put_bound(w, "low", point->low);
			put_bound(w, "high", point->high);
			sr_jsonw_kv_str_opt(w, "who", point->who);
			sr_jsonw_kv_str_opt(w, "text", point->text);
			put_cites(w, "cites", point->cites);
			sr_jsonw_object_end(w);
		}
		sr_jsonw_array_end(w);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_timeline(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "timeline");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->timeline_count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_time_opt(w, "date", d->timeline[i].date);
		sr_jsonw_kv_time_opt(w, "until", d->timeline[i].until);
		sr_jsonw_kv_str(w, "text", d->timeline[i].text);
		sr_jsonw_kv_int(w, "origins", d->timeline[i].origins);
		put_cites(w, "cites", d->timeline[i].cites);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_updates(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "updates");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->update_count; i++) {
		sr_jsonw_object(w);
		sr_jsonw_kv_time_opt(w, "at", d->updates[i].at);
		sr_jsonw_kv_str(w, "text", d->updates[i].text);
		sr_jsonw_kv_str_opt(w, "note", d->updates[i].note);
		put_cites(w, "cites", d->updates[i].cites);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

/* Left out for a first edition, which has nothing to be compared with. */
static void put_changes(sr_jsonw *w, const sr_changes *c)
{
	if (!c->since)
		return;
	sr_jsonw_key(w, "changes");
	sr_jsonw_object(w);
	sr_jsonw_kv_int(w, "since", c->since);
	put_lines(w, "new", c->added, c->added_count);
	put_lines(w, "strengthened", c->strengthened, c->strengthened_count);
	put_lines(w, "contradicted", c->contradicted, c->contradicted_count);
	put_lines(w, "withdrawn", c->withdrawn, c->withdrawn_count);
	sr_jsonw_object_end(w);
}

static void put_statement(sr_jsonw *w, const sr_statement *s)
{
	sr_jsonw_object(w);
	sr_jsonw_kv_str(w, "text", s->text);
	sr_jsonw_kv_bool(w, "direct", s->direct);
	sr_jsonw_kv_str(w, "stance", sr_str_c(sr_stance_name(s->stance)));
	sr_jsonw_kv_str(w, "certainty", sr_str_c(sr_certainty_name(s->certainty)));
	sr_jsonw_kv_str_opt(w, "via", s->via);
	sr_jsonw_kv_time_opt(w, "said", s->said);
	sr_jsonw_kv_time_opt(w, "when", s->when);
	sr_jsonw_kv_time_opt(w, "until", s->until);
	sr_jsonw_kv_int(w, "origins", s->origins);
	put_cites(w, "cites", s->cites);
	sr_jsonw_object_end(w);
}

static void put_voices(sr_jsonw *w, const sr_dossier *d)
{
	if (!d->voice_count)
		return;
	sr_jsonw_key(w, "voices");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->voice_count; i++) {
		const sr_voice *v = &d->voices[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_str_opt(w, "name", v->name);
		sr_jsonw_kv_str_opt(w, "role", v->role);
		sr_jsonw_kv_bool(w, "named", v->named);
		if (v->collective)
			sr_jsonw_kv_bool(w, "collective", true);
		sr_jsonw_key(w, "statements");
		sr_jsonw_array(w);
		for (size_t j = 0; j < v->statement_count; j++)
			put_statement(w, &v->statements[j]);
		sr_jsonw_array_end(w);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

static void put_sources(sr_jsonw *w, const sr_dossier *d)
{
	sr_jsonw_key(w, "sources");
	sr_jsonw_array(w);
	for (size_t i = 0; i < d->source_count; i++) {
		const sr_source *s = &d->sources[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_int(w, "n", s->n);
		sr_jsonw_kv_str_opt(w, "title", s->title);
		sr_jsonw_kv_str_opt(w, "publisher", s->publisher);
		sr_jsonw_kv_str_opt(w, "url", s->url);
		sr_jsonw_kv_str_opt(w, "path", s->path);
		sr_jsonw_kv_time_opt(w, "published", s->published);
		sr_jsonw_kv_time_opt(w, "retrieved", s->retrieved);
		sr_jsonw_kv_str_opt(w, "credit", s->credit);
		sr_jsonw_kv_int(w, "origin", s->origin);
		sr_jsonw_kv_str(w, "kind", sr_str_c(sr_doc_kind_name(s->kind)));
		sr_jsonw_kv_str_opt(w, "description", s->description);
		sr_jsonw_kv_str(w, "status", sr_str_c(sr_doc_status_name(s->status)));
		sr_jsonw_kv_str_opt(w, "sha256", s->sha256);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
}

sr_status render_json(page *p)
{
	sr_jsonw w;
	sr_jsonw_init(&w, p->out);
	sr_jsonw_object(&w);
	sr_jsonw_kv_int(&w, "sitrep", 1);
	put_story(&w, p->d);
	put_brief(&w, p->d);
	put_conflicts(&w, p->d);
	put_unknown(&w, p->d);
	put_quotes(&w, p->d);
	put_figures(&w, p->d);
	put_timeline(&w, p->d);
	put_updates(&w, p->d);
	put_changes(&w, &p->d->changes);
	put_voices(&w, p->d);
	put_sources(&w, p->d);
	sr_jsonw_object_end(&w);
	sr_buf_add_char(p->out, '\n');
	return SR_OK;
}
