/* Reading a dossier back from the contract's JSON.
 *
 * Invariants: every string is copied into the arena, so that the JSON may go; a list longer than
 * its ceiling is refused before anything is allocated for it; the reader keeps the path of the
 * member it is at, so that a message can name it. */
#include "sitrep/base/json.h"
#include "sitrep/verify.h"

#include <stdio.h>

#define PATH_MAX_BYTES 160

typedef struct reader {
	sr_arena *arena;
	sr_error *err;
	sr_status status;
	char path[PATH_MAX_BYTES];
	size_t path_len, entries; /* entries: of all lists but the sources */
} reader;

/* The first failure stays; later reads of a failed reader do nothing that matters. */
static void refuse(reader *r, sr_status status, const char *what)
{
	if (r->status != SR_OK)
		return;
	r->status = sr_fail(r->err, status, "%.*s: %s", (int)r->path_len, r->path, what);
}

static size_t enter(reader *r, const char *key, size_t index)
{
	size_t mark = r->path_len, room = sizeof r->path - r->path_len;
	int n = index == SIZE_MAX ? snprintf(r->path + mark, room, "%s%s", mark ? "." : "", key)
	                          : snprintf(r->path + mark, room, "[%zu]", index);
	if (n > 0)
		r->path_len = mark + ((size_t)n < room ? (size_t)n : room - 1);
	return mark;
}

static void leave(reader *r, size_t mark) { r->path_len = mark; }

static void *many(reader *r, size_t count, size_t size)
{
	void *p = count ? sr_arena_array(r->arena, count, size) : NULL;
	if (count && !p)
		refuse(r, SR_E_NOMEM, "out of memory");
	return p;
}

static sr_str text_of(reader *r, const sr_jval *object, const char *key, bool needed)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX);
	sr_str s = { 0 };
	if (v && !sr_jval_is_string(v))
		refuse(r, SR_E_INVALID, "is not a string");
	else if (!v && needed)
		refuse(r, SR_E_INVALID, "is missing");
	else if (v && sr_jval_str(v).len) {
		s = sr_str_dup(r->arena, sr_jval_str(v));
		if (!s.ptr)
			refuse(r, SR_E_NOMEM, "out of memory");
	}
	leave(r, mark);
	return s;
}

/* A whole number within [0, UINT32_MAX]; a fraction is refused, not rounded. */
static uint32_t count_of(reader *r, const sr_jval *object, const char *key, bool needed)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX);
	uint32_t n = 0;
	if (v) {
		double d = sr_jval_double(v, -1);
		if (!sr_jval_is_number(v) || !(d >= 0 && d <= (double)UINT32_MAX) || d != (double)(uint32_t)d)
			refuse(r, SR_E_INVALID, "is not a whole number in range");
		else
			n = (uint32_t)d;
	} else if (needed)
		refuse(r, SR_E_INVALID, "is missing");
	leave(r, mark);
	return n;
}

static double number_of(reader *r, const sr_jval *object, const char *key, double otherwise)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX);
	if (v && !sr_jval_is_number(v))
		refuse(r, SR_E_INVALID, "is not a number");
	leave(r, mark);
	return sr_jval_double(v, otherwise);
}

static sr_time time_of(reader *r, const sr_jval *object, const char *key)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX);
	sr_time t = SR_TIME_NONE;
	if (v && !sr_jval_is_string(v))
		refuse(r, SR_E_INVALID, "is not a string");
	else if (v && !sr_time_parse(sr_jval_str(v), &t))
		refuse(r, SR_E_INVALID, "is not a time");
	leave(r, mark);
	return t;
}

typedef bool (*word_parser)(sr_str s, void *out);

/* A member that is one of a fixed set of words; parse answers false for others. */
static void word_of(reader *r, const sr_jval *object, const char *key, bool needed, word_parser parse, void *out)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX);
	if (!v && needed)
		refuse(r, SR_E_INVALID, "is missing");
	else if (v && !parse(sr_jval_str(v), out))
		refuse(r, SR_E_INVALID, "is not a word of the contract");
	leave(r, mark);
}

