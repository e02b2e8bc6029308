#include "sitrep/core/reading.h"

const sr_block *sr_document_block_at(const sr_document *doc, uint32_t offset)
{
	size_t low = 0, high = doc->block_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const sr_block *b = &doc->blocks[mid];
		if (offset < b->span.start)
			high = mid;
		else if (offset >= b->span.end)
			low = mid + 1;
		else
			return b;
	}
	return NULL;
}

const sr_relay *sr_document_relay_at(const sr_document *doc, uint32_t offset)
{
	const sr_block *block = doc->mark_count ? sr_document_block_at(doc, offset) : NULL;
	size_t low = 0, high = doc->mark_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (doc->marks[mid].offset <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	if (!block || low == doc->mark_count || doc->marks[low].offset > block->span.end)
		return NULL;
	for (size_t i = 0; i < doc->relay_count; i++)
		if (doc->relays[i].number == doc->marks[low].number)
			return &doc->relays[i];
	return NULL;
}

sr_time sr_document_time_at(const sr_document *doc, uint32_t offset)
{
	const sr_block *b = sr_document_block_at(doc, offset);
	return b && b->kind != SR_BLOCK_EVENT && sr_time_known(b->time) ? b->time : doc->published;
}

size_t sr_reading_sentence_at(const sr_reading *reading, uint32_t offset)
{
	size_t low = 0, high = reading->sentence_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		sr_span s = reading->sentences[mid].span;
		if (offset < s.start)
			high = mid;
		else if (offset >= s.end)
			low = mid + 1;
		else
			return mid;
	}
	return SIZE_MAX;
}

/* Index of the first of count records whose span ends behind the offset; first: that span in the first of them. */
static size_t first_behind(const sr_span *first, size_t record, size_t count, uint32_t offset)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const sr_span *span = (const sr_span *)((const char *)first + mid * record);
		if (span->end <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint32_t sr_reading_token_at(const sr_reading *r, uint32_t offset)
{
	return r->token_count ? (uint32_t)first_behind(&r->tokens->span, sizeof *r->tokens, r->token_count, offset) : 0;
}

size_t sr_reading_time_from(const sr_reading *r, uint32_t offset)
{
	return r->time_count ? first_behind(&r->times->span, sizeof *r->times, r->time_count, offset) : 0;
}

size_t sr_reading_entity_from(const sr_reading *r, uint32_t offset)
{
	return r->entity_count ? first_behind(&r->entities->span, sizeof *r->entities, r->entity_count, offset) : 0;
}

size_t sr_reading_quantity_from(const sr_reading *r, uint32_t offset)
{
	return r->quantity_count ? first_behind(&r->quantities->span, sizeof *r->quantities, r->quantity_count, offset) : 0;
}
