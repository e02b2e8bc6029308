/* Salvage: what can still be read of a damaged file, in a new one.
 *
 * The file (with its log) is copied, so that nothing is done to it. Where the copy's first page is damaged, it
 * gets that of a fresh store: tables made in the same order stand at the same pages. Then the rows of what cannot
 * be made anew are fetched by number, one by one, so that a damaged page costs only its own; every blob is unpacked and
 * read; and what searches need is made again from what was kept. Where documents were lost, the marks of sources
 * that are all in, and the stream's memory, are left out: adding again finds what is missing. */
#include "salvage.h"

#include "sitrep/base/data.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROWS_A_PAGE 64 /* to bound the numbers that are tried where the highest cannot be read */

static const struct table {
	const char *name, *what;
	bool dense; /* numbers are never taken out: one that is missing below another was lost */
} tables[] = {
	/* in an order in which what is pointed at comes first */
	{ "original", "original", true },
	{ "original_part", "part of an original", false },
	{ "story", "story", true },
	{ "document", "document", true },
	{ "revision", "revision", true },
	{ "analysis", "reading of revision", false },
	{ "edition", "edition", true },
	{ "correction", "correction", true },
};

/* The highest number of a table; false where only a bound for it is known. */
static bool highest(salvage *v, const char *name, int64_t *top)
{
	sr_error err;
	char *sql = sqlite3_mprintf("SELECT coalesce(max(rowid), 0) FROM bad.%s", name);
	sr_status status = sql ? sqlite_pragma(v->s, sql, top, &err) : SR_E_NOMEM;
	sqlite3_free(sql);
	int64_t bound = v->pages * ROWS_A_PAGE;
	if (status == SR_OK && *top >= 0 && *top <= bound)
		return true;
	*top = bound;
	return false;
}

/* Copies the row if it can be read. */
static sr_status copy_row(salvage *v, sqlite3_stmt *st, int64_t id, bool *copied, bool *bad, sr_error *err)
{
	sqlite3_bind_int64(st, 1, id);
	int code = sqlite3_step(st);
	sqlite3_reset(st);
	*copied = code == SQLITE_DONE && sqlite3_changes(v->s->db) > 0;
	*bad = code != SQLITE_DONE;
	if (code == SQLITE_DONE)
		return SR_OK;
	sr_status status = db_fail(v->s, code, err);
	return status == SR_E_CORRUPT || status == SR_E_LIMIT ? SR_OK : status;
}

static sr_status copy_rows(salvage *v, const struct table *t, sr_error *err)
{
	sqlite3_stmt *st;
	int64_t top, last = 0;
	bool known = highest(v, t->name, &top);
	char *sql = sqlite3_mprintf("INSERT OR IGNORE INTO main.%s SELECT * FROM bad.%s WHERE rowid = ?1", t->name, t->name);
	int code = sql ? sqlite3_prepare_v2(v->s->db, sql, -1, &st, NULL) : SQLITE_NOMEM;
	sqlite3_free(sql);
	if (code != SQLITE_OK)
		return db_fail(v->s, code, err);
	sr_status status = SR_OK;
	for (int64_t id = 1; status == SR_OK && id <= top; id++) {
		bool copied, bad;
		status = copy_row(v, st, id, &copied, &bad, err);
		if (bad && !t->dense && known)
			salvage_lose(v, t->what, id);
		if (!copied)
			continue;
		for (; t->dense && last + 1 < id; last++)
			salvage_lose(v, t->what, last + 1);
		last = id;
		v->out->kept += t->dense;
	}
	for (; t->dense && known && last < top; last++)
		salvage_lose(v, t->what, last + 1);
	if (!known)
		salvage_lose(v, "rows at the end of the table of each", v->pages);
	sqlite3_finalize(st);
	return status;
}

/* A table that is read from its beginning as far as it goes. */
static void copy_scan(salvage *v, statement which)
{
	sr_error err;
	if (db_run(v->s, which, &err, "") != SR_OK)
		v->out->lost += v->out->lost == 0;
}

static sr_status copy_tables(salvage *v, sr_error *err)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		SR_TRY(copy_rows(v, &tables[i], err));
	SR_TRY(salvage_settle(v, err));
	copy_scan(v, ST_salvage_aliases);
	copy_scan(v, ST_salvage_names);
	copy_scan(v, ST_salvage_mentions);
	if (v->out->lost)
		return SR_OK;
	copy_scan(v, ST_salvage_profiles);
	copy_scan(v, ST_salvage_states);
	copy_scan(v, ST_salvage_sources);
	return SR_OK;
}

/* Copies a file of any length; a missing one is no fault where it may be missing. */
static sr_status copy_file(const char *from, const char *to, bool needed, sr_error *err)
{
	char block[65536];
	ssize_t n = 0;
	int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return needed ? sr_fail(err, SR_E_IO, "%s: cannot open: %s", from, strerror(errno)) : SR_OK;
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	while (out >= 0 && (n = read(in, block, sizeof block)) > 0)
		if (write(out, block, (size_t)n) != n) {
			n = -1;
			break;
		}
	sr_status status = out < 0 || n < 0 ? sr_fail(err, SR_E_IO, "%s: cannot copy: %s", to, strerror(errno)) : SR_OK;
	close(in);
	if (out >= 0)
		close(out);
	return status;
}

