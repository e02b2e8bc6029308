/* Opening: where the store is, what a file must be, older and newer schemas, and memory that runs out. */
#include "store/fixture.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sr_error err;

#define OK(call)                                                         \
	do {                                                                 \
		if ((call) != SR_OK)                                             \
			test_fail(__FILE__, __LINE__, "%s: %s", #call, err.message); \
	} while (0)

static sr_status try_open(sr_store_options o, const char *says)
{
	sr_store *store = NULL;
	memset(&err, 0, sizeof err);
	sr_status status = sr_store_open(&o, &store, &err);
	CHECK((status == SR_OK) == (store != NULL));
	if (says && !strstr(err.message, says))
		test_fail(__FILE__, __LINE__, "said \"%s\", expected \"%s\"", err.message, says);
	sr_store_close(store);
	return status;
}

TEST(store_default_path)
{
	static const char *const variables[] = { "SITREP_DB", "XDG_DATA_HOME", "HOME" };
	static const struct {
		const char *values[3], *want;
	} cases[] = {
		{ { "/a/b.db", "/x", "/home/u" }, "/a/b.db" },
		{ { NULL, "/x", "/home/u" }, "/x/sitrep/sitrep.db" },
		{ { "", "", "/home/u" }, "/home/u/.local/share/sitrep/sitrep.db" },
		{ { NULL, NULL, NULL }, NULL },
	};
	char *kept[3];
	sr_arena *arena = sr_arena_new(0);
	for (size_t k = 0; k < 3; k++) {
		const char *value = getenv(variables[k]);
		kept[k] = value ? strdup(value) : NULL;
	}
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_str path;
		test_case(cases[i].want ? cases[i].want : "nowhere");
		for (size_t k = 0; k < 3; k++)
			if (cases[i].values[k])
				setenv(variables[k], cases[i].values[k], 1);
			else
				unsetenv(variables[k]);
		sr_status status = sr_store_default_path(arena, &path, &err);
		CHECK_INT(status, cases[i].want ? SR_OK : SR_E_NOT_FOUND);
		if (status == SR_OK)
			CHECK_STR(path, sr_str_c(cases[i].want));
	}
	test_case("its folder is made");
	setenv("XDG_DATA_HOME", folder_open(), 1);
	CHECK_INT(try_open((sr_store_options){ .create = false }, NULL), SR_E_NOT_FOUND);
	CHECK_INT(try_open((sr_store_options){ .create = true }, NULL), SR_OK);
	CHECK_INT(sr_path_kind_of(folder_file("sitrep/sitrep.db")), SR_PATH_FILE);
	unlink(folder_file("sitrep/sitrep.db"));
	rmdir(folder_file("sitrep"));
	folder_close();
	for (size_t k = 0; k < 3; k++) {
		if (kept[k])
			setenv(variables[k], kept[k], 1);
		else
			unsetenv(variables[k]);
		free(kept[k]);
	}
	sr_arena_free(arena);
}

