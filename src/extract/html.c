/* An HTML page into one document.
 *
 * Who is believed, field by field: JSON-LD, then microdata, then Open Graph and other meta elements, then what the
 * markup shows (<time>, rel=author, class names), then visible text, then the URL. A lower source only fills
 * what the higher ones left open. The exceptions, because pages are wrong in the same way again and again:
 * - the title is the <h1> that stands in the article or right before it, if there is one: declared titles are
 *   written for networks and search engines, the heading for readers;
 * - meta elements that content systems fill by themselves (`date`, `dcterms.date`: rank 3 and more in
 *   data/html/meta.tsv) come after the date that the page shows;
 * - a declared author who is an account ("mkessel", the site's own name) or a first name gives way to the full name
 *   that the page shows; organisations named as authors are no bylines, and an agency among them becomes the credit;
 * - the language is the detector's, where it is sure: templates declare the one that they were written in. */
#include "extractors.h"
#include "html_page.h"
#include "text.h"

#include "sitrep/base/charset.h"
#include "sitrep/base/utf8.h"
#include "sitrep/lang.h"

#include <string.h>

#define ARTICLE_MIN 200 /* bytes of text, of a page that neither says that it is an article nor is dated */
#define DETECT_MIN 200 /* bytes of text */
#define DETECT_MAX 800
#define SCRATCH_MAX ((size_t)160 << 20)

/* The detector's word on the text, where it is sure of enough of it: templates often declare the language
 * that they were written in. Else what the page declares. */
static sr_str language_of(html_page *p)
{
	sr_str text = sr_buf_str(&p->build->text), declared = p->language.value;
	size_t end = text.len < DETECT_MAX ? text.len : DETECT_MAX;
	while (end < text.len && !sr_utf8_boundary(text, end))
		end++;
	if (end >= DETECT_MIN) {
		sr_str found = sr_lang_detect(sr_str_slice(text, 0, end));
		if (found.len)
			return sr_str_dup(p->build->arena, found);
	}
	size_t len = 0;
	char lower[4];
	while (len < 3 && len < declared.len && sr_is_alpha((unsigned char)declared.ptr[len])) {
		lower[len] = (char)(declared.ptr[len] | 32);
		len++;
	}
	bool tag = len >= 2 && (len == declared.len || declared.ptr[len] == '-' || declared.ptr[len] == '_');
	return tag ? sr_str_dup(p->build->arena, sr_str_make(lower, len)) : (sr_str){ 0 };
}

static void fill_document(html_page *p)
{
	sr_build *b = p->build;
	sr_document *d = b->doc;
	d->title = sr_build_clean(b, p->title.value);
	d->site = sr_build_clean(b, p->site.value);
	d->section = sr_build_clean(b, p->section.value);
	d->canonical = sr_build_clean(b, p->canonical.value);
	if (!d->url.len)
		d->url = d->canonical;
	d->published = p->published.value;
	d->modified = p->modified.value;
	d->dateline = sr_build_clean(b, p->dateline);
	d->language = language_of(p);
	d->credit = sr_build_clean(b, p->credit);
	d->correction = sr_build_clean(b, p->correction);
	d->paywalled = p->paywalled;
	bool bare = !p->article && !sr_time_known(d->published) && b->text.len < ARTICLE_MIN;
	d->kind = p->live ? SR_DOC_LIVE : bare ? SR_DOC_PAGE : SR_DOC_ARTICLE;
	if (b->text.len == 0)
		sr_build_note(b, "no text of an article was found");
	d->status = p->withdrawn ? SR_DOC_WITHDRAWN : p->correction.len ? SR_DOC_CORRECTED : SR_DOC_USABLE;
	for (size_t i = 0; i < p->people.count; i++)
		if (!sr_str_eq(p->people.items[i].name, p->credit)) /* an agency that only the dateline gave away */
			sr_build_byline(b, p->people.items[i].name);
	for (size_t i = 0; i < p->images.count; i++)
		sr_build_image(b, p->images.items[i].url, p->images.items[i].caption, p->images.items[i].credit);
	for (sr_html_cut cut = 0; cut < SR_HTML_CUT_COUNT; cut++)
		if (p->html.cuts >> cut & 1)
			sr_build_note(b, "the page was cut at the ceiling on %s", sr_html_cut_name(cut));
}

static sr_status read_page(html_page *p, sr_str text, sr_error *err)
{
	sr_html_limits limits = SR_HTML_LIMITS;
	limits.is_utf8 = true; /* decoded */
	SR_TRY(sr_html_parse(text, &limits, p->arena, &p->html, err));
	p->title.from = p->site.from = FROM_NOWHERE;
	p->published.from = p->modified.from = FROM_NOWHERE;
	p->roles = SR_NEW_ARRAY(p->arena, uint32_t, p->html.count);
	if (!p->roles)
		return sr_fail(err, SR_E_NOMEM, "no memory for the page");
	sr_strmap_init(&p->role_of, p->arena);
	html_find_roles(p);
	html_read_json_ld(p);
	html_read_meta(p);
	html_find_heading(p);
	html_find_root(p);
	if (p->build->status != SR_OK)
		return sr_fail(err, p->build->status, "no memory for the page");
	html_find_title(p);
	html_read_dates(p);
	html_read_visible(p);
	html_emit(p);
	fill_document(p);
	sr_text_digest(p->build, p->input->now, p->arena);
	return SR_OK;
}

sr_status sr_extract_html(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_build b;
	sr_decoded decoded;
	SR_TRY(sr_build_begin(&b, input, arena, err));
	html_page p = { .build = &b, .input = input, .arena = sr_arena_new(SCRATCH_MAX) };
	sr_buf_init(&p.scratch, 0);
	sr_status status = p.arena ? SR_OK : sr_fail(err, SR_E_NOMEM, "no memory for the page");
	if (status == SR_OK)
		status = sr_charset_decode(input->bytes, input->content_type, SR_MARKUP_HTML, p.arena, &decoded, err);
	if (status == SR_OK)
		status = read_page(&p, decoded.text, err);
	if (status == SR_OK)
		status = sr_build_end(&b, out, err);
	else
		(void)!sr_build_end(&b, NULL, NULL);
	sr_buf_deinit(&p.scratch);
	sr_arena_free(p.arena);
	return status;
}
