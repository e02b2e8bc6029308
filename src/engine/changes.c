/* What changed between two editions of a story: a pure function of the two dossiers.
 *
 * A statement is anything in a dossier that says something and cites: a sentence of the brief, a position, a
 * quotation, an entry of the timeline or of the updates. Two statements are the same if their words are, or if
 * they cite the same passage. What compose merely chose otherwise this time is no change: a statement is
 * new only if it leans on a source that is new, and withdrawn only if it leaned on one that was taken
 * back or replaced. */
#include "changes_private.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/engine/archive.h"

#define LINES_MAX 200u /* of each list */

/* ---- sources ---- */

static bool same_bytes(const sr_source *a, const sr_source *b)
{
	return a->sha256.len && sr_str_eq(a->sha256, b->sha256) && sr_str_eq(a->path, b->path) && sr_str_eq(a->title, b->title);
}

static bool same_place(const sr_source *a, const sr_source *b)
{
	return a->url.len || b->url.len ? sr_str_eq(a->url, b->url) : a->path.len && sr_str_eq(a->path, b->path);
}

/* The present state of the page of which x is an earlier one; 0: x is the present one, or the only one. */
static uint32_t present_state(const sr_dossier *d, const sr_source *x)
{
	for (size_t k = 0; k < d->source_count; k++) {
		const sr_source *y = &d->sources[k];
		if (y->status != SR_DOC_CORRECTED && same_place(x, y) && !same_bytes(x, y))
			return y->n;
	}
	return 0;
}

/* The source of the edition after that x is, or the one that took its place. */
static void map_source(finder *f, const sr_strmap *paths, const sr_source *x, source_map *out)
{
	const sr_dossier *a = f->after;
	/* mostly it is the first of its path */
	const int64_t *first = sr_strmap_get(paths, x->path);
	size_t from = first && same_bytes(x, &a->sources[*first - 1]) ? (size_t)*first - 1 : 0;
	for (size_t k = from; k < a->source_count; k++) {
		const sr_source *y = &a->sources[k];
		if (same_bytes(x, y)) {
			*out = (source_map){ .n = y->n, .taken_back = y->status == SR_DOC_WITHDRAWN && x->status != SR_DOC_WITHDRAWN };
			if (y->status == SR_DOC_CORRECTED && x->status != SR_DOC_CORRECTED)
				out->successor = present_state(a, x);
			out->replaced = out->successor != 0;
			f->known[k] = true;
			return;
		}
		if (!out->successor && same_place(x, y))
			out->successor = y->n;
	}
}

static sr_status map_sources(finder *f)
{
	const sr_dossier *b = f->before, *a = f->after;
	sr_strmap paths; /* to the first source of the edition after with each, from 1 */
	sr_strmap_init(&paths, f->arena);
	f->map = SR_NEW_ARRAY(f->arena, source_map, b->source_count + 1);
	f->known = SR_NEW_ARRAY(f->arena, bool, a->source_count + 1);
	if (!f->map || !f->known)
		return SR_E_NOMEM;
	for (size_t k = 0; k < a->source_count; k++) {
		int64_t *slot = sr_strmap_put(&paths, a->sources[k].path);
		if (!slot)
			return SR_E_NOMEM;
		*slot = *slot ? *slot : (int64_t)k + 1;
	}
	for (size_t i = 0; i < b->source_count; i++)
		map_source(f, &paths, &b->sources[i], &f->map[i]);
	return SR_OK;
}

size_t changes_source(const sr_dossier *d, uint32_t n)
{
	for (size_t i = 0; i < d->source_count; i++)
		if (d->sources[i].n == n)
			return i;
	return SIZE_MAX;
}

/* Distinct origins of what is cited. */
static uint32_t origins_of(const sr_dossier *d, sr_cites cites)
{
	uint32_t n = 0;
	for (size_t i = 0; i < cites.count; i++) {
		size_t at = changes_source(d, cites.items[i].source);
		bool seen = at == SIZE_MAX;
		for (size_t k = 0; k < i && !seen; k++) {
			size_t other = changes_source(d, cites.items[k].source);
			seen = other != SIZE_MAX && d->sources[other].origin == d->sources[at].origin;
		}
		n += !seen;
	}
	return n;
}