static void write_text(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(text, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void run_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	char *message = NULL;
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		test_fail(__FILE__, __LINE__, "%s", message ? message : "cannot open");
	sqlite3_free(message);
	sqlite3_close(db);
}

TEST(store_what_is_no_store)
{
	static char text[5000];
	folder_open();
	memset(text, 'x', sizeof text);
	test_case("missing");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("none.db") }, "none.db: there is no store"), SR_E_NOT_FOUND);
	test_case("a folder");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file(""), .create = true }, "a folder, not a store"), SR_E_IO);
	test_case("in a folder that is missing");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("x/y.db"), .create = true }, "there is no folder"), SR_E_IO);
	test_case("a text");
	write_text(folder_file("text"), text, sizeof text);
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("text"), .create = true }, "not a store"), SR_E_INVALID);
	test_case("an empty file");
	write_text(folder_file("empty"), text, 0);
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("empty") }, "empty"), SR_E_NOT_FOUND);
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("empty"), .create = true }, NULL), SR_OK);
	test_case("another program's");
	run_sql(folder_file("other.db"), "CREATE TABLE t(a); PRAGMA user_version = 1");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("other.db"), .create = true }, "not a store of sitrep"), SR_E_INVALID);
	test_case("a newer sitrep's");
	sr_store_close(open_store(folder_file("new.db"), NULL));
	run_sql(folder_file("new.db"), "PRAGMA user_version = 99");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("new.db") }, "newer sitrep (schema 99"), SR_E_REFUSED);
	test_case("without one of its tables");
	sr_store_close(open_store(folder_file("less.db"), NULL));
	run_sql(folder_file("less.db"), "DROP TABLE analysis");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("less.db") }, "its list of tables is not whole"), SR_E_CORRUPT);
	test_case("PostgreSQL");
	CHECK_INT(try_open((sr_store_options){ .uri = "postgres://host/db" }, "postgres is not built yet"), SR_E_UNSUPPORTED);
	CHECK_INT(try_open((sr_store_options){ .uri = "postgresql://host/db" }, "not built yet"), SR_E_UNSUPPORTED);
	CHECK_INT(try_open((sr_store_options){ .uri = "mysql://host/db" }, "no such kind of store"), SR_E_UNSUPPORTED);
	test_case("names that a URI would read otherwise");
	CHECK_INT(try_open((sr_store_options){ .uri = folder_file("a?b#c%20.db"), .create = true }, NULL), SR_OK);
	CHECK_INT(sr_path_kind_of(folder_file("a?b#c%20.db")), SR_PATH_FILE);
	char uri[600];
	snprintf(uri, sizeof uri, "sqlite:%s", folder_file("a?b#c%20.db"));
	CHECK_INT(try_open((sr_store_options){ .uri = uri }, NULL), SR_OK);
	folder_close();
}

/* The settings that everything else rests on. */
TEST(store_settings)
{
	folder_open();
	const char *path = folder_file("a.db");
	sr_store_close(open_store(path, NULL));
	sr_str head = test_read(path);
	REQUIRE(head.len > 100);
	CHECK_INT((unsigned char)head.ptr[16] << 8 | (unsigned char)head.ptr[17], 16384);
	CHECK_INT(head.ptr[18], 2); /* WAL */
	CHECK(memcmp(head.ptr + 68, "SitR", 4) == 0);
	CHECK_INT(head.ptr[63], 2); /* the schema */
	folder_close();
}

/* A store of schema 1, made by its own file, with a document in it, is brought up to date: the index is made from the texts. */
TEST(store_migrates_an_older_schema)
{
	folder_open();
	const char *path = folder_file("a.db");
	sr_arena *arena = sr_arena_new(0);
	sr_store *store = open_store(path, NULL);
	unsigned whole;
	OK(add_range(store, 0, 6, &err));
	sr_store_close(store);
	run_sql(path, "DROP TABLE document_index; DROP TABLE story_index; DROP VIEW document_text; DROP VIEW story_text;"
	              "PRAGMA user_version = 1");
	test_case("for reading only");
	CHECK_INT(try_open((sr_store_options){ .uri = path, .read_only = true }, "older sitrep"), SR_E_REFUSED);
	test_case("for writing");
	store = open_store(path, NULL);
	REQUIRE(store);
	sr_store_stats st;
	sr_store_hits hits;
	sr_str *faults;
	size_t count;
	OK(sr_store_get_stats(store, arena, &st, &err));
	CHECK_INT(st.schema, 2);
	OK(sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("Quayside3") }, arena, &hits, &err));
	CHECK_INT(hits.total, 1);
	OK(check_range(store, 0, 6, &whole, &err));
	CHECK_INT(whole, 6);
	OK(sr_store_check(store, arena, &faults, &count, &err));
	CHECK_INT(count, 0);
	sr_store_close(store);
	test_case("the first schema is made by its file alone");
	sr_str first = sr_data("store/001.sql");
	char *sql = sqlite3_mprintf("%.*s; PRAGMA user_version = 1; PRAGMA application_id = %d", SR_FMT(first), 0x53697452);
	run_sql(folder_file("first.db"), sql);
	sqlite3_free(sql);
	store = open_store(folder_file("first.db"), NULL);
	REQUIRE(store);
	OK(add_range(store, 0, 3, &err));
	OK(check_range(store, 0, 3, &whole, &err));
	CHECK_INT(whole, 3);
	sr_store_close(store);
	sr_arena_free(arena);
	folder_close();
}

/* ---- memory that runs out ---- */

static sqlite3_mem_methods real_memory;
static long memory_left = -1;

static void *scarce(int n)
{
	if (memory_left == 0)
		return NULL;
	memory_left -= memory_left > 0;
	return real_memory.xMalloc(n);
}

