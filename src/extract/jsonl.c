/* JSON Lines, one article a line: `text` (which stays as given) and any of id, url, title, date|published, source|site,
 * authors|byline, credit|agency, language. A line that is no article is passed over, and listed. */
#include "extractors.h"
#include "page.h"
#include "text.h"

#include "sitrep/base/json.h"
#include "sitrep/base/utf8.h"

static sr_str first_of(const sr_jval *article, const char *key, const char *other)
{
	sr_str s = sr_jval_str(sr_jval_get(article, key));
	return s.len ? s : sr_jval_str(sr_jval_get(article, other));
}

/* An id, which may be a number. */
static sr_str id_of(sr_build *b, const sr_jval *v)
{
	int64_t number = sr_jval_int(v, INT64_MIN);
	return number == INT64_MIN ? sr_build_clean(b, sr_jval_str(v)) : sr_str_printf(b->arena, "%lld", (long long)number);
}

/* One string, with commas or "and" between people, or an array of them. */
static void add_people(sr_build *b, const sr_jval *v)
{
	for (size_t i = 0; i < sr_jval_len(v); i++)
		sr_build_byline(b, sr_jval_str(sr_jval_at(v, i)));
	sr_str rest = sr_jval_str(v), name;
	while (rest.len && sr_str_next_field(&rest, ',', &name))
		sr_build_byline(b, name);
}

/* ---- the text as given ---- */

/* Where the page reader's blocks are met again, in order, in the lines of the text as given. */
#define LOOKAHEAD 4 /* blocks, or lines of furniture, that may not be met again */
typedef SR_VEC(sr_block) block_list;
typedef struct retrace {
	const sr_build *b; /* still holds what the page reader made */
	size_t block;      /* the one that comes next */
	size_t at;         /* bytes of it that were met already */
	size_t furniture;  /* the line of it that comes next */
	size_t label;      /* bytes of the line before the block that was met, which the page reader took off */
} retrace;

static sr_str block_text(const retrace *t, size_t i)
{
	return i < t->b->blocks.count ? sr_span_of(sr_buf_str(&t->b->text), t->b->blocks.items[i].span) : (sr_str){ 0 };
}

/* Whether the cleaned line is the rest of block i, or part of it, or holds it: then t stands behind it. */
static bool meets(retrace *t, size_t i, sr_str line)
{
	sr_str block = block_text(t, i);
	sr_str rest = sr_str_trim(sr_str_slice(block, i == t->block ? t->at : 0, block.len));
	t->label = 0;
	if (!rest.len)
		return false;
	if (rest.len > line.len && sr_str_starts(rest, line)) {
		t->block = i;
		t->at = (size_t)(rest.ptr - block.ptr) + line.len;
		return true;
	}
	size_t from = 0, found = sr_str_find(line, rest, 0);
	if (found == SIZE_MAX)
		return false;
	t->label = found;
	/* a line may hold several: a heading that runs in, and its text */
	for (; rest.len && found != SIZE_MAX; found = sr_str_find(line, rest, from)) {
		from = found + rest.len;
		rest = block_text(t, ++i);
	}
	t->block = i;
	t->at = 0;
	return true;
}

/* The block that the line belongs to; NULL: the page reader left the line out. */
static const sr_block *block_of_line(retrace *t, sr_str line, bool *goes_on)
{
	size_t first = t->block;
	*goes_on = false;
	for (size_t i = first; i < first + LOOKAHEAD && i < t->b->blocks.count; i++) {
		bool inside = i == first && t->at > 0;
		if (meets(t, i, line)) {
			*goes_on = inside;
			return &t->b->blocks.items[t->at ? t->block : t->block - 1];
		}
	}
	return NULL;
}

#define PROSE_WORDS 12u

/* A rule took the line out of the text. */
static bool meets_furniture(retrace *t, sr_str line)
{
	for (size_t i = t->furniture; i < t->furniture + LOOKAHEAD && i < t->b->furniture.count; i++)
		if (sr_str_eq(t->b->furniture.items[i], line)) {
			t->furniture = i + 1;
			return true;
		}
	return false;
}

