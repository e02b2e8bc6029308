/* Opening: the connection and its settings, what the file must be, and the schema brought up to date. */
#include "sqlite_store.h"

#include "sitrep/base/data.h"
#include "sitrep/base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS_DEFAULT 10000
#define CHECKED_WHOLE ((int64_t)32 << 20) /* a file up to this size is checked at every opening */

/* sr_unpack(BLOB): the text that a packed blob holds, for the full-text index. */
static void sql_unpack(sqlite3_context *ctx, int count, sqlite3_value **args)
{
	(void)count;
	sr_buf out;
	sr_error err;
	const char *bytes = sqlite3_value_blob(args[0]);
	sr_str packed = sr_str_make(bytes, (size_t)sqlite3_value_bytes(args[0]));
	sr_buf_init(&out, SR_STORE_BLOB_MAX);
	sr_status status = bytes ? sr_unpack_buf(sqlite3_user_data(ctx), packed, SR_STORE_BLOB_MAX, &out, &err) : SR_OK;
	if (status == SR_E_NOMEM)
		sqlite3_result_error_nomem(ctx);
	else if (status != SR_OK)
		sqlite3_result_error_code(ctx, SQLITE_CORRUPT);
	else
		sqlite3_result_text64(ctx, out.ptr ? out.ptr : "", out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	sr_buf_deinit(&out);
}

/* A file on a read-only disk cannot have the log and the index beside it that a WAL database needs. If
 * it has no log, it is whole without, and may be read as what nobody changes. */
static bool log_is_empty(const char *path)
{
	struct stat st;
	char *name = sqlite3_mprintf("%s-wal", path);
	bool empty = !name || stat(name, &st) != 0 || st.st_size == 0;
	sqlite3_free(name);
	return empty;
}

static int open_file(sqlite_store *s, const sr_store_options *o, bool immutable)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE;
	flags |= o->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (o->create ? SQLITE_OPEN_CREATE : 0);
	sr_buf uri;
	sr_buf_init(&uri, 0);
	sr_buf_add_c(&uri, "file:");
	for (const char *p = s->path; *p; p++) /* what a URI would take for itself */
		if (strchr("?#%", *p))
			sr_buf_printf(&uri, "%%%02X", (unsigned char)*p);
		else
			sr_buf_add_char(&uri, *p);
	if (immutable)
		sr_buf_add_c(&uri, "?immutable=1");
	sr_buf_add_char(&uri, 0);
	int code = uri.failed ? SQLITE_NOMEM : sqlite3_open_v2(uri.ptr, &s->db, flags, o->vfs);
	sr_buf_deinit(&uri);
	return code;
}

static sr_status settle(sqlite_store *s, const sr_store_options *o, sr_error *err)
{
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, o->busy_ms ? (int)o->busy_ms : BUSY_MS_DEFAULT);
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, 1 << 28);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	int code = sqlite3_create_function_v2(s->db, "sr_unpack", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, s->packer,
	                                      sql_unpack, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return db_fail(s, code, err);
	return db_script(s, sr_data("store/settings.sql"), err);
}

/* What must be set before the first table: the size of pages for good, and the log's way of writing. */
static sr_status prepare_new(sqlite_store *s, const sr_store_options *o, sr_error *err)
{
	sr_str settings = sr_data("store/new.sql");
	unsigned limit = o->busy_ms ? o->busy_ms : BUSY_MS_DEFAULT;
	sr_status status = db_script(s, settings, err);
	/* SQLite does not wait by itself while another program makes the same file */
	for (unsigned waited = 0; status == SR_E_BUSY && waited < limit; waited += 10) {
		sqlite3_sleep(10);
		status = db_script(s, settings, err);
	}
	return status;
}