static void *scarce_again(void *p, int n)
{
	if (memory_left == 0)
		return NULL;
	memory_left -= memory_left > 0;
	return real_memory.xRealloc(p, n);
}

static void scarce_memory(bool on)
{
	sqlite3_shutdown();
	if (on) {
		sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
		sqlite3_mem_methods m = real_memory;
		m.xMalloc = scarce;
		m.xRealloc = scarce_again;
		sqlite3_config(SQLITE_CONFIG_MALLOC, &m);
	} else {
		sqlite3_config(SQLITE_CONFIG_MALLOC, &real_memory);
	}
	sqlite3_initialize();
}

/* Opens, adds, corrects, searches and loads; whatever fails is passed on. */
static sr_status everything(const char *path, const made *m, const made *c, sr_arena *arena)
{
	sr_store *store;
	const sr_store_options options = { .uri = path, .create = true };
	sr_store_hits hits;
	sr_store_loaded l;
	sr_store_revision *revisions;
	size_t count;
	int64_t doc, story;
	sr_store_correction pin = { .act = SR_STORE_PIN, .story = 1 };
	sr_status s = sr_store_open(&options, &store, &err);
	if (s != SR_OK)
		return s;
	sr_store_added added;
	s = sr_store_begin(store, at("2025-12-10"), &err);
	s = s == SR_OK ? sr_store_add(store, &m->in, &added, &err) : s;
	s = s == SR_OK ? sr_store_add(store, &c->in, &added, &err) : s;
	s = s == SR_OK ? sr_store_new_story(store, SR_STR("p7k2"), &story, &err) : s;
	s = s == SR_OK ? sr_store_place(store, 1, story, &err) : s;
	s = s == SR_OK ? sr_store_correct(store, &pin, arena, &err) : s;
	s = s == SR_OK ? sr_store_commit(store, &err) : s;
	s = s == SR_OK ? sr_store_find_document(store, SR_STR("1"), &doc, &err) : s;
	s = s == SR_OK ? sr_store_load(store, doc, 0, SR_STORE_READING | SR_STORE_CLAIMS | SR_STORE_VECTORS, arena, &l, &err) : s;
	s = s == SR_OK ? sr_store_revisions(store, doc, arena, &revisions, &count, &err) : s;
	s = s == SR_OK ? sr_store_search_documents(store, &(sr_store_query){ .text = SR_STR("later") }, arena, &hits, &err) : s;
	if (s == SR_OK) {
		CHECK_INT(hits.total, 1);
		CHECK_INT(count, 2);
		CHECK_INT(l.claim_count, 2);
	}
	sr_store_close(store);
	return s;
}

/* With the n-th allocation failing, for many n: SR_E_NOMEM, or done; never another answer, and the store stays sound. */
static void run_out(bool in_sqlite, long step)
{
	bool done = false;
	long n = 0;
	folder_open();
	for (; !done && n < 100000; n += step) {
		const char *path = folder_file("a.db");
		sr_arena *arena = sr_arena_new(0);
		const made *m = make_document(arena, 1, 4), *c = make_changed(arena, 1, 4, "Later.");
		memory_left = in_sqlite ? n : -1;
		sr_arena_fail_after(in_sqlite ? -1 : n);
		sr_status status = everything(path, m, c, arena);
		done = status == SR_OK;
		memory_left = -1;
		sr_arena_fail_after(-1);
		if (status != SR_OK && status != SR_E_NOMEM)
			test_fail(__FILE__, __LINE__, "allocation %ld: status %d, %s", n, status, err.message);
		sr_store *store = open_store(path, NULL);
		sr_str *faults;
		size_t count = 0;
		OK(sr_store_check(store, arena, &faults, &count, &err));
		for (size_t i = 0; i < count; i++)
			test_fail(__FILE__, __LINE__, "check after allocation %ld: %.*s", n, SR_FMT(faults[i]));
		sr_store_close(store);
		sr_arena_free(arena);
		unlink(path);
	}
	CHECK(done);
	folder_close();
}

TEST(store_memory_of_arenas_runs_out) { run_out(false, 1); }

TEST(store_memory_of_sqlite_runs_out)
{
	scarce_memory(true);
	run_out(true, 97);
	scarce_memory(false);
}
