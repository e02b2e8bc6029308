/* From documents to stories. The stream places documents as they come; a run has them all at hand, so it
 * hands them over in order of publication: the order of the sources then changes nothing. */
#include "engine_private.h"

#include "sitrep/story.h"

#include <stdlib.h>

typedef struct place {
	sr_document *doc;
	uint32_t index;
} place;

int engine_by_publication(const sr_document *x, const sr_document *y)
{
	int c = sr_time_cmp(x->published, y->published);
	if (!c)
		c = sr_str_cmp(x->sha256, y->sha256);
	return c ? c : sr_str_cmp(x->id, y->id);
}

static int by_publication(const void *a, const void *b)
{
	return engine_by_publication(((const place *)a)->doc, ((const place *)b)->doc);
}

sr_status sr_run_group(sr_run *run, sr_error *err)
{
	size_t n = run->doc_count;
	place *places = SR_NEW_ARRAY(run->arena, place, n);
	sr_document **ordered = SR_NEW_ARRAY(run->arena, sr_document *, n);
	if (!places || !ordered)
		return sr_fail(err, SR_E_NOMEM, "out of memory");
	for (size_t i = 0; i < n; i++)
		places[i] = (place){ run->docs[i], (uint32_t)i };
	if (n)
		qsort(places, n, sizeof *places, by_publication);
	for (size_t i = 0; i < n; i++)
		ordered[i] = places[i].doc;
	SR_TRY(sr_story_group(ordered, n, run->arena, &run->stories, &run->story_count, err));
	for (size_t s = 0; s < run->story_count; s++)
		for (size_t i = 0; i < run->stories[s].doc_count; i++)
			run->stories[s].docs[i] = places[run->stories[s].docs[i]].index;
	return SR_OK;
}
