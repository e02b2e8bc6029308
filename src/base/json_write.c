#include "sitrep/base/json.h"
#include "sitrep/base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void sr_jsonw_init(sr_jsonw *w, sr_buf *out) { *w = (sr_jsonw){ .out = out }; }

static void before_value(sr_jsonw *w)
{
	if (w->after_key) {
		w->after_key = false;
		return;
	}
	if (w->comma[w->depth])
		sr_buf_add_char(w->out, ',');
	w->comma[w->depth] = true;
}

static void open_level(sr_jsonw *w, char c)
{
	before_value(w);
	sr_buf_add_char(w->out, c);
	assert(w->depth + 1 < SR_JSON_DEPTH_MAX);
	w->comma[++w->depth] = false;
}

static void close_level(sr_jsonw *w, char c)
{
	assert(w->depth > 0);
	w->depth--;
	sr_buf_add_char(w->out, c);
}

void sr_jsonw_object(sr_jsonw *w) { open_level(w, '{'); }
void sr_jsonw_object_end(sr_jsonw *w) { close_level(w, '}'); }
void sr_jsonw_array(sr_jsonw *w) { open_level(w, '['); }
void sr_jsonw_array_end(sr_jsonw *w) { close_level(w, ']'); }

/* U+2028/9 end lines in scripts, and '<' could close a script element: all are escaped. */
static bool needs_escape(uint32_t cp)
{
	return cp < 0x20 || cp == '"' || cp == '\\' || cp == '<' || cp == 0x7F || cp == 0x2028 || cp == 0x2029;
}

static void add_escape(sr_buf *out, uint32_t cp)
{
	switch (cp) {
	case '"': sr_buf_add_c(out, "\\\""); break;
	case '\\': sr_buf_add_c(out, "\\\\"); break;
	case '\n': sr_buf_add_c(out, "\\n"); break;
	case '\t': sr_buf_add_c(out, "\\t"); break;
	case '\r': sr_buf_add_c(out, "\\r"); break;
	default: sr_buf_printf(out, "\\u%04x", cp);
	}
}

static void add_quoted(sr_buf *out, sr_str s)
{
	size_t clean_from = 0, pos = 0;
	sr_buf_add_char(out, '"');
	while (pos < s.len) {
		size_t start = pos;
		uint32_t cp = sr_utf8_next(s, &pos);
		bool malformed = cp == SR_UTF8_REPLACEMENT && pos - start != 3;
		if (!needs_escape(cp) && !malformed)
			continue;
		sr_buf_add(out, sr_str_slice(s, clean_from, start));
		if (malformed)
			sr_buf_add_cp(out, cp);
		else
			add_escape(out, cp);
		clean_from = pos;
	}
	sr_buf_add(out, sr_str_slice(s, clean_from, s.len));
	sr_buf_add_char(out, '"');
}

void sr_jsonw_key(sr_jsonw *w, const char *key)
{
	before_value(w);
	add_quoted(w->out, sr_str_c(key));
	sr_buf_add_char(w->out, ':');
	w->after_key = true;
}

void sr_jsonw_str(sr_jsonw *w, sr_str s)
{
	before_value(w);
	add_quoted(w->out, s);
}

void sr_jsonw_int(sr_jsonw *w, int64_t v)
{
	before_value(w);
	sr_buf_printf(w->out, "%lld", (long long)v);
}

void sr_jsonw_double(sr_jsonw *w, double v)
{
	char text[40];
	before_value(w);
	if (!isfinite(v)) {
		sr_buf_add_c(w->out, "null");
		return;
	}
	for (int precision = 1; precision <= 17; precision++) {
		snprintf(text, sizeof text, "%.*g", precision, v);
		if (strtod(text, NULL) == v)
			break;
	}
	/* 1e+06 is legal but reads badly; whole numbers are printed whole */
	if (v == floor(v) && fabs(v) < 1e15)
		snprintf(text, sizeof text, "%.0f", v);
	sr_buf_add_c(w->out, text);
}

void sr_jsonw_bool(sr_jsonw *w, bool v)
{
	before_value(w);
	sr_buf_add_c(w->out, v ? "true" : "false");
}

void sr_jsonw_null(sr_jsonw *w)
{
	before_value(w);
	sr_buf_add_c(w->out, "null");
}

void sr_jsonw_time(sr_jsonw *w, sr_time t)
{
	before_value(w);
	sr_buf_add_char(w->out, '"');
	sr_time_write(w->out, t);
	sr_buf_add_char(w->out, '"');
}

void sr_jsonw_kv_str(sr_jsonw *w, const char *key, sr_str s)
{
	sr_jsonw_key(w, key);
	sr_jsonw_str(w, s);
}

void sr_jsonw_kv_str_opt(sr_jsonw *w, const char *key, sr_str s)
{
	if (s.len)
		sr_jsonw_kv_str(w, key, s);
}

void sr_jsonw_kv_int(sr_jsonw *w, const char *key, int64_t v)
{
	sr_jsonw_key(w, key);
	sr_jsonw_int(w, v);
}

void sr_jsonw_kv_double(sr_jsonw *w, const char *key, double v)
{
	sr_jsonw_key(w, key);
	sr_jsonw_double(w, v);
}

void sr_jsonw_kv_bool(sr_jsonw *w, const char *key, bool v)
{
	sr_jsonw_key(w, key);
	sr_jsonw_bool(w, v);
}

void sr_jsonw_kv_time_opt(sr_jsonw *w, const char *key, sr_time t)
{
	if (!sr_time_known(t))
		return;
	sr_jsonw_key(w, key);
	sr_jsonw_time(w, t);
}
