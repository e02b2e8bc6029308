#include "names.h"

#include "sitrep/base/file.h"
#include "sitrep/base/map.h"
#include "sitrep/base/unicode.h"
#include "sitrep/store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

sr_status sr_store_default_path(sr_arena *arena, sr_str *path, sr_error *err)
{
	static const struct {
		const char *variable, *below;
	} places[] = { { "SITREP_DB", "" }, { "XDG_DATA_HOME", "/sitrep/sitrep.db" }, { "HOME", "/.local/share/sitrep/sitrep.db" } };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const char *value = getenv(places[i].variable);
		if (!value || !*value)
			continue;
		*path = sr_str_printf(arena, "%s%s", value, places[i].below);
		return path->ptr ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	return sr_fail(err, SR_E_NOT_FOUND, "no place for the store: give --db PATH, or set SITREP_DB");
}

sr_status sr_store_make_folder(const char *file, sr_error *err)
{
	char path[PATH_MAX];
	if ((size_t)snprintf(path, sizeof path, "%s", file) >= sizeof path)
		return sr_fail(err, SR_E_INVALID, "the path of the store is too long");
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return sr_fail(err, SR_E_IO, "cannot make the folder %s: %s", path, strerror(errno));
		*slash = '/';
	}
	return SR_OK;
}

/* Length of the path of the container that an entry's path (`a.jsonl#12`) begins with; 0: no entry. */
static size_t container_length(sr_str path)
{
	size_t n = path.len;
	while (n && path.ptr[n - 1] >= '0' && path.ptr[n - 1] <= '9')
		n--;
	return n && n < path.len && path.ptr[n - 1] == '#' ? n - 1 : 0;
}

static sr_str absolute(sr_arena *arena, sr_str path)
{
	char full[PATH_MAX], folder[PATH_MAX];
	sr_str name = sr_str_printf(arena, "%.*s", SR_FMT(path));
	if (!name.ptr || name.ptr[0] == '/')
		return name;
	if (realpath(name.ptr, full))
		return sr_str_printf(arena, "%s", full);
	return getcwd(folder, sizeof folder) ? sr_str_printf(arena, "%s/%s", folder, name.ptr) : name;
}

sr_status sr_store_identity(const sr_document *doc, sr_arena *arena, sr_str *out, sr_error *err)
{
	size_t container = container_length(doc->path);
	bool has_id = doc->id.len && !sr_str_eq(doc->id, doc->path) && !sr_str_eq(doc->id, doc->url);
	bool has_path = doc->path.len && !sr_str_eq(doc->path, SR_STR("-"));
	sr_str file = sr_str_slice(doc->path, 0, container ? container : doc->path.len);
	if (doc->canonical.len || doc->url.len) {
		*out = sr_str_dup(arena, doc->canonical.len ? doc->canonical : doc->url);
	} else if (has_id && (sr_str_find_char(doc->id, ':', 0) != SIZE_MAX || !has_path)) {
		*out = sr_str_printf(arena, "id:%.*s", SR_FMT(doc->id));
	} else if (has_id) {
		sr_str path = absolute(arena, file);
		*out = sr_str_printf(arena, "%.*s#id:%.*s", SR_FMT(path), SR_FMT(doc->id));
	} else if (has_path && !container) {
		*out = absolute(arena, file);
	} else {
		char hex[SR_SHA256_HEX + 1];
		sr_sha256_hex(doc->text, hex);
		*out = sr_str_printf(arena, "sha256:%.*s", SR_FMT(doc->sha256.len ? doc->sha256 : sr_str_c(hex)));
	}
	if (!out->ptr)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return out->len > SR_STORE_NAME_MAX ? sr_fail(err, SR_E_LIMIT, "the name of the document is longer than %zu bytes", SR_STORE_NAME_MAX)
	                                    : SR_OK;
}

bool sr_store_identity_is_local(const sr_document *doc)
{
	return !doc->url.len && !doc->canonical.len && (sr_str_find_char(doc->id, ':', 0) == SIZE_MAX || sr_str_eq(doc->id, doc->path));
}

/* How many different words the text has, and how many of these stand in words already. */
static bool count_words(sr_strmap *words, sr_str text, size_t *count, size_t *known)
{
	sr_str word;
	int64_t *at;
	for (*count = *known = 0; sr_str_next_field(&text, ' ', &word);) {
		size_t before = words->count;
		if (!word.len)
			continue;
		if (!(at = sr_strmap_put(words, word)))
			return false;
		bool fresh = words->count > before, of_first = !fresh && *at > 0;
		if (!fresh && !of_first)
			continue;
		*count += 1;
		*known += of_first;
		*at = -1; /* counted */
	}
	return true;
}

static bool share_words(sr_str a, sr_str b, sr_arena *scratch, bool *share)
{
	sr_strmap words;
	size_t first, second, none, common;
	sr_strmap_init(&words, scratch);
	if (!count_words(&words, a, &first, &none))
		return false;
	for (size_t i = 0; i < words.count; i++)
		words.entries[i].value = 1; /* of the first text */
	if (!count_words(&words, b, &second, &common))
		return false;
	*share = 2 * common >= (first < second ? first : second);
	return true;
}

sr_status sr_store_is_same_page(const sr_document *a, const sr_document *b, sr_arena *scratch, bool *same, sr_error *err)
{
	bool known = a->site.len && b->site.len;
	*same = !known || sr_str_eq(sr_fold_dup(scratch, a->site), sr_fold_dup(scratch, b->site));
	if (!*same || (a->title.len && sr_str_eq(a->title, b->title)))
		return SR_OK;
	return share_words(a->text, b->text, scratch, same) ? SR_OK : sr_fail(err, SR_E_NOMEM, "out of memory");
}

bool sr_store_is_later(const sr_document *a, const sr_document *b)
{
	if (sr_time_known(a->retrieved) && sr_time_known(b->retrieved) && sr_time_cmp(a->retrieved, b->retrieved) != 0)
		return sr_time_cmp(a->retrieved, b->retrieved) < 0;
	sr_time x = sr_time_known(a->modified) ? a->modified : a->published;
	sr_time y = sr_time_known(b->modified) ? b->modified : b->published;
	if (a->year_assumed || b->year_assumed || !sr_time_known(x) || !sr_time_known(y))
		return true;
	return sr_time_cmp(x, y) <= 0;
}
