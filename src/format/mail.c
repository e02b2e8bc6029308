#include "sitrep/format/mail.h"

#include "mail_codec.h"
#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"
#include "sitrep/format/date.h"

#include <string.h>

#define HEADER_MAX ((size_t)256 << 10)

typedef struct part_head {
	sr_str content_type, encoding, disposition;
	size_t end; /* where the body begins */
} part_head;

typedef struct reader {
	sr_arena *arena;
	sr_mail *mail;
	SR_VEC(sr_str) notes;
	size_t parts;
	bool failed;
} reader;

static void note(reader *r, const char *text)
{
	sr_str *slot = SR_PUSH(r->arena, &r->notes);
	if (slot)
		*slot = sr_str_c(text);
}

/* The next field with its folded lines joined; false at the blank line. *pos moves past it. */
static bool next_field(reader *r, sr_str s, size_t *pos, sr_str *name, sr_str *value)
{
	while (*pos < s.len) {
		size_t start = *pos, end = start, lines = 0;
		for (;;) {
			size_t newline = sr_str_find_char(s, '\n', end);
			end = newline == SIZE_MAX ? s.len : newline + 1;
			lines++;
			if (end >= s.len || (s.ptr[end] != ' ' && s.ptr[end] != '\t'))
				break;
		}
		*pos = end;
		sr_str field = sr_str_slice(s, start, end);
		if (sr_str_trim(field).len == 0)
			return false;
		size_t colon = sr_str_find_char(field, ':', 0);
		if (colon == SIZE_MAX || colon == 0)
			continue; /* "From " of mbox files, junk */
		*name = sr_str_trim(sr_str_slice(field, 0, colon));
		*value = sr_str_trim(sr_str_slice(field, colon + 1, field.len));
		if (lines > 1) {
			char *joined = sr_arena_alloc(r->arena, value->len + 1);
			size_t n = 0;
			if (!joined) {
				r->failed = true;
				return false;
			}
			for (size_t i = 0; i < value->len; i++)
				if (value->ptr[i] != '\r' && value->ptr[i] != '\n')
					joined[n++] = value->ptr[i] == '\t' ? ' ' : value->ptr[i];
			*value = sr_str_make(joined, n);
		}
		return true;
	}
	return false;
}

static part_head read_part_head(reader *r, sr_str s)
{
	part_head h = { 0 };
	sr_str name, value, head = sr_str_slice(s, 0, HEADER_MAX);
	while (next_field(r, head, &h.end, &name, &value)) {
		if (sr_str_eq_nocase(name, SR_STR("Content-Type")))
			h.content_type = value;
		else if (sr_str_eq_nocase(name, SR_STR("Content-Transfer-Encoding")))
			h.encoding = value;
		else if (sr_str_eq_nocase(name, SR_STR("Content-Disposition")))
			h.disposition = value;
	}
	return h;
}

/* A parameter of a structured field: boundary="x". */
static sr_str parameter(sr_str field, const char *name)
{
	sr_str rest = field, part, wanted = sr_str_c(name);
	while (sr_str_next_field(&rest, ';', &part)) {
		part = sr_str_trim(part);
		size_t equal = sr_str_find_char(part, '=', 0);
		if (equal == SIZE_MAX || !sr_str_eq_nocase(sr_str_trim(sr_str_slice(part, 0, equal)), wanted))
			continue;
		sr_str value = sr_str_trim(sr_str_slice(part, equal + 1, part.len));
		if (value.len > 1 && value.ptr[0] == '"') {
			/* a quoted value may hold semicolons: take it from the field itself */
			size_t from = (size_t)(value.ptr - field.ptr) + 1, end = sr_str_find_char(field, '"', from);
			return sr_str_slice(field, from, end);
		}
		return value;
	}
	return (sr_str){ 0 };
}

static sr_str decode_body(reader *r, const part_head *h, sr_str body, sr_markup markup)
{
	sr_decoded d;
	sr_str bytes = mail_decode_body(r->arena, h->encoding, body, &r->failed);
	if (r->failed || sr_charset_decode(bytes, h->content_type, markup, r->arena, &d, NULL) != SR_OK) {
		r->failed = true;
		return (sr_str){ 0 };
	}
	if (d.malformed)
		note(r, "characters that are not of the declared charset were replaced");
	return sr_str_trim(d.text);
}

static void read_part(reader *r, sr_str s, const part_head *h, int depth);

/* The parts between lines "--boundary". */
static void read_multipart(reader *r, sr_str body, sr_str boundary, int depth)
{
	sr_str rest = body, line;
	size_t start = SIZE_MAX;
	bool closed = false;
	while (!closed && sr_str_next_line(&rest, &line)) {
		if (line.len < boundary.len + 2 || line.ptr[0] != '-' || line.ptr[1] != '-' ||
		    !sr_str_eq(sr_str_slice(line, 2, boundary.len + 2), boundary))
			continue;
		size_t at = (size_t)(line.ptr - body.ptr);
		closed = sr_str_starts(sr_str_slice(line, boundary.len + 2, line.len), SR_STR("--"));
		if (start != SIZE_MAX) {
			sr_str part = sr_str_slice(body, start, at);
			part_head h = read_part_head(r, part);
			read_part(r, part, &h, depth + 1);
		}
		start = rest.ptr ? (size_t)(rest.ptr - body.ptr) : body.len;
	}
	if (closed || start == SIZE_MAX)
		return;
	note(r, "cut off: the last part has no end");
	sr_str part = sr_str_slice(body, start, body.len);
	part_head h = read_part_head(r, part);
	read_part(r, part, &h, depth + 1);
}

