#include "extractors.h"

/* One row a type: who reads it. */
static sr_extractor *const readers[SR_INPUT_TYPE_COUNT] = {
	[SR_INPUT_TEXT] = sr_extract_text,
	[SR_INPUT_MARKDOWN] = sr_extract_text,
	[SR_INPUT_JSONL] = sr_extract_jsonl,
	[SR_INPUT_HTML] = sr_extract_html,
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
