/* NITF, NewsML and ninjs: an item a document. A withheld or canceled item is kept, as withdrawn, with
 * whatever text is left of it, so that a story can drop what it said. */
#include "container.h"
#include "extractors.h"
#include "fragment.h"

#include "sitrep/format/news.h"

static const sr_block_kind kinds[] = { [SR_NEWS_PARAGRAPH] = SR_BLOCK_PARAGRAPH, [SR_NEWS_HEADING] = SR_BLOCK_HEADING,
	                                   [SR_NEWS_QUOTE] = SR_BLOCK_QUOTE, [SR_NEWS_LIST] = SR_BLOCK_LIST,
	                                   [SR_NEWS_CAPTION] = SR_BLOCK_CAPTION };

static void read_body(sr_build *b, const sr_news_item *item)
{
	for (size_t i = 0; i < item->block_count; i++)
		(void)sr_build_block(b, kinds[item->blocks[i].kind], item->blocks[i].text);
	if (item->html.len)
		sr_fragment_read(b, item->html, item->url);
	else if (item->plain.len)
		sr_fragment_read_plain(b, item->plain);
	/* what is withdrawn may come without its text */
	if (!b->text.len && item->editorial_note.len)
		(void)sr_build_block(b, SR_BLOCK_PARAGRAPH, item->editorial_note);
	if (!b->text.len)
		(void)sr_build_block(b, SR_BLOCK_PARAGRAPH, item->headline);
}

static void read_status(sr_build *b, const sr_news_item *item)
{
	sr_document *d = b->doc;
	if (item->status != SR_NEWS_USABLE) {
		d->status = SR_DOC_WITHDRAWN;
		sr_build_note(b, item->status == SR_NEWS_CANCELED ? "canceled by its publisher" : "withheld by its publisher");
	} else if (item->correction)
		d->status = SR_DOC_CORRECTED;
	if (d->status != SR_DOC_USABLE)
		d->correction = sr_build_clean(b, item->editorial_note);
	if (item->embargoed)
		sr_build_note(b, "under embargo");
}

static void fill(sr_build *b, const sr_news_item *item)
{
	sr_document *d = b->doc;
	sr_str id = sr_build_clean(b, item->id);
	d->kind = SR_DOC_ARTICLE;
	if (id.len)
		d->id = id;
	if (item->url.len)
		d->url = sr_build_clean(b, item->url);
	d->title = sr_build_clean(b, item->headline.len ? item->headline : item->slugline);
	d->site = sr_build_clean(b, item->provider);
	d->section = sr_build_clean(b, item->section);
	d->credit = sr_build_clean(b, item->credit);
	d->dateline = sr_build_clean(b, item->dateline);
	d->published = item->published;
	d->modified = item->updated;
	sr_fragment_byline(b, item->byline);
	read_status(b, item);
	read_body(b, item);
	for (size_t i = 0; i < item->image_count; i++)
		sr_build_image(b, item->images[i].url, item->images[i].caption, item->images[i].credit);
	d->language = sr_fragment_language(b, item->language);
}

static sr_status read_item(const sr_input *input, const sr_news *news, size_t i, sr_arena *arena, sr_documents *out,
                           sr_error *err)
{
	sr_input entry = *input;
	sr_build b;
	if (news->count > 1)
		entry.path = sr_container_path(input, arena, i + 1);
	SR_TRY(sr_build_begin(&b, &entry, arena, err));
	fill(&b, &news->items[i]);
	for (size_t k = 0; i == 0 && k < news->note_count; k++)
		sr_build_note(&b, "%.*s", SR_FMT(news->notes[k]));
	bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
	SR_TRY(sr_build_end(&b, nothing ? NULL : out, err));
	return nothing ? sr_fail(err, SR_E_INVALID, "its text is empty") : SR_OK;
}

sr_status sr_extract_news(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_container c = { .what = "items of the message" };
	sr_news *news;
	sr_error failure = { 0 };
	if (input->type == SR_INPUT_NINJS)
		SR_TRY(sr_ninjs_read(input->bytes, input->content_type, arena, &news, err));
	else if (input->type == SR_INPUT_NITF)
		SR_TRY(sr_nitf_read(input->bytes, input->content_type, arena, &news, err));
	else
		SR_TRY(sr_newsml_read(input->bytes, input->content_type, arena, &news, err));
	for (size_t i = 0; i < news->count; i++) {
		sr_status status = read_item(input, news, i, arena, out, &failure);
		SR_TRY(sr_container_count(&c, status, "item", i + 1, &failure, err));
	}
	return sr_container_report(&c, arena, out, err);
}