/* ---- statements ---- */

/* The length of " (4 nov)", " (4 nov 2024)", " (reported 4 nov)" or " (as of 4 nov)" at the place, or 0. */
static size_t date_in_brackets(sr_str s, size_t at)
{
	static const sr_str opened[] = { SR_STR_INIT(" (reported "), SR_STR_INIT(" (as of "), SR_STR_INIT(" (") };
	size_t i = 0, digits = 0, letters = 0;
	for (size_t k = 0; k < sizeof opened / sizeof *opened && !i; k++)
		i = sr_str_starts(sr_str_slice(s, at, s.len), opened[k]) ? at + opened[k].len : 0;
	if (!i)
		return 0;
	for (; i < s.len && digits < 3 && sr_is_digit((unsigned char)s.ptr[i]); i++)
		digits++;
	if (!digits || i >= s.len || s.ptr[i++] != ' ')
		return 0;
	for (; i < s.len && letters < 4 && sr_is_lower((unsigned char)s.ptr[i]); i++)
		letters++;
	if (letters == 3 && i + 5 < s.len && s.ptr[i] == ' ' && sr_is_digit((unsigned char)s.ptr[i + 1]))
		i += 5;
	return letters == 3 && i < s.len && s.ptr[i] == ')' ? i + 1 - at : 0;
}

/* What two editions and a page are compared by: folded, and without the dates that the composer put behind "yesterday". */
static sr_str key_of(sr_arena *arena, sr_str text)
{
	sr_str folded = sr_fold_dup(arena, text);
	char *key = sr_arena_raw(arena, folded.len + 1);
	size_t n = 0;
	if (!folded.ptr || !key)
		return (sr_str){ 0 };
	for (size_t i = 0; i < folded.len;) {
		size_t date = date_in_brackets(folded, i);
		if (!date)
			key[n++] = folded.ptr[i++];
		i += date;
	}
	n -= n && key[n - 1] == '.'; /* a part of a sentence has got its own */
	key[n] = 0;
	return sr_str_make(key, n);
}

/* The statement's text, who says it, its origins where the dossier counts them, what it cites, and what kind it is. */
static sr_status add(finder *f, const sr_dossier *d, statement given, sr_cites cites)
{
	bool before = d == f->before;
	statement *s = SR_PUSH(f->arena, before ? &f->old : &f->now);
	if (!s)
		return SR_E_NOMEM;
	*s = given;
	s->said = cites;
	s->key = key_of(f->arena, given.text);
	s->origins = given.origins ? given.origins : origins_of(d, cites);
	s->cites = (sr_cites){ SR_NEW_ARRAY(f->arena, sr_cite, cites.count + 1), cites.count };
	if (!s->cites.items)
		return SR_E_NOMEM;
	for (size_t i = 0; i < cites.count; i++) {
		size_t at = changes_source(d, cites.items[i].source);
		s->cites.items[i] = cites.items[i];
		if (at == SIZE_MAX)
			continue;
		if (before) {
			s->cites.items[i].source = f->map[at].n;
			s->lost |= f->map[at].taken_back || f->map[at].replaced || (!f->map[at].n && f->map[at].successor);
		} else {
			s->fresh |= !f->known[at];
		}
	}
	return SR_OK;
}

static size_t count_parts(sr_str said)
{
	size_t n = 1;
	for (size_t at = 0; (at = sr_str_find(said, SR_STR("; "), at)) != SIZE_MAX; at += 2)
		n++;
	return n;
}

/* Who says part i: the holder in that place where each has a part, else whoever is all of them; empty if that is not told. */
static sr_str who_says(const sr_position *p, size_t i, size_t parts)
{
	if (parts == p->held_by_count)
		return p->held_by[i].who;
	for (size_t k = 1; k < p->held_by_count; k++)
		if (parts > 1 && !sr_str_eq(p->held_by[k].who, p->held_by[0].who))
			return (sr_str){ 0 };
	return p->held_by_count ? p->held_by[0].who : (sr_str){ 0 };
}

