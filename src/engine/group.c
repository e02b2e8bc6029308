/* From documents to stories. */
#include "engine_private.h"

#include "sitrep/story.h"

sr_status sr_run_group(sr_run *run, sr_error *err)
{
	return sr_story_group(run->docs, run->doc_count, run->arena, &run->stories, &run->story_count, err);
}