static sr_block_kind kind_left_out(retrace *t, sr_str line)
{
	bool prose = page_ends_sentence(line) && !meets_furniture(t, line) && sr_str_count_words(line) >= PROSE_WORDS;
	return t->b->doc->kind == SR_DOC_LIVE ? SR_BLOCK_HEADING : t->b->blocks.count && !prose ? SR_BLOCK_CRUMB : SR_BLOCK_PARAGRAPH;
}

/* One line, cleaned and as given, into blocks, with what the page reader found of it. What it left out is a
 * label on a page of updates, elsewhere a crumb, unless it reads like prose that no rule knows; and where it left out all, it took the text for
 * something else, and lines are paragraphs. */
static bool add_line(retrace *t, sr_str line, sr_str given, sr_span span, block_list *out)
{
	bool goes_on;
	const sr_block *met = block_of_line(t, line, &goes_on);
	if (met && goes_on && out->count) {
		out->items[out->count - 1].span.end = span.end;
		return true;
	}
	sr_block *block = SR_PUSH(t->b->arena, out);
	if (!block)
		return false;
	*block = met ? *met : (sr_block){ .kind = kind_left_out(t, line) };
	block->span = span;
	block->span.start += met && sr_str_starts(given, sr_str_slice(line, 0, t->label)) ? (uint32_t)t->label : 0;
	return true;
}

/* The text of an article is clean already: it stays as given, byte for byte, so that offsets into it are
 * offsets into what the caller has, and stays even if the page reader took all of it for a title or a byline.
 * Only a digest, whose own list of sources is no text, stays as read. */
static void keep_given(sr_build *b, sr_str text)
{
	if (b->doc->kind == SR_DOC_BRIEF || sr_build_status(b) != SR_OK || b->full || text.len > SR_TEXT_MAX)
		return;
	retrace t = { .b = b };
	block_list blocks = { 0 };
	sr_buf clean;
	sr_str rest = text, line;
	sr_buf_init(&clean, 0);
	while (b->status == SR_OK && blocks.count < SR_BUILD_BLOCKS_MAX && sr_str_next_line(&rest, &line)) {
		line = sr_str_trim(line);
		uint32_t start = (uint32_t)(line.ptr - text.ptr);
		sr_buf_clear(&clean);
		if (sr_extract_clean(&clean, line) != SR_OK || (clean.len && !add_line(&t, sr_buf_str(&clean), line, (sr_span){ start, start + (uint32_t)line.len }, &blocks)))
			b->status = SR_E_NOMEM;
	}
	sr_buf_deinit(&clean);
	if (b->status != SR_OK || !blocks.count || blocks.count >= SR_BUILD_BLOCKS_MAX)
		return;
	b->blocks.items = blocks.items;
	b->blocks.count = blocks.count;
	b->blocks.capacity = blocks.capacity;
	sr_buf_clear(&b->text);
	sr_buf_add(&b->text, text);
	b->marks.count = 0;
}

static void fill(sr_build *b, const sr_jval *article, sr_time now)
{
	sr_document *d = b->doc;
	sr_str id = id_of(b, sr_jval_get(article, "id")), url = sr_build_clean(b, sr_jval_str(sr_jval_get(article, "url")));
	d->url = url.len ? url : d->url;
	d->id = id.len ? id : d->id;
	d->title = sr_build_clean(b, sr_jval_str(sr_jval_get(article, "title")));
	d->site = sr_build_clean(b, first_of(article, "source", "site"));
	d->credit = sr_build_clean(b, first_of(article, "credit", "agency"));
	d->language = sr_build_clean(b, sr_jval_str(sr_jval_get(article, "language")));
	if (!sr_time_parse(sr_str_trim(first_of(article, "published", "date")), &d->published))
		d->published = SR_TIME_NONE;
	const sr_jval *people = sr_jval_get(article, "authors");
	add_people(b, people ? people : sr_jval_get(article, "byline"));
	sr_text_read(b, sr_jval_str(sr_jval_get(article, "text")), now);
	keep_given(b, sr_jval_str(sr_jval_get(article, "text")));
	/* a headline alone is still a report, in the source's words */
	if (!b->text.len && d->title.len && sr_build_block(b, SR_BLOCK_HEADING, d->title))
		sr_build_note(b, "no text: the title stands for it");
}

