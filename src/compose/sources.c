/* The sources, and the head of the page. */
#include "composer.h"
#include "words.h"

#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"
#include "sitrep/lang.h"

#include <stdlib.h>

#define ENTITIES_MAX 40
#define RELAYS_NAMED 5
#define AUTHORS_NAMED 3

static void add_relay(sr_buf *out, sr_strmap *seen, sr_str publisher)
{
	int64_t *slot = publisher.len && seen->count < RELAYS_NAMED ? sr_strmap_put(seen, publisher) : NULL;
	if (!slot || *slot)
		return;
	*slot = 1;
	sr_buf_add_c(out, seen->count > 1 ? ", " : "; relays ");
	sr_buf_add(out, publisher);
}

/* Those that it lists, and on a rolling page those through whom its reports come. */
static void add_relays(sr_buf *out, const composer *c, size_t i)
{
	const sr_document *doc = c->e.docs[i];
	sr_strmap seen;
	sr_strmap_init(&seen, c->arena);
	for (size_t k = 0; k < doc->relay_count; k++)
		add_relay(out, &seen, doc->relays[k].publisher);
	for (size_t k = 0; k < c->e.readings[i]->attribution_count && doc->kind == SR_DOC_LIVE; k++)
		add_relay(out, &seen, c->e.readings[i]->attributions[k].via);
}

static void add_authors(sr_buf *out, const sr_document *doc)
{
	size_t shown = doc->byline_count < AUTHORS_NAMED ? doc->byline_count : AUTHORS_NAMED;
	for (size_t i = 0; i < shown; i++) {
		sr_buf_add_c(out, i == 0 ? " by " : i + 1 == doc->byline_count ? " and " : ", ");
		sr_buf_add(out, doc->bylines[i]);
	}
	if (shown < doc->byline_count)
		sr_buf_add_c(out, " and others");
}

