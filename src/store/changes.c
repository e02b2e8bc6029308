/* What a changed page changed: fields by a table, the text block by block. */
#include "changes.h"

#include "codec.h"

#include "sitrep/base/file.h"
#include "sitrep/base/map.h"

#define VERSION 1u
#define CHANGES_MAX 256u

enum { FIELDS = 9 };

typedef struct field {
	const char *name;
	sr_str value;
	bool counts; /* makes a revision */
} field;

static sr_str bylines(const sr_document *doc, sr_arena *arena, bool *failed)
{
	sr_buf all;
	sr_buf_init(&all, 0);
	for (size_t i = 0; i < doc->byline_count; i++) {
		sr_buf_add_c(&all, i ? ", " : "");
		sr_buf_add(&all, doc->bylines[i]);
	}
	sr_str copy = sr_str_dup(arena, sr_buf_str(&all));
	*failed |= all.failed || copy.len != all.len;
	sr_buf_deinit(&all);
	return copy;
}

static sr_str written(sr_time t, sr_arena *arena, bool *failed)
{
	sr_str s = sr_time_format(arena, t);
	*failed |= sr_time_known(t) && !s.len;
	return s;
}

/* In the order in which changes are told; false without memory. A page that prints no year is given one by its company, and a
 * status may come from another document: neither is a change of the page. */
static bool list_fields(const sr_document *doc, sr_arena *arena, field out[FIELDS])
{
	bool failed = false;
	const field fields[FIELDS] = {
		{ "title", doc->title, true },
		{ "site", doc->site, true },
		{ "byline", bylines(doc, arena, &failed), true },
		{ "published", written(doc->published, arena, &failed), !doc->year_assumed },
		{ "modified", written(doc->modified, arena, &failed), !doc->year_assumed },
		{ "kind", sr_str_c(sr_doc_kind_name(doc->kind)), true },
		{ "status", sr_str_c(sr_doc_status_name(doc->status)), false },
		{ "correction", doc->correction, true },
		{ "credit", doc->credit, true },
	};
	for (size_t i = 0; i < FIELDS; i++)
		out[i] = fields[i];
	return !failed;
}

sr_status sr_store_fingerprint(const sr_document *doc, char out[65], sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_buf all;
	field fields[FIELDS];
	sr_buf_init(&all, 0);
	bool listed = arena && list_fields(doc, arena, fields);
	if (listed) {
		for (size_t i = 0; i < FIELDS; i++)
			sr_put_str(&all, fields[i].counts ? fields[i].value : (sr_str){ 0 });
		sr_put_str(&all, doc->text);
		sr_sha256_hex(sr_buf_str(&all), out);
	}
	bool failed = !listed || all.failed;
	sr_buf_deinit(&all);
	sr_arena_free(arena);
	return failed ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
}

typedef struct change_list {
	sr_buf items;
	size_t count;
} change_list;

static void change(change_list *l, const char *name, sr_str before, sr_str after)
{
	if (l->count >= CHANGES_MAX)
		return;
	l->count++;
	sr_put_str(&l->items, sr_str_c(name));
	sr_put_str(&l->items, before);
	sr_put_str(&l->items, after);
}

static sr_str block_text(const sr_document *doc, size_t i) { return sr_span_of(doc->text, doc->blocks[i].span); }

/* Blocks that stand in both count as the same wherever they stand. What is left of both, between the
 * same neighbours, is told as one block in the place of the other. */
static void change_blocks(change_list *l, const sr_document *before, const sr_document *after, sr_arena *scratch)
{
	sr_strmap in_before, in_after;
	sr_strmap_init(&in_before, scratch);
	sr_strmap_init(&in_after, scratch);
	for (size_t i = 0; i < before->block_count; i++)
		l->items.failed |= !sr_strmap_put(&in_before, block_text(before, i));
	for (size_t i = 0; i < after->block_count; i++)
		l->items.failed |= !sr_strmap_put(&in_after, block_text(after, i));
	size_t i = 0, k = 0;
	while (i < before->block_count || k < after->block_count) {
		bool gone = i < before->block_count && !sr_strmap_get(&in_after, block_text(before, i));
		bool came = k < after->block_count && !sr_strmap_get(&in_before, block_text(after, k));
		if (gone || came) {
			change(l, "text", gone ? block_text(before, i) : (sr_str){ 0 }, came ? block_text(after, k) : (sr_str){ 0 });
			i += gone;
			k += came;
		} else {
			i += i < before->block_count;
			k += k < after->block_count;
		}
	}
}

void sr_store_write_changes(sr_buf *out, const sr_document *before, const sr_document *after, sr_arena *scratch)
{
	change_list l = { .count = 0 };
	field old[FIELDS], new[FIELDS];
	sr_buf_init(&l.items, 0);
	out->failed |= !list_fields(before, scratch, old) || !list_fields(after, scratch, new);
	for (size_t i = 0; !out->failed && i < FIELDS; i++)
		if (!sr_str_eq(old[i].value, new[i].value))
			change(&l, new[i].name, old[i].value, new[i].value);
	change_blocks(&l, before, after, scratch);
	sr_put_number(out, VERSION);
	sr_put_number(out, l.count);
	sr_buf_add(out, sr_buf_str(&l.items));
	out->failed |= l.items.failed;
	sr_buf_deinit(&l.items);
}

sr_status sr_store_read_changes(sr_str bytes, sr_arena *arena, sr_store_change **out, size_t *count, sr_error *err)
{
	sr_decoder d = { .rest = bytes, .arena = arena };
	sr_get_version(&d, VERSION);
	*out = sr_get_array(&d, sizeof **out, count);
	for (size_t i = 0; i < *count; i++) {
		(*out)[i].field = sr_get_str(&d);
		(*out)[i].before = sr_get_str(&d);
		(*out)[i].after = sr_get_str(&d);
	}
	return sr_decoder_end(&d, "the changes of a revision", err);
}
