#include "fixture.h"

#include "harness.h"
#include "sitrep/base/file.h"

static bool add_blocks(sr_arena *arena, sr_document *doc)
{
	SR_VEC(sr_block) blocks = { 0 };
	for (size_t at = 0; at < doc->text.len;) {
		size_t end = sr_str_find(doc->text, SR_STR("\n\n"), at);
		end = end == SIZE_MAX ? doc->text.len : end;
		sr_block *b = SR_PUSH(arena, &blocks);
		if (!b)
			return false;
		b->span = (sr_span){ (uint32_t)at, (uint32_t)end };
		at = end + 2;
	}
	doc->blocks = blocks.items;
	doc->block_count = blocks.count;
	return true;
}

static bool add_doc(fixture *f, int i, const char *path, const char *site, int day)
{
	sr_document *d = &f->docs[i];
	char hex[SR_SHA256_HEX + 1];
	sr_str text = sr_str_trim(test_read(test_path(path)));
	*d = (sr_document){ .path = sr_str_c(path), .site = sr_str_c(site), .text = text, .published = sr_time_date(2026, 3, day) };
	d->title = i ? SR_STR("Search off Pell Point ends") : SR_STR("Ferry aground off Pell Point");
	sr_sha256_hex(text, hex);
	d->sha256 = sr_str_dup(f->arena, sr_str_c(hex));
	f->originals[i] = d;
	f->sources[i] = (sr_source){ .n = (uint32_t)i + 1, .title = d->title, .publisher = d->site, .path = d->path, .sha256 = d->sha256,
		                         .published = d->published, .origin = (uint32_t)i + 1 };
	return text.len > 0 && add_blocks(f->arena, d);
}

bool fixture_init(fixture *f)
{
	static sr_relay relays[] = { { .number = 1, .publisher = SR_STR_INIT("Dock Daily") }, { .number = 2, .publisher = SR_STR_INIT("Harbour Weekly") } };
	static sr_relay_mark marks[] = { { .number = 1 }, { .number = 2 } };
	*f = (fixture){ .arena = sr_arena_new(0) };
	if (!f->arena || !add_doc(f, 0, "tests/verify/ferry.txt", "The Ferry Post", 14) || !add_doc(f, 1, "tests/verify/relay.txt", "Brief", 16))
		return false;
	f->docs[1].relays = relays;
	f->docs[1].relay_count = 2;
	f->docs[1].marks = marks;
	f->docs[1].mark_count = 2;
	marks[0].offset = fixture_cite(f, 1, SR_STR("last two passengers.")).span.end;
	marks[1].offset = fixture_cite(f, 1, SR_STR("the ship was sound.")).span.end;
	f->docs[1].kind = f->sources[1].kind = SR_DOC_BRIEF;
	return true;
}

void fixture_deinit(fixture *f) { sr_arena_free(f->arena); }

sr_cite fixture_cite(fixture *f, int doc, sr_str words)
{
	const sr_document *d = &f->docs[doc];
	if (words.len && words.ptr[0] == '*') {
		for (size_t i = 0; i < d->block_count; i++)
			if (sr_str_starts(sr_span_of(d->text, d->blocks[i].span), sr_str_slice(words, 1, words.len)))
				return (sr_cite){ (uint32_t)doc + 1, d->blocks[i].span };
	}
	size_t at = sr_str_find(d->text, words, 0);
	if (at == SIZE_MAX || sr_str_find(d->text, words, at + 1) != SIZE_MAX) {
		test_fail(__FILE__, __LINE__, "not once in the document: %.*s", SR_FMT(words));
		return (sr_cite){ 0 };
	}
	return (sr_cite){ (uint32_t)doc + 1, { (uint32_t)at, (uint32_t)(at + words.len) } };
}