/* One line in fixed words: what kind of page it is, who wrote it and whom it relays. */
static sr_str description_of(const composer *c, size_t i)
{
	const sr_document *doc = c->e.docs[i];
	sr_buf b;
	sr_buf_init(&b, 4096);
	if (doc->kind == SR_DOC_LIVE)
		sr_buf_add_c(&b, "Rolling page of updates");
	else if (doc->kind == SR_DOC_BRIEF)
		sr_buf_add_c(&b, "Digest of other reports, no origin of its own");
	else if (doc->credit.len)
		sr_buf_printf(&b, "Agency copy (%.*s)", SR_FMT(doc->credit));
	else
		sr_buf_add_c(&b, "Own report");
	add_authors(&b, doc);
	add_relays(&b, c, i);
	sr_str s = sr_str_dup(c->arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return s;
}

static bool is_address(sr_str site) { return sr_str_find_char(site, '.', 0) != SIZE_MAX && sr_str_find_char(site, ' ', 0) == SIZE_MAX; }

/* By the outlet's key, the name that a page of it prints. */
static sr_status names_of_outlets(const composer *c, sr_strmap *names)
{
	sr_strmap_init(names, c->arena);
	for (size_t i = 0; i < c->e.doc_count; i++) {
		sr_str site = c->e.docs[i]->site, key = site.len && !is_address(site) ? sr_outlet_key(c->arena, site) : (sr_str){ 0 };
		int64_t *slot = key.len ? sr_strmap_put(names, key) : NULL;
		if (key.len && !slot)
			return SR_E_NOMEM;
		if (slot && !*slot)
			*slot = (int64_t)i + 1;
	}
	return SR_OK;
}

/* The outlet's name; for "velmiraherald.example" the one that another page of it prints. */
static sr_str publisher_of(const composer *c, const sr_strmap *names, const sr_document *d)
{
	const int64_t *named = is_address(d->site) ? sr_strmap_get(names, sr_outlet_key(c->arena, d->site)) : NULL;
	return named ? c->e.docs[*named - 1]->site : d->site;
}

sr_status compose_sources(composer *c, const sr_story *story)
{
	sr_strmap names;
	c->out->sources = SR_NEW_ARRAY(c->arena, sr_source, c->e.doc_count);
	if (!c->out->sources)
		return SR_E_NOMEM;
	SR_TRY(names_of_outlets(c, &names));
	for (size_t i = 0; i < c->e.doc_count; i++) {
		const sr_document *d = c->e.docs[i];
		c->out->sources[i] = (sr_source){
			.n = (uint32_t)i + 1, .title = d->title, .publisher = publisher_of(c, &names, d), .url = d->url.len ? d->url : d->canonical, .path = d->path,
			.credit = d->credit, .description = description_of(c, i), .sha256 = d->sha256, .published = d->published,
			.retrieved = d->retrieved, .origin = story->origin[i], .kind = d->kind, .status = d->status
		};
	}
	c->out->source_count = c->e.doc_count;
	c->out->documents = (uint32_t)c->e.doc_count;
	c->out->origins = story->origin_count;
	return SR_OK;
}

static sr_time newest_of(const sr_document *d)
{
	sr_time t = d->published;
	if (sr_time_known(d->modified) && sr_time_cmp(d->modified, t) > 0)
		t = d->modified;
	for (size_t i = 0; i < d->block_count && d->kind == SR_DOC_LIVE; i++)
		if (sr_time_known(d->blocks[i].time) && (!sr_time_known(t) || sr_time_cmp(d->blocks[i].time, t) > 0))
			t = d->blocks[i].time;
	return t;
}

static sr_time oldest_of(const sr_document *d)
{
	sr_time t = d->published;
	for (size_t i = 0; i < d->block_count && d->kind == SR_DOC_LIVE; i++)
		if (sr_time_known(d->blocks[i].time) && sr_time_cmp(d->blocks[i].time, t) < 0)
			t = d->blocks[i].time;
	return t;
}

/* "Correction: …" */
static bool is_note(const sr_document *d)
{
	size_t end = 0;
	while (end < d->title.len && (sr_is_alpha((unsigned char)d->title.ptr[end]) || d->title.ptr[end] == '-'))
		end++;
	return end < d->title.len && sr_str_find_char(SR_STR(":|"), d->title.ptr[end], 0) != SIZE_MAX && words_has(WORDS_NOTE, sr_str_slice(d->title, 0, end));
}

/* A column, "Was it right?", "Correction: …": no headline for a story that others report. */
static bool speaks_for_itself(const composer *c, size_t i)
{
	const sr_document *d = c->e.docs[i];
	return c->columns[i] || is_note(d) || sr_str_find_char(d->title, '?', 0) != SIZE_MAX;
}

/* The newest page that has a title and sums the story up: a digest before an article of its day, a report before an opinion. */
static const sr_document *title_giver(const composer *c)
{
	const sr_document *best = NULL;
	bool reported = false;
	for (size_t i = 0; i < c->e.doc_count; i++) {
		const sr_document *d = c->e.docs[i];
		if (!d->title.len || d->status == SR_DOC_WITHDRAWN || d->kind == SR_DOC_LIVE)
			continue;
		bool reports = !speaks_for_itself(c, i);
		if (best && reports != reported) {
			best = reports ? d : best;
			reported = true;
			continue;
		}
		reported = reports;
		int later = best ? sr_time_cmp(sr_time_truncate(d->published, SR_PRECISION_DAY), sr_time_truncate(best->published, SR_PRECISION_DAY)) : 1;
		if (!best || (later > 0 && sr_time_known(d->published)) || (later == 0 && d->kind == SR_DOC_BRIEF))
			best = d;
	}
	return best;
}

static int by_mentions(const void *a, const void *b)
{
	const sr_story_entity *x = a, *y = b;
	if (x->mentions != y->mentions)
		return x->mentions > y->mentions ? -1 : 1;
	return sr_str_cmp(x->name, y->name);
}

typedef SR_VEC(sr_story_entity) entities;

/* Names of one kind that are forms of one name are counted under it. */
static sr_status tie_entities(composer *c, entities *found, sr_entity_type type)
{
	sr_name *names = SR_NEW_ARRAY(c->arena, sr_name, found->count + 1);
	uint32_t *to = SR_NEW_ARRAY(c->arena, uint32_t, found->count + 1);
	if (!names || !to)
		return SR_E_NOMEM;
	for (size_t i = 0; i < found->count; i++)
		names[i] = (sr_name){ .name = found->items[i].type == type ? found->items[i].name : (sr_str){ 0 }, .person = type == SR_ENTITY_PER };
	SR_TRY(sr_names_tie(c->arena, names, found->count, to));
	for (size_t i = 0; i < found->count; i++)
		if (to[i] != i) {
			found->items[to[i]].mentions += found->items[i].mentions;
			found->items[i].mentions = 0;
		}
	return SR_OK;
}

static sr_status count_entities(composer *c, entities *found)
{
	sr_strmap map;
	sr_strmap_init(&map, c->arena);
	for (size_t i = 0; i < c->e.doc_count; i++)
		for (size_t k = 0; c->e.docs[i]->status != SR_DOC_WITHDRAWN && k < c->e.readings[i]->entity_count; k++) {
			const sr_entity *e = &c->e.readings[i]->entities[k];
			sr_str name = e->name.len ? e->name : sr_span_of(c->e.docs[i]->text, e->span);
			int64_t *slot = sr_strmap_put(&map, sr_fold_dup(c->arena, name));
			if (!slot)
				return SR_E_NOMEM;
			if (!*slot) {
				sr_story_entity *added = SR_PUSH(c->arena, found);
				if (!added)
					return SR_E_NOMEM;
				*added = (sr_story_entity){ .name = name, .type = e->type };
				*slot = (int64_t)found->count;
			}
			found->items[*slot - 1].mentions++; /* NOLINT(clang-analyzer-core.NullDereference): a slot is set with its item */
		}
	return SR_OK;
}

static sr_status list_entities(composer *c)
{
	entities found = { 0 };
	SR_TRY(count_entities(c, &found));
	SR_TRY(tie_entities(c, &found, SR_ENTITY_PER));
	SR_TRY(tie_entities(c, &found, SR_ENTITY_ORG));
	if (found.count)
		qsort(found.items, found.count, sizeof *found.items, by_mentions);
	while (found.count && !found.items[found.count - 1].mentions)
		found.count--;
	c->out->entities = found.items;
	c->out->entity_count = found.count < ENTITIES_MAX ? found.count : ENTITIES_MAX;
	return SR_OK;
}

sr_status compose_head(composer *c, const sr_story *story)
{
	sr_time first = SR_TIME_NONE, last = SR_TIME_NONE;
	for (size_t i = 0; i < c->e.doc_count; i++) {
		sr_time o = oldest_of(c->e.docs[i]), n = newest_of(c->e.docs[i]);
		if (sr_time_known(o) && sr_time_cmp(o, first) < 0)
			first = o;
		if (sr_time_known(n) && (!sr_time_known(last) || sr_time_cmp(n, last) > 0))
			last = n;
	}
	c->out->id = story->id;
	c->out->first_reported = first;
	c->out->updated = last;
	const sr_document *d = title_giver(c);
	if (d)
		c->out->title = d->title;
	return list_entities(c);
}
