/* Who said what: the words that every format prints about a speaker and a statement. */
#include "page.h"

sr_str page_voice_name(const page *p, const sr_voice *v)
{
	sr_str name = page_name(p, v->name);
	return name.len ? name : SR_STR("Speaker not identified");
}

sr_str page_voice_facts(const page *p, const sr_voice *v)
{
	sr_str role = page_clean(p, v->role);
	const char *unnamed = !v->name.len || v->named ? "" : v->collective ? "several, not named" : "not named";
	if (!role.len)
		return sr_str_c(unnamed);
	return page_format(p, "%.*s%s%s", SR_FMT(role), *unnamed ? ", " : "", unnamed);
}

static void join(sr_buf *b, sr_str s)
{
	if (b->len && s.len)
		sr_buf_add_c(b, ", ");
	sr_buf_add(b, s);
}

sr_str page_statement_note(const page *p, const sr_statement *s)
{
	sr_buf b;
	sr_str via = page_clean(p, s->via);
	sr_buf_init(&b, 0);
	if (via.len)
		sr_buf_printf(&b, "via %.*s", SR_FMT(via));
	if (s->certainty != SR_CERTAINTY_STATED)
		join(&b, sr_str_c(sr_certainty_name(s->certainty)));
	bool apart = sr_time_known(s->when) && sr_time_cmp(sr_time_truncate(s->when, SR_PRECISION_DAY), s->said) != 0;
	if (apart) {
		join(&b, SR_STR("on "));
		date_range(&b, s->when, s->until, p->year);
	}
	if (s->cites.count > 1)
		join(&b, page_count(p, s->origins, "origin", "origins"));
	return page_keep(p, &b);
}
