#include "extractors.h"

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

/* Days between two times. */
static int64_t days_apart(sr_time a, sr_time b)
{
	int64_t d = (sr_time_epoch(a) - sr_time_epoch(b)) / 86400;
	return d < 0 ? -d : d;
}

static sr_time moved(sr_time t, int years)
{
	return sr_time_known(t) && t.precision >= SR_PRECISION_DAY ? sr_time_add_months(t, 12 * years) : t;
}

#define YEARS_BACK 5
#define NEAR_DAYS 60

void sr_extract_settle_years(sr_document **docs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sr_document *d = docs[i];
		size_t votes[YEARS_BACK + 1] = { 0 }, best = 0;
		if (!d->year_assumed || d->published.precision < SR_PRECISION_DAY)
			continue;
		for (size_t k = 0; k < count; k++)
			for (int back = 0; back <= YEARS_BACK; back++)
				if (k != i && !docs[k]->year_assumed && docs[k]->published.precision >= SR_PRECISION_DAY &&
				    days_apart(moved(d->published, -back), docs[k]->published) <= NEAR_DAYS)
					votes[back]++;
		for (size_t back = 1; back <= YEARS_BACK; back++)
			best = votes[back] > votes[best] ? back : best;
		d->published = moved(d->published, -(int)best);
		d->modified = moved(d->modified, -(int)best);
		for (size_t k = 0; k < d->block_count; k++)
			d->blocks[k].time = moved(d->blocks[k].time, -(int)best);
	}
}
