/* Invariants: `at` is the reader's place in `have` bytes; for plain archives these are the input
 * itself, for packed ones the window, which is filled as needed and shifted only between records,
 * so that a record's views hold until the next call. */
#include "sitrep/format/warc.h"

#include "http_body.h"
#include "sitrep/base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define NOT_PACKED_WARC "a gzip file without a WARC archive in it, the only kind that is read packed (.warc.gz); unpack it first"
#define PIECE ((size_t)64 << 10)
#define HEADER_MAX ((size_t)64 << 10)
#define RATIO_FROM ((size_t)4 << 20)

typedef enum fill_result { FILL_OK, FILL_END, FILL_DAMAGED, FILL_BOMB, FILL_NOMEM } fill_result;

struct sr_warc {
	sr_str in;
	size_t in_at; /* packed: what inflate has taken */
	bool packed, started, ended;
	z_stream z;
	size_t member_start, member_out;
	sr_buf window;
	size_t at;
	size_t barrier; /* what stands in the window from here on comes after damage; SIZE_MAX: no such place */
	fill_result barrier_why;
	sr_buf joined, unpacked; /* scratch for bodies */
	size_t number, damaged;
};

sr_warc *sr_warc_new(sr_str bytes)
{
	sr_warc *w = calloc(1, sizeof *w);
	if (!w)
		return NULL;
	w->in = bytes;
	w->barrier = SIZE_MAX;
	w->packed = sr_str_starts(bytes, SR_STR("\x1F\x8B"));
	sr_buf_init(&w->window, SR_WARC_RECORD_MAX + HEADER_MAX + 4 * PIECE);
	sr_buf_init(&w->joined, SR_WARC_RECORD_MAX);
	sr_buf_init(&w->unpacked, SR_WARC_RECORD_MAX);
	if (w->packed && inflateInit2(&w->z, 15 + 16) != Z_OK) {
		free(w);
		return NULL;
	}
	return w;
}

void sr_warc_free(sr_warc *w)
{
	if (!w)
		return;
	if (w->packed)
		inflateEnd(&w->z);
	sr_buf_deinit(&w->window);
	sr_buf_deinit(&w->joined);
	sr_buf_deinit(&w->unpacked);
	free(w);
}

size_t sr_warc_damaged(const sr_warc *w) { return w->damaged; }

static sr_str have(const sr_warc *w) { return w->packed ? sr_buf_str(&w->window) : w->in; }

/* What can be read without filling, up to the barrier. */
static sr_str ahead(const sr_warc *w)
{
	sr_str all = have(w);
	return sr_str_slice(all, w->at, w->barrier < all.len ? w->barrier : all.len);
}

static void begin_member(sr_warc *w, size_t at)
{
	inflateReset(&w->z);
	w->in_at = w->member_start = at;
	w->member_out = 0;
}

/* True if a member that begins with a WARC record starts at this place of the packed input. */
static bool member_is_warc(sr_warc *w, size_t at)
{
	unsigned char first[5];
	begin_member(w, at);
	w->z.next_in = (Bytef *)(uintptr_t)(w->in.ptr + at);
	w->z.avail_in = (uInt)(w->in.len - at < 4096 ? w->in.len - at : 4096);
	w->z.next_out = first;
	w->z.avail_out = sizeof first;
	(void)inflate(&w->z, Z_SYNC_FLUSH);
	return w->z.avail_out == 0 && memcmp(first, "WARC/", 5) == 0;
}

/* After damage: the next member that begins well, looked for byte by byte; false at the end. */
static bool resync(sr_warc *w, size_t from)
{
	w->damaged++;
	w->barrier = w->window.len;
	w->barrier_why = FILL_DAMAGED;
	for (size_t at = from; (at = sr_str_find(w->in, SR_STR("\x1F\x8B\x08"), at)) != SIZE_MAX; at++)
		if (member_is_warc(w, at)) {
			begin_member(w, at);
			return true;
		}
	w->ended = true;
	return false;
}

