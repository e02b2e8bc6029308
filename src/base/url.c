#include "sitrep/base/url.h"

#include "sitrep/base/utf8.h"

#include <string.h>

#define URL_MAX 65536

static bool is_scheme(sr_str s)
{
	if (s.len == 0 || !sr_is_alpha((unsigned char)s.ptr[0]))
		return false;
	for (size_t i = 1; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (!sr_is_alpha(c) && !sr_is_digit(c) && !strchr("+-.", c))
			return false;
	}
	return true;
}

sr_url sr_url_split(sr_str s)
{
	sr_url u = { 0 };
	size_t i = sr_str_find_char(s, '#', 0);
	if (i != SIZE_MAX) {
		u.has_fragment = true;
		u.fragment = sr_str_slice(s, i + 1, s.len);
		s = sr_str_slice(s, 0, i);
	}
	i = sr_str_find_char(s, '?', 0);
	if (i != SIZE_MAX) {
		u.has_query = true;
		u.query = sr_str_slice(s, i + 1, s.len);
		s = sr_str_slice(s, 0, i);
	}
	i = sr_str_find_char(s, ':', 0);
	if (i != SIZE_MAX && is_scheme(sr_str_slice(s, 0, i))) {
		u.scheme = sr_str_slice(s, 0, i);
		s = sr_str_slice(s, i + 1, s.len);
	}
	if (sr_str_starts(s, SR_STR("//"))) {
		i = sr_str_find_char(s, '/', 2);
		u.has_authority = true;
		u.authority = sr_str_slice(s, 2, i);
		s = i == SIZE_MAX ? (sr_str){ 0 } : sr_str_slice(s, i, s.len);
	}
	u.path = s;
	return u;
}

/* Appends path with its dot segments taken out (section 5.2.4); start is where the path begins in out. */
static void add_path(sr_buf *out, sr_str path)
{
	size_t start = out->len;
	bool last = false;
	while (!last && !out->failed) {
		size_t slash = sr_str_find_char(path, '/', 0);
		last = slash == SIZE_MAX;
		sr_str segment = sr_str_slice(path, 0, last ? path.len : slash);
		path = last ? (sr_str){ 0 } : sr_str_slice(path, slash + 1, path.len);
		if (sr_str_eq(segment, SR_STR(".")))
			continue;
		if (sr_str_eq(segment, SR_STR(".."))) {
			/* back over "segment/", but not over the first slash */
			if (out->len > start + 1) {
				out->len--;
				while (out->len > start && out->ptr[out->len - 1] != '/')
					out->len--;
			}
			continue;
		}
		sr_buf_add(out, segment);
		if (!last)
			sr_buf_add_char(out, '/');
	}
}

static void add_resolved(sr_buf *out, const sr_url *base, const sr_url *ref)
{
	sr_buf_add(out, base->scheme);
	sr_buf_add_char(out, ':');
	const sr_url *owner = ref->has_authority ? ref : base;
	if (owner->has_authority) {
		sr_buf_add_c(out, "//");
		sr_buf_add(out, owner->authority);
	}
	if (ref->has_authority || (ref->path.len && ref->path.ptr[0] == '/'))
		add_path(out, ref->path);
	else if (ref->path.len == 0)
		sr_buf_add(out, base->path);
	else {
		/* merge (section 5.2.3) */
		sr_buf merged;
		size_t slash = base->path.len;
		sr_buf_init(&merged, 4 * URL_MAX);
		while (slash && base->path.ptr[slash - 1] != '/')
			slash--;
		if (base->has_authority && base->path.len == 0)
			sr_buf_add_char(&merged, '/');
		sr_buf_add(&merged, sr_str_slice(base->path, 0, slash));
		sr_buf_add(&merged, ref->path);
		add_path(out, sr_buf_str(&merged));
		out->failed |= merged.failed;
		sr_buf_deinit(&merged);
	}
	bool own = ref->has_authority || ref->path.len || ref->has_query;
	if (own ? ref->has_query : base->has_query) {
		sr_buf_add_char(out, '?');
		sr_buf_add(out, own ? ref->query : base->query);
	}
	if (ref->has_fragment) {
		sr_buf_add_char(out, '#');
		sr_buf_add(out, ref->fragment);
	}
}

sr_str sr_url_resolve(sr_arena *arena, sr_str base, sr_str reference)
{
	reference = sr_str_trim(reference);
	sr_url b = sr_url_split(base), r = sr_url_split(reference);
	/* data: and javascript: bases have nothing to resolve against; huge ones are no addresses */
	bool usable = b.scheme.len && (b.has_authority || sr_str_starts(b.path, SR_STR("/")));
	if (r.scheme.len || !usable || base.len > URL_MAX || reference.len > URL_MAX)
		return reference;
	sr_buf out;
	sr_buf_init(&out, 4 * URL_MAX);
	add_resolved(&out, &b, &r);
	sr_str resolved = out.failed ? (sr_str){ 0 } : sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return resolved;
}
