/* The table of formats, and the page that each is handed. */
#include "page.h"

#include <stdlib.h>

#define RENDER_ARENA_CEILING ((size_t)256 << 20)

static const struct {
	const char *name;
	render_fn render;
} formats[SR_FORMAT_COUNT] = {
	[SR_FORMAT_TERM] = { "term", render_term }, [SR_FORMAT_MD] = { "md", render_md },
	[SR_FORMAT_HTML] = { "html", render_html }, [SR_FORMAT_JSON] = { "json", render_json },
	[SR_FORMAT_ATOM] = { "atom", render_atom },
};

const char *sr_format_name(sr_format format)
{
	return (unsigned)format < SR_FORMAT_COUNT ? formats[format].name : "";
}

bool sr_format_parse(sr_str s, sr_format *out)
{
	for (unsigned i = 0; i < SR_FORMAT_COUNT; i++)
		if (sr_str_eq(s, sr_str_c(formats[i].name))) {
			*out = (sr_format)i;
			return true;
		}
	return false;
}

/* Both orders are total: entries of one time keep the dossier's order, which is that of their
 * addresses. */
static int by_address(const void *x, const void *y) { return x < y ? -1 : x > y; }

static int newest_first(const void *a, const void *b)
{
	const sr_update *x = *(const sr_update *const *)a, *y = *(const sr_update *const *)b;
	if (sr_time_known(x->at) != sr_time_known(y->at))
		return sr_time_known(x->at) ? -1 : 1;
	int order = sr_time_cmp(y->at, x->at);
	return order ? order : by_address(x, y);
}

static int oldest_first(const void *a, const void *b)
{
	const sr_event *x = *(const sr_event *const *)a, *y = *(const sr_event *const *)b;
	int order = sr_time_cmp(x->date, y->date);
	return order ? order : by_address(x, y);
}

static sr_status page_order(page *p)
{
	const sr_dossier *d = p->d;
	p->updates = SR_NEW_ARRAY(p->arena, const sr_update *, d->update_count + 1);
	p->timeline = SR_NEW_ARRAY(p->arena, const sr_event *, d->timeline_count + 1);
	if (!p->updates || !p->timeline)
		return SR_E_NOMEM;
	for (size_t i = 0; i < d->update_count; i++)
		p->updates[i] = &d->updates[i];
	for (size_t i = 0; i < d->timeline_count; i++)
		p->timeline[i] = &d->timeline[i];
	qsort(p->updates, d->update_count, sizeof *p->updates, newest_first);
	qsort(p->timeline, d->timeline_count, sizeof *p->timeline, oldest_first);
	return SR_OK;
}

sr_status sr_render(const sr_dossier *dossier, sr_format format, const sr_render_options *options, sr_buf *out,
                    sr_error *err)
{
	if ((unsigned)format >= SR_FORMAT_COUNT)
		return sr_fail(err, SR_E_USAGE, "no such format");
	page p = { .d = dossier, .out = out, .arena = sr_arena_new(RENDER_ARENA_CEILING) };
	if (!p.arena)
		return sr_fail(err, SR_E_NOMEM, "no memory to render with");
	if (options)
		p.options = *options;
	p.year = sr_time_known(dossier->updated) ? dossier->updated.year : p.options.now.year;
	sr_status status = page_order(&p);
	if (status == SR_OK)
		status = formats[format].render(&p);
	if (status == SR_OK)
		status = sr_buf_status(out);
	if (status != SR_OK)
		sr_fail(err, status, "rendering %s: %s", formats[format].name, sr_status_name(status));
	sr_arena_free(p.arena);
	return status;
}
