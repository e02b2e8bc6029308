/* Statements by name, parameters and columns, and SQLite's codes as ours. */
#include "sqlite_store.h"

#include "sitrep/base/data.h"

#include <stdarg.h>
#include <string.h>

static const char *const names[ST_COUNT] = {
#define X(name) #name,
	STATEMENTS(X)
#undef X
};

sr_status db_fail(sqlite_store *s, int code, sr_error *err)
{
	static const struct {
		int code;
		sr_status status;
		const char *message;
	} meanings[] = {
		{ SQLITE_FULL, SR_E_IO, "the disk is full; what was acknowledged is safe, and adding again goes on from there" },
		{ SQLITE_READONLY, SR_E_IO, "the disk or the file is read-only" },
		{ SQLITE_BUSY, SR_E_BUSY, "another program is writing to the store" },
		{ SQLITE_LOCKED, SR_E_BUSY, "another program is writing to the store" },
		{ SQLITE_NOTADB, SR_E_INVALID, "the file is not a store, or its head is damaged" },
		{ SQLITE_CORRUPT, SR_E_CORRUPT, "the file is damaged; `sitrep doctor --salvage NEW` saves what can still be read" },
		{ SQLITE_NOMEM, SR_E_NOMEM, "out of memory" },
		{ SQLITE_TOOBIG, SR_E_LIMIT, "a value is larger than the store takes" },
		{ SQLITE_CANTOPEN, SR_E_IO, "cannot open the file, or make the log beside it" },
		{ SQLITE_PERM, SR_E_IO, "no permission" },
		{ SQLITE_IOERR, SR_E_IO, "the disk failed to read or write" },
		{ SQLITE_PROTOCOL, SR_E_BUSY, "another program is writing to the store" },
		{ SQLITE_INTERRUPT, SR_E_IO, "interrupted" },
	};
	if (code == SQLITE_IOERR_NOMEM)
		code = SQLITE_NOMEM;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (meanings[i].code == (code & 0xff))
			return sr_fail(err, meanings[i].status, "%s: %s", s->path, meanings[i].message);
	/* what is left is rows that contradict the schema, which only a damaged file holds */
	return sr_fail(err, SR_E_CORRUPT, "%s: the file is damaged (%s)", s->path, s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
}

/* The text of a block `-- @name` of the file of statements. */
static sr_str block(sr_str file, sr_str name)
{
	static const sr_str mark = SR_STR_INIT("-- @");
	for (size_t at = sr_str_find(file, mark, 0); at != SIZE_MAX; at = sr_str_find(file, mark, at)) {
		at += mark.len;
		size_t end = sr_str_find_char(file, '\n', at);
		if (end == SIZE_MAX)
			break;
		if (sr_str_eq(sr_str_slice(file, at, end), name)) {
			size_t next = sr_str_find(file, mark, end);
			return sr_str_slice(file, end + 1, next == SIZE_MAX ? file.len : next);
		}
	}
	return (sr_str){ 0 };
}

static void statement_text(const char *name, sr_buf *out)
{
	sr_str file = sr_data("store/statements.sql"), line;
	sr_str rest = block(file, sr_str_c(name));
	while (sr_str_next_line(&rest, &line)) {
		static const sr_str include = SR_STR_INIT("-- include ");
		if (sr_str_starts(line, include))
			sr_buf_add(out, block(file, sr_str_slice(line, include.len, line.len)));
		else
			sr_buf_add(out, line);
		sr_buf_add_char(out, '\n');
	}
}

int db_prepare(sqlite3 *db, statement which, sqlite3_stmt **out)
{
	sr_buf sql;
	sr_buf_init(&sql, 0);
	statement_text(names[which], &sql);
	int code = sql.failed ? SQLITE_NOMEM : sqlite3_prepare_v3(db, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT, out, NULL);
	sr_buf_deinit(&sql);
	return code;
}

static int bind_str(sqlite3_stmt *st, int i, sr_str v, bool blob)
{
	const char *bytes = v.ptr ? v.ptr : "";
	return blob ? sqlite3_bind_blob64(st, i, bytes, v.len, SQLITE_STATIC)
	            : sqlite3_bind_text64(st, i, bytes, v.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_time(sqlite3_stmt *st, int i, sr_time t)
{
	sr_buf text;
	sr_buf_init(&text, 64);
	sr_time_write(&text, t);
	int code = text.failed ? SQLITE_NOMEM
	                       : sqlite3_bind_text(st, i, text.ptr ? text.ptr : "", (int)text.len, SQLITE_TRANSIENT);
	sr_buf_deinit(&text);
	return code;
}

static int bind_one(sqlite3_stmt *st, int i, char type, va_list *args)
{
	switch (type) {
	case 'i':
		return sqlite3_bind_int64(st, i, va_arg(*args, int64_t));
	case 'u': {
		int64_t v = va_arg(*args, int64_t);
		return v ? sqlite3_bind_int64(st, i, v) : sqlite3_bind_null(st, i);
	}
	case 's':
		return bind_str(st, i, va_arg(*args, sr_str), false);
	case 'b':
		return bind_str(st, i, va_arg(*args, sr_str), true);
	case 'B': {
		sr_str v = va_arg(*args, sr_str);
		return v.len ? bind_str(st, i, v, true) : sqlite3_bind_null(st, i);
	}
	case 't':
		return bind_time(st, i, va_arg(*args, sr_time));
	case 'e': {
		sr_time t = va_arg(*args, sr_time);
		return sr_time_known(t) ? sqlite3_bind_int64(st, i, sr_time_epoch(t)) : sqlite3_bind_null(st, i);
	}
	default:
		return sqlite3_bind_null(st, i);
	}
}

static sr_status bind_all(sqlite_store *s, statement which, sqlite3_stmt **out, sr_error *err, const char *types, va_list *args)
{
	if (!s->statements[which]) {
		int code = db_prepare(s->db, which, &s->statements[which]);
		if (code != SQLITE_OK)
			return db_fail(s, code, err);
	}
	sqlite3_stmt *st = s->statements[which];
	sqlite3_reset(st);
	for (int i = 0; types[i]; i++) {
		int code = bind_one(st, i + 1, types[i], args);
		if (code != SQLITE_OK)
			return db_fail(s, code, err);
	}
	*out = st;
	return SR_OK;
}

sr_status db_bind(sqlite_store *s, statement which, sqlite3_stmt **out, sr_error *err, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	sr_status status = bind_all(s, which, out, err, types, &args);
	va_end(args);
	return status;
}

sr_status db_step(sqlite_store *s, sqlite3_stmt *st, bool *row, sr_error *err)
{
	int code = sqlite3_step(st);
	*row = code == SQLITE_ROW;
	if (*row)
		return SR_OK;
	sqlite3_reset(st);
	return code == SQLITE_DONE ? SR_OK : db_fail(s, code, err);
}

sr_status db_run(sqlite_store *s, statement which, sr_error *err, const char *types, ...)
{
	va_list args;
	sqlite3_stmt *st;
	bool row = true;
	va_start(args, types);
	sr_status status = bind_all(s, which, &st, err, types, &args);
	va_end(args);
	while (status == SR_OK && row)
		status = db_step(s, st, &row, err);
	return status;
}

sr_status db_number(sqlite_store *s, statement which, int64_t *out, bool *found, sr_error *err, const char *types, ...)
{
	va_list args;
	sqlite3_stmt *st;
	bool row = false;
	va_start(args, types);
	sr_status status = bind_all(s, which, &st, err, types, &args);
	va_end(args);
	if (status == SR_OK)
		status = db_step(s, st, &row, err);
	*out = row ? sqlite3_column_int64(st, 0) : 0;
	if (found)
		*found = row;
	if (row)
		sqlite3_reset(st);
	return status;
}

sr_status db_script(sqlite_store *s, sr_str sql, sr_error *err)
{
	const char *at = sql.ptr, *end = sql.ptr + sql.len;
	while (at < end) {
		sqlite3_stmt *st;
		int code = sqlite3_prepare_v2(s->db, at, (int)(end - at), &st, &at);
		while (code == SQLITE_OK && st && (code = sqlite3_step(st)) == SQLITE_ROW)
			code = SQLITE_OK;
		sqlite3_finalize(st);
		if (code != SQLITE_OK && code != SQLITE_DONE)
			return db_fail(s, code, err);
	}
	return SR_OK;
}

sr_str db_view(sqlite3_stmt *st, int column)
{
	const char *p = (const char *)sqlite3_column_text(st, column);
	return p ? sr_str_make(p, (size_t)sqlite3_column_bytes(st, column)) : (sr_str){ 0 };
}

sr_str db_blob(sqlite3_stmt *st, int column)
{
	const char *p = sqlite3_column_blob(st, column);
	return p ? sr_str_make(p, (size_t)sqlite3_column_bytes(st, column)) : (sr_str){ 0 };
}

sr_str db_text(sqlite3_stmt *st, int column, sr_arena *arena, bool *failed)
{
	sr_str view = db_view(st, column), copy = sr_str_dup(arena, view);
	*failed |= copy.len != view.len;
	return copy;
}

sr_time db_time(sqlite3_stmt *st, int column)
{
	sr_time t = SR_TIME_NONE;
	return sr_time_parse(db_view(st, column), &t) ? t : SR_TIME_NONE;
}

sr_status db_pack(sqlite_store *s, sr_str bytes, sr_str *packed, sr_error *err)
{
	SR_TRY(sr_pack(s->packer, bytes, &s->packed, err));
	*packed = sr_buf_str(&s->packed);
	return SR_OK;
}

sr_status db_ids(sqlite_store *s, sqlite3_stmt *st, sr_arena *arena, sr_store_ids *out, sr_error *err)
{
	SR_VEC(int64_t) ids = { 0 };
	bool row;
	for (;;) {
		SR_TRY(db_step(s, st, &row, err));
		if (!row)
			break;
		int64_t *slot = ids.count < SR_STORE_ROWS_MAX ? SR_PUSH(arena, &ids) : NULL;
		if (!slot) {
			sqlite3_reset(st);
			return ids.count < SR_STORE_ROWS_MAX ? sr_fail(err, SR_E_NOMEM, "out of memory")
			                                     : sr_fail(err, SR_E_LIMIT, "more than %zu rows", SR_STORE_ROWS_MAX);
		}
		*slot = sqlite3_column_int64(st, 0);
	}
	*out = (sr_store_ids){ ids.items, ids.count };
	return SR_OK;
}

void db_rollback(sqlite_store *s)
{
	sr_error unused;
	if (!sqlite3_get_autocommit(s->db) && db_run(s, ST_rollback, &unused, "") != SR_OK)
		return; /* closing rolls back too */
}
