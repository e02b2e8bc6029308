/* Writes that fail in the midst of something: the step is refused as a whole, and done again it is done. */
#include "store/fixture.h"
#include "store/vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DOCUMENTS = 12, BATCH = 3 };

static sr_error err;

/* Adds batch by batch, and each that is refused once more; how many were. */
static unsigned add_with_patience(sr_store *store, unsigned *wrong)
{
	unsigned refused = 0;
	for (unsigned n = 0; n < DOCUMENTS; n += BATCH) {
		sr_status status = add_range(store, n, n + BATCH, &err);
		if (status == SR_OK)
			continue;
		refused++;
		*wrong += status != SR_E_IO;
		*wrong += add_range(store, n, n + BATCH, &err) != SR_OK;
	}
	return refused;
}

static void check_whole(const char *path)
{
	sr_str *faults;
	size_t count = 0;
	unsigned whole = 0;
	sr_arena *arena = sr_arena_new(0);
	sr_store *store = open_store(path, NULL);
	if (store && sr_store_check(store, arena, &faults, &count, &err) == SR_OK && check_range(store, 0, DOCUMENTS, &whole, &err) == SR_OK) {
		CHECK_INT(count, 0);
		CHECK_INT(whole, DOCUMENTS);
	} else {
		test_fail(__FILE__, __LINE__, "%s", err.message);
	}
	sr_store_close(store);
	sr_arena_free(arena);
}

/* One write in the life of a store fails, whichever it is. */
TEST(store_one_write_fails)
{
	unsigned refused = 0, unopened = 0, wrong = 0;
	long writes = 1;
	folder_open();
	for (long when = 0; when <= writes; when += when ? 3 : 1) {
		char name[32];
		sr_store *store = NULL;
		snprintf(name, sizeof name, "%ld.db", when);
		const char *path = folder_file(name);
		const sr_store_options options = { .uri = path, .create = true, .vfs = VFS_NAME };
		vfs_arm(VFS_ONCE, when);
		if (sr_store_open(&options, &store, &err) != SR_OK) {
			unopened++;
			wrong += sr_store_open(&options, &store, &err) != SR_OK;
		}
		if (store)
			refused += add_with_patience(store, &wrong);
		sr_store_close(store);
		writes = when ? writes : vfs_count();
		vfs_arm(VFS_NONE, 0);
		check_whole(path);
		unlink(path);
	}
	CHECK_INT(wrong, 0);
	CHECK(refused > 5 && unopened > 0);
	folder_close();
}

static void make_old(const char *path)
{
	sqlite3 *db = NULL;
	sr_store *store = open_store(path, NULL);
	if (!store || add_range(store, 0, DOCUMENTS, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	sr_store_close(store);
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, "DROP TABLE document_index; DROP TABLE story_index; DROP VIEW document_text; DROP VIEW story_text;"
	                                                             "PRAGMA user_version = 1", NULL, NULL, NULL) != SQLITE_OK)
		test_fail(__FILE__, __LINE__, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* A store of an older schema stays one where the disk is full while it is brought up to date, and is brought up to date later. */
TEST(store_update_of_schema_fails)
{
	unsigned refused = 0;
	long writes = 1;
	folder_open();
	for (long when = 0; when <= writes; when++) {
		char name[32];
		sr_store *store = NULL;
		snprintf(name, sizeof name, "%ld.db", when);
		const char *path = folder_file(name);
		const sr_store_options options = { .uri = path, .create = true, .vfs = VFS_NAME };
		make_old(path);
		vfs_arm(when % 2 ? VFS_ONCE : VFS_FULL, when);
		if (sr_store_open(&options, &store, &err) != SR_OK) {
			refused++;
			CHECK_INT(err.status, SR_E_IO);
		}
		sr_store_close(store);
		writes = when ? writes : vfs_count();
		vfs_arm(VFS_NONE, 0);
		check_whole(path);
		unlink(path);
	}
	CHECK(refused > 0);
	folder_close();
}

/* The page that a table begins with. */
static long first_page(const char *path, const char *table)
{
	char sql[128];
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	long page = 0;
	snprintf(sql, sizeof sql, "SELECT rootpage FROM sqlite_master WHERE name = '%s'", table);
	if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		page = (long)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return page;
}

/* Of a table whose first page is gone nothing can be read, and that is said; a document's row is made again from its revisions. */
TEST(store_table_without_its_first_page)
{
	static const struct {
		const char *table, *says;
		int64_t documents;
	} rows[] = { { "document", "the table of every document: its first page", DOCUMENTS }, { "revision", "the table of every revision: its first page", 0 } };
	sr_arena *arena = sr_arena_new(0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sr_store_salvaged saved = { 0 };
		sr_store_stats stats = { 0 };
		bool said = false;
		test_case(rows[i].table);
		folder_open();
		const char *path = folder_file("a.db");
		sr_store *store = open_store(path, NULL);
		REQUIRE(store && add_range(store, 0, DOCUMENTS, &err) == SR_OK);
		sr_store_close(store);
		long page = first_page(path, rows[i].table);
		FILE *f = fopen(path, "r+b");
		REQUIRE(page > 1 && f && fseek(f, (page - 1) * 16384, SEEK_SET) == 0);
		for (int k = 0; k < 16384; k++)
			fputc(0xff, f);
		fclose(f);
		CHECK_INT(sr_store_salvage(path, folder_file("new.db"), arena, &saved, &err), SR_OK);
		for (size_t k = 0; k < saved.loss_count; k++)
			said = said || sr_str_find(saved.losses[k], sr_str_c(rows[i].says), 0) != SIZE_MAX;
		CHECK(said && saved.more);
		store = open_store(folder_file("new.db"), NULL);
		REQUIRE(store && sr_store_get_stats(store, arena, &stats, &err) == SR_OK);
		CHECK_INT(stats.documents, rows[i].documents);
		sr_store_close(store);
		unlink(folder_file("new.db"));
		unlink(folder_file("a.db"));
		folder_close();
	}
	sr_arena_free(arena);
}

/* Salvage to a disk that fails: it says so, the damaged store stays as it is, and it can be done again. */
TEST(store_salvage_fails)
{
	folder_open();
	sr_store_salvaged saved;
	sr_arena *arena = sr_arena_new(0);
	sr_store *store = open_store(folder_file("a.db"), NULL);
	REQUIRE(store && add_range(store, 0, DOCUMENTS, &err) == SR_OK);
	sr_store_close(store);
	CHECK_INT(sr_store_salvage(folder_file("a.db"), folder_file("no/such/new.db"), arena, &saved, &err), SR_E_IO);
	CHECK(strstr(err.message, "No such file"));
	CHECK_INT(sr_store_salvage(folder_file("a.db"), folder_file("new.db"), arena, &saved, &err), SR_OK);
	check_whole(folder_file("a.db"));
	check_whole(folder_file("new.db"));
	unlink(folder_file("new.db"));
	unlink(folder_file("a.db"));
	sr_arena_free(arena);
	folder_close();
}
