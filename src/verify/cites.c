/* What a line cites: which source, whether the span can be shown, and whether its words still stand. */
#include "walk.h"

#include "sitrep/base/utf8.h"

const sr_source *sr_verify_source(const sr_vcontext *ctx, uint32_t n, const sr_document **doc)
{
	const int64_t *at = sr_strmap_get(&ctx->known->numbers, sr_str_make((const char *)&n, sizeof n));
	*doc = at ? ctx->docs[*at - 1] : NULL;
	return at ? &ctx->dossier->sources[*at - 1] : NULL;
}

static bool word_byte(sr_str text, size_t at)
{
	unsigned char c = (unsigned char)text.ptr[at];
	return sr_is_alpha(c) || sr_is_digit(c);
}

/* A cite stays in its paragraph, but a quotation may run on: then the next one opens with its mark; or have its speaker
 * below: then the last one is short and opens with the dash before who is signed. */
static bool crosses_paragraphs(sr_str cut)
{
	for (size_t at = 0; (at = sr_str_find(cut, SR_STR("\n\n"), at)) != SIZE_MAX;) {
		at += 2;
		size_t next = at;
		uint32_t cp = at < cut.len ? sr_utf8_next(cut, &next) : 0;
		bool signs = sr_cp_is_dash(cp) && cut.len - at <= SR_VERIFY_SIGNATURE_MAX && sr_str_find(cut, SR_STR("\n\n"), at) == SIZE_MAX;
		if (!sr_cp_is_quote(cp) && !signs)
			return true;
	}
	return false;
}

/* Why a span cannot be cited; NULL if it can. */
static const char *flaw_of(sr_str text, sr_span s)
{
	if (s.end <= s.start)
		return "the cited span is empty";
	if (s.end > text.len)
		return "the cited span ends after the text";
	if (s.end - s.start > SR_VERIFY_SPAN_MAX)
		return "the cited span is too long to prove anything";
	if (!sr_utf8_boundary(text, s.start) || !sr_utf8_boundary(text, s.end))
		return "the cited span cuts a character";
	sr_str cut = sr_span_of(text, s);
	if (sr_str_trim(cut).len != cut.len)
		return "the cited span begins or ends with white space";
	if (crosses_paragraphs(cut))
		return "the cited span is more than a paragraph";
	if ((s.start > 0 && word_byte(text, s.start) && word_byte(text, s.start - 1)) ||
	    (s.end < text.len && word_byte(text, s.end) && word_byte(text, s.end - 1)))
		return "the cited span cuts a word";
	return NULL;
}

bool sr_cites_resolve(sr_vcontext *ctx, const sr_vpart *p, const sr_cite *cites, size_t count, sr_vcite *out)
{
	ctx->cites += count;
	if (count == 0 || count > SR_VERIFY_CITES_MAX) {
		sr_part_fails(ctx, p, count ? SR_STR("it has too many cites") : SR_STR("it cites nothing"));
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		out[i].source = sr_verify_source(ctx, cites[i].source, &out[i].doc);
		out[i].span = cites[i].span;
		const char *why = !out[i].source ? "it cites a source that is not listed"
		                  : !out[i].doc  ? "the original it cites is not here or has changed"
		                                 : flaw_of(out[i].doc->text, out[i].span);
		if (why) {
			sr_part_fails(ctx, p, sr_str_printf(ctx->arena, "%s (source %u, bytes %u to %u)", why, cites[i].source, cites[i].span.start, cites[i].span.end));
			return false;
		}
	}
	return true;
}

void sr_cites_append(const sr_vcontext *ctx, sr_cites cites, sr_vcite *out, size_t *count)
{
	for (size_t i = 0; i < cites.count && *count < SR_VERIFY_CITES_MAX; i++) {
		sr_vcite *c = &out[*count];
		c->source = sr_verify_source(ctx, cites.items[i].source, &c->doc);
		c->span = cites.items[i].span;
		*count += c->source && c->doc && !flaw_of(c->doc->text, c->span);
	}
}

/* A correction note names what was wrong beside what is right. */
static bool in_correction(const sr_vcite *cite)
{
	sr_str note = cite->doc->correction;
	size_t at = note.len ? sr_str_find(cite->doc->text, note, 0) : SIZE_MAX;
	return at != SIZE_MAX && cite->span.start < at + note.len && at < cite->span.end;
}

/* A source that its outlet took back bears only what the edition before said by it; a correction is news, and bears nothing else. */
bool sr_cites_taken_back(sr_vcontext *ctx, const sr_vpart *p, const sr_vcite *cites, size_t count)
{
	bool news = p->kind == SR_PART_UPDATE || p->kind == SR_PART_CHANGE;
	if (p->kind == SR_PART_CHANGE && p->at[0] == SR_CHANGES_WITHDRAWN)
		return false;
	for (size_t i = 0; i < count; i++)
		if (cites[i].source->status == SR_DOC_WITHDRAWN) {
			sr_part_fails(ctx, p, sr_str_printf(ctx->arena, "source %u has been withdrawn", cites[i].source->n));
			return true;
		} else if (!news && in_correction(&cites[i])) {
			sr_part_fails(ctx, p, sr_str_printf(ctx->arena, "source %u bytes %u to %u is a correction note", cites[i].source->n, cites[i].span.start, cites[i].span.end));
			return true;
		}
	return false;
}
