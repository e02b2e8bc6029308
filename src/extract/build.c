#include "build.h"
#include "turns.h"

#include "sitrep/base/file.h"
#include "sitrep/base/unicode.h"
#include "sitrep/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Marks that show nothing and mean nothing in running text. */
static bool is_invisible(uint32_t cp)
{
	return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x2069) || cp == 0xFEFF || cp == 0x61C || (cp >= 0xFFF9 && cp <= 0xFFFB);
}

static bool is_joiner(uint32_t cp) { return cp == 0x200C || cp == 0x200D; }

/* Controls other than white space; those of Latin-1's upper half included. */
static bool is_control(uint32_t cp) { return cp < 0x20 || (cp >= 0x7F && cp < 0xA0); }

static bool is_plain_ascii(sr_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* Code points that NFC leaves alone whatever stands beside them, as long as that is one of them too:
 * the ranges that make up nearly all of what we read. */
static bool is_settled(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x400 && cp < 0x483) || (cp >= 0x2010 && cp < 0x205F) || (cp >= 0x20A0 && cp < 0x20C1) ||
	       (cp >= 0x4E00 && cp < 0xA000);
}

/* s must be valid UTF-8. Tells whether what was written may not be in NFC. */
static bool squash(sr_buf *out, sr_str s)
{
	size_t pos = 0, start = out->len;
	bool blank = false, unsettled = false;
	while (pos < s.len) {
		size_t at = pos;
		uint32_t cp = sr_utf8_next(s, &pos);
		if (is_invisible(cp))
			continue;
		if (sr_cp_is_space(cp)) {
			blank = true;
			continue;
		}
		if (is_control(cp))
			continue;
		if (is_joiner(cp)) {
			size_t ahead = pos;
			uint32_t next = pos < s.len ? sr_utf8_next(s, &ahead) : ' ';
			if (blank || out->len == start || next < 0x80 || sr_cp_is_space(next) || is_invisible(next) || is_joiner(next))
				continue;
		}
		if (blank && out->len > start)
			sr_buf_add_char(out, ' ');
		blank = false;
		unsettled = unsettled || !is_settled(cp);
		sr_buf_add(out, sr_str_make(s.ptr + at, pos - at));
	}
	return unsettled;
}

/* The same for text that is all ASCII, which needs no decoding. */
static void squash_ascii(sr_buf *out, sr_str s)
{
	size_t start = out->len, run = 0;
	bool blank = false;
	for (size_t i = 0; i <= s.len; i++) {
		unsigned char c = i < s.len ? (unsigned char)s.ptr[i] : ' ';
		if (c > ' ' && c < 0x7F)
			continue;
		if (i > run) {
			if (blank && out->len > start)
				sr_buf_add_char(out, ' ');
			sr_buf_add(out, sr_str_make(s.ptr + run, i - run));
			blank = false;
		}
		blank = blank || c == ' ' || (c >= '\t' && c <= '\r');
		run = i + 1;
	}
}

sr_status sr_extract_clean(sr_buf *out, sr_str raw)
{
	if (is_plain_ascii(raw)) {
		squash_ascii(out, raw);
		return sr_buf_status(out);
	}
	sr_buf valid, squashed;
	sr_buf_init(&valid, 0);
	sr_buf_init(&squashed, 0);
	if (!sr_utf8_valid(raw)) {
		sr_utf8_repair(&valid, raw);
		raw = sr_buf_str(&valid);
	}
	sr_status status = sr_buf_status(&valid);
	if (status != SR_OK)
		goto done;
	/* marks come off first: one between a letter and its accent would keep them apart */
	bool unsettled = squash(&squashed, raw);
	status = sr_buf_status(&squashed);
	if (status != SR_OK)
		goto done;
	if (unsettled)
		status = sr_nfc(out, sr_buf_str(&squashed));
	else
		sr_buf_add(out, sr_buf_str(&squashed));
	if (status == SR_OK)
		status = sr_buf_status(out);
done:
	sr_buf_deinit(&squashed);
	sr_buf_deinit(&valid);
	return status;
}

