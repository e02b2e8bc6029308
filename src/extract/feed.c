/* Feeds: every entry that carries text becomes a document. An entry with only a summary is kept as
 * a page, with a note: the article itself stands elsewhere. */
#include "container.h"
#include "extractors.h"
#include "fragment.h"

#include "sitrep/format/feed.h"

#define WHOLE_TEXT 800 /* bytes of a "summary" from which it is the text itself */
#define WHOLE_BLOCKS 4

static void read_body(sr_build *b, const sr_feed_entry *e)
{
	bool content = e->content.len > 0;
	sr_str body = content ? e->content : e->summary;
	if (content ? e->content_is_html : e->summary_is_html)
		sr_fragment_read(b, body, e->base.len ? e->base : e->link);
	else
		sr_fragment_read_plain(b, body);
	if (content || b->text.len >= WHOLE_TEXT || b->blocks.count >= WHOLE_BLOCKS)
		return;
	b->doc->kind = SR_DOC_PAGE;
	sr_build_note(b, "the feed gives only a summary");
}

static void fill(sr_build *b, const sr_feed *feed, const sr_feed_entry *e)
{
	sr_document *d = b->doc;
	sr_str id = sr_build_clean(b, e->id), link = sr_build_clean(b, e->link);
	d->kind = SR_DOC_ARTICLE;
	if (link.len)
		d->url = link;
	if (id.len || link.len)
		d->id = id.len ? id : link;
	d->title = e->title_is_html ? sr_fragment_line(b, e->title) : sr_build_clean(b, e->title);
	d->site = sr_build_clean(b, e->source_title.len ? e->source_title : feed->title);
	d->published = e->published;
	d->modified = e->updated;
	for (size_t i = 0; i < e->author_count; i++)
		sr_fragment_byline(b, e->authors[i].name);
	read_body(b, e);
	sr_build_image(b, e->image, e->image_caption, e->image_credit);
	d->language = sr_fragment_language(b, e->language.len ? e->language : feed->language);
}

static sr_status read_entry(const sr_input *input, const sr_feed *feed, size_t i, sr_arena *arena, sr_documents *out,
                            sr_error *err)
{
	const sr_feed_entry *e = &feed->entries[i];
	sr_input entry = *input;
	sr_build b;
	entry.path = sr_container_path(input, arena, i + 1);
	/* the bytes that the document stands on: its own part of the feed */
	entry.bytes = e->content.len ? e->content : e->summary;
	if (!entry.bytes.len)
		return sr_fail(err, SR_E_INVALID, "no text, only an address");
	SR_TRY(sr_build_begin(&b, &entry, arena, err));
	fill(&b, feed, e);
	bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
	SR_TRY(sr_build_end(&b, nothing ? NULL : out, err));
	return nothing ? sr_fail(err, SR_E_INVALID, "its text is empty") : SR_OK;
}

sr_status sr_extract_feed(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_container c = { .what = "entries of the feed" };
	sr_feed *feed;
	sr_error failure = { 0 };
	size_t before = out->count;
	if (sr_str_find_nocase(sr_str_slice(input->bytes, 0, 4096), SR_STR("<opml"), 0) != SIZE_MAX)
		return sr_fail(err, SR_E_UNSUPPORTED, "a list of feeds (OPML), no articles; feed import reads it");
	SR_TRY(sr_feed_read(input->bytes, input->url, input->content_type, arena, &feed, err));
	for (size_t i = 0; i < feed->entry_count; i++) {
		sr_status status = read_entry(input, feed, i, arena, out, &failure);
		SR_TRY(sr_container_count(&c, status, "entry", i + 1, &failure, err));
	}
	SR_TRY(sr_container_report(&c, arena, out, err));
	for (size_t i = 0; i < feed->note_count; i++)
		if (!sr_container_note(arena, out->items[before], sr_str_printf(arena, "feed: %.*s", SR_FMT(feed->notes[i]))))
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}
