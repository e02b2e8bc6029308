/* What a hostile page or dossier makes large costs its own part and no more. */
#include "fixture.h"
#include "harness.h"
#include "sitrep/base/file.h"

#include <stdio.h>
#include <string.h>

#define LARGE 1800000u

/* The document becomes one paragraph: head, then fill over and over, then tail, which is cited. */
static sr_cite one_paragraph(fixture *f, const char *head, const char *fill, const char *tail)
{
	sr_document *d = &f->docs[0];
	size_t head_len = strlen(head), tail_len = strlen(tail), fill_len = strlen(fill), len = head_len + LARGE / fill_len * fill_len + tail_len;
	char *text = SR_NEW_ARRAY(f->arena, char, len + 1), hex[SR_SHA256_HEX + 1];
	if (!text)
		return (sr_cite){ 0 };
	memcpy(text, head, head_len);
	for (size_t at = head_len; at < len - tail_len; at += fill_len)
		memcpy(text + at, fill, fill_len);
	memcpy(text + len - tail_len, tail, tail_len);
	d->text = sr_str_make(text, len);
	d->block_count = 1;
	d->blocks[0] = (sr_block){ .span = { 0, (uint32_t)len } };
	sr_sha256_hex(d->text, hex);
	d->sha256 = f->sources[0].sha256 = sr_str_dup(f->arena, sr_str_c(hex));
	return (sr_cite){ 1, { (uint32_t)(len - tail_len), (uint32_t)len } };
}

TEST(verify_cites_in_a_large_paragraph)
{
	static const struct {
		const char *label, *head, *fill, *tail, *quotation;
		bool holds;
	} rows[] = {
		{ "per cent signs", "", "%", " The pier fell on Sunday.", NULL, true },
		{ "question marks", "", "?", " The pier fell on Sunday.", NULL, true },
		{ "a quotation that opens far before", "\"", "so it went on ", "and the pier fell.\"", "and the pier fell", true },
		{ "a quotation that closes far before", "\"No\" ", "so it went on ", "and the pier fell.", "and the pier fell", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture f;
		sr_verdict v;
		sr_error err = { 0 };
		test_case(rows[i].label);
		REQUIRE(fixture_init(&f));
		sr_cite cite = one_paragraph(&f, rows[i].head, rows[i].fill, rows[i].tail);
		cite.span.start += rows[i].tail[0] == ' ';
		sr_line line = { .text = sr_span_of(f.docs[0].text, cite.span), .cites = { &cite, 1 } };
		sr_section section = { .lines = &line, .line_count = 1 };
		sr_quote quote = { .text = sr_str_c(rows[i].quotation ? rows[i].quotation : ""), .origins = 1, .cites = { &cite, 1 } };
		sr_event event = { .date = sr_time_date(2026, 3, 15), .text = line.text, .origins = 1, .cites = { &cite, 1 } };
		sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2 };
		f.sources[0].description = SR_STR("The pier");
		if (rows[i].quotation) {
			d.quotes = &quote;
			d.quote_count = 1;
		} else {
			d.brief = &section;
			d.timeline = &event;
			d.brief_count = d.timeline_count = 1;
		}
		if (sr_verify(&d, f.originals, 2, 1, f.arena, &v, &err) != SR_OK)
			test_fail(__FILE__, __LINE__, "%s", err.message);
		else if ((v.failure_count == 0) != rows[i].holds)
			test_fail(__FILE__, __LINE__, "%zu failures: %.*s", v.failure_count, SR_FMT(v.failure_count ? v.failures[0].reason : SR_STR("")));
		fixture_deinit(&f);
	}
}

TEST(verify_large_part_fails_alone)
{
	fixture f;
	sr_verdict v;
	sr_error err = { 0 };
	size_t dropped;
	REQUIRE(fixture_init(&f));
	char *marks = SR_NEW_ARRAY(f.arena, char, LARGE);
	REQUIRE(marks);
	memset(marks, '?', LARGE);
	sr_cite cites[] = { fixture_cite(&f, 0, SR_STR("The minister, Karl Venn, blamed the owner.")), fixture_cite(&f, 0, SR_STR("Was the captain on the bridge?")) };
	sr_line lines[] = { { .text = sr_span_of(f.docs[0].text, cites[1].span), .cites = { &cites[1], 1 } } };
	sr_section section = { .lines = lines, .line_count = 1 };
	sr_quote quote = { .text = SR_STR("We were told to stay below"), .speaker = sr_str_make(marks, LARGE), .origins = 1, .cites = { cites, 1 } };
	sr_cite said = fixture_cite(&f, 0, SR_STR("*\"We were"));
	quote.cites.items = &said;
	sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2,
		             .brief = &section, .brief_count = 1, .quotes = &quote, .quote_count = 1 };
	if (sr_verify_settle(&d, f.originals, 2, 1, f.arena, NULL, &v, &dropped, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	CHECK_INT(d.quote_count, 0);
	CHECK_INT(d.brief_count, 1);
	fixture_deinit(&f);
}