/* The longest prefix of at most max bytes that ends at a code point, at white space if one is near. */
static sr_str cut(sr_str s, size_t max)
{
	if (s.len <= max)
		return s;
	size_t end = max;
	while (end > 0 && !sr_utf8_boundary(s, end))
		end--;
	for (size_t back = end; back > 0 && end - back < 200; back--)
		if (s.ptr[back] == ' ') {
			end = back;
			break;
		}
	return sr_str_slice(s, 0, end);
}

static void keep(sr_build *b, sr_status status)
{
	if (b->status == SR_OK)
		b->status = status;
}

sr_status sr_build_begin(sr_build *b, const sr_input *input, sr_arena *arena, sr_error *err)
{
	*b = (sr_build){ .arena = arena };
	char hex[SR_SHA256_HEX + 1];
	sr_document *d = b->doc = SR_NEW(arena, sr_document);
	if (!d)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_sha256_hex(input->bytes, hex);
	d->sha256 = sr_str_dup(arena, sr_str_make(hex, SR_SHA256_HEX));
	d->path = sr_str_dup(arena, input->path);
	d->url = sr_str_dup(arena, input->url);
	d->id = d->path.len ? d->path : d->url;
	d->retrieved = input->retrieved;
	if (!d->sha256.len || d->path.len != input->path.len || d->url.len != input->url.len)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_buf_init(&b->text, SR_TEXT_MAX + 16);
	sr_buf_init(&b->clean, 0);
	return SR_OK;
}

static void free_buffers(sr_build *b)
{
	sr_buf_deinit(&b->text);
	sr_buf_deinit(&b->clean);
}

sr_status sr_build_end(sr_build *b, sr_documents *out, sr_error *err)
{
	sr_document *d = b->doc;
	keep(b, sr_buf_status(&b->text));
	sr_turns_mark(b);
	if (out && b->status == SR_OK) {
		d->text = sr_str_dup(b->arena, sr_buf_str(&b->text));
		if (d->text.len != b->text.len)
			keep(b, SR_E_NOMEM);
		d->blocks = b->blocks.items, d->block_count = b->blocks.count;
		d->bylines = b->bylines.items, d->byline_count = b->bylines.count;
		d->images = b->images.items, d->image_count = b->images.count;
		d->relays = b->relays.items, d->relay_count = b->relays.count;
		d->marks = b->marks.items, d->mark_count = b->marks.count;
		d->notes = b->notes.items, d->note_count = b->notes.count;
		if (sr_arena_grow(b->arena, (void **)&out->items, &out->capacity, out->count, sizeof *out->items) && b->status == SR_OK)
			out->items[out->count++] = d;
		else
			keep(b, SR_E_NOMEM);
	}
	free_buffers(b);
	return b->status == SR_OK ? SR_OK : sr_fail(err, b->status, "%s", sr_status_name(b->status));
}

sr_status sr_build_status(const sr_build *b) { return b->status; }

sr_str sr_build_clean(sr_build *b, sr_str raw)
{
	/* what lies far behind the ceiling cannot come into the value, so it need not be cleaned */
	if (raw.len > 4 * SR_BUILD_FIELD_MAX)
		raw = cut(raw, 4 * SR_BUILD_FIELD_MAX);
	sr_buf_clear(&b->clean);
	keep(b, sr_extract_clean(&b->clean, raw));
	sr_str s = cut(sr_buf_str(&b->clean), SR_BUILD_FIELD_MAX), copy = sr_str_dup(b->arena, s);
	if (copy.len != s.len)
		keep(b, SR_E_NOMEM);
	return copy;
}

static void fill_up(sr_build *b, const char *what)
{
	if (!b->full)
		sr_build_note(b, "cut after %s", what);
	b->full = true;
}

