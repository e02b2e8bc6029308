/* JSON Lines, one article a line: `text` and any of id, url, title, date|published, source|site,
 * authors|byline, credit|agency, language. A line that is no article is passed over and noted. */
#include "extractors.h"
#include "fragment.h"
#include "text.h"

#include "sitrep/base/json.h"

static sr_str first_of(const sr_jval *article, const char *key, const char *other)
{
	sr_str s = sr_jval_str(sr_jval_get(article, key));
	return s.len ? s : sr_jval_str(sr_jval_get(article, other));
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

/* Whether a says what b says, white space aside. */
static bool same_letters(sr_str a, sr_str b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.len && (a.ptr[i] == ' ' || a.ptr[i] == '\n'))
			i++;
		while (k < b.len && (b.ptr[k] == ' ' || b.ptr[k] == '\n'))
			k++;
		if (i == a.len || k == b.len)
			return i == a.len && k == b.len;
		if (a.ptr[i++] != b.ptr[k++])
			return false;
	}
}

/* The text of an article is clean already: where reading it as a page would lose a word of it (a
 * dateline, what looks like a mark of Markdown), its paragraphs stand as given. What the page told
 * of place, agency and times stays. */
static void keep_whole(sr_build *b, sr_str text)
{
	sr_buf clean;
	if (b->doc->kind != SR_DOC_ARTICLE || sr_build_status(b) != SR_OK || b->full)
		return;
	sr_buf_init(&clean, 0);
	if (sr_extract_clean(&clean, text) != SR_OK)
		b->status = SR_E_NOMEM;
	else if (!same_letters(sr_buf_str(&clean), sr_buf_str(&b->text))) {
		sr_buf_clear(&b->text);
		b->blocks.count = b->marks.count = 0;
		sr_fragment_read_plain(b, text);
	}
	sr_buf_deinit(&clean);
}

static void fill(sr_build *b, const sr_jval *article, sr_time now)
{
	sr_document *d = b->doc;
	sr_str id = sr_build_clean(b, sr_jval_str(sr_jval_get(article, "id"))), url = sr_build_clean(b, sr_jval_str(sr_jval_get(article, "url")));
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
	keep_whole(b, sr_jval_str(sr_jval_get(article, "text")));
	/* a headline alone is still a report, in the source's words */
	if (!b->text.len && d->title.len && sr_build_block(b, SR_BLOCK_HEADING, d->title))
		sr_build_note(b, "no text: the title stands for it");
}

static sr_status read_line(const sr_input *entry, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_json *json;
	sr_build b;
	SR_TRY(sr_json_parse(entry->bytes, &json, err));
	sr_status status = SR_OK;
	const sr_jval *article = sr_json_root(json);
	if (!sr_jval_is_object(article) || !sr_jval_is_string(sr_jval_get(article, "text")))
		status = sr_fail(err, SR_E_INVALID, "not an object with a text");
	if (status == SR_OK)
		status = sr_build_begin(&b, entry, arena, err);
	if (status == SR_OK) {
		fill(&b, article, entry->now);
		bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
		status = sr_build_end(&b, nothing ? NULL : out, err);
		if (status == SR_OK && nothing)
			status = sr_fail(err, SR_E_INVALID, "its text is empty");
	}
	sr_json_free(json);
	return status;
}

/* What was passed over is noted at the last document read, so that it is not lost silently. */
static sr_status report(sr_arena *arena, sr_documents *out, size_t read, size_t bad, const sr_error *first, sr_error *err)
{
	if (!bad)
		return read ? SR_OK : sr_fail(err, SR_E_INVALID, "no line with an article");
	if (!read)
		return sr_fail(err, first->status, "no line with an article; %s", first->message);
	sr_document *last = out->items[out->count - 1];
	sr_str *notes = SR_NEW_ARRAY(arena, sr_str, last->note_count + 1);
	if (!notes)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < last->note_count; i++)
		notes[i] = last->notes[i];
	notes[last->note_count++] = sr_str_printf(arena, "%zu lines of the file were passed over; first: %s", bad, first->message);
	last->notes = notes;
	return SR_OK;
}

sr_status sr_extract_jsonl(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_str rest = input->bytes, line;
	sr_error first = { 0 }, failure;
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
		if (status != SR_OK && bad++ == 0)
			first.status = sr_fail(&first, status, "line %zu: %s", number, failure.message);
	}
	return report(arena, out, read, bad, &first, err);
}
