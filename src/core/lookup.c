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
	size_t k = 0;
	while (block && k < doc->mark_count && doc->marks[k].offset <= offset)
		k++;
	if (!block || k == doc->mark_count || doc->marks[k].offset > block->span.end)
		return NULL;
	for (size_t i = 0; i < doc->relay_count; i++)
		if (doc->relays[i].number == doc->marks[k].number)
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

uint32_t sr_reading_token_at(const sr_reading *reading, uint32_t offset)
{
	size_t low = 0, high = reading->token_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (reading->tokens[mid].span.end <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	return (uint32_t)low;
}
