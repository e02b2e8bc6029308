/* The updates as an Atom feed (RFC 4287). Atom demands a whole date-time: where less is known, the
 * first instant that the known part may mean is given. */
#include "page.h"

#include "sitrep/base/utf8.h"

static void put(page *p, sr_str clean)
{
	for (size_t i = 0; i < clean.len; i++)
		switch (clean.ptr[i]) {
		case '&': sr_buf_add_c(p->out, "&amp;"); break;
		case '<': sr_buf_add_c(p->out, "&lt;"); break;
		case '>': sr_buf_add_c(p->out, "&gt;"); break;
		case '"': sr_buf_add_c(p->out, "&quot;"); break;
		default: sr_buf_add_char(p->out, clean.ptr[i]);
		}
}

static void put_instant(page *p, const char *element, sr_time t)
{
	sr_time instant = sr_time_from_epoch(sr_time_known(t) ? sr_time_epoch(t) : 0);
	sr_buf_printf(p->out, "<%s>", element);
	sr_time_write(p->out, instant);
	sr_buf_printf(p->out, "</%s>", element);
}

/* Letters, digits and hyphens of the story's id; the rest would not be an address. */
static void put_id(page *p)
{
	sr_str id = p->d->id;
	sr_buf_add_c(p->out, "tag:sitrep.invalid,2025:story/");
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];
		if (sr_is_alpha(c) || sr_is_digit(c) || c == '-')
			sr_buf_add_char(p->out, (char)c);
	}
}

static sr_time newest(const page *p)
{
	if (sr_time_known(p->d->updated))
		return p->d->updated;
	if (p->d->update_count && sr_time_known(p->updates[0]->at))
		return p->updates[0]->at;
	return p->options.now;
}

static void put_via(page *p, sr_cites cites)
{
	size_t count;
	uint32_t *numbers = page_numbers(p, cites, &count);
	for (size_t i = 0; i < count; i++) {
		const sr_source *s = page_source(p, numbers[i]);
		if (!s || !page_url_ok(s->url))
			continue;
		sr_buf_add_c(p->out, "  <link rel=\"via\" href=\"");
		put(p, s->url);
		sr_buf_add_c(p->out, "\"/>\n");
	}
}

static void put_entry(page *p, const sr_update *u, sr_time otherwise)
{
	sr_str text = page_clean(p, u->text), note = page_clean(p, u->note);
	sr_buf_add_c(p->out, " <entry>\n  <id>");
	put_id(p);
	/* the same update keeps its id in every edition, whatever number it has by then */
	sr_buf_printf(p->out, "/%016llx</id>\n  <title>", (unsigned long long)(sr_str_hash(u->text) ^ (uint64_t)sr_time_epoch(u->at)));
	put(p, text.len ? text : SR_STR("Update"));
	sr_buf_add_c(p->out, "</title>\n  ");
	put_instant(p, "updated", sr_time_known(u->at) ? u->at : otherwise);
	sr_buf_add_c(p->out, "\n");
	put_via(p, u->cites);
	sr_buf_add_c(p->out, "  <content type=\"text\">");
	put(p, text);
	if (u->cites.count)
		sr_buf_add_char(p->out, ' ');
	sr_buf_add(p->out, page_refs(p, u->cites));
	if (note.len)
		sr_buf_add_char(p->out, ' ');
	put(p, note);
	sr_buf_add_c(p->out, "</content>\n </entry>\n");
}

sr_status render_atom(page *p)
{
	sr_str title = page_clean(p, p->d->title);
	sr_time updated = newest(p);
	sr_buf_add_c(p->out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n <id>");
	put_id(p);
	sr_buf_add_c(p->out, "</id>\n <title>");
	put(p, title.len ? title : SR_STR("Untitled story"));
	sr_buf_add_c(p->out, "</title>\n ");
	put_instant(p, "updated", updated);
	sr_buf_add_c(p->out, "\n <author><name>sitrep</name></author>\n <generator>sitrep</generator>\n");
	for (size_t i = 0; i < p->d->update_count; i++)
		put_entry(p, p->updates[i], updated);
	sr_buf_add_c(p->out, "</feed>\n");
	return SR_OK;
}
