#include "container.h"

sr_status sr_container_count(sr_container *c, sr_status status, const char *label, size_t number,
                             const sr_error *failure, sr_error *err)
{
	if (status == SR_E_NOMEM)
		return sr_fail(err, status, "out of memory");
	c->read += status == SR_OK;
	if (status != SR_OK && c->bad++ == 0)
		c->first.status = sr_fail(&c->first, status, "%s %zu: %s", label, number, failure->message);
	return SR_OK;
}

bool sr_container_note(sr_arena *arena, sr_document *doc, sr_str note)
{
	sr_str *notes = SR_NEW_ARRAY(arena, sr_str, doc->note_count + 1);
	if (!notes)
		return false;
	for (size_t i = 0; i < doc->note_count; i++)
		notes[i] = doc->notes[i];
	notes[doc->note_count++] = note;
	doc->notes = notes;
	return true;
}

sr_status sr_container_report(const sr_container *c, sr_arena *arena, sr_documents *out, sr_error *err)
{
	if (!c->read)
		return c->bad ? sr_fail(err, c->first.status, "none of the %zu %s could be read; %s", c->bad, c->what, c->first.message)
		              : sr_fail(err, SR_E_INVALID, "no %s to read", c->what);
	if (!c->bad)
		return SR_OK;
	sr_str note = sr_str_printf(arena, "%zu %s were passed over; first: %s", c->bad, c->what, c->first.message);
	if (!note.ptr || !sr_container_note(arena, out->items[out->count - 1], note))
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	return SR_OK;
}

sr_str sr_container_path(const sr_input *input, sr_arena *arena, size_t number)
{
	return input->path.len ? sr_str_printf(arena, "%.*s#%zu", SR_FMT(input->path), number) : (sr_str){ 0 };
}