/* A position strings together what its holders say: each part may come and go by itself. */
static sr_status add_position(finder *f, const sr_dossier *d, const sr_position *p, sr_cites cites, uint32_t conflict)
{
	size_t parts = count_parts(p->statement), i = 0;
	for (size_t at = 0; at < p->statement.len; i++) {
		size_t end = sr_str_find(p->statement, SR_STR("; "), at);
		end = end == SIZE_MAX ? p->statement.len : end;
		const statement part = { .text = sr_str_slice(p->statement, at, end), .who = who_says(p, i, parts), .origins = p->origins,
			                     .headline = true, .conflict = conflict };
		bool own = parts > 1 && parts == cites.count; /* each holder's cite bears his part */
		SR_TRY(add(f, d, part, own ? (sr_cites){ cites.items + i, 1 } : cites));
		at = end + 2;
	}
	return SR_OK;
}

static sr_status add_conflicts(finder *f, const sr_dossier *d)
{
	for (size_t c = 0; c < d->conflict_count; c++)
		for (size_t p = 0; p < d->conflicts[c].position_count; p++) {
			const sr_position *position = &d->conflicts[c].positions[p];
			sr_cites cites = { SR_NEW_ARRAY(f->arena, sr_cite, position->held_by_count + 1), position->held_by_count };
			if (!cites.items)
				return SR_E_NOMEM;
			for (size_t h = 0; h < cites.count; h++)
				cites.items[h] = position->held_by[h].cite;
			SR_TRY(add_position(f, d, position, cites, (uint32_t)c + 1));
		}
	return SR_OK;
}

static sr_status gather(finder *f, const sr_dossier *d)
{
	for (size_t s = 0; s < d->brief_count; s++)
		for (size_t i = 0; i < d->brief[s].line_count; i++)
			SR_TRY(add(f, d, (statement){ .text = d->brief[s].lines[i].text, .headline = true }, d->brief[s].lines[i].cites));
	SR_TRY(add_conflicts(f, d));
	for (size_t i = 0; i < d->update_count; i++)
		SR_TRY(add(f, d, (statement){ .text = d->updates[i].text, .headline = true }, d->updates[i].cites));
	for (size_t i = 0; i < d->quote_count; i++)
		SR_TRY(add(f, d, (statement){ .text = d->quotes[i].text, .who = d->quotes[i].speaker, .origins = d->quotes[i].origins }, d->quotes[i].cites));
	for (size_t i = 0; i < d->timeline_count; i++)
		SR_TRY(add(f, d, (statement){ .text = d->timeline[i].text, .origins = d->timeline[i].origins }, d->timeline[i].cites));
	for (size_t i = 0; i < d->unknown_count; i++)
		SR_TRY(add(f, d, (statement){ .text = d->unknown[i].text }, d->unknown[i].cites));
	return SR_OK;
}

/* Cites the same passage: by half of the shorter one at least. */
static bool same_passage(sr_cite a, sr_cite b)
{
	if (!a.source || a.source != b.source || !sr_span_overlap(a.span, b.span))
		return false;
	uint32_t start = a.span.start > b.span.start ? a.span.start : b.span.start, end = a.span.end < b.span.end ? a.span.end : b.span.end;
	uint32_t x = a.span.end - a.span.start, y = b.span.end - b.span.start;
	return 2 * (end - start) >= (x < y ? x : y);
}

static bool same_statement(const statement *a, const statement *b)
{
	if (sr_str_eq(a->key, b->key))
		return true;
	for (size_t i = 0; i < a->cites.count; i++)
		for (size_t k = 0; k < b->cites.count; k++)
			if (same_passage(a->cites.items[i], b->cites.items[k]))
				return true;
	return false;
}

static const statement *find(const statements *list, const statement *s)
{
	for (size_t i = 0; i < list->count; i++)
		if (same_statement(&list->items[i], s))
			return &list->items[i];
	return NULL;
}

/* ---- the four lists ---- */

