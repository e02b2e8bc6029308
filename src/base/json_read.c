#include "sitrep/base/json.h"
#include "sitrep/base/utf8.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>

struct sr_json {
	json_object *root;
};

void sr_json_library(sr_buf *out) { sr_buf_printf(out, "json-c %s", json_c_version()); }

/* json-c takes 'single' quotes even when strict. Position of one outside a string, or SIZE_MAX. */
static size_t single_quote(sr_str text)
{
	bool in_string = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (c == '\'' && !in_string)
			return i;
	}
	return SIZE_MAX;
}

sr_status sr_json_parse(sr_str text, sr_json **out, sr_error *err)
{
	*out = NULL;
	if (text.len > INT_MAX)
		return sr_fail(err, SR_E_LIMIT, "JSON text of %zu bytes is too long", text.len);
	size_t quote = single_quote(text);
	if (quote != SIZE_MAX)
		return sr_fail(err, SR_E_INVALID, "not valid JSON at byte %zu: single quote", quote);
	json_tokener *tokener = json_tokener_new_ex(SR_JSON_DEPTH_MAX);
	if (!tokener)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	json_object *root = json_tokener_parse_ex(tokener, text.ptr ? text.ptr : "", (int)text.len);
	enum json_tokener_error code = json_tokener_get_error(tokener);
	/* a bare number ends only with the text: the tokener waits for a byte that ends it */
	if (code == json_tokener_continue && text.len) {
		root = json_tokener_parse_ex(tokener, "\n", 1);
		code = json_tokener_get_error(tokener);
	}
	size_t end = json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	if (code != json_tokener_success) {
		json_object_put(root);
		return sr_fail(err, SR_E_INVALID, "not valid JSON at byte %zu: %s", end,
		               code == json_tokener_continue ? "it ends too early" : json_tokener_error_desc(code));
	}
	if (end < text.len && sr_str_trim(sr_str_slice(text, end, text.len)).len) {
		json_object_put(root);
		return sr_fail(err, SR_E_INVALID, "not valid JSON: text after the end at byte %zu", end);
	}
	sr_json *json = calloc(1, sizeof *json);
	if (!json) {
		json_object_put(root);
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	}
	json->root = root;
	*out = json;
	return SR_OK;
}

void sr_json_free(sr_json *json)
{
	if (!json)
		return;
	json_object_put(json->root);
	free(json);
}

const sr_jval *sr_json_root(const sr_json *json) { return json->root; }

bool sr_jval_is_object(const sr_jval *v) { return json_object_is_type(v, json_type_object); }
bool sr_jval_is_array(const sr_jval *v) { return json_object_is_type(v, json_type_array); }
bool sr_jval_is_string(const sr_jval *v) { return json_object_is_type(v, json_type_string); }
bool sr_jval_is_number(const sr_jval *v)
{
	return json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double);
}

const sr_jval *sr_jval_get(const sr_jval *v, const char *key)
{
	json_object *found = NULL;
	if (!sr_jval_is_object(v) || !json_object_object_get_ex(v, key, &found))
		return NULL;
	return found;
}

size_t sr_jval_len(const sr_jval *v) { return sr_jval_is_array(v) ? json_object_array_length(v) : 0; }

const sr_jval *sr_jval_at(const sr_jval *v, size_t i)
{
	return i < sr_jval_len(v) ? json_object_array_get_idx(v, i) : NULL;
}

/* json-c's string getters take a non-const object but change nothing for a string. */
static json_object *unconst(const sr_jval *v)
{
	union {
		const json_object *in;
		json_object *out;
	} u = { .in = v };
	return u.out;
}

sr_str sr_jval_str(const sr_jval *v)
{
	if (!sr_jval_is_string(v))
		return (sr_str){ 0 };
	return sr_str_make(json_object_get_string(unconst(v)), (size_t)json_object_get_string_len(v));
}

int64_t sr_jval_int(const sr_jval *v, int64_t otherwise)
{
	return sr_jval_is_number(v) ? json_object_get_int64(v) : otherwise;
}

double sr_jval_double(const sr_jval *v, double otherwise)
{
	return sr_jval_is_number(v) ? json_object_get_double(v) : otherwise;
}

bool sr_jval_bool(const sr_jval *v, bool otherwise)
{
	return json_object_is_type(v, json_type_boolean) ? json_object_get_boolean(v) : otherwise;
}

void sr_jval_each(const sr_jval *v, bool (*visit)(void *ctx, sr_str key, const sr_jval *value), void *ctx)
{
	if (!sr_jval_is_object(v))
		return;
	struct json_object_iterator it = json_object_iter_begin(unconst(v)), end = json_object_iter_end(v);
	while (!json_object_iter_equal(&it, &end)) {
		if (!visit(ctx, sr_str_c(json_object_iter_peek_name(&it)), json_object_iter_peek_value(&it)))
			return;
		json_object_iter_next(&it);
	}
}
