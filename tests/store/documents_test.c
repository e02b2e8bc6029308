#include "store/fixture.h"

#include "sitrep/base/file.h"

#include <stdio.h>
#include <string.h>

enum { ALL = SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_VECTORS | SR_STORE_CLAIMS };

#define OK(call)                                                            \
	do {                                                                    \
		if ((call) != SR_OK)                                                \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message);    \
	} while (0)

static sr_arena *arena;
static sr_store *store;
static sr_error err;

static void begin(void)
{
	folder_open();
	arena = sr_arena_new(0);
	store = open_store(folder_file("a.db"), NULL);
	OK(sr_store_begin(store, at("2025-12-10T12:00:00Z"), &err));
}

/* Whatever a test did, the store must be sound in the end. */
static void end(void)
{
	sr_str *faults;
	size_t count = 0;
	if (sr_store_commit(store, &err) != SR_OK)
		sr_store_rollback(store);
	OK(sr_store_check(store, arena, &faults, &count, &err));
	for (size_t i = 0; i < count; i++)
		test_fail(__FILE__, __LINE__, "check: %.*s", SR_FMT(faults[i]));
	sr_store_close(store);
	sr_arena_free(arena);
	folder_close();
}

TEST(store_document_comes_back)
{
	begin();
	const made *m = make_document(arena, 1, 5);
	sr_store_added added;
	sr_store_loaded l;
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_NEW);
	CHECK_INT(added.doc, 1);
	CHECK_INT(added.revision, 1);
	CHECK(added.analysed);
	test_case("before the commit");
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, m);
	OK(sr_store_commit(store, &err));
	test_case("after opening again");
	sr_store_close(store);
	store = open_store(folder_file("a.db"), NULL);
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, m);
	CHECK_INT(l.revision, 1);
	CHECK_INT(l.revisions, 1);
	CHECK_STR(sr_time_format(arena, l.added), SR_STR("2025-12-10T12:00:00Z"));
	test_case("columns only");
	OK(sr_store_load(store, 1, 0, 0, arena, &l, &err));
	CHECK_STR(l.doc->title, m->doc.title);
	CHECK_STR(l.doc->site, m->doc.site);
	CHECK_STR(l.doc->sha256, m->doc.sha256);
	CHECK_INT(l.doc->text.len, 0);
	test_case("claims without the text");
	OK(sr_store_load(store, 1, 0, SR_STORE_CLAIMS, arena, &l, &err));
	CHECK_INT(l.claim_count, 2);
	CHECK(!l.reading.doc);
	test_case("not there");
	CHECK_INT(sr_store_load(store, 2, 0, 0, arena, &l, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_load(store, 1, 2, 0, arena, &l, &err), SR_E_NOT_FOUND);
	end();
}

TEST(store_document_of_every_size)
{
	static const unsigned paragraphs[] = { 1, 2, 40, 300 };
	begin();
	for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++) {
		char label[16];
		snprintf(label, sizeof label, "%u", paragraphs[i]);
		test_case(label);
		const made *m = make_document(arena, (unsigned)i, paragraphs[i]);
		sr_store_added added;
		sr_store_loaded l;
		OK(sr_store_add(store, &m->in, &added, &err));
		OK(sr_store_load(store, added.doc, 0, ALL, arena, &l, &err));
		check_loaded(&l, m);
	}
	test_case("empty");
	const sr_document empty = { .path = SR_STR_INIT("/nothing.txt") };
	const sr_reading nothing = { .doc = &empty };
	const sr_store_document in = { .doc = &empty, .reading = &nothing };
	sr_store_added added;
	sr_store_loaded l;
	OK(sr_store_add(store, &in, &added, &err));
	OK(sr_store_load(store, added.doc, 0, ALL, arena, &l, &err));
	CHECK_INT(l.doc->text.len, 0);
	CHECK(l.analysed);
	end();
}

