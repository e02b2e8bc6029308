/* The outlet of a page: the first name of it that the page prints, held against the page's address. */
#include "page.h"

#include "sitrep/base/utf8.h"

#include <string.h>

void page_see_site(page *p, sr_str name)
{
	if (!p->site_seen.len)
		p->site_seen = name;
}

bool page_title_site(page *p, const page_line *l, sr_str title_fold)
{
	static const sr_str bars[] = { SR_STR_INIT(" | "), SR_STR_INIT(" - "), SR_STR_INIT(" \xE2\x80\x93 "), SR_STR_INIT(" \xE2\x80\x94 "), SR_STR_INIT(" \xC2\xB7 ") };
	if (l->fold.len <= title_fold.len || !sr_str_starts(l->fold, title_fold))
		return false;
	for (size_t i = 0; i < 5; i++) {
		size_t at = sr_str_find(l->text, bars[i], title_fold.len > 8 ? title_fold.len - 8 : 0);
		if (at != SIZE_MAX && sr_str_count_words(sr_str_slice(l->text, at, l->text.len)) <= 7) {
			page_see_site(p, sr_str_trim(sr_str_slice(l->text, at + bars[i].len, l->text.len)));
			return true;
		}
	}
	return false;
}

void page_menu_site(page *p)
{
	const page_line *l = &p->lines.items[0];
	size_t bar = sr_str_find_char(l->text, '|', 0);
	if (l->role != ROLE_DROP || bar == SIZE_MAX)
		return;
	sr_str name = sr_str_trim(sr_str_slice(l->text, 0, bar));
	if (name.len && page_is_namelike(p, name) && page_has_kind(p, name, "outlet"))
		page_see_site(p, name);
}

/* Letters and digits only, in lower case, to compare a name with a host. */
static sr_str squashed(page *p, sr_str s)
{
	sr_str fold = page_fold(p, s);
	char *out = sr_arena_alloc(p->arena, fold.len + 1);
	size_t n = 0;
	for (size_t i = 0; out && i < fold.len; i++)
		if ((fold.ptr[i] >= 'a' && fold.ptr[i] <= 'z') || sr_is_digit((unsigned char)fold.ptr[i]))
			out[n++] = fold.ptr[i];
	return sr_str_make(out, out ? n : 0);
}

void page_site(page *p)
{
	sr_document *d = p->b->doc;
	sr_str url = d->url, host = { 0 };
	size_t at = sr_str_find(url, SR_STR("://"), 0);
	if (at != SIZE_MAX) {
		host = sr_str_slice(url, at + 3, url.len);
		for (size_t i = 0; i < host.len; i++)
			if (strchr("/?#:", host.ptr[i]))
				host = sr_str_slice(host, 0, i);
		if (sr_str_starts_nocase(host, SR_STR("www.")))
			host = sr_str_slice(host, 4, host.len);
	}
	if (d->site.len)
		return;
	sr_str name = squashed(p, p->site_seen), label = squashed(p, host);
	if (host.len && p->site_seen.len && name.len >= 3 && !sr_str_starts(label, name) &&
	    !(sr_str_starts(name, SR_STR("the")) && sr_str_starts(label, sr_str_slice(name, 3, name.len))))
		p->site_seen = (sr_str){ 0 };
	d->site = sr_build_clean(p->b, p->site_seen.len ? p->site_seen : host);
}
