/* WARC: every record with a page or a text in it goes through the door again. */
#include "container.h"
#include "extractors.h"

#include "sitrep/base/url.h"
#include "sitrep/format/warc.h"

/* What an archive holds that can be an article. */
static const sr_str pages[] = { SR_STR_INIT("text/html"), SR_STR_INIT("application/xhtml+xml") };
static const sr_str others[] = { SR_STR_INIT("text/plain"),          SR_STR_INIT("application/rss+xml"),
	                             SR_STR_INIT("application/atom+xml"), SR_STR_INIT("application/xml"),
	                             SR_STR_INIT("text/xml") };

static bool is_one_of(sr_str mime, const sr_str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (sr_str_starts_nocase(mime, list[i]))
			return true;
	return false;
}

static bool is_wanted(const sr_warc_record *r)
{
	if (r->kind == SR_WARC_OTHER || r->kind == SR_WARC_REVISIT || (r->http && r->http_status / 100 != 2))
		return false;
	if (is_one_of(r->content_type, pages, sizeof pages / sizeof *pages))
		return true;
	/* crawlers keep a site's robots.txt */
	return is_one_of(r->content_type, others, sizeof others / sizeof *others) &&
	       !sr_str_ends(sr_url_split(r->url).path, SR_STR("/robots.txt"));
}

static sr_input_type type_of(const sr_warc_record *r, const sr_input *page)
{
	/* an archive says what a page was served as, and that is what a browser would have gone by */
	if (is_one_of(r->content_type, pages, sizeof pages / sizeof *pages))
		return SR_INPUT_HTML;
	sr_input_type type = sr_extract_sniff(page, NULL);
	return type == SR_INPUT_WARC || type == SR_INPUT_AUTO ? SR_INPUT_TEXT : type;
}

static sr_status read_record(const sr_input *input, const sr_warc_record *r, sr_arena *arena, sr_documents *out,
                             sr_error *err)
{
	sr_input page = *input;
	size_t before = out->count;
	page.bytes = r->body;
	page.path = sr_container_path(input, arena, r->number);
	page.url = r->url;
	page.content_type = r->content_type;
	page.retrieved = sr_time_known(r->date) ? r->date : input->retrieved;
	if (r->fault && (r->content_encoding.len || r->body.len == 0))
		return sr_fail(err, SR_E_INVALID, "%s", r->fault);
	page.type = type_of(r, &page);
	SR_TRY(sr_extract(&page, arena, out, err));
	if (r->fault && out->count > before &&
	    !sr_container_note(arena, out->items[before], sr_str_printf(arena, "the record was %s", r->fault)))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}

static sr_status read_all(sr_warc *warc, const sr_input *input, sr_arena *arena, sr_documents *out, sr_container *c,
                          sr_error *err)
{
	sr_warc_record r;
	sr_error failure = { 0 };
	sr_status status;
	while ((status = sr_warc_next(warc, &r, err)) == SR_OK) {
		if (r.number > SR_INPUT_ENTRIES_MAX)
			return sr_fail(err, SR_E_LIMIT, "more than %zu records", SR_INPUT_ENTRIES_MAX);
		if (!is_wanted(&r))
			continue;
		sr_status one = read_record(input, &r, arena, out, &failure);
		SR_TRY(sr_container_count(c, one, "record", r.number, &failure, err));
	}
	return status == SR_E_NOT_FOUND ? SR_OK : status;
}

sr_status sr_extract_warc(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_container c = { .what = "pages of the archive" };
	sr_warc *warc = sr_warc_new(input->bytes);
	if (!warc)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	sr_status status = read_all(warc, input, arena, out, &c, err);
	size_t damaged = sr_warc_damaged(warc);
	sr_warc_free(warc);
	SR_TRY(status);
	SR_TRY(sr_container_report(&c, arena, out, err));
	if (damaged && !sr_container_note(arena, out->items[out->count - 1],
	                                  sr_str_printf(arena, "%zu damaged stretches of the archive were passed over", damaged)))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}