static bool parse_kind(sr_str s, void *out) { return sr_conflict_kind_parse(s, out); }
static bool parse_state(sr_str s, void *out) { return sr_conflict_status_parse(s, out); }
static bool parse_settled_by(sr_str s, void *out) { return sr_settled_by_parse(s, out); }
static bool parse_reason(sr_str s, void *out) { return sr_unknown_reason_parse(s, out); }
static bool parse_doc_kind(sr_str s, void *out) { return sr_doc_kind_parse(s, out); }
static bool parse_doc_status(sr_str s, void *out) { return sr_doc_status_parse(s, out); }

static bool parse_entity(sr_str s, void *out)
{
	for (int t = SR_ENTITY_PER; t <= SR_ENTITY_MISC; t++)
		if (sr_str_eq(s, sr_str_c(sr_entity_type_name((sr_entity_type)t)))) {
			*(sr_entity_type *)out = (sr_entity_type)t;
			return true;
		}
	return false;
}

/* Calls one for each element of object[key]; answers the array made and its count. */
typedef void (*element_reader)(reader *r, const sr_jval *v, void *out);

static void *long_list_of(reader *r, const sr_jval *object, const char *key, size_t most, size_t size, element_reader one, size_t *count)
{
	const sr_jval *v = sr_jval_get(object, key);
	size_t mark = enter(r, key, SIZE_MAX), n = sr_jval_len(v);
	*count = 0;
	if (v && !sr_jval_is_array(v))
		refuse(r, SR_E_INVALID, "is not a list");
	r->entries += most == SR_DOSSIER_SOURCES_MAX ? 0 : n;
	if (n > most || r->entries > SR_DOSSIER_ENTRIES_MAX)
		refuse(r, SR_E_LIMIT, n > most ? "has too many entries" : "is one of too many entries");
	char *items = r->status == SR_OK ? many(r, n, size) : NULL;
	for (size_t i = 0; items && i < n && r->status == SR_OK; i++) {
		size_t inner = enter(r, "", i);
		const sr_jval *element = sr_jval_at(v, i);
		if (!sr_jval_is_object(element))
			refuse(r, SR_E_INVALID, "is not an object");
		else
			one(r, element, items + i * size);
		leave(r, inner);
	}
	if (items && r->status == SR_OK)
		*count = n;
	leave(r, mark);
	return *count ? items : NULL;
}

static void *list_of(reader *r, const sr_jval *object, const char *key, size_t size, element_reader one, size_t *count)
{
	return long_list_of(r, object, key, SR_DOSSIER_ITEMS_MAX, size, one, count);
}

static void read_cite(reader *r, const sr_jval *v, void *out)
{
	sr_cite *c = out;
	c->source = count_of(r, v, "source", true);
	c->span.start = count_of(r, v, "start", true);
	c->span.end = count_of(r, v, "end", true);
}

static sr_cites cites_of(reader *r, const sr_jval *v, const char *key)
{
	sr_cites cites;
	cites.items = list_of(r, v, key, sizeof *cites.items, read_cite, &cites.count);
	return cites;
}

static void read_line(reader *r, const sr_jval *v, void *out)
{
	sr_line *line = out;
	line->text = text_of(r, v, "text", true);
	line->cites = cites_of(r, v, "cites");
}

static void read_change(reader *r, const sr_jval *v, void *out)
{
	sr_line *line = out;
	read_line(r, v, line);
	line->who = text_of(r, v, "who", false);
}

static void read_section(reader *r, const sr_jval *v, void *out)
{
	sr_section *s = out;
	s->heading = text_of(r, v, "heading", false);
	s->heading_cites = cites_of(r, v, "heading_cites");
	s->lines = list_of(r, v, "sentences", sizeof *s->lines, read_line, &s->line_count);
}

static void read_holder(reader *r, const sr_jval *v, void *out)
{
	sr_holder *h = out;
	h->who = text_of(r, v, "who", false);
	h->role = text_of(r, v, "role", false);
	h->via = text_of(r, v, "via", false);
	h->named = sr_jval_bool(sr_jval_get(v, "named"), false);
	h->said = time_of(r, v, "said");
	read_cite(r, v, &h->cite);
}