static void put_be32(unsigned char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* Gives the copy the first page of a fresh store, for the number of pages that it has (SQLite's file format, 1.3):
 * no free pages, and a change counter that says the number of pages holds. */
static sr_status transplant(const char *copy, const char *fresh, sr_error *err)
{
	unsigned char page[STORE_PAGE_SIZE];
	struct stat st;
	int in = open(fresh, O_RDONLY | O_CLOEXEC), out = open(copy, O_RDWR | O_CLOEXEC);
	bool done = in >= 0 && out >= 0 && fstat(out, &st) == 0 && pread(in, page, sizeof page, 0) == (ssize_t)sizeof page;
	if (done) {
		put_be32(page + 28, (uint32_t)(st.st_size / STORE_PAGE_SIZE));
		memset(page + 32, 0, 8);
		memcpy(page + 92, page + 24, 4);
		done = pwrite(out, page, sizeof page, 0) == (ssize_t)sizeof page;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return done ? SR_OK : sr_fail(err, SR_E_IO, "%s: cannot be repaired: %s", copy, strerror(errno));
}

static sr_status attach(salvage *v, const char *copy, sr_error *err)
{
	int64_t tables_there = 0;
	char *sql = sqlite3_mprintf("ATTACH %Q AS bad", copy);
	sr_status status = sql ? db_script(v->s, sr_str_c(sql), err) : sr_fail(err, SR_E_NOMEM, "out of memory");
	sqlite3_free(sql);
	if (status == SR_OK)
		status = db_number(v->s, ST_salvage_tables, &tables_there, NULL, err, "");
	if (status == SR_OK)
		status = sqlite_pragma(v->s, "PRAGMA bad.page_count", &v->pages, err);
	if (status == SR_OK && tables_there == 0)
		status = sr_fail(err, SR_E_CORRUPT, "%s: its list of tables is not whole", copy);
	return status;
}

/* Nothing may have been attached: that is no fault. */
static sr_status detach(salvage *v, sr_error *err)
{
	sr_error unused;
	sqlite3_finalize(v->s->statements[ST_salvage_tables]); /* of the list of tables that was read first */
	v->s->statements[ST_salvage_tables] = NULL;
	sr_status status = db_script(v->s, SR_STR("DETACH bad"), &unused);
	return status == SR_E_NOMEM ? sr_fail(err, status, "out of memory") : SR_OK;
}

/* The copy's log may hold a first page that is whole, or be what hides one: tried with it, then without. */
static sr_status attach_somehow(salvage *v, const char *copy, const char *log, const char *fresh, sr_error *err)
{
	if (attach(v, copy, err) == SR_OK)
		return SR_OK;
	SR_TRY(detach(v, err));
	SR_TRY(transplant(copy, fresh, err));
	if (attach(v, copy, err) == SR_OK)
		return SR_OK;
	SR_TRY(detach(v, err));
	unlink(log);
	if (attach(v, copy, err) == SR_OK)
		return SR_OK;
	SR_TRY(detach(v, err));
	return sr_fail(err, SR_E_CORRUPT, "too much is damaged: not even the list of tables can be read");
}

static sr_status run_salvage(salvage *v, const char *copy, const char *log, const char *fresh, sr_error *err)
{
	SR_TRY(attach_somehow(v, copy, log, fresh, err));
	SR_TRY(db_script(v->s, SR_STR("PRAGMA foreign_keys = OFF"), err));
	SR_TRY(db_run(v->s, ST_begin, err, ""));
	sr_status status = copy_tables(v, err);
	if (status == SR_OK)
		return db_run(v->s, ST_commit, err, "");
	db_rollback(v->s);
	return status;
}

sr_status sr_store_salvage_sqlite(const char *from, const char *to, sr_arena *arena, sr_store_salvaged *out, sr_error *err)
{
	static const char *const endings[] = { ".copy", ".copy-wal", ".copy-shm", ".fresh" };
	const sr_store_options options = { .create = true };
	salvage v = { .arena = arena, .out = out };
	sqlite_store *fresh = NULL;
	char *names[4], *log = sqlite3_mprintf("%s-wal", from);
	for (size_t i = 0; i < 4; i++)
		names[i] = sqlite3_mprintf("%s%s", to, endings[i]);
	sr_status status = log && names[0] && names[1] && names[2] && names[3] ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
	if (status == SR_OK)
		status = copy_file(from, names[0], true, err);
	if (status == SR_OK)
		status = copy_file(log, names[1], false, err);
	if (status == SR_OK)
		status = sqlite_connect(names[3], &options, &fresh, err);
	if (fresh)
		sqlite_close(&fresh->base); /* the last to close puts the log into the file */
	if (status == SR_OK)
		status = sqlite_connect(to, &options, &v.s, err);
	if (status == SR_OK)
		status = run_salvage(&v, names[0], names[1], names[3], err);
	if (v.s)
		sqlite_close(&v.s->base);
	for (size_t i = 0; i < 4; i++) {
		if (names[i])
			unlink(names[i]);
		sqlite3_free(names[i]);
	}
	sqlite3_free(log);
	out->losses = v.losses.items;
	out->loss_count = v.losses.count;
	if (status != SR_OK)
		unlink(to);
	return status;
}
