/* JSON (RFC 8259): a streaming writer of our own, and a reader over json-c with its limits set.
 *
 * The writer appends to an sr_buf, places commas itself, and escapes so that output is valid
 * UTF-8 JSON that may stand inside HTML. Objects keep the order written: output is reproducible. */
#ifndef SITREP_BASE_JSON_H
#define SITREP_BASE_JSON_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

#define SR_JSON_DEPTH_MAX 64

void sr_json_library(sr_buf *out); /* "json-c 0.16", as it runs */

typedef struct sr_jsonw {
	sr_buf *out;
	int depth;
	bool comma[SR_JSON_DEPTH_MAX];
	bool after_key;
} sr_jsonw;

void sr_jsonw_init(sr_jsonw *w, sr_buf *out);
void sr_jsonw_object(sr_jsonw *w);
void sr_jsonw_object_end(sr_jsonw *w);
void sr_jsonw_array(sr_jsonw *w);
void sr_jsonw_array_end(sr_jsonw *w);
void sr_jsonw_key(sr_jsonw *w, const char *key);
void sr_jsonw_str(sr_jsonw *w, sr_str s);
void sr_jsonw_int(sr_jsonw *w, int64_t v);
void sr_jsonw_double(sr_jsonw *w, double v); /* shortest form that reads back the same */
void sr_jsonw_bool(sr_jsonw *w, bool v);
void sr_jsonw_null(sr_jsonw *w);
void sr_jsonw_time(sr_jsonw *w, sr_time t);
/* key and value; the optional forms write nothing where the value is empty or unknown. */
void sr_jsonw_kv_str(sr_jsonw *w, const char *key, sr_str s);
void sr_jsonw_kv_str_opt(sr_jsonw *w, const char *key, sr_str s);
void sr_jsonw_kv_int(sr_jsonw *w, const char *key, int64_t v);
void sr_jsonw_kv_double(sr_jsonw *w, const char *key, double v);
void sr_jsonw_kv_bool(sr_jsonw *w, const char *key, bool v);
void sr_jsonw_kv_time_opt(sr_jsonw *w, const char *key, sr_time t);

/* A parsed value. Opaque; owned by its sr_json document. */
typedef struct sr_json sr_json;
typedef struct json_object sr_jval;

/* Parses one JSON text, strictly: UTF-8 is checked, depth is capped at SR_JSON_DEPTH_MAX, nothing
 * may follow but white space. SR_E_INVALID with the position in err, SR_E_NOMEM. */
sr_status sr_json_parse(sr_str text, sr_json **out, sr_error *err) SR_MUST_CHECK;
void sr_json_free(sr_json *json);
const sr_jval *sr_json_root(const sr_json *json);

bool sr_jval_is_object(const sr_jval *v);
bool sr_jval_is_array(const sr_jval *v);
bool sr_jval_is_string(const sr_jval *v);
bool sr_jval_is_number(const sr_jval *v);
/* Member or NULL; v may be NULL. */
const sr_jval *sr_jval_get(const sr_jval *v, const char *key);
size_t sr_jval_len(const sr_jval *v); /* elements of an array, else 0 */
const sr_jval *sr_jval_at(const sr_jval *v, size_t i);
/* Views live as long as the document; empty if v is not of the kind. */
sr_str sr_jval_str(const sr_jval *v);
int64_t sr_jval_int(const sr_jval *v, int64_t otherwise);
double sr_jval_double(const sr_jval *v, double otherwise);
bool sr_jval_bool(const sr_jval *v, bool otherwise);
/* Calls visit for each member in the order of the text; stops when it returns false. */
void sr_jval_each(const sr_jval *v, bool (*visit)(void *ctx, sr_str key, const sr_jval *value), void *ctx);

#endif
