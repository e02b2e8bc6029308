/* Reads JSONL of {"id","text","published"} on standard input and prints the times of each, as
 * `sitrep read` does, without the rest of the analysis. For measuring temporal alone. */
#include "sitrep/base/file.h"
#include "sitrep/base/json.h"
#include "sitrep/temporal.h"

#include <stdio.h>

static void write_times(sr_jsonw *w, sr_str id, const sr_reading *reading)
{
	sr_jsonw_object(w);
	sr_jsonw_kv_str(w, "id", id);
	sr_jsonw_kv_str(w, "text", reading->doc->text);
	sr_jsonw_key(w, "times");
	sr_jsonw_array(w);
	for (size_t i = 0; i < reading->time_count; i++) {
		const sr_timex *t = &reading->times[i];
		sr_jsonw_object(w);
		sr_jsonw_kv_int(w, "start", t->span.start);
		sr_jsonw_kv_int(w, "end", t->span.end);
		sr_jsonw_kv_str(w, "type", sr_str_c(sr_timex_type_name(t->type)));
		sr_jsonw_kv_str(w, "value", t->value);
		sr_jsonw_kv_time_opt(w, "begin", t->begin);
		sr_jsonw_kv_time_opt(w, "until", t->end);
		if (t->said)
			sr_jsonw_kv_bool(w, "said", true);
		sr_jsonw_object_end(w);
	}
	sr_jsonw_array_end(w);
	sr_jsonw_object_end(w);
	sr_buf_add_char(w->out, '\n');
}

static int read_line(const sr_temporal *t, sr_str line)
{
	sr_error err;
	sr_json *json;
	sr_arena *arena = sr_arena_new(0);
	sr_document doc = { 0 };
	sr_reading reading = { .doc = &doc };
	sr_buf out;
	sr_jsonw w;
	if (!arena || sr_json_parse(line, &json, &err) != SR_OK)
		return 1;
	const sr_jval *root = sr_json_root(json);
	doc.text = sr_jval_str(sr_jval_get(root, "text"));
	if (!sr_time_parse(sr_jval_str(sr_jval_get(root, "published")), &doc.published))
		doc.published = SR_TIME_NONE;
	sr_buf_init(&out, 0);
	sr_jsonw_init(&w, &out);
	int failed = sr_temporal_read(t, arena, &reading, &err) != SR_OK;
	if (!failed) {
		write_times(&w, sr_jval_str(sr_jval_get(root, "id")), &reading);
		fwrite(out.ptr, 1, out.len, stdout);
	}
	sr_buf_deinit(&out);
	sr_json_free(json);
	sr_arena_free(arena);
	return failed;
}

int main(void)
{
	sr_error err;
	sr_buf input;
	sr_buf_init(&input, 0);
	sr_temporal *t = sr_temporal_new(&err);
	if (!t || sr_file_read("-", (size_t)1 << 30, &input, &err) != SR_OK) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	sr_str rest = sr_buf_str(&input), line;
	int failed = 0;
	while (sr_str_next_line(&rest, &line))
		failed |= line.len > 1 ? read_line(t, line) : 0;
	sr_temporal_free(t);
	sr_buf_deinit(&input);
	return failed;
}