sr_block *sr_build_block(sr_build *b, sr_block_kind kind, sr_str raw)
{
	if (b->status != SR_OK || b->full)
		return NULL;
	if (raw.len > 2 * SR_TEXT_MAX)
		raw = cut(raw, 2 * SR_TEXT_MAX);
	sr_buf_clear(&b->clean);
	keep(b, sr_extract_clean(&b->clean, raw));
	sr_str s = sr_buf_str(&b->clean);
	if (b->status != SR_OK || !s.len)
		return NULL;
	if (b->blocks.count >= SR_BUILD_BLOCKS_MAX) {
		fill_up(b, "the largest number of blocks");
		return NULL;
	}
	size_t gap = b->text.len ? 2 : 0;
	bool too_long = false;
	if (b->text.len + gap + s.len > SR_TEXT_MAX) {
		if (b->text.len) {
			fill_up(b, "2 MB of text");
			return NULL;
		}
		s = cut(s, SR_TEXT_MAX);
		too_long = true;
	}
	sr_block *block = SR_PUSH(b->arena, &b->blocks);
	if (!block) {
		keep(b, SR_E_NOMEM);
		return NULL;
	}
	if (gap)
		sr_buf_add_c(&b->text, "\n\n");
	block->kind = kind;
	block->span.start = (uint32_t)b->text.len;
	sr_buf_add(&b->text, s);
	block->span.end = (uint32_t)b->text.len;
	if (too_long) /* only now: the note is cleaned in the buffer that s looks into */
		fill_up(b, "2 MB of text");
	return block;
}

void sr_build_byline(sr_build *b, sr_str name)
{
	name = sr_build_clean(b, name);
	if (!name.len || b->bylines.count >= SR_BUILD_LIST_MAX)
		return;
	for (size_t i = 0; i < b->bylines.count; i++)
		if (sr_str_eq_nocase(b->bylines.items[i], name))
			return;
	sr_str *slot = SR_PUSH(b->arena, &b->bylines);
	if (slot)
		*slot = name;
	else
		keep(b, SR_E_NOMEM);
}

void sr_build_image(sr_build *b, sr_str url, sr_str caption, sr_str credit)
{
	sr_image image = { sr_build_clean(b, url), sr_build_clean(b, caption), sr_build_clean(b, credit) };
	if ((!image.url.len && !image.caption.len && !image.credit.len) || b->images.count >= SR_BUILD_LIST_MAX)
		return;
	sr_image *slot = SR_PUSH(b->arena, &b->images);
	if (slot)
		*slot = image;
	else
		keep(b, SR_E_NOMEM);
}

void sr_build_relay(sr_build *b, uint32_t number, sr_str publisher, sr_str title, sr_str description, sr_str url)
{
	if (b->relays.count >= SR_BUILD_LIST_MAX)
		return;
	sr_relay *slot = SR_PUSH(b->arena, &b->relays);
	if (!slot) {
		keep(b, SR_E_NOMEM);
		return;
	}
	slot->number = number;
	slot->publisher = sr_build_clean(b, publisher);
	slot->title = sr_build_clean(b, title);
	slot->description = sr_build_clean(b, description);
	slot->url = sr_build_clean(b, url);
}

void sr_build_mark(sr_build *b, uint32_t offset, uint32_t number)
{
	if (b->marks.count >= SR_BUILD_BLOCKS_MAX)
		return;
	sr_relay_mark *slot = SR_PUSH(b->arena, &b->marks);
	if (slot)
		*slot = (sr_relay_mark){ offset, number };
	else
		keep(b, SR_E_NOMEM);
}

void sr_build_note(sr_build *b, const char *format, ...)
{
	char line[SR_ERROR_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (b->notes.count >= SR_BUILD_LIST_MAX)
		return;
	sr_str *slot = SR_PUSH(b->arena, &b->notes);
	if (slot)
		*slot = sr_build_clean(b, sr_str_c(line));
	else
		keep(b, SR_E_NOMEM);
}