/* A member has ended: on to the one right behind it, over padding. False at the end. */
static bool next_member(sr_warc *w)
{
	size_t at = w->in_at;
	while (at < w->in.len && w->in.ptr[at] == 0)
		at++;
	if (at >= w->in.len) {
		w->ended = true;
		return false;
	}
	if (!sr_str_starts(sr_str_slice(w->in, at, at + 2), SR_STR("\x1F\x8B")))
		return resync(w, at);
	begin_member(w, at);
	return true;
}

/* Unpacks one piece into the window. */
static fill_result fill(sr_warc *w)
{
	static const char blank[1] = { 0 };
	char piece[PIECE];
	if (w->ended)
		return FILL_END;
	w->z.next_in = (Bytef *)(uintptr_t)(w->in.len ? w->in.ptr + w->in_at : blank);
	size_t rest = w->in.len - w->in_at;
	w->z.avail_in = (uInt)(rest < (1u << 30) ? rest : 1u << 30);
	w->z.next_out = (Bytef *)piece;
	w->z.avail_out = sizeof piece;
	int code = inflate(&w->z, Z_NO_FLUSH);
	size_t got = sizeof piece - w->z.avail_out;
	w->in_at = (size_t)((const char *)w->z.next_in - w->in.ptr);
	w->member_out += got;
	sr_buf_add(&w->window, sr_str_make(piece, got));
	if (w->window.failed)
		return FILL_NOMEM;
	if (w->member_out > RATIO_FROM && w->member_out / SR_WARC_RATIO_MAX > w->in_at - w->member_start) {
		(void)resync(w, w->in_at);
		w->barrier_why = FILL_BOMB;
		return FILL_BOMB;
	}
	if (code == Z_STREAM_END)
		return next_member(w) || got ? FILL_OK : FILL_END;
	if (code == Z_OK)
		return got || rest ? FILL_OK : FILL_END;
	if (code == Z_BUF_ERROR && w->in_at >= w->in.len) {
		w->ended = true;
		return FILL_END;
	}
	(void)resync(w, w->member_start + 1);
	return FILL_DAMAGED;
}

/* Sees to it that n bytes stand at the reader's place; else says why not. */
static fill_result need(sr_warc *w, size_t n)
{
	while (ahead(w).len < n) {
		if (!w->packed)
			return FILL_END;
		if (w->barrier != SIZE_MAX)
			return w->barrier_why;
		fill_result r = fill(w);
		if (r != FILL_OK)
			return r;
	}
	return FILL_OK;
}

/* Moves past n bytes without keeping them. */
static fill_result drop(sr_warc *w, size_t n)
{
	while (n > ahead(w).len) {
		n -= ahead(w).len;
		w->at += ahead(w).len;
		if (!w->packed)
			return FILL_END;
		if (w->barrier != SIZE_MAX)
			return w->barrier_why;
		sr_buf_clear(&w->window);
		w->at = 0;
		fill_result r = fill(w);
		if (r != FILL_OK)
			return r;
	}
	w->at += n;
	return FILL_OK;
}

/* Forgets what was read before the reader's place. */
static void shift(sr_warc *w)
{
	if (!w->packed || w->at == 0)
		return;
	memmove(w->window.ptr, w->window.ptr + w->at, w->window.len - w->at);
	w->window.len -= w->at;
	w->window.failed = false;
	if (w->barrier != SIZE_MAX)
		w->barrier -= w->at;
	w->at = 0;
}

/* Finds the next "WARC/1." at the beginning of a line; false at the end. *damage: other things than
 * line ends stood before it. */
