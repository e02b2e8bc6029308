#include "extractors.h"

#include <stdlib.h>

/* One row a type: who reads it. */
static sr_extractor *const readers[SR_INPUT_TYPE_COUNT] = {
	[SR_INPUT_TEXT] = sr_extract_text,
	[SR_INPUT_MARKDOWN] = sr_extract_text,
	[SR_INPUT_JSONL] = sr_extract_jsonl,
	[SR_INPUT_HTML] = sr_extract_html,
	[SR_INPUT_FEED] = sr_extract_feed,
	[SR_INPUT_WARC] = sr_extract_warc,
	[SR_INPUT_NITF] = sr_extract_news,
	[SR_INPUT_NEWSML] = sr_extract_news,
	[SR_INPUT_NINJS] = sr_extract_news,
	[SR_INPUT_EML] = sr_extract_mail,
};

sr_status sr_extract(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_input settled = *input;
	if (input->bytes.len == 0)
		return sr_fail(err, SR_E_INVALID, "empty");
	if (input->bytes.len > SR_INPUT_MAX)
		return sr_fail(err, SR_E_LIMIT, "larger than %zu MB", SR_INPUT_MAX >> 20);
	if (settled.type == SR_INPUT_AUTO)
		settled.type = sr_extract_sniff(input, err);
	if (settled.type == SR_INPUT_AUTO)
		return SR_E_INVALID;
	if ((size_t)settled.type >= SR_INPUT_TYPE_COUNT || !readers[settled.type])
		return sr_fail(err, SR_E_UNSUPPORTED, "%s is not read by this build", sr_input_type_name(settled.type));
	return readers[settled.type](&settled, arena, out, err);
}

static int64_t day_of(sr_time t)
{
	int64_t seconds = sr_time_epoch(t);
	return (seconds - (seconds % 86400 + 86400) % 86400) / 86400;
}

static sr_time moved(sr_time t, int years)
{
	if (!sr_time_known(t) || t.year + years < 1 || t.year + years > 9999)
		return t;
	t.year = (int16_t)(t.year + years);
	if (t.day > sr_days_in_month(t.year, t.month))
		t.day = (uint8_t)sr_days_in_month(t.year, t.month);
	return t;
}

void sr_extract_move_years(sr_document *doc, int years)
{
	doc->published = moved(doc->published, years);
	doc->modified = moved(doc->modified, years);
	for (size_t i = 0; i < doc->block_count; i++)
		doc->blocks[i].time = moved(doc->blocks[i].time, years);
}

#define YEARS_BACK 5
#define NEAR_DAYS 60

static int by_day(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* How many of the ascending days lie before this one. */
static size_t days_before(const int64_t *days, size_t count, int64_t day)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of the years that the date may be of, the one with most of the days near. */
static void settle_year(sr_document *d, const int64_t *days, size_t count)
{
	int best = 0;
	size_t most = 0;
	for (int back = 0; back <= YEARS_BACK; back++) {
		int64_t day = day_of(moved(d->published, -back));
		size_t votes = days_before(days, count, day + NEAR_DAYS + 1) - days_before(days, count, day - NEAR_DAYS);
		if (votes > most) {
			most = votes;
			best = back;
		}
	}
	sr_extract_move_years(d, -best);
}

sr_status sr_extract_settle_years(sr_document **docs, size_t count)
{
	int64_t *days = malloc((count + 1) * sizeof *days);
	size_t dated = 0;
	if (!days)
		return SR_E_NOMEM;
	for (size_t i = 0; i < count; i++)
		if (!docs[i]->year_assumed && docs[i]->published.precision >= SR_PRECISION_DAY)
			days[dated++] = day_of(docs[i]->published);
	qsort(days, dated, sizeof *days, by_day);
	for (size_t i = 0; i < count; i++)
		if (docs[i]->year_assumed && docs[i]->published.precision >= SR_PRECISION_DAY)
			settle_year(docs[i], days, dated);
	free(days);
	return SR_OK;
}