sr_status changes_put(finder *f, lines *list, const statement *s)
{
	if (list->count >= LINES_MAX)
		return SR_OK;
	for (size_t i = 0; i < list->count; i++) {
		const statement other = { .key = key_of(f->arena, list->items[i].text), .cites = list->items[i].cites };
		if (same_statement(&other, s))
			return SR_OK;
	}
	sr_line *line = SR_PUSH(f->arena, list);
	sr_cite *cites = SR_NEW_ARRAY(f->arena, sr_cite, s->cites.count + 1);
	if (!line || !cites)
		return SR_E_NOMEM;
	line->text = s->text;
	line->who = s->who;
	line->cites.items = cites;
	for (size_t i = 0; i < s->cites.count; i++) {
		bool seen = !s->cites.items[i].source;
		for (size_t k = 0; k < line->cites.count && !seen; k++)
			seen = cites[k].source == s->cites.items[i].source && cites[k].span.start == s->cites.items[i].span.start;
		if (!seen)
			cites[line->cites.count++] = s->cites.items[i];
	}
	return SR_OK;
}

/* Whether the conflict was there before: the same id, or two of its positions stood against each other. */
static bool conflict_known(const finder *f, uint32_t conflict)
{
	const sr_conflict *c = &f->after->conflicts[conflict - 1];
	for (size_t i = 0; i < f->before->conflict_count; i++)
		if (sr_str_eq(f->before->conflicts[i].id, c->id) && sr_str_eq(f->before->conflicts[i].question, c->question))
			return true;
	size_t shared = 0;
	for (size_t i = 0; i < f->now.count; i++) {
		if (f->now.items[i].conflict != conflict)
			continue;
		for (size_t k = 0; k < f->old.count; k++)
			if (f->old.items[k].conflict && same_statement(&f->old.items[k], &f->now.items[i])) {
				shared++;
				break;
			}
	}
	return shared >= 2;
}

static bool position_fresh(const finder *f, uint32_t conflict)
{
	for (size_t i = 0; i < f->now.count; i++)
		if (f->now.items[i].conflict == conflict && f->now.items[i].fresh)
			return true;
	return false;
}

/* What stood before and now has someone against it. */
static sr_status list_contradicted(finder *f, lines *out)
{
	for (size_t i = 0; i < f->now.count; i++) {
		const statement *s = &f->now.items[i];
		bool older = s->conflict && (!s->fresh || find(&f->old, s));
		if (older && position_fresh(f, s->conflict) && !conflict_known(f, s->conflict))
			SR_TRY(changes_put(f, out, s));
	}
	return SR_OK;
}

static sr_status list_new(finder *f, lines *out)
{
	for (size_t i = 0; i < f->now.count; i++) {
		const statement *s = &f->now.items[i];
		if (s->headline && s->fresh && !find(&f->old, s))
			SR_TRY(changes_put(f, out, s));
	}
	return SR_OK;
}

static sr_status list_strengthened(finder *f, lines *out)
{
	for (size_t i = 0; i < f->now.count; i++) {
		const statement *s = &f->now.items[i], *was = s->fresh ? find(&f->old, s) : NULL;
		if (was && s->origins > was->origins)
			SR_TRY(changes_put(f, out, s));
	}
	return SR_OK;
}

static sr_status find_all(finder *f, sr_changes *c)
{
	lines added = { 0 }, strengthened = { 0 }, contradicted = { 0 }, withdrawn = { 0 };
	SR_TRY(map_sources(f));
	SR_TRY(gather(f, f->before));
	SR_TRY(gather(f, f->after));
	SR_TRY(list_contradicted(f, &contradicted));
	SR_TRY(list_new(f, &added));
	SR_TRY(list_strengthened(f, &strengthened));
	SR_TRY(changes_list_withdrawn(f, &withdrawn));
	*c = (sr_changes){ .since = f->before->edition, .added = added.items, .added_count = added.count,
		               .strengthened = strengthened.items, .strengthened_count = strengthened.count,
		               .contradicted = contradicted.items, .contradicted_count = contradicted.count,
		               .withdrawn = withdrawn.items, .withdrawn_count = withdrawn.count };
	return SR_OK;
}

sr_status sr_changes_find(const sr_dossier *before, sr_dossier *after, const sr_str *texts, sr_arena *arena, sr_error *err)
{
	finder f = { .before = before, .after = after, .texts = texts, .arena = arena };
	sr_status status = find_all(&f, &after->changes);
	return status == SR_OK ? SR_OK : sr_fail(err, status, "out of memory");
}