static bool find_record(sr_warc *w, bool *damage)
{
	*damage = false;
	for (;;) {
		if (w->at == w->barrier) {
			w->barrier = SIZE_MAX;
			*damage = false; /* counted when the barrier was set */
		}
		fill_result r = need(w, 7);
		if (r == FILL_NOMEM)
			return false;
		sr_str s = ahead(w);
		if (sr_str_starts(s, SR_STR("WARC/1.")) || sr_str_starts(s, SR_STR("WARC/0.")))
			return true;
		if (s.len < 7 && r == FILL_END)
			return false;
		size_t line = 0;
		while (line < s.len && s.ptr[line] != '\n') {
			*damage = *damage || s.ptr[line] != '\r';
			line++;
		}
		w->at += line < s.len ? line + 1 : line;
		/* shifting costs what remains: only where that is the smaller part */
		if (w->at > have(w).len / 2)
			shift(w);
	}
}

/* The end of the header's block of lines at the reader's place, past its blank line; 0 if none. */
static size_t header_end(sr_warc *w)
{
	for (size_t want = 4096; want <= HEADER_MAX; want *= 2) {
		fill_result r = need(w, want);
		sr_str s = sr_str_slice(ahead(w), 0, want);
		size_t end = sr_http_header_end(s);
		if (end)
			return end;
		if (r != FILL_OK)
			return 0;
	}
	return 0;
}

