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

/* The number that a query on the damaged copy answers, if it answers. */
static bool ask(salvage *v, const char *sql, int64_t *out)
{
	sqlite3_stmt *st = NULL;
	bool answered = sqlite3_prepare_v2(v->bad, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;
	if (answered)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return answered;
}

/* The highest number of a table; false where only a bound for it is known. */
static bool highest(salvage *v, const char *name, int64_t *top)
{
	int64_t bound = v->pages * ROWS_A_PAGE;
	char *sql = sqlite3_mprintf("SELECT coalesce(max(rowid), 0) FROM %s", name);
	bool known = sql && ask(v, sql, top) && *top >= 0 && *top <= bound;
	sqlite3_free(sql);
	if (!known)
		*top = bound;
	return known;
}

/* From one row of the copy, at which from stands, to one of the new store. A value that its column does not take is damage. */
static sr_status put_row(salvage *v, sqlite3_stmt *from, sqlite3_stmt *to, bool *copied, sr_error *err)
{
	int code = SQLITE_OK;
	for (int i = 0; code == SQLITE_OK && i < sqlite3_column_count(from); i++)
		code = sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
	if (code == SQLITE_OK)
		code = sqlite3_step(to);
	sqlite3_reset(to);
	*copied = code == SQLITE_DONE && sqlite3_changes(v->s->db) > 0;
	return code == SQLITE_DONE || (code & 0xff) == SQLITE_CONSTRAINT ? SR_OK : db_fail(v->s, code, err);
}

/* The statement that inserts a whole row of a table. */
static sr_status prepare_insert(salvage *v, const char *table, int columns, sqlite3_stmt **out, sr_error *err)
{
	char marks[128];
	int n = 0;
	for (int i = 0; i < columns && n < (int)sizeof marks - 3; i++) {
		marks[n++] = i ? ',' : ' ';
		marks[n++] = '?';
	}
	marks[n] = 0;
	char *sql = sqlite3_mprintf("INSERT OR IGNORE INTO %s VALUES(%s)", table, marks);
	int code = sql ? sqlite3_prepare_v2(v->s->db, sql, -1, out, NULL) : SQLITE_NOMEM;
	sqlite3_free(sql);
	return code == SQLITE_OK ? SR_OK : db_fail(v->s, code, err);
}

static sr_status copy_numbers(salvage *v, const struct table *t, sqlite3_stmt *from, sqlite3_stmt *to, sr_error *err)
{
	int64_t top, last = 0;
	bool known = highest(v, t->name, &top);
	for (int64_t id = 1; id <= top; id++) {
		bool copied = false;
		sqlite3_bind_int64(from, 1, id);
		int code = sqlite3_step(from);
		sr_status status = code == SQLITE_ROW ? put_row(v, from, to, &copied, err) : SR_OK;
		sqlite3_reset(from);
		SR_TRY(status);
		if (code == SQLITE_NOMEM)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
		if (code != SQLITE_DONE && !copied && !t->dense && known)
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
		salvage_lose_end(v, t->what, last);
	return SR_OK;
}

static sr_status copy_rows(salvage *v, const struct table *t, sr_error *err)
{
	sqlite3_stmt *from = NULL, *to = NULL;
	char *sql = sqlite3_mprintf("SELECT * FROM %s WHERE rowid = ?1", t->name);
	int code = sql ? sqlite3_prepare_v2(v->bad, sql, -1, &from, NULL) : SQLITE_NOMEM;
	sqlite3_free(sql);
	sr_status status = code == SQLITE_OK ? prepare_insert(v, t->name, sqlite3_column_count(from), &to, err) : db_fail(v->s, code, err);
	if (status == SR_OK)
		status = copy_numbers(v, t, from, to, err);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return status;
}

/* What a query on the copy gives, from its beginning as far as it goes, into the new store. *whole: to its end. */
static sr_status copy_scan(salvage *v, statement select, statement insert, bool *whole, sr_error *err)
{
	sqlite3_stmt *from = NULL, *to;
	bool copied;
	sr_status status = db_bind(v->s, insert, &to, err, "");
	int code = db_prepare(v->bad, select, &from);
	while (status == SR_OK && code == SQLITE_OK && (code = sqlite3_step(from)) == SQLITE_ROW) {
		status = put_row(v, from, to, &copied, err);
		code = SQLITE_OK;
	}
	sqlite3_finalize(from);
	*whole &= code == SQLITE_DONE;
	return status;
}

static sr_status copy_tables(salvage *v, sr_error *err)
{
	bool whole = true, aside = true;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		SR_TRY(copy_rows(v, &tables[i], err));
	SR_TRY(salvage_settle(v, err));
	SR_TRY(copy_scan(v, ST_salvage_identities, ST_salvage_identity_put, &aside, err));
	SR_TRY(copy_scan(v, ST_salvage_names, ST_salvage_name_put, &aside, err));
	SR_TRY(copy_scan(v, ST_salvage_mentions, ST_salvage_mention_put, &aside, err));
	if (v->out->lost) /* the stream remembers what is not there: it must begin anew */
		return SR_OK;
	SR_TRY(copy_scan(v, ST_salvage_sources, ST_salvage_source_put, &aside, err));
	SR_TRY(copy_scan(v, ST_salvage_profiles, ST_salvage_profile_put, &whole, err));
	SR_TRY(copy_scan(v, ST_salvage_states, ST_salvage_state_put, &whole, err));
	return whole ? salvage_settle_memory(v, err) : salvage_forget_memory(v, err);
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
 * no free pages, and a change counter that says the number of pages holds. Where the copy was cut so short that tables
 * would begin behind its end, which SQLite refuses, it is drawn out to the fresh store's length. */
static sr_status transplant(const char *copy, const char *fresh, sr_error *err)
{
	unsigned char page[STORE_PAGE_SIZE];
	struct stat has, least;
	int in = open(fresh, O_RDONLY | O_CLOEXEC), out = open(copy, O_RDWR | O_CLOEXEC);
	bool done = in >= 0 && out >= 0 && fstat(out, &has) == 0 && fstat(in, &least) == 0 &&
	            pread(in, page, sizeof page, 0) == (ssize_t)sizeof page;
	if (done) {
		off_t length = has.st_size > least.st_size ? has.st_size : least.st_size;
		uint32_t pages = (uint32_t)((length + STORE_PAGE_SIZE - 1) / STORE_PAGE_SIZE);
		done = ftruncate(out, (off_t)pages * STORE_PAGE_SIZE) == 0;
		put_be32(page + 28, pages);
		memset(page + 32, 0, 8);
		memcpy(page + 92, page + 24, 4);
		done = done && pwrite(out, page, sizeof page, 0) == (ssize_t)sizeof page;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return done ? SR_OK : sr_fail(err, SR_E_IO, "%s: cannot be repaired: %s", copy, strerror(errno));
}

/* Opens the copy; whether its list of tables can be read, and has what is needed. */
static bool open_copy(salvage *v, const char *copy)
{
	int64_t whole = 0;
	sqlite3_close(v->bad);
	if (sqlite3_open_v2(copy, &v->bad, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return false;
	sqlite3_stmt *st = NULL;
	if (db_prepare(v->bad, ST_salvage_tables, &st) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		whole = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return whole && ask(v, "PRAGMA page_count", &v->pages);
}

/* As it is; else with another first page; else without its log, which may hold a damaged first page. */
static sr_status open_somehow(salvage *v, const char *copy, const char *log, const char *fresh, sr_error *err)
{
	if (open_copy(v, copy))
		return SR_OK;
	sqlite3_close(v->bad);
	v->bad = NULL;
	SR_TRY(transplant(copy, fresh, err));
	if (open_copy(v, copy))
		return SR_OK;
	sqlite3_close(v->bad);
	v->bad = NULL;
	unlink(log);
	SR_TRY(transplant(copy, fresh, err));
	return open_copy(v, copy) ? SR_OK : sr_fail(err, SR_E_CORRUPT, "too much is damaged: not even the list of tables can be read");
}

static sr_status run_salvage(salvage *v, const char *copy, const char *log, const char *fresh, sr_error *err)
{
	SR_TRY(open_somehow(v, copy, log, fresh, err));
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
	sqlite3_close(v.bad);
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
