/* What the words of a line may be besides a source's own: fixed frames, dates, and names that the
 * source's own data give (its publisher, its agency, the outlets that a digest lists). */
#include "align.h"

static bool frame_fits(const aligner *a, size_t i, const sr_vframe *f)
{
	if (i + f->count > a->words.count || (f->dates && (i + f->count == a->words.count || !(a->flags[i + f->count] & SR_ALIGN_DATE))))
		return false;
	for (size_t k = 0; k < f->count; k++) {
		const sr_vword *w = &a->words.items[i + k];
		if (w->quoted || !sr_str_eq_nocase(sr_word_text(a->line, w), f->words[k]))
			return false;
		/* in mid-sentence a capital makes it a name, not a frame */
		if (!w->initial && sr_word_capital(a->line, w) && a->words.items[i].segment == w->segment && i + k > 0 &&
		    w[-1].segment == w->segment)
			return false;
	}
	return true;
}

static void mark(aligner *a, size_t i, size_t count, uint8_t flags, uint16_t frame)
{
	for (size_t k = i; k < i + count; k++) {
		a->flags[k] |= flags;
		a->frame_of[k] = frame;
	}
	if (flags & SR_ALIGN_JOIN)
		a->flags[i + count] |= SR_ALIGN_JOIN;
}

static void mark_fixed(aligner *a)
{
	const sr_lexicon *lex = a->ctx->lex;
	for (size_t i = 0; i < a->words.count; i++) {
		int64_t at = sr_word_lookup(&lex->first, sr_word_text(a->line, &a->words.items[i]));
		for (size_t f = at ? (size_t)at - 1 : SIZE_MAX; f < lex->frames.count; f++) {
			const sr_vframe *frame = &lex->frames.items[f];
			if (!sr_str_eq(frame->words[0], lex->frames.items[at - 1].words[0]))
				break;
			if (!frame_fits(a, i, frame))
				continue;
			mark(a, i, frame->count, (uint8_t)(SR_ALIGN_SKIP | (frame->joins ? SR_ALIGN_JOIN : 0)), (uint16_t)(f + 1));
			break;
		}
	}
}

static sr_status mark_name(aligner *a, sr_str name)
{
	sr_vwords parts = { 0 };
	SR_TRY(sr_words_split(a->ctx->lex, name, 0, (uint32_t)name.len, 0, false, a->arena, &parts));
	if (!parts.count)
		return SR_OK;
	for (size_t i = 0; i + parts.count <= a->words.count; i++) {
		size_t k = 0;
		while (k < parts.count && !a->words.items[i + k].quoted &&
		       sr_word_same(a->line, &a->words.items[i + k], name, &parts.items[k]))
			k++;
		if (k == parts.count)
			mark(a, i, k, SR_ALIGN_SKIP | SR_ALIGN_JOIN, 0);
	}
	return SR_OK;
}

/* A digest's own number stood in the span, or it is the next one in the paragraph after it. */
bool sr_cite_relays(const sr_vcite *cite, uint32_t number)
{
	const sr_block *block = sr_document_block_at(cite->doc, cite->span.start);
	uint32_t next = UINT32_MAX;
	for (size_t i = 0; i < cite->doc->mark_count; i++) {
		const sr_relay_mark *m = &cite->doc->marks[i];
		if (m->offset <= cite->span.start || (block && m->offset > block->span.end) || m->offset > next)
			continue;
		if (m->offset >= cite->span.end)
			next = m->offset;
		if (m->number == number)
			return true;
	}
	return false;
}

static sr_status mark_names(aligner *a)
{
	for (size_t i = 0; i < a->cite_count; i++) {
		const sr_vcite *c = &a->cites[i];
		if (i && c->source == a->cites[i - 1].source && c->doc->relay_count == 0)
			continue;
		SR_TRY(mark_name(a, c->source->publisher));
		SR_TRY(mark_name(a, c->source->credit));
		for (size_t r = 0; r < c->doc->relay_count; r++)
			if (sr_cite_relays(c, c->doc->relays[r].number))
				SR_TRY(mark_name(a, c->doc->relays[r].publisher));
	}
	return SR_OK;
}

/* The line says who speaks, or that the day is that of a report: "(reported 4 Nov)". */
static sr_vdate kind_of_date(const aligner *a, size_t i)
{
	for (size_t k = 0; k < a->words.count; k++)
		if ((a->words.items[k].classes & SR_VW_SAYING) || (k > 0 && a->line.ptr[a->words.items[k - 1].end] == ':'))
			return SR_VDATE_SAID;
	/* "(as of 4 Nov)": a date that only a frame leads in */
	for (size_t f = 0; f < a->ctx->lex->frames.count; f++) {
		const sr_vframe *frame = &a->ctx->lex->frames.items[f];
		size_t n = 0;
		while (frame->dates && n < frame->count && i >= frame->count && sr_str_eq_nocase(sr_word_text(a->line, &a->words.items[i - frame->count + n]), frame->words[n]))
			n++;
		if (frame->dates && n == frame->count)
			return SR_VDATE_SAID;
	}
	return SR_VDATE_HAPPENED;
}

static bool any_supports(aligner *a, sr_time t, sr_vdate of)
{
	if (!sr_time_known(t))
		return true;
	for (size_t i = 0; i < a->cite_count; i++)
		if (sr_date_supported(a->ctx, t, &a->cites[i], of))
			return true;
	return false;
}

/* A date without a year is of the page's year; where the page has none, of that in which some cited source speaks. */
static bool date_holds(aligner *a, sr_time first, sr_time last, sr_vdate of)
{
	if (!first.year && sr_time_known(a->ctx->dossier->updated))
		first.year = last.year = a->ctx->dossier->updated.year;
	if (first.year)
		return any_supports(a, first, of) && any_supports(a, last, of);
	for (size_t i = 0; i < a->cite_count; i++) {
		sr_time said = sr_document_time_at(a->cites[i].doc, a->cites[i].span.start);
		for (int back = 0; back < 2 && sr_time_known(said); back++) {
			first.year = (int16_t)(said.year - back);
			last.year = first.year;
			if (any_supports(a, first, of) && any_supports(a, last, of))
				return true;
		}
	}
	return false;
}

static void mark_dates(aligner *a)
{
	for (size_t i = 0; i < a->words.count; i++) {
		sr_time first, last;
		size_t n = sr_date_words(a->ctx->lex, a->line, a->words.items, a->words.count, i, &first, &last);
		if (!n)
			continue;
		if (!a->words.items[i].quoted && date_holds(a, first, last, kind_of_date(a, i)))
			mark(a, i, n, SR_ALIGN_SKIP | SR_ALIGN_DATE, 0);
		i += n - 1;
	}
}

sr_status sr_align_mark_frames(aligner *a)
{
	mark_dates(a);
	mark_fixed(a);
	return mark_names(a);
}