static sr_warc_kind kind_of(sr_str type)
{
	static const struct {
		const char *name;
		sr_warc_kind kind;
	} kinds[] = { { "response", SR_WARC_RESPONSE }, { "resource", SR_WARC_RESOURCE }, { "conversion", SR_WARC_CONVERSION },
		          { "revisit", SR_WARC_REVISIT } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (sr_str_eq_nocase(type, sr_str_c(kinds[i].name)))
			return kinds[i].kind;
	return SR_WARC_OTHER;
}

static size_t length_of(sr_str s)
{
	size_t n = 0;
	if (s.len == 0)
		return SIZE_MAX;
	for (size_t i = 0; i < s.len; i++) {
		if (!sr_is_digit((unsigned char)s.ptr[i]) || n > ((size_t)1 << 48))
			return SIZE_MAX;
		n = n * 10 + (size_t)(s.ptr[i] - '0');
	}
	return n;
}

/* <url> in angle brackets is how early writers put it. */
static sr_str bare_url(sr_str s)
{
	return s.len > 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>' ? sr_str_slice(s, 1, s.len - 1) : s;
}

static const char *fault_of(fill_result r)
{
	return r == FILL_BOMB ? "packed too well to be true" : r == FILL_DAMAGED ? "damaged" : "cut off";
}

/* The body of an HTTP response: headers off, chunks joined, unpacked. */
static void read_http(sr_warc *w, sr_warc_record *rec)
{
	sr_http_head head;
	if (!sr_http_head_read(rec->body, &head))
		return;
	rec->http = true;
	rec->http_status = head.status;
	rec->content_type = head.content_type;
	rec->body = sr_str_slice(rec->body, head.end, rec->body.len);
	sr_buf_clear(&w->joined);
	if (head.chunked && sr_http_join_chunks(rec->body, &w->joined))
		rec->body = sr_buf_str(&w->joined);
	if (head.encoding.len == 0 || sr_str_eq_nocase(head.encoding, SR_STR("identity")))
		return;
	sr_buf_clear(&w->unpacked);
	sr_status status = sr_body_unpack(head.encoding, rec->body, &w->unpacked);
	if (status == SR_E_UNSUPPORTED) {
		rec->content_encoding = head.encoding;
		rec->fault = "in an encoding that is not read";
	} else if (status == SR_E_LIMIT) {
		rec->body = sr_buf_str(&w->unpacked);
		rec->fault = "its body unpacks beyond the ceiling";
	} else if (w->unpacked.len) {
		/* crawlers store bodies unpacked and leave the header: then there is nothing to unpack */
		rec->body = sr_buf_str(&w->unpacked);
		if (status != SR_OK && !rec->fault)
			rec->fault = "its body is damaged";
	}
}

static void read_fields(sr_str header, sr_warc_record *rec, size_t *length, bool *truncated)
{
	sr_str name, value, type = { 0 };
	*length = SIZE_MAX;
	*truncated = false;
	while (sr_http_next_field(&header, &name, &value)) {
		if (sr_str_eq_nocase(name, SR_STR("WARC-Type")))
			type = value;
		else if (sr_str_eq_nocase(name, SR_STR("WARC-Target-URI")))
			rec->url = bare_url(value);
		else if (sr_str_eq_nocase(name, SR_STR("WARC-Date")))
			(void)sr_time_parse(value, &rec->date);
		else if (sr_str_eq_nocase(name, SR_STR("Content-Type")))
			rec->content_type = value;
		else if (sr_str_eq_nocase(name, SR_STR("WARC-Truncated")))
			*truncated = value.len > 0;
		else if (sr_str_eq_nocase(name, SR_STR("Content-Length")))
			*length = length_of(value);
	}
	rec->kind = kind_of(type);
}

/* The header's views must hold while the block is unpacked into a window that may move. */
static fill_result need_block(sr_warc *w, sr_warc_record *rec, size_t keep)
{
	const char *before = have(w).ptr;
	size_t url = rec->url.ptr ? (size_t)(rec->url.ptr - before) : 0;
	size_t type = rec->content_type.ptr ? (size_t)(rec->content_type.ptr - before) : 0;
	fill_result r = need(w, keep);
	rec->url = sr_str_slice(have(w), url, url + rec->url.len);
	rec->content_type = sr_str_slice(have(w), type, type + rec->content_type.len);
	return r;
}

static sr_status read_record(sr_warc *w, sr_warc_record *rec, size_t end, sr_error *err)
{
	size_t length;
	bool truncated;
	read_fields(sr_str_slice(ahead(w), 0, end), rec, &length, &truncated);
	bool wanted = rec->kind != SR_WARC_OTHER;
	size_t keep = length < SR_WARC_RECORD_MAX ? length : SR_WARC_RECORD_MAX;
	w->at += end;
	if (length == SIZE_MAX) {
		rec->fault = "without its length";
		return SR_OK;
	}
	if (!wanted) {
		fill_result dropped = drop(w, length);
		rec->url = rec->content_type = (sr_str){ 0 };
		rec->fault = dropped == FILL_OK ? NULL : fault_of(dropped);
		return dropped == FILL_NOMEM ? sr_fail(err, SR_E_NOMEM, "out of memory") : SR_OK;
	}
	fill_result r = need_block(w, rec, keep);
	if (r == FILL_NOMEM)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (r != FILL_OK)
		rec->fault = fault_of(r);
	else if (length > keep)
		rec->fault = "larger than 32 MB";
	else if (truncated)
		rec->fault = "cut off by the crawler";
	rec->body = sr_str_slice(ahead(w), 0, keep);
	w->at += rec->body.len;
	bool http = sr_str_starts_nocase(rec->content_type, SR_STR("application/http")) || rec->kind == SR_WARC_RESPONSE;
	if (http)
		read_http(w, rec);
	return SR_OK;
}

sr_status sr_warc_next(sr_warc *w, sr_warc_record *rec, sr_error *err)
{
	bool damage;
	*rec = (sr_warc_record){ 0 };
	shift(w);
	bool found = find_record(w, &damage);
	if (w->window.failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (damage && w->started)
		w->damaged++;
	if (!found)
		return w->started ? SR_E_NOT_FOUND : sr_fail(err, SR_E_INVALID, "%s", w->packed ? NOT_PACKED_WARC : "not a WARC archive: no record in it");
	w->started = true;
	rec->number = ++w->number;
	size_t end = header_end(w);
	if (end == 0) {
		rec->fault = "without the end of its header";
		w->at += 5; /* past its first word, so that it is not found again */
		return SR_OK;
	}
	return read_record(w, rec, end, err);
}
