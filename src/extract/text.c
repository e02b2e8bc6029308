#include "extractors.h"
#include "text.h"

void sr_text_read(sr_build *b, sr_str text, sr_time now)
{
	sr_str line;
	(void)now;
	while (sr_str_next_line(&text, &line) && sr_build_status(b) == SR_OK && !b->full) {
		line = sr_str_trim(line);
		if (!b->doc->title.len && sr_str_starts(line, SR_STR("# ")))
			b->doc->title = sr_build_clean(b, sr_str_slice(line, 2, line.len));
		else
			sr_build_block(b, SR_BLOCK_PARAGRAPH, line);
	}
}

sr_status sr_extract_text(const sr_input *input, sr_arena *arena, sr_documents *out, sr_error *err)
{
	sr_build b;
	SR_TRY(sr_build_begin(&b, input, arena, err));
	sr_str text = input->bytes;
	if (sr_str_starts(text, SR_STR("\xEF\xBB\xBF")))
		text = sr_str_slice(text, 3, text.len);
	sr_text_read(&b, text, input->now);
	bool nothing = sr_build_status(&b) == SR_OK && !b.text.len;
	SR_TRY(sr_build_end(&b, nothing ? NULL : out, err));
	return nothing ? sr_fail(err, SR_E_INVALID, "no article text in it") : SR_OK;
}
