#include "sample.h"

#include "harness.h"

sr_cite sample_cite(sample *s, int doc, const char *words) { return fixture_cite(&s->f, doc, sr_str_c(words)); }

sr_str sample_text(sample *s, sr_cite c) { return sr_span_of(s->f.docs[c.source - 1].text, c.span); }

static void add_brief(sample *s)
{
	s->line_cites[0][0] = sample_cite(s, 0, "*BRENMOOR");
	s->lines[0] = (sr_line){ .text = SR_STR("The coastguard: the ferry Marigold ran aground off Pell Point with 212 people on board (13 March)"), .cites = { s->line_cites[0], 1 } };
	s->line_cites[1][0] = sample_cite(s, 0, "The owner of the ferry did not reply to questions.");
	s->lines[1] = (sr_line){ .text = sample_text(s, s->line_cites[1][0]), .cites = { s->line_cites[1], 1 } };
	s->line_cites[2][0] = sample_cite(s, 1, "The coastguard called off its search on March 15 after finding the last two passengers.");
	s->lines[2] = (sr_line){ .text = SR_STR("The coastguard called off its search on March 15 after finding the last two passengers."), .cites = { s->line_cites[2], 1 } };
	s->section = (sr_section){ .heading = SR_STR("Search and search party"), .lines = s->lines, .line_count = SAMPLE_LINES };
	s->section.heading = SR_STR("Aground off Pell Point");
	s->d.brief = &s->section;
	s->d.brief_count = 1;
}

static void add_conflict(sample *s)
{
	sr_time day = sr_time_date(2026, 3, 14);
	s->holders[0] = (sr_holder){ .who = SR_STR("Joel Hardwin"), .role = SR_STR("harbour master"), .named = true, .said = day,
		                         .cite = sample_cite(s, 0, "The harbour master, Joel Hardwin, denied that the pilot had asked for a tug.") };
	s->holders[1] = (sr_holder){ .who = SR_STR("Karl Venn"), .role = SR_STR("minister"), .named = true, .said = day,
		                         .cite = sample_cite(s, 0, "The minister, Karl Venn, blamed the owner.") };
	s->positions[0] = (sr_position){ SR_STR("denied that the pilot had asked for a tug"), 1, &s->holders[0], 1 };
	s->positions[1] = (sr_position){ SR_STR("blamed the owner"), 1, &s->holders[1], 1 };
	s->conflict = (sr_conflict){ SR_STR("k3-c1"), SR_STR("Who is to blame: the pilot or the owner?"), SR_CONFLICT_BLAME, SR_CONFLICT_OPEN, SR_SETTLED_BY_NONE, s->positions, 2 };
	s->d.conflicts = &s->conflict;
	s->d.conflict_count = 1;
}

static void add_records(sample *s)
{
	s->unknown_cite = sample_cite(s, 0, "A video that allegedly shows water in the engine room has not been verified.");
	s->unknown = (sr_unknown){ sample_text(s, s->unknown_cite), SR_UNKNOWN_UNVERIFIED, { &s->unknown_cite, 1 } };
	s->d.unknown = &s->unknown;
	s->d.unknown_count = 1;
	s->quote_cites[0] = sample_cite(s, 0, "Then the lights went out, and nobody came");
	s->quote_cites[1] = sample_cite(s, 1, "Then the lights went out, and nobody came");
	s->quote = (sr_quote){ .text = SR_STR("Then the lights went out, and nobody came"), .speaker = SR_STR("Edda Corlin"),
		                   .role = SR_STR("a passenger from Tansey"), .named = true, .said = sr_time_date(2026, 3, 14), .origins = 1,
		                   .cites = { s->quote_cites, 2 } };
	s->d.quotes = &s->quote;
	s->d.quote_count = 1;
	s->point_cites[0] = sample_cite(s, 0, "at least three of them were killed, the coastguard said");
	s->point_cites[1] = sample_cite(s, 1, "The coastguard put the number of dead at five.");
	s->points[0] = (sr_figure_point){ sr_time_date(2026, 3, 14), 3, __builtin_inf(), SR_STR("the coastguard"), SR_STR("at least three of them were killed"), { &s->point_cites[0], 1 } };
	s->points[1] = (sr_figure_point){ sr_time_date(2026, 3, 16), 5, 5, SR_STR("coastguard"), SR_STR("the number of dead at five"), { &s->point_cites[1], 1 } };
	s->figure = (sr_figure){ .measure = SR_STR("killed, dead"), .series = s->points, .series_count = 2 };
	s->d.figures = &s->figure;
	s->d.figure_count = 1;
}

static void add_times(sample *s)
{
	s->event_cites[0] = sample_cite(s, 0, "the ship had passed an inspection on 18 February");
	s->events[0] = (sr_event){ .date = sr_time_date(2026, 2, 18), .text = SR_STR("the ship had passed an inspection"), .origins = 1, .cites = { &s->event_cites[0], 1 } };
	s->event_cites[1] = sample_cite(s, 1, "The coastguard called off its search on March 15");
	s->events[1] = (sr_event){ .date = sr_time_date(2026, 3, 15), .text = SR_STR("The coastguard called off its search"), .origins = 1, .cites = { &s->event_cites[1], 1 } };
	s->d.timeline = s->events;
	s->d.timeline_count = 2;
	s->update_cite = sample_cite(s, 0, "The minister, Karl Venn, blamed the owner.");
	s->update = (sr_update){ .at = sr_time_date(2026, 3, 14), .text = sample_text(s, s->update_cite), .note = SR_STR("Contradicts Joel Hardwin"), .cites = { &s->update_cite, 1 } };
	s->d.updates = &s->update;
	s->d.update_count = 1;
	s->changed_cite = s->update_cite;
	s->changed = (sr_line){ .text = s->update.text, .cites = { &s->changed_cite, 1 }, .who = SR_STR("Karl Venn") };
	s->d.changes = (sr_changes){ .since = 1, .added = &s->changed, .added_count = 1 };
}

bool sample_init(sample *s)
{
	*s = (sample){ 0 };
	if (!fixture_init(&s->f))
		return false;
	s->d = (sr_dossier){ .id = SR_STR("k3"), .title = s->f.docs[0].title, .edition = 1, .documents = 2, .origins = 2,
		                 .sources = s->f.sources, .source_count = 2 };
	s->f.sources[0].description = SR_STR("Ferry aground; the owner blamed.");
	add_brief(s);
	add_conflict(s);
	add_records(s);
	add_times(s);
	s->place = (sr_place){ .name = SR_STR("Pell Point") };
	s->entity = (sr_story_entity){ SR_STR("Karl Venn"), SR_ENTITY_PER, 1 };
	s->d.places = &s->place;
	s->d.entities = &s->entity;
	s->d.place_count = s->d.entity_count = 1;
	return true;
}

size_t sample_failures(sample *s, sr_verdict *v)
{
	sr_error err = { 0 };
	if (sr_verify(&s->d, s->f.originals, 2, 2, s->f.arena, v, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return v->failure_count;
}