TEST(store_same_twice_changes_nothing)
{
	begin();
	const made *m = make_document(arena, 1, 4);
	sr_store_added added;
	sr_store_stats before, after;
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_get_stats(store, arena, &before, &err));
	OK(sr_store_lookup(store, &m->doc, (sr_str){ 0 }, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	CHECK_INT(added.doc, 1);
	CHECK(added.analysed);
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	OK(sr_store_get_stats(store, arena, &after, &err));
	CHECK_INT(after.documents, before.documents);
	CHECK_INT(after.revisions, before.revisions);
	CHECK_INT(after.claims, 2);
	test_case("other bytes around the same article");
	made *m2 = make_document(arena, 1, 4);
	m2->doc.sha256 = SR_STR("00000000000000000000000000000000000000000000000000000000000000aa");
	OK(sr_store_add(store, &m2->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	test_case("a status and a year that others gave");
	m2->doc.status = SR_DOC_WITHDRAWN;
	OK(sr_store_add(store, &m2->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	end();
}

TEST(store_changed_page_is_a_revision)
{
	begin();
	const made *m = make_document(arena, 1, 4), *c = make_changed(arena, 1, 4, "The ferry sank at noon.");
	sr_store_added added;
	sr_store_loaded l;
	sr_store_revision *r;
	sr_store_hits hits;
	size_t count;
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_lookup(store, &c->doc, (sr_str){ 0 }, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_REVISED);
	CHECK_INT(added.revision, 1);
	OK(sr_store_add(store, &c->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_REVISED);
	CHECK_INT(added.doc, 1);
	CHECK_INT(added.revision, 2);
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, c);
	CHECK_INT(l.revisions, 2);
	test_case("the old state stays");
	OK(sr_store_load(store, 1, 1, ALL, arena, &l, &err));
	check_loaded(&l, m);
	test_case("what changed");
	OK(sr_store_revisions(store, 1, arena, &r, &count, &err));
	REQUIRE(count == 2);
	CHECK_INT(r[0].change_count, 0);
	REQUIRE(r[1].change_count == 2);
	CHECK_STR(r[1].changes[0].field, SR_STR("modified"));
	CHECK_STR(r[1].changes[0].before, SR_STR("2025-12-01T08:00:00Z"));
	CHECK_STR(r[1].changes[0].after, SR_STR("2025-12-02T09:00:00Z"));
	CHECK_STR(r[1].changes[1].field, SR_STR("text"));
	CHECK_STR(r[1].changes[1].before, (sr_str){ 0 });
	CHECK_STR(r[1].changes[1].after, SR_STR("The ferry sank at noon."));
	test_case("the index follows");
	OK(sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("ferry") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	test_case("an old copy again");
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	CHECK_INT(added.revision, 2);
	end();
}

TEST(store_revisions_come_in_any_order)
{
	begin();
	const made *m = make_document(arena, 1, 4), *c = make_changed(arena, 1, 4, "The ferry sank at noon.");
	sr_store_added added;
	sr_store_loaded l;
	OK(sr_store_add(store, &c->in, &added, &err));
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_OLDER);
	CHECK_INT(added.revision, 1);
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, c);
	CHECK_INT(l.revisions, 2);
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	test_case("a page that goes back");
	made *back = make_document(arena, 2, 4), *forth = make_changed(arena, 2, 4, "A slip."), *again = make_document(arena, 2, 4);
	back->doc.retrieved = at("2025-12-01T10:00:00Z");
	forth->doc.retrieved = at("2025-12-01T11:00:00Z");
	again->doc.retrieved = at("2025-12-01T12:00:00Z");
	OK(sr_store_add(store, &back->in, &added, &err));
	OK(sr_store_add(store, &forth->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_REVISED);
	OK(sr_store_add(store, &again->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_REVISED);
	CHECK_INT(added.revision, 3);
	end();
}

/* A plain file and its copy elsewhere are one document, until one of them changes. */
TEST(store_copies_of_a_file)
{
	begin();
	made *m = make_document(arena, 1, 4), *copy = make_document(arena, 1, 4);
	sr_store_added added;
	int64_t doc;
	m->doc.url = m->doc.canonical = copy->doc.url = copy->doc.canonical = (sr_str){ 0 };
	copy->doc.path = copy->doc.id = SR_STR("/elsewhere/page.html");
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_add(store, &copy->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	OK(sr_store_find_document(store, SR_STR("/elsewhere/page.html"), &doc, &err));
	CHECK_INT(doc, 1);
	test_case("that went its own way");
	made *changed = make_changed(arena, 1, 4, "Something else.");
	changed->doc.url = changed->doc.canonical = (sr_str){ 0 };
	changed->doc.path = changed->doc.id = SR_STR("/elsewhere/page.html");
	OK(sr_store_add(store, &changed->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_NEW);
	CHECK_INT(added.doc, 2);
	OK(sr_store_add(store, &changed->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	CHECK_INT(added.doc, 1);
	end();
}

/* Articles to which an input gave one name stay apart, each with revisions of its own. */
TEST(store_articles_under_one_name)
{
	static const char *const outlets[] = { "Tarn Post", "Vell News", "Tarn Post" };
	sr_store_added added;
	sr_str *faults;
	size_t count;
	made *m[3];
	begin();
	for (unsigned i = 0; i < 3; i++) {
		m[i] = make_document(arena, i, 4);
		m[i]->doc.url = m[i]->doc.canonical = (sr_str){ 0 };
		m[i]->doc.path = sr_str_printf(arena, "/data/all.jsonl#%u", i + 1);
		m[i]->doc.id = SR_STR("17");
		m[i]->doc.site = sr_str_c(outlets[i]);
	}
	m[1]->doc.title = m[0]->doc.title;
	m[2]->doc.text = sr_str_dup(arena, m[2]->doc.text);
	for (size_t i = 0; i < m[2]->doc.text.len; i++) /* no word of it in the first */
		((char *)(uintptr_t)m[2]->doc.text.ptr)[i] ^= m[2]->doc.text.ptr[i] >= 'a' ? 0x1F : 0;
	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < 3; i++) {
			test_case(round ? "again" : outlets[i]);
			OK(sr_store_add(store, &(sr_store_document){ .doc = &m[i]->doc }, &added, &err));
			CHECK_INT(added.outcome, round ? SR_STORE_UNCHANGED : SR_STORE_NEW);
			CHECK_INT(added.doc, i + 1);
		}
	test_case("a revision of the second");
	made *changed = make_changed(arena, 1, 4, "The ferry sank at noon.");
	changed->doc.url = changed->doc.canonical = (sr_str){ 0 };
	changed->doc.path = m[1]->doc.path;
	changed->doc.id = m[1]->doc.id;
	changed->doc.site = m[1]->doc.site;
	OK(sr_store_add(store, &(sr_store_document){ .doc = &changed->doc }, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_REVISED);
	CHECK_INT(added.doc, 2);
	test_case("more than a name is tried for");
	for (unsigned i = 0; i < 40; i++) {
		sr_document d = m[0]->doc;
		d.site = sr_str_printf(arena, "Outlet %u", i % 20);
		OK(sr_store_add(store, &(sr_store_document){ .doc = &d }, &added, &err));
		CHECK_INT(added.outcome, i < 20 ? SR_STORE_NEW : SR_STORE_UNCHANGED);
		CHECK_INT(added.doc, 4 + i % 20);
	}
	test_case("salvaged");
	OK(sr_store_commit(store, &err));
	sr_store_salvaged saved;
	OK(sr_store_salvage(folder_file("a.db"), folder_file("copy.db"), arena, &saved, &err));
	sr_store *copy = open_store(folder_file("copy.db"), NULL);
	OK(sr_store_check(copy, arena, &faults, &count, &err));
	CHECK_INT(count, 0);
	OK(sr_store_begin(copy, at("2025-12-11"), &err));
	OK(sr_store_add(copy, &(sr_store_document){ .doc = &m[0]->doc }, &added, &err));
	CHECK_INT(added.doc, 1);
	OK(sr_store_add(copy, &(sr_store_document){ .doc = &changed->doc }, &added, &err));
	CHECK_INT(added.doc, 2);
	sr_store_close(copy);
	OK(sr_store_begin(store, at("2025-12-10"), &err));
	end();
}

TEST(store_identity_by_table)
{
	sr_str rest = test_read(test_path("tests/store/identities.tsv")), f[6];
	arena = sr_arena_new(0);
	while (test_next_row(&rest, f, 6)) {
		char label[64];
		snprintf(label, sizeof label, "%.*s", SR_FMT(f[0]));
		test_case(label);
		sr_document d = { .id = f[1], .path = f[2], .url = f[3], .canonical = f[4], .sha256 = SR_STR("abc") };
		sr_str identity;
		OK(sr_store_identity(&d, arena, &identity, &err));
		CHECK_STR(identity, f[5]);
	}
	sr_arena_free(arena);
}

TEST(store_analysis_later)
{
	begin();
	made *m = make_document(arena, 1, 4);
	sr_store_document bare = { .doc = &m->doc };
	sr_store_added added;
	sr_store_loaded l;
	OK(sr_store_add(store, &bare, &added, &err));
	CHECK(!added.analysed);
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	CHECK(!l.analysed);
	CHECK(!l.reading.doc);
	OK(sr_store_add(store, &m->in, &added, &err));
	CHECK_INT(added.outcome, SR_STORE_UNCHANGED);
	CHECK(added.analysed);
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, m);
	test_case("replaced");
	m->doc.published = at("2024-11-02");
	m->claim_count = m->in.claim_count = 1;
	OK(sr_store_put_analysis(store, 1, &m->in, &err));
	OK(sr_store_load(store, 1, 0, ALL, arena, &l, &err));
	check_loaded(&l, m);
	CHECK_INT(l.revisions, 1);
	test_case("of another text");
	CHECK_INT(sr_store_put_analysis(store, 1, &make_document(arena, 2, 4)->in, &err), SR_E_INVALID);
	CHECK_INT(sr_store_put_analysis(store, 7, &m->in, &err), SR_E_NOT_FOUND);
	end();
}

TEST(store_status_from_others)
{
	begin();
	const made *m = make_document(arena, 1, 4), *c = make_changed(arena, 1, 4, "We stand by it.");
	sr_store_added added;
	sr_store_loaded l;
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_put_status(store, 1, SR_DOC_WITHDRAWN, SR_STR("taken back by its outlet"), &err));
	OK(sr_store_load(store, 1, 0, SR_STORE_DOCUMENT, arena, &l, &err));
	CHECK_INT(l.doc->status, SR_DOC_WITHDRAWN);
	CHECK_STR(l.doc->correction, SR_STR("taken back by its outlet"));
	CHECK(!l.retracted);
	test_case("of that revision only");
	OK(sr_store_add(store, &c->in, &added, &err));
	OK(sr_store_load(store, 1, 0, SR_STORE_DOCUMENT, arena, &l, &err));
	CHECK_INT(l.doc->status, SR_DOC_USABLE);
	CHECK_INT(sr_store_put_status(store, 9, SR_DOC_USABLE, (sr_str){ 0 }, &err), SR_E_NOT_FOUND);
	end();
}

TEST(store_find_document_by_any_name)
{
	begin();
	sr_store_added added;
	int64_t doc;
	made *m = make_document(arena, 1, 4), *twin = make_document(arena, 2, 4);
	m->doc.id = twin->doc.id = SR_STR("same-id");
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_add(store, &twin->in, &added, &err));
	const sr_str names[] = { SR_STR("1"), m->doc.url, m->doc.canonical, m->doc.path, m->doc.sha256, sr_str_slice(m->doc.sha256, 0, 10) };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		OK(sr_store_find_document(store, names[i], &doc, &err));
		CHECK_INT(doc, 1);
	}
	CHECK_INT(sr_store_find_document(store, SR_STR("same-id"), &doc, &err), SR_E_INVALID);
	CHECK(strstr(err.message, "1, 2"));
	CHECK_INT(sr_store_find_document(store, SR_STR("nobody"), &doc, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_find_document(store, SR_STR("3"), &doc, &err), SR_E_NOT_FOUND);
	sr_store_ids ids;
	OK(sr_store_documents(store, 0, 0, arena, &ids, &err));
	CHECK_INT(ids.count, 2);
	OK(sr_store_documents(store, 1, 1, arena, &ids, &err));
	CHECK_INT(ids.count, 1);
	CHECK_INT(ids.items[0], 2);
	end();
}

TEST(store_originals)
{
	begin();
	sr_buf big, back;
	sr_store_original o = { .location = SR_STR("/a.jsonl"), .type = SR_STR("jsonl"), .how = SR_STR("file"), .retrieved = at("2025-12-01") }, out;
	int64_t id, again;
	sr_buf_init(&big, 0);
	sr_buf_init(&back, 0);
	for (unsigned i = 0; big.len < (size_t)9 << 20; i++)
		sr_buf_printf(&big, "{\"line\":%u,\"x\":%u}\n", i, i * 2654435761u);
	static const size_t sizes[] = { 0, 1, 100, 4 << 20, (4 << 20) + 1, 9 << 20 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char label[32];
		snprintf(label, sizeof label, "%zu bytes", sizes[i]);
		test_case(label);
		o.bytes = sr_str_slice(sr_buf_str(&big), 0, sizes[i]);
		OK(sr_store_put_original(store, &o, &id, &err));
		CHECK_INT(id, (long long)i + 1);
		OK(sr_store_put_original(store, &o, &again, &err));
		CHECK_INT(again, id);
		OK(sr_store_original_bytes(store, id, &back, &err));
		CHECK(sr_str_eq(sr_buf_str(&back), o.bytes));
	}
	test_case("its record");
	OK(sr_store_get_original(store, 2, arena, &out, &err));
	CHECK_STR(out.location, o.location);
	CHECK_STR(out.type, o.type);
	CHECK_STR(out.how, o.how);
	CHECK_STR(sr_time_format(arena, out.retrieved), SR_STR("2025-12-01"));
	CHECK_INT(sr_store_get_original(store, 99, arena, &out, &err), SR_E_NOT_FOUND);
	CHECK_INT(sr_store_original_bytes(store, 99, &back, &err), SR_E_NOT_FOUND);
	test_case("above the ceiling");
	o.bytes = sr_str_make(big.ptr, SR_STORE_ORIGINAL_MAX + 1);
	CHECK_INT(sr_store_put_original(store, &o, &id, &err), SR_E_LIMIT);
	sr_buf_deinit(&big);
	sr_buf_deinit(&back);
	end();
}

TEST(store_sources)
{
	begin();
	bool known;
	uint32_t n;
	OK(sr_store_known_source(store, SR_STR("/a"), SR_STR("abc"), &known, &n, &err));
	CHECK(!known);
	OK(sr_store_put_source(store, SR_STR("/a"), SR_STR("abc"), 12, &err));
	OK(sr_store_known_source(store, SR_STR("/a"), SR_STR("abc"), &known, &n, &err));
	CHECK(known);
	CHECK_INT(n, 12);
	OK(sr_store_known_source(store, SR_STR("/a"), SR_STR("abd"), &known, &n, &err));
	CHECK(!known);
	end();
}

TEST(store_transactions)
{
	begin();
	sr_store_added added;
	sr_store_stats stats;
	const made *m = make_document(arena, 1, 4);
	CHECK_INT(sr_store_begin(store, at("2025-12-10"), &err), SR_E_USAGE);
	OK(sr_store_add(store, &m->in, &added, &err));
	sr_store_rollback(store);
	OK(sr_store_get_stats(store, arena, &stats, &err));
	CHECK_INT(stats.documents, 0);
	CHECK_INT(sr_store_add(store, &m->in, &added, &err), SR_E_USAGE);
	CHECK_INT(sr_store_commit(store, &err), SR_E_USAGE);
	CHECK_INT(sr_store_begin(store, SR_TIME_NONE, &err), SR_E_USAGE);
	sr_store_rollback(store); /* nothing to do */
	test_case("closed in the middle");
	OK(sr_store_begin(store, at("2025-12-10"), &err));
	OK(sr_store_add(store, &m->in, &added, &err));
	sr_store_close(store);
	store = open_store(folder_file("a.db"), NULL);
	OK(sr_store_get_stats(store, arena, &stats, &err));
	CHECK_INT(stats.documents, 0);
	test_case("a refusal does not end it");
	sr_store_document too_long = m->in;
	sr_document d = m->doc;
	sr_buf name;
	sr_buf_init(&name, 0);
	for (int i = 0; i < 5000; i++)
		sr_buf_add_char(&name, 'x');
	d.url = sr_buf_str(&name);
	too_long.doc = &d;
	OK(sr_store_begin(store, at("2025-12-10"), &err));
	CHECK_INT(sr_store_add(store, &too_long, &added, &err), SR_E_LIMIT);
	sr_buf_deinit(&name);
	OK(sr_store_add(store, &m->in, &added, &err));
	OK(sr_store_commit(store, &err));
	OK(sr_store_get_stats(store, arena, &stats, &err));
	CHECK_INT(stats.documents, 1);
	end();
}