static void read_position(reader *r, const sr_jval *v, void *out)
{
	sr_position *p = out;
	p->statement = text_of(r, v, "statement", true);
	p->origins = count_of(r, v, "origins", false);
	p->held_by = list_of(r, v, "held_by", sizeof *p->held_by, read_holder, &p->held_by_count);
}

static void read_conflict(reader *r, const sr_jval *v, void *out)
{
	sr_conflict *c = out;
	c->id = text_of(r, v, "id", false);
	c->question = text_of(r, v, "question", true);
	word_of(r, v, "kind", true, parse_kind, &c->kind);
	word_of(r, v, "status", true, parse_state, &c->status);
	word_of(r, v, "settled_by", false, parse_settled_by, &c->settled_by);
	c->positions = list_of(r, v, "positions", sizeof *c->positions, read_position, &c->position_count);
}

static void read_unknown(reader *r, const sr_jval *v, void *out)
{
	sr_unknown *u = out;
	u->text = text_of(r, v, "text", true);
	word_of(r, v, "reason", true, parse_reason, &u->reason);
	u->cites = cites_of(r, v, "cites");
}

static void read_quote(reader *r, const sr_jval *v, void *out)
{
	sr_quote *q = out;
	q->text = text_of(r, v, "text", true);
	q->speaker = text_of(r, v, "speaker", false);
	q->role = text_of(r, v, "role", false);
	q->via = text_of(r, v, "via", false);
	q->named = sr_jval_bool(sr_jval_get(v, "named"), q->speaker.len > 0);
	q->said = time_of(r, v, "said");
	q->origins = count_of(r, v, "origins", false);
	q->cites = cites_of(r, v, "cites");
}

static void read_point(reader *r, const sr_jval *v, void *out)
{
	sr_figure_point *p = out;
	p->as_of = time_of(r, v, "as_of");
	/* a bound that is left out is open: "at least 12" has no high */
	p->low = number_of(r, v, "low", -__builtin_inf());
	p->high = number_of(r, v, "high", __builtin_inf());
	p->who = text_of(r, v, "who", false);
	p->text = text_of(r, v, "text", false);
	p->cites = cites_of(r, v, "cites");
}

static void read_figure(reader *r, const sr_jval *v, void *out)
{
	sr_figure *f = out;
	f->measure = text_of(r, v, "measure", false);
	f->unit = text_of(r, v, "unit", false);
	f->series = list_of(r, v, "series", sizeof *f->series, read_point, &f->series_count);
}

static void read_event(reader *r, const sr_jval *v, void *out)
{
	sr_event *e = out;
	e->date = time_of(r, v, "date");
	e->until = time_of(r, v, "until");
	e->text = text_of(r, v, "text", true);
	e->origins = count_of(r, v, "origins", false);
	e->cites = cites_of(r, v, "cites");
}

static void read_update(reader *r, const sr_jval *v, void *out)
{
	sr_update *u = out;
	u->at = time_of(r, v, "at");
	u->text = text_of(r, v, "text", true);
	u->note = text_of(r, v, "note", false);
	u->cites = cites_of(r, v, "cites");
}

static void read_source(reader *r, const sr_jval *v, void *out)
{
	sr_source *s = out;
	s->n = count_of(r, v, "n", true);
	s->title = text_of(r, v, "title", false);
	s->publisher = text_of(r, v, "publisher", false);
	s->url = text_of(r, v, "url", false);
	s->path = text_of(r, v, "path", false);
	s->credit = text_of(r, v, "credit", false);
	s->description = text_of(r, v, "description", false);
	s->sha256 = text_of(r, v, "sha256", true);
	s->published = time_of(r, v, "published");
	s->retrieved = time_of(r, v, "retrieved");
	s->origin = count_of(r, v, "origin", false);
	word_of(r, v, "kind", false, parse_doc_kind, &s->kind);
	word_of(r, v, "status", false, parse_doc_status, &s->status);
}

static void read_place(reader *r, const sr_jval *v, void *out)
{
	sr_place *p = out;
	p->name = text_of(r, v, "name", true);
	p->country = text_of(r, v, "country", false);
	p->resolved = sr_jval_get(v, "lat") && sr_jval_get(v, "lon");
	p->lat = number_of(r, v, "lat", 0);
	p->lon = number_of(r, v, "lon", 0);
}

