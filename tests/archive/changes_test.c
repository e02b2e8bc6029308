/* What changed between two editions, on small dossiers made by hand. */
#include "harness.h"

#include "sitrep/base/file.h"
#include "sitrep/engine/archive.h"

#include <stdio.h>
#include <string.h>

#define MAX 8

/* A dossier with storage for a few of everything. Sources are numbered from 1; source n has its own origin. */
typedef struct page {
	sr_dossier d;
	sr_source sources[MAX];
	sr_section section;
	sr_line lines[MAX];
	sr_cite cites[MAX][MAX];
	sr_conflict conflict;
	sr_position positions[2];
	sr_holder holders[2][MAX];
	char hashes[MAX][16], paths[MAX][16];
} page;

static void page_init(page *p, uint32_t edition, const char *const *pages)
{
	*p = (page){ 0 };
	p->d.edition = edition;
	p->d.sources = p->sources;
	p->d.brief = &p->section;
	p->d.brief_count = 1;
	p->section.lines = p->lines;
	for (uint32_t i = 0; pages[i]; i++) { /* "a1": the first state of page a */
		snprintf(p->hashes[i], sizeof p->hashes[i], "%s", pages[i]);
		snprintf(p->paths[i], sizeof p->paths[i], "%c.txt", pages[i][0]);
		p->sources[i] = (sr_source){ .n = i + 1, .origin = i + 1, .sha256 = sr_str_c(p->hashes[i]), .path = sr_str_c(p->paths[i]) };
		p->d.documents = p->d.origins = (uint32_t)++p->d.source_count;
	}
}

/* A sentence that cites ten bytes, from `at` on, of each source listed. */
static void say(page *p, const char *text, uint32_t at, const char *sources)
{
	size_t i = p->section.line_count++;
	p->lines[i].text = sr_str_c(text);
	p->lines[i].cites.items = p->cites[i];
	for (; *sources; sources++)
		p->cites[i][p->lines[i].cites.count++] = (sr_cite){ (uint32_t)(*sources - '0'), { at, at + 10 } };
}

static void dispute(page *p, const char *id, const char *a, uint32_t source_a, const char *b, uint32_t source_b)
{
	const char *statements[] = { a, b };
	const uint32_t sources[] = { source_a, source_b };
	p->conflict = (sr_conflict){ .id = sr_str_c(id), .question = SR_STR("Who is right?"), .positions = p->positions, .position_count = 2 };
	for (int i = 0; i < 2; i++) {
		p->holders[i][0] = (sr_holder){ .who = i ? SR_STR("Bo") : SR_STR("Ada"), .cite = { sources[i], { 500, 520 } } };
		p->positions[i] = (sr_position){ .statement = sr_str_c(statements[i]), .origins = 1, .held_by = p->holders[i], .held_by_count = 1 };
	}
	p->d.conflicts = &p->conflict;
	p->d.conflict_count = 1;
}