/* Bytes that are no UTF-8 cost the article some letters, and a note, instead of its place. */
static sr_str repaired(sr_arena *arena, sr_str line, size_t *replaced)
{
	sr_buf out;
	sr_buf_init(&out, 0);
	*replaced = sr_utf8_repair(&out, line);
	sr_str s = out.failed ? (sr_str){ 0 } : sr_str_dup(arena, sr_buf_str(&out));
	sr_buf_deinit(&out);
	return s;
}

static sr_status read_line(sr_input *entry, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_json *json;
	sr_build b;
	size_t replaced = 0;
	if (!sr_utf8_valid(entry->bytes))
		entry->bytes = repaired(arena, entry->bytes, &replaced);
	SR_TRY(sr_json_parse(entry->bytes, &json, err));
	sr_status status = SR_OK;
	const sr_jval *article = sr_json_root(json);
	if (!sr_jval_is_object(article) || !sr_jval_is_string(sr_jval_get(article, "text")))
		status = sr_fail(err, SR_E_INVALID, "not an object with a text");
	if (status == SR_OK)
		status = sr_build_begin(&b, entry, arena, err);
	if (status == SR_OK) {
		fill(&b, article, entry->now);
		if (replaced)
			sr_build_note(&b, "not all of it is UTF-8: \uFFFD stands in %zu place%s", replaced, replaced == 1 ? "" : "s");
		bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
		status = sr_build_end(&b, nothing ? NULL : out, err);
		if (status == SR_OK && nothing)
			status = sr_fail(err, SR_E_INVALID, "its text is empty");
	}
	sr_json_free(json);
	return status;
}

/* Lists why a line is no article. */
static sr_status refuse(sr_arena *arena, sr_documents *out, size_t bad, size_t number, const sr_error *failure, sr_error *err)
{
	if (!out->refused)
		out->refused = SR_NEW_ARRAY(arena, sr_str, SR_REFUSED_MAX + 1);
	if (!out->refused)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	if (bad <= SR_REFUSED_MAX)
		out->refused[out->refused_count++] = sr_str_printf(arena, "line %zu: %s", number, failure->message);
	return SR_OK;
}

static sr_status report(sr_arena *arena, sr_documents *out, size_t read, size_t bad, sr_error *err)
{
	if (!read)
		return bad ? sr_fail(err, SR_E_INVALID, "no line with an article; %.*s", SR_FMT(out->refused[0])) : sr_fail(err, SR_E_INVALID, "no line with an article");
	if (bad > SR_REFUSED_MAX)
		out->refused[out->refused_count++] = sr_str_printf(arena, "and %zu lines more that are no article", bad - SR_REFUSED_MAX);
	return SR_OK;
}

sr_status sr_extract_jsonl(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_str rest = input->bytes, line;
	sr_error failure;
	size_t number = 0, read = 0, bad = 0;
	if (sr_str_starts(rest, SR_STR("\xEF\xBB\xBF")))
		rest = sr_str_slice(rest, 3, rest.len);
	while (sr_str_next_line(&rest, &line)) {
		number++;
		line = sr_str_trim(line);
		if (!line.len)
			continue;
		if (read + bad >= SR_INPUT_ENTRIES_MAX)
			return sr_fail(err, SR_E_LIMIT, "more than %zu articles", SR_INPUT_ENTRIES_MAX);
		sr_input entry = *input;
		entry.bytes = line;
		if (input->path.len)
			entry.path = sr_str_printf(arena, "%.*s#%zu", SR_FMT(input->path), number);
		sr_status status = read_line(&entry, arena, out, &failure);
		if (status == SR_E_NOMEM)
			return sr_fail(err, status, "%s", failure.message);
		read += status == SR_OK;
		if (status != SR_OK)
			SR_TRY(refuse(arena, out, ++bad, number, &failure, err));
	}
	return report(arena, out, read, bad, err);
}
