/* A whole dossier over the two invented documents, which holds. */
#ifndef SITREP_TESTS_VERIFY_SAMPLE_H
#define SITREP_TESTS_VERIFY_SAMPLE_H

#include "fixture.h"

#define SAMPLE_LINES 3

typedef struct sample {
	fixture f;
	sr_dossier d;
	sr_section section;
	sr_line lines[SAMPLE_LINES], changed;
	sr_cite line_cites[SAMPLE_LINES][2], title_cite, changed_cite, unknown_cite, quote_cites[2], point_cites[2], event_cites[2], update_cite;
	sr_holder holders[2];
	sr_position positions[2];
	sr_conflict conflict;
	sr_unknown unknown;
	sr_quote quote;
	sr_figure figure;
	sr_figure_point points[2];
	sr_event events[2];
	sr_update update;
	sr_place place;
	sr_story_entity entity;
} sample;

bool sample_init(sample *s);
/* The span of words in doc, as fixture_cite. */
sr_cite sample_cite(sample *s, int doc, const char *words);
sr_str sample_text(sample *s, sr_cite c);
/* How many parts of it fail. */
size_t sample_failures(sample *s, sr_verdict *v);

#endif