/* Looks into the file for the first time, and says what it is. */
static sr_status make_sound(sqlite_store *s, const sr_store_options *o, sr_error *err)
{
	int64_t tables = 0, id = 0, version = 0, pages = 0;
	SR_TRY(sqlite_pragma(s, "SELECT count(*) FROM sqlite_schema", &tables, err));
	SR_TRY(sqlite_pragma(s, "PRAGMA application_id", &id, err));
	SR_TRY(sqlite_pragma(s, "PRAGMA user_version", &version, err));
	SR_TRY(sqlite_pragma(s, "PRAGMA page_count", &pages, err));
	if (tables == 0 && id == 0 && version == 0) { /* new, or killed while it was made */
		if (!o->create || o->read_only)
			return sr_fail(err, SR_E_NOT_FOUND, "%s: the store is empty", s->path);
		SR_TRY(prepare_new(s, o, err));
		return sqlite_migrate(s, 0, STORE_SCHEMA, err);
	}
	if (id != STORE_APPLICATION_ID)
		return sr_fail(err, SR_E_INVALID, "%s: a database, but not a store of sitrep", s->path);
	if (version > STORE_SCHEMA)
		return sr_fail(err, SR_E_REFUSED, "%s: written by a newer sitrep (schema %lld; this one knows %d)", s->path, (long long)version,
		               STORE_SCHEMA);
	if (version < 1)
		return sr_fail(err, SR_E_CORRUPT, "%s: the file is damaged: it has no schema", s->path);
	if (!o->trust && pages * STORE_PAGE_SIZE <= CHECKED_WHOLE)
		SR_TRY(sqlite_check_quickly(s, err));
	if (version < STORE_SCHEMA && o->read_only)
		return sr_fail(err, SR_E_REFUSED, "%s: written by an older sitrep; any command that writes brings it up to date", s->path);
	if (version < STORE_SCHEMA)
		SR_TRY(sqlite_migrate(s, (int)version, STORE_SCHEMA, err));
	return sqlite_check_tables(s, err);
}

static sr_status connect_once(sqlite_store *s, const sr_store_options *o, bool immutable, sr_error *err)
{
	int code = open_file(s, o, immutable);
	if (code != SQLITE_OK)
		return db_fail(s, code, err);
	SR_TRY(settle(s, o, err));
	SR_TRY(make_sound(s, o, err));
	return db_number(s, ST_data_version, &s->data_version, NULL, err, "");
}

static void disconnect(sqlite_store *s)
{
	for (size_t i = 0; i < ST_COUNT; i++) {
		sqlite3_finalize(s->statements[i]);
		s->statements[i] = NULL;
	}
	sqlite3_close(s->db);
	s->db = NULL;
}

void sqlite_close(sr_store *store)
{
	sqlite_store *s = sqlite_of(store);
	disconnect(s);
	sr_packer_free(s->packer);
	sr_buf_deinit(&s->packed);
	free(s->path);
	free(s);
}

/* What SQLite would tell of a path in no folder is that it cannot open the file. */
static sr_status find_folder(const char *path, sr_error *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash && slash > path ? strndup(path, (size_t)(slash - path)) : NULL;
	sr_path_kind kind = folder ? sr_path_kind_of(folder) : SR_PATH_FOLDER;
	sr_status status = kind == SR_PATH_FOLDER ? SR_OK : kind == SR_PATH_MISSING ? sr_fail(err, SR_E_IO, "%s: there is no folder %s", path, folder) : sr_fail(err, SR_E_IO, "%s: %s is no folder", path, folder);
	free(folder);
	return status;
}

sr_status sqlite_connect(const char *path, const sr_store_options *o, sqlite_store **out, sr_error *err)
{
	if (!o->create && sr_path_kind_of(path) == SR_PATH_MISSING)
		return sr_fail(err, SR_E_NOT_FOUND, "%s: there is no store; `sitrep add SOURCE` makes one", path);
	if (sr_path_kind_of(path) == SR_PATH_FOLDER)
		return sr_fail(err, SR_E_IO, "%s: a folder, not a store", path);
	SR_TRY(find_folder(path, err));
	sqlite_store *s = calloc(1, sizeof *s);
	if (s) {
		s->base.read_only = o->read_only;
		sr_buf_init(&s->packed, 0);
		s->packer = sr_packer_new();
		s->path = strdup(path);
	}
	if (!s || !s->packer || !s->path) {
		if (s)
			sqlite_close(&s->base);
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	sr_status status = connect_once(s, o, false, err);
	if (status == SR_E_IO && o->read_only && log_is_empty(path)) {
		disconnect(s);
		status = connect_once(s, o, true, err);
	}
	if (status != SR_OK) {
		sqlite_close(&s->base);
		return status;
	}
	*out = s;
	return SR_OK;
}
