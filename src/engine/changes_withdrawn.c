/* What a story says no more: statements of the edition before whose source was taken back, or replaced by another state of its page. */
#include "changes_private.h"

#include "sitrep/base/unicode.h"

/* The words of key stand in one paragraph of text, in order: what is left out between them does not matter. */
static bool stands_in(sr_str folded, sr_str key)
{
	sr_str paragraph;
	while (sr_str_next_line(&folded, &paragraph)) {
		sr_str rest = key, word;
		size_t at = 0;
		bool all = true;
		while (all && sr_str_next_field(&rest, ' ', &word)) {
			at = word.len ? sr_str_find(paragraph, word, at) : at;
			all = at != SIZE_MAX;
			at += all ? word.len : 0;
		}
		if (all && key.len)
			return true;
	}
	return false;
}

/* Number under which the edition after lists an earlier state of a page; made if there is none. The page's
 * words are cited from there: the present state does not have them. */
static sr_status list_earlier(finder *f, size_t at, uint32_t *n)
{
	sr_dossier *a = f->after;
	const sr_source *successor = &a->sources[changes_source(a, f->map[at].successor)];
	sr_source *grown = SR_NEW_ARRAY(f->arena, sr_source, a->source_count + 1);
	if (!grown)
		return SR_E_NOMEM;
	uint32_t last = 0;
	for (size_t i = 0; i < a->source_count; i++) {
		grown[i] = a->sources[i];
		last = grown[i].n > last ? grown[i].n : last;
	}
	sr_source *s = &grown[a->source_count];
	*s = f->before->sources[at];
	s->origin = successor->origin;
	s->n = *n = last + 1;
	s->status = s->status == SR_DOC_USABLE ? SR_DOC_CORRECTED : s->status;
	a->sources = grown;
	a->source_count++;
	a->documents++;
	f->map[at].n = s->n;
	return SR_OK;
}

/* The statement's cites as of the edition before, with the earlier state of changed pages listed. */
static sr_status cite_earlier(finder *f, statement *s)
{
	for (size_t i = 0; i < s->said.count; i++) {
		size_t at = changes_source(f->before, s->said.items[i].source);
		if (at == SIZE_MAX)
			continue;
		if (!f->map[at].n && f->map[at].successor)
			SR_TRY(list_earlier(f, at, &f->map[at].n));
		s->cites.items[i].source = f->map[at].n;
	}
	return SR_OK;
}

static bool still_printed(const finder *f, const statement *s)
{
	for (size_t i = 0; i < f->now.count; i++)
		if (sr_str_eq(f->now.items[i].key, s->key))
			return true;
	return false;
}

/* Whether the pages that took the place of those it cites still say it. */
static bool still_said(finder *f, const statement *s)
{
	for (size_t i = 0; f->texts && i < s->said.count; i++) {
		size_t at = changes_source(f->before, s->said.items[i].source);
		uint32_t successor = at == SIZE_MAX ? 0 : f->map[at].successor;
		size_t now = successor ? changes_source(f->after, successor) : SIZE_MAX;
		if (now != SIZE_MAX && f->after->sources[now].status != SR_DOC_WITHDRAWN && stands_in(sr_fold_dup(f->arena, f->texts[now]), s->key))
			return true;
	}
	return false;
}

sr_status changes_list_withdrawn(finder *f, lines *out)
{
	for (size_t i = 0; i < f->old.count; i++) {
		statement *s = &f->old.items[i];
		if (!s->lost || still_printed(f, s) || still_said(f, s))
			continue;
		SR_TRY(cite_earlier(f, s));
		SR_TRY(changes_put(f, out, s));
	}
	return SR_OK;
}