static void read_entity(reader *r, const sr_jval *v, void *out)
{
	sr_story_entity *e = out;
	e->name = text_of(r, v, "name", true);
	word_of(r, v, "type", true, parse_entity, &e->type);
	e->mentions = count_of(r, v, "mentions", false);
}

static void read_changes(reader *r, const sr_jval *v, sr_changes *c)
{
	size_t mark = enter(r, "changes", SIZE_MAX);
	c->since = count_of(r, v, "since", false);
	c->added = list_of(r, v, "new", sizeof *c->added, read_change, &c->added_count);
	c->strengthened = list_of(r, v, "strengthened", sizeof *c->added, read_change, &c->strengthened_count);
	c->contradicted = list_of(r, v, "contradicted", sizeof *c->added, read_change, &c->contradicted_count);
	c->withdrawn = list_of(r, v, "withdrawn", sizeof *c->added, read_change, &c->withdrawn_count);
	leave(r, mark);
}

static void read_story(reader *r, const sr_jval *v, sr_dossier *d)
{
	size_t mark = enter(r, "story", SIZE_MAX);
	if (!sr_jval_is_object(v))
		refuse(r, SR_E_INVALID, "is missing or not an object");
	d->id = text_of(r, v, "id", false);
	d->title = text_of(r, v, "title", false);
	d->title_cites = cites_of(r, v, "title_cites");
	d->edition = count_of(r, v, "edition", false);
	d->first_reported = time_of(r, v, "first_reported");
	d->updated = time_of(r, v, "updated");
	d->documents = count_of(r, v, "documents", true);
	d->origins = count_of(r, v, "origins", true);
	d->places = list_of(r, v, "places", sizeof *d->places, read_place, &d->place_count);
	d->entities = list_of(r, v, "entities", sizeof *d->entities, read_entity, &d->entity_count);
	leave(r, mark);
}

static void read_root(reader *r, const sr_jval *root, sr_dossier *d)
{
	if (!sr_jval_is_object(root) || sr_jval_int(sr_jval_get(root, "sitrep"), 0) != 1) {
		r->status = sr_fail(r->err, SR_E_INVALID, "not a dossier: \"sitrep\" is not 1");
		return;
	}
	/* read as a dossier it would be one without a line, of which everything holds */
	if (sr_jval_get(root, "voices")) {
		r->status = sr_fail(r->err, SR_E_INVALID, "not a dossier but a page of claims, which cannot be verified yet: brief and show print dossiers");
		return;
	}
	read_story(r, sr_jval_get(root, "story"), d);
	d->brief = list_of(r, root, "brief", sizeof *d->brief, read_section, &d->brief_count);
	d->conflicts = list_of(r, root, "conflicts", sizeof *d->conflicts, read_conflict, &d->conflict_count);
	d->unknown = list_of(r, root, "unknown", sizeof *d->unknown, read_unknown, &d->unknown_count);
	d->quotes = list_of(r, root, "quotes", sizeof *d->quotes, read_quote, &d->quote_count);
	d->figures = list_of(r, root, "figures", sizeof *d->figures, read_figure, &d->figure_count);
	d->timeline = list_of(r, root, "timeline", sizeof *d->timeline, read_event, &d->timeline_count);
	d->updates = list_of(r, root, "updates", sizeof *d->updates, read_update, &d->update_count);
	read_changes(r, sr_jval_get(root, "changes"), &d->changes);
	d->sources = long_list_of(r, root, "sources", SR_DOSSIER_SOURCES_MAX, sizeof *d->sources, read_source, &d->source_count);
}

sr_status sr_dossier_read(sr_str json, sr_arena *arena, sr_dossier *dossier, sr_error *err)
{
	sr_json *parsed;
	*dossier = (sr_dossier){ 0 };
	SR_TRY(sr_json_parse(json, &parsed, err));
	reader r = { .arena = arena, .err = err };
	read_root(&r, sr_json_root(parsed), dossier);
	sr_json_free(parsed);
	if (r.status != SR_OK)
		*dossier = (sr_dossier){ 0 };
	return r.status;
}