static void read_part(reader *r, sr_str s, const part_head *h, int depth)
{
	sr_str body = sr_str_slice(s, h->end, s.len), type = h->content_type;
	if (r->failed)
		return;
	if (++r->parts > SR_MAIL_PARTS_MAX || depth > SR_MAIL_DEPTH_MAX) {
		if (r->parts == SR_MAIL_PARTS_MAX + 1 || depth == SR_MAIL_DEPTH_MAX + 1)
			note(r, "parts beyond the ceiling were left out");
		return;
	}
	if (sr_str_starts_nocase(type, SR_STR("multipart/"))) {
		sr_str boundary = parameter(type, "boundary");
		if (boundary.len)
			read_multipart(r, body, boundary, depth);
		else
			note(r, "a multipart without its boundary was passed over");
		return;
	}
	if (sr_str_starts_nocase(type, SR_STR("message/rfc822"))) {
		part_head inner = read_part_head(r, body);
		read_part(r, body, &inner, depth + 1);
		return;
	}
	if (sr_str_starts_nocase(h->disposition, SR_STR("attachment")))
		return;
	bool html = sr_str_starts_nocase(type, SR_STR("text/html"));
	bool plain = type.len == 0 || sr_str_starts_nocase(type, SR_STR("text/plain"));
	if (html && !r->mail->html.len)
		r->mail->html = decode_body(r, h, body, SR_MARKUP_HTML);
	else if (plain && !r->mail->plain.len)
		r->mail->plain = decode_body(r, h, body, SR_MARKUP_NONE);
}

/* Name <address>, address (Name), or an address. */
static void read_from(reader *r, sr_str value)
{
	sr_str text = mail_decode_words(r->arena, value, &r->failed);
	size_t open = sr_str_find_char(text, '<', 0), close = open == SIZE_MAX ? SIZE_MAX : sr_str_find_char(text, '>', open);
	if (close == SIZE_MAX) {
		r->mail->from_address = text;
		return;
	}
	sr_str name = sr_str_trim(sr_str_slice(text, 0, open));
	if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
		name = sr_str_slice(name, 1, name.len - 1);
	r->mail->from_name = name;
	r->mail->from_address = sr_str_trim(sr_str_slice(text, open + 1, close));
}

/* "The Morning Post <morning.post.example>" */
static sr_str list_name(sr_str value)
{
	size_t open = sr_str_find_char(value, '<', 0);
	sr_str name = sr_str_trim(sr_str_slice(value, 0, open));
	if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"')
		name = sr_str_slice(name, 1, name.len - 1);
	return name;
}

static sr_str in_brackets(sr_str s)
{
	size_t open = sr_str_find_char(s, '<', 0), close = sr_str_find_char(s, '>', 0);
	return open != SIZE_MAX && close != SIZE_MAX && close > open ? sr_str_slice(s, open + 1, close) : s;
}

static size_t read_headers(reader *r, sr_str s)
{
	size_t pos = 0, fields = 0;
	sr_str name, value, head = sr_str_slice(s, 0, HEADER_MAX);
	while (next_field(r, head, &pos, &name, &value)) {
		fields++;
		if (sr_str_eq_nocase(name, SR_STR("Subject")))
			r->mail->subject = mail_decode_words(r->arena, value, &r->failed);
		else if (sr_str_eq_nocase(name, SR_STR("From")))
			read_from(r, value);
		else if (sr_str_eq_nocase(name, SR_STR("Date")))
			(void)sr_date_read(value, &r->mail->date);
		else if (sr_str_eq_nocase(name, SR_STR("Message-ID")))
			r->mail->message_id = in_brackets(value);
		else if (sr_str_eq_nocase(name, SR_STR("List-Id")))
			r->mail->list = list_name(mail_decode_words(r->arena, value, &r->failed));
		else if (sr_str_eq_nocase(name, SR_STR("Archived-At")))
			r->mail->url = in_brackets(value);
		else if (sr_str_eq_nocase(name, SR_STR("Content-Language")))
			r->mail->language = value;
	}
	return fields;
}

sr_status sr_mail_read(sr_str bytes, sr_arena *arena, sr_mail **out, sr_error *err)
{
	reader r = { .arena = arena, .mail = SR_NEW(arena, sr_mail) };
	*out = NULL;
	if (!r.mail)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (sr_str_starts(bytes, SR_STR("\xEF\xBB\xBF")))
		bytes = sr_str_slice(bytes, 3, bytes.len);
	if (read_headers(&r, bytes) == 0 && !r.failed)
		return sr_fail(err, SR_E_INVALID, "no mail: it has no header");
	part_head h = read_part_head(&r, bytes);
	read_part(&r, bytes, &h, 0);
	r.mail->notes = r.notes.items;
	r.mail->note_count = r.notes.count;
	if (r.failed)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (!r.mail->html.len && !r.mail->plain.len)
		return sr_fail(err, SR_E_INVALID, "no text in the mail");
	*out = r.mail;
	return SR_OK;
}