/* The list as "text — who [1][3]; text [2]". */
static sr_str told(sr_arena *arena, const sr_line *lines, size_t count)
{
	sr_buf b;
	sr_buf_init(&b, 0);
	for (size_t i = 0; i < count; i++) {
		sr_buf_printf(&b, "%s%.*s%s%.*s ", i ? "; " : "", SR_FMT(lines[i].text), lines[i].who.len ? " — " : "", SR_FMT(lines[i].who));
		for (size_t k = 0; k < lines[i].cites.count; k++)
			sr_buf_printf(&b, "[%u]", lines[i].cites.items[k].source);
	}
	sr_str s = sr_str_dup(arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return s;
}

static page before, after;
static sr_arena *arena;

static void start(const char *label, const char *const *pages_before, const char *const *pages_after)
{
	test_case(label);
	sr_arena_free(arena);
	arena = sr_arena_new(0);
	page_init(&before, 3, pages_before);
	page_init(&after, 4, pages_after);
}

static void expect(const char *added, const char *strengthened, const char *contradicted, const char *withdrawn)
{
	const sr_changes *c = &after.d.changes;
	REQUIRE(arena && sr_changes_find(&before.d, &after.d, NULL, arena, NULL) == SR_OK);
	CHECK_INT(c->since, 3);
	CHECK_STR(told(arena, c->added, c->added_count), sr_str_c(added));
	CHECK_STR(told(arena, c->strengthened, c->strengthened_count), sr_str_c(strengthened));
	CHECK_STR(told(arena, c->contradicted, c->contradicted_count), sr_str_c(contradicted));
	CHECK_STR(told(arena, c->withdrawn, c->withdrawn_count), sr_str_c(withdrawn));
}

#define PAGES(...) ((const char *const[]){ __VA_ARGS__, NULL })

TEST(archive_changes_lines)
{
	start("the same sources and sentences", PAGES("a1"), PAGES("a1"));
	say(&before, "The gate broke.", 0, "1");
	say(&after, "The gate broke.", 0, "1");
	expect("", "", "", "");

	start("a sentence of a new source", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The gate broke.", 0, "1");
	say(&after, "The gate broke.", 0, "1");
	say(&after, "Two clerks were hurt.", 40, "2");
	expect("Two clerks were hurt. [2]", "", "", "");

	start("another choice from the old sources is no news", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The gate broke.", 0, "1");
	say(&after, "It rained.", 80, "1");
	expect("", "", "", "");

	start("a second origin says the same", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The gate broke.", 0, "1");
	say(&after, "The gate broke.", 0, "12");
	expect("", "The gate broke. [1][2]", "", "");

	start("a reprint of the same origin does not strengthen", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The gate broke.", 0, "1");
	say(&after, "The gate broke.", 0, "12");
	after.sources[1].origin = 1;
	expect("", "", "", "");

	start("the same passage cut otherwise is the same", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The gate broke at dawn.", 0, "1");
	say(&after, "The gate broke.", 2, "12");
	expect("", "The gate broke. [1][2]", "", "");

	start("the day that a line shows is no news", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "The clerk said the gate is broken.", 0, "1");
	say(&before, "The yard is empty (4 Nov).", 40, "1");
	say(&after, "The clerk said (4 Nov) the gate is broken.", 200, "12");
	say(&after, "The yard is empty (as of 4 Nov 2030).", 240, "12");
	expect("", "The clerk said (4 Nov) the gate is broken. [1][2]; The yard is empty (as of 4 Nov 2030). [1][2]", "", "");
	sr_arena_free(arena);
	arena = NULL;
}

TEST(archive_changes_withdrawn)
{
	start("its source was taken back", PAGES("a1", "b1"), PAGES("b1", "a1"));
	say(&before, "A second gate broke.", 0, "1");
	say(&before, "It rained.", 0, "2");
	say(&after, "It rained.", 0, "1");
	after.sources[1].status = SR_DOC_WITHDRAWN;
	expect("", "", "", "A second gate broke. [2]");

	start("another source still says it", PAGES("a1", "b1"), PAGES("a1", "b1"));
	say(&before, "A second gate broke.", 0, "12");
	say(&after, "A second gate broke.", 0, "2");
	after.sources[0].status = SR_DOC_WITHDRAWN;
	expect("", "", "", "");

	start("it was taken back before", PAGES("a1"), PAGES("a1"));
	say(&before, "A second gate broke.", 0, "1");
	before.sources[0].status = after.sources[0].status = SR_DOC_WITHDRAWN;
	expect("", "", "", "");

	start("its document left the story", PAGES("a1", "b1"), PAGES("b1"));
	say(&before, "A second gate broke.", 0, "1");
	expect("", "", "", "");

	start("the page was changed: cited from its earlier state", PAGES("a1"), PAGES("a2"));
	say(&before, "Nine clerks were hurt.", 0, "1");
	say(&after, "Two clerks were hurt.", 0, "1");
	expect("Two clerks were hurt. [1]", "", "", "Nine clerks were hurt. [2]");
	CHECK_INT(after.d.source_count, 2);
	CHECK_INT(after.d.documents, 2);
	CHECK_STR(after.d.sources[1].sha256, SR_STR("a1"));
	CHECK_INT(after.d.sources[1].status, SR_DOC_CORRECTED);
	CHECK_INT(after.d.sources[1].origin, 1);

	start("the changed page still says it", PAGES("a1"), PAGES("a2"));
	say(&before, "Nine clerks were hurt.", 0, "1");
	static const sr_str texts[] = { SR_STR_INIT("It rained.\n\nNine clerks, all asleep, were hurt. Two died.") };
	REQUIRE(arena && sr_changes_find(&before.d, &after.d, texts, arena, NULL) == SR_OK);
	CHECK_INT(after.d.changes.withdrawn_count, 0);
	CHECK_INT(after.d.source_count, 1);
	sr_arena_free(arena);
	arena = NULL;
}

TEST(archive_changes_contradicted)
{
	start("a new source speaks against an old one", PAGES("a1"), PAGES("a1", "b1"));
	say(&before, "the gate was sound", 500, "1");
	dispute(&after, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	expect("the gate was rotten — Bo [2]", "", "the gate was sound — Ada [1]", "");

	start("the conflict was there before", PAGES("a1", "b1"), PAGES("a1", "b1", "c1"));
	dispute(&before, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	dispute(&after, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	expect("", "", "", "");

	start("under another id", PAGES("a1", "b1"), PAGES("a1", "b1", "c1"));
	dispute(&before, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	dispute(&after, "c7", "the gate was sound", 1, "the gate was rotten", 2);
	expect("", "", "", "");

	start("both sides are new", PAGES("a1"), PAGES("a1", "b1", "c1"));
	dispute(&after, "c9", "the gate was sound", 2, "the gate was rotten", 3);
	expect("the gate was sound — Ada [2]; the gate was rotten — Bo [3]", "", "", "");

	start("found only now between old sources", PAGES("a1", "b1"), PAGES("a1", "b1"));
	dispute(&after, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	expect("", "", "", "");

	start("one part of a position fell", PAGES("a1", "b1", "c1"), PAGES("a1", "b1", "c1"));
	dispute(&before, "c9", "the gate was sound; it was tested on Monday", 1, "the gate was rotten", 2);
	dispute(&after, "c9", "the gate was sound", 1, "the gate was rotten", 2);
	before.holders[0][1] = (sr_holder){ .who = SR_STR("A clerk"), .cite = { 3, { 0, 20 } } };
	before.positions[0].held_by_count = 2;
	after.sources[2].status = SR_DOC_WITHDRAWN;
	expect("", "", "", "it was tested on Monday — A clerk [3]");

	start("beside the old part a new source has its own", PAGES("a1"), PAGES("a1", "b1", "c1"));
	dispute(&after, "c9", "the gate was sound; it was tested on Monday", 1, "the gate was rotten", 2);
	after.holders[0][1] = (sr_holder){ .who = SR_STR("A clerk"), .cite = { 3, { 0, 20 } } };
	after.positions[0].held_by_count = 2;
	expect("it was tested on Monday — A clerk [3]; the gate was rotten — Bo [2]", "", "the gate was sound — Ada [1]", "");

	start("more who say both parts than there are parts", PAGES("a1"), PAGES("a1", "b1", "c1"));
	dispute(&after, "c9", "the gate was sound; it was tested on Monday", 2, "the gate was rotten", 3);
	for (uint32_t i = 1; i < 3; i++)
		after.holders[0][i] = (sr_holder){ .who = SR_STR("A clerk"), .cite = { 2, { 40 * i, 40 * i + 20 } } };
	after.positions[0].held_by_count = 3;
	expect("the gate was sound [2][2][2]; the gate was rotten — Bo [3]", "", "", "");
	sr_arena_free(arena);
	arena = NULL;
}
