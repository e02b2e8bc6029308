/* A whole dossier over two invented documents, and every way to spoil it. */
#include "harness.h"
#include "sample.h"

#include <stdio.h>
#include <string.h>

#define CITES 14

TEST(verify_good_dossier)
{
	sample s;
	sr_verdict v;
	REQUIRE(sample_init(&s));
	sample_failures(&s, &v);
	for (size_t i = 0; i < v.failure_count; i++)
		test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[i].where), SR_FMT(v.failures[i].reason));
	CHECK(v.lines >= 14);
	CHECK(v.cites >= 14);
	fixture_deinit(&s.f);
}

/* Each spoils one thing; all must be caught. */
#define SPOIL(name, code) \
	static void spoil_##name(sample *s) { code; }
SPOIL(title, s->d.title = SR_STR("Ferry sunk off Pell Point"))
SPOIL(documents, s->d.documents = 3)
SPOIL(origins, s->d.origins = 1)
SPOIL(hash, s->f.sources[0].sha256 = s->f.sources[1].sha256)
SPOIL(no_hash, s->f.sources[0].sha256 = SR_STR(""))
SPOIL(number_of_source, s->f.sources[1].n = 1)
SPOIL(publisher, s->f.sources[0].publisher = SR_STR("Dock Daily"))
SPOIL(source_title, s->f.sources[0].title = SR_STR("Something else"))
SPOIL(published, s->f.sources[0].published = sr_time_date(2026, 3, 12))
SPOIL(credit, s->f.sources[0].credit = SR_STR("NPA"))
SPOIL(url, s->f.sources[0].url = SR_STR("https://elsewhere.example/"))
SPOIL(kind, s->f.sources[1].kind = SR_DOC_ARTICLE)
SPOIL(description, s->f.sources[0].description = SR_STR("Ferry sunk by a tug"))
SPOIL(hidden_correction, s->f.docs[0].status = SR_DOC_CORRECTED)
SPOIL(withdrawn, s->f.sources[0].status = SR_DOC_WITHDRAWN)
SPOIL(correction_note, s->f.docs[0].correction = SR_STR("The owner of the ferry did not reply to questions."); s->f.docs[0].status = s->f.sources[0].status = SR_DOC_CORRECTED)
SPOIL(changed_original, s->f.docs[0].sha256 = SR_STR("00"))
SPOIL(heading, s->section.heading = SR_STR("Captain arrested"))
SPOIL(line_without_cites, s->lines[1].cites.count = 0)
SPOIL(line_text, s->lines[1].text = SR_STR("The owner of the ferry did reply to questions."))
SPOIL(line_empty, s->lines[1].text = SR_STR(""))
SPOIL(line_day, s->lines[0].text = SR_STR("The coastguard: the ferry Marigold ran aground off Pell Point with 212 people on board (1 March)"))
SPOIL(question, s->conflict.question = SR_STR("Who is to blame: the pilot or the prosecutor?"))
SPOIL(question_negated, s->conflict.question = SR_STR("Whether the pilot had not asked for a tug"))
SPOIL(question_blames, s->conflict.question = SR_STR("Who is responsible: the pilot or the owner?"))
SPOIL(heading_confirms, s->section.heading = SR_STR("The coastguard confirms: aground off Pell Point"))
SPOIL(heading_reordered, s->section.heading = SR_STR("Aground off Marigold with Pell Point"))
SPOIL(measure_negated, s->figure.measure = SR_STR("killed, not dead"))
SPOIL(note_confirms, s->update.note = SR_STR("Confirms Joel Hardwin"))
SPOIL(holder, s->holders[0].who = SR_STR("Karl Venn"))
SPOIL(holder_described_elsewhere, s->holders[0].who = SR_STR("A video that allegedly shows water"))
SPOIL(holders_swapped, sr_str w = s->holders[0].who; s->holders[0].who = s->holders[1].who; s->holders[1].who = w)
SPOIL(role, s->holders[0].role = SR_STR("admiral"))
SPOIL(via, s->holders[0].via = SR_STR("Dock Daily"))
SPOIL(holder_date, s->holders[0].said = sr_time_date(2026, 3, 2))
SPOIL(positions_swapped, sr_str t = s->positions[0].statement; s->positions[0].statement = s->positions[1].statement; s->positions[1].statement = t)
SPOIL(position_turned, s->positions[0].statement = SR_STR("the pilot had asked for a tug"))
SPOIL(position_origins, s->positions[0].origins = 2)
SPOIL(position_no_origin, s->positions[0].origins = 0)
SPOIL(position_unheld, s->positions[0].held_by_count = 0)
SPOIL(one_position, s->conflict.position_count = 1)
SPOIL(unknown, s->unknown.text = SR_STR("A video shows water in the engine room"))
SPOIL(quote_word, s->quote.text = SR_STR("Then the lights went off, and nobody came"))
SPOIL(quote_cut, s->quote.text = SR_STR("Then the lights went out, and came"))
SPOIL(speaker, s->quote.speaker = SR_STR("Nora Quill"))
SPOIL(speaker_elsewhere, s->quote.speaker = SR_STR("Joel Hardwin"))
SPOIL(quote_role, s->quote.role = SR_STR("a passenger from Lindmouth"))
SPOIL(quote_date, s->quote.said = sr_time_date(2025, 3, 14))
SPOIL(quote_origins, s->quote.origins = 3)
SPOIL(measure, s->figure.measure = SR_STR("rescued"))
SPOIL(unit, s->figure.unit = SR_STR("%"))
SPOIL(low, s->points[0].low = 4)
SPOIL(high, s->points[1].high = 50)
SPOIL(figure_who, s->points[0].who = SR_STR("Karl Venn"))
SPOIL(figure_date, s->points[0].as_of = sr_time_date(2026, 4, 14))
SPOIL(figure_text, s->points[0].text = SR_STR("three of them were killed"))
SPOIL(event_date, s->events[0].date = sr_time_date(2026, 2, 19))
SPOIL(event_month, s->events[1].date = sr_time_date(2026, 5, 15))
SPOIL(event_year, s->events[0].date = sr_time_date(2023, 2, 18))
SPOIL(event_until, s->events[0].until = sr_time_date(2026, 2, 27))
SPOIL(event_text, s->events[0].text = SR_STR("the ship had failed an inspection"))
SPOIL(event_origins, s->events[0].origins = 2)
SPOIL(event_no_origin, s->events[0].origins = 0)
SPOIL(quote_of_two_origins, s->quote.origins = 2)
SPOIL(update_time, s->update.at = sr_time_date(2026, 3, 11))
SPOIL(update_text, s->update.text = SR_STR("The coastguard put the number of dead at six."))
SPOIL(note_of_own_side, s->update.note = SR_STR("Contradicts Karl Venn"))
SPOIL(note_of_nothing, s->update.cites.items[0] = sample_cite(s, 1, "The coastguard put the number of dead at five."); s->update.text = sample_text(s, s->update_cite); s->update.at = sr_time_date(2026, 3, 16))
SPOIL(settled_by_nothing, s->conflict.status = SR_CONFLICT_SETTLED)
SPOIL(settled_by_shares, s->conflict.status = SR_CONFLICT_SETTLED; s->conflict.settled_by = SR_SETTLED_BY_SHARES)
SPOIL(settled_by_admission, s->conflict.status = SR_CONFLICT_SETTLED; s->conflict.settled_by = SR_SETTLED_BY_ADMISSION)
SPOIL(open_and_settled, s->conflict.settled_by = SR_SETTLED_BY_SHARES)
SPOIL(superseded, s->conflict.status = SR_CONFLICT_SUPERSEDED)
SPOIL(conflict_kind, s->conflict.kind = SR_CONFLICT_DENIAL)
SPOIL(conflict_of_numbers, s->conflict.kind = SR_CONFLICT_QUANTITY; s->conflict.question = SR_STR("Whether the owner"))
SPOIL(conflict_of_dates, s->conflict.kind = SR_CONFLICT_DATE; s->conflict.question = SR_STR("Whether the owner"))
SPOIL(holder_named, s->holders[1].who = SR_STR("The minister"))
SPOIL(speaker_named, s->quote.speaker = SR_STR("a passenger from Tansey"); s->quote.role = (sr_str){ 0 })
SPOIL(unknown_one_origin, s->unknown.reason = SR_UNKNOWN_SINGLE_ORIGIN)
SPOIL(unknown_unnamed, s->unknown.reason = SR_UNKNOWN_UNNAMED)
SPOIL(unknown_disputed, s->unknown.reason = SR_UNKNOWN_DISPUTED)
SPOIL(update_note, s->update.note = SR_STR("Contradicts Nora Quill"))
SPOIL(change_who, s->changed.who = SR_STR("Joel Hardwin"))
SPOIL(change, s->changed.text = SR_STR("The coastguard put the number of dead at fifty."))
SPOIL(place_beyond, s->place.resolved = true; s->place.country = SR_STR("GB"); s->place.lat = 91)
SPOIL(place_beyond_west, s->place.resolved = true; s->place.country = SR_STR("GB"); s->place.lon = -180.5)
SPOIL(place_nowhere, s->place.resolved = true; s->place.lat = __builtin_nan(""))
SPOIL(place_country, s->place.country = SR_STR("Pell"))
SPOIL(place, s->place.name = SR_STR("Pall Point"))
SPOIL(entity, s->entity.name = SR_STR("Carl Venn"))
SPOIL(invalid_text, s->lines[1].text = SR_STR("The owner \xC3 of the ferry did not reply to questions."))

static const struct {
	const char *name;
	void (*spoil)(sample *s);
} spoils[] = {
#define S(name) { #name, spoil_##name }
	S(title), S(documents), S(origins), S(hash), S(no_hash), S(number_of_source), S(publisher), S(source_title), S(published),
	S(credit), S(url), S(kind), S(description), S(hidden_correction), S(withdrawn), S(correction_note), S(changed_original), S(change_who), S(heading),
	S(line_without_cites), S(line_text), S(line_empty), S(line_day), S(question), S(holder), S(holder_described_elsewhere), S(holders_swapped), S(role), S(via),
	S(holder_date), S(positions_swapped), S(position_turned), S(position_origins), S(position_no_origin), S(position_unheld),
	S(one_position), S(unknown), S(quote_word), S(quote_cut), S(speaker), S(speaker_elsewhere), S(quote_role), S(quote_date),
	S(quote_origins), S(measure), S(unit), S(low), S(high), S(figure_who), S(figure_date), S(figure_text), S(event_date),
	S(event_month), S(event_year), S(event_until), S(event_text), S(event_origins), S(event_no_origin), S(quote_of_two_origins), S(update_time), S(update_text), S(update_note),
	S(note_of_own_side), S(note_of_nothing), S(settled_by_nothing), S(settled_by_shares), S(settled_by_admission), S(open_and_settled), S(superseded),
	S(conflict_kind), S(conflict_of_numbers), S(conflict_of_dates), S(holder_named), S(speaker_named), S(unknown_one_origin), S(unknown_unnamed), S(unknown_disputed),
	S(question_negated), S(question_blames), S(heading_confirms), S(heading_reordered), S(measure_negated), S(note_confirms),
	S(change), S(place), S(place_beyond), S(place_beyond_west), S(place_nowhere), S(place_country), S(entity), S(invalid_text),
#undef S
};

TEST(verify_spoiled_dossiers)
{
	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
		sample s;
		sr_verdict v;
		test_case(spoils[i].name);
		REQUIRE(sample_init(&s));
		spoils[i].spoil(&s);
		CHECK(sample_failures(&s, &v) > 0);
		fixture_deinit(&s.f);
	}
}

/* Every cite of the sample. */
static size_t all_cites(sample *s, sr_cite **out)
{
	sr_cite *const cites[CITES] = { &s->line_cites[0][0], &s->line_cites[1][0], &s->line_cites[2][0], &s->changed_cite,   &s->unknown_cite,
		                 &s->quote_cites[0],   &s->quote_cites[1],   &s->point_cites[0],   &s->point_cites[1], &s->event_cites[0],
		                 &s->event_cites[1],   &s->update_cite,      &s->holders[0].cite,  &s->holders[1].cite };
	memcpy(out, cites, sizeof cites);
	return CITES;
}

/* Each way to spoil a cite; how == the count answers false. */
static bool spoil_cite(const sample *s, sr_cite *c, int how, const char **name)
{
	uint32_t len = (uint32_t)s->f.docs[c->source - 1].text.len, width = c->span.end - c->span.start;
	switch (how) {
	case 0: *name = "moved on by one"; c->span.start++; c->span.end++; return true;
	case 1: *name = "moved back by one"; c->span.start--; c->span.end--; return true; /* at 0: backwards */
	case 2: *name = "empty"; c->span.end = c->span.start; return true;
	case 3: *name = "backwards"; c->span.start = c->span.end; c->span.end -= width; return true;
	case 4: *name = "past the end"; c->span.end = len + 1; return true;
	case 5: *name = "whole document"; c->span = (sr_span){ 0, len }; return true;
	case 6: *name = "other source"; c->source = 3 - c->source; return true;
	case 7: *name = "source not listed"; c->source = 9; return true;
	case 8: *name = "source zero"; c->source = 0; return true;
	case 9: *name = "huge offsets"; c->span = (sr_span){ UINT32_MAX - 1, UINT32_MAX }; return true;
	case 10: *name = "first half"; c->span.end = c->span.start + width / 3; return true;
	case 11: *name = "another sentence"; c->span = (sr_span){ len - 40, len }; return true;
	default: return false;
	}
}

TEST(verify_spoiled_cites)
{
	const char *name = NULL;
	sr_cite *cites[32];
	sample s;
	REQUIRE(sample_init(&s));
	size_t count = all_cites(&s, cites);
	fixture_deinit(&s.f);
	for (size_t i = 0; i < count; i++)
		for (int how = 0;; how++) {
			char label[64];
			sr_verdict v;
			REQUIRE(sample_init(&s));
			all_cites(&s, cites);
			bool spoilt = spoil_cite(&s, cites[i], how, &name);
			snprintf(label, sizeof label, "cite %zu %s", i, name);
			if (spoilt) {
				test_case(label);
				CHECK(sample_failures(&s, &v) > 0);
			}
			fixture_deinit(&s.f);
			if (!spoilt)
				break;
		}
}

/* "She" is whoever spoke last, but not in another update of a live page. */
/* "10:20 in Vienna" is printed with the seconds that RFC 3339 asks for, and read back with them. */
TEST(verify_time_of_a_source_as_printed)
{
	for (int later = 0; later < 2; later++) {
		sample s;
		sr_verdict v;
		sr_time to_the_minute = { .year = 2026, .month = 3, .day = 14, .hour = 10, .minute = 20, .offset = 60, .zoned = true, .precision = SR_PRECISION_MINUTE };
		test_case(later ? "a minute later" : "the same");
		REQUIRE(sample_init(&s));
		s.f.docs[0].published = to_the_minute;
		REQUIRE(sr_time_parse(later ? SR_STR("2026-03-14T10:21:00+01:00") : SR_STR("2026-03-14T10:20:00+01:00"), &s.f.sources[0].published));
		CHECK_INT(sample_failures(&s, &v), later);
		fixture_deinit(&s.f);
	}
}

TEST(verify_speaker_of_another_update)
{
	sample s;
	sr_verdict v;
	for (int apart = 0; apart < 2; apart++) {
		test_case(apart ? "in another update" : "in the paragraph before");
		REQUIRE(sample_init(&s));
		for (size_t i = 0; apart && i < s.f.docs[1].block_count; i++)
			s.f.docs[1].blocks[i].group = (uint32_t)i + 1;
		s.holders[0] = (sr_holder){ .who = SR_STR("Edda Corlin"), .named = true, .cite = sample_cite(&s, 1, "She had counted nine boats near the pilot station.") };
		s.update.note = (sr_str){ 0 };
		s.positions[0].statement = SR_STR("She had counted nine boats near the pilot station");
		CHECK_INT(sample_failures(&s, &v) > 0, apart);
		for (size_t i = 0; !apart && i < v.failure_count; i++)
			test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[i].where), SR_FMT(v.failures[i].reason));
		fixture_deinit(&s.f);
	}
}

/* Who a pronoun means: the one who is named before it, not whoever else is heard or quoted there. */
TEST(verify_speaker_by_pronoun)
{
	static const struct {
		const char *words, *cite, *who;
		bool holds;
	} rows[] = {
		{ "It was refused to us in spring", "\"It was refused to us in spring,\" she said.", "Ines Moor", true },
		{ "It was refused to us in spring", "\"It was refused to us in spring,\" she said.", "Karl Venn", false },
		{ "The tug came an hour late", "\"The tug came an hour late,\" he added.", "Otto Reyl", true },
		{ "The tug came an hour late", "\"The tug came an hour late,\" he added.", "Ines Moor", false },
		{ "It was a clear night", "It was a clear night, Otto Reyl said.", "Otto Reyl", true },
		{ "It was a clear night", "It was a clear night, Otto Reyl said.", "Ines Moor", false },
		{ "denied the charge", "She denied the charge", "Ines Moor", true },
		{ "denied the charge", "She denied the charge", "Karl Venn", false },
	};
	sample s;
	sr_verdict v;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char label[96];
		snprintf(label, sizeof label, "%s: %s", rows[i].words, rows[i].who);
		test_case(label);
		REQUIRE(sample_init(&s));
		s.holders[0] = (sr_holder){ .who = sr_str_c(rows[i].who), .named = true, .cite = sample_cite(&s, 0, rows[i].cite) };
		s.update.note = (sr_str){ 0 };
		s.positions[0].statement = sr_str_c(rows[i].words);
		s.conflict.question = SR_STR("Who is to blame?");
		CHECK_INT(sample_failures(&s, &v) == 0, rows[i].holds);
		for (size_t k = 0; rows[i].holds && k < v.failure_count; k++)
			test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[k].where), SR_FMT(v.failures[k].reason));
		fixture_deinit(&s.f);
	}
}

/* A holder's name may stand for his pronoun in the question: nobody else's. */
TEST(verify_question_names_whom_a_pronoun_means)
{
	static const struct {
		const char *question;
		bool holds;
	} rows[] = {
		{ "Whether the line had sold 1.2 million tickets since 2019", true },
		{ "Whether it had sold 1.2 million tickets since 2019", true },
		{ "Whether Karl Venn had sold 1.2 million tickets since 2019", false },
		{ "Whether the line sold 1.2 million tickets since 2019", false },
		{ "Whether the line's tickets had sold since 2019", false },
	};
	sample s;
	sr_verdict v;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		test_case(rows[i].question);
		REQUIRE(sample_init(&s));
		s.holders[0] = (sr_holder){ .who = SR_STR("The line"), .cite = sample_cite(&s, 0, "The line said it had sold 1.2 million tickets since 2019, and that fares would rise by 6 per cent in May.") };
		s.update.note = (sr_str){ 0 };
		s.positions[0].statement = SR_STR("it had sold 1.2 million tickets since 2019");
		s.conflict.question = sr_str_c(rows[i].question);
		(void)sample_failures(&s, &v);
		bool fails = false;
		for (size_t k = 0; k < v.failure_count; k++)
			fails |= sr_str_ends(v.failures[k].where, SR_STR(".question")) && sr_str_find(v.failures[k].reason, SR_STR("not together"), 0) != SIZE_MAX;
		CHECK_INT(!fails, rows[i].holds);
		fixture_deinit(&s.f);
	}
}

/* A position of two holders, of whom the second does not hold, is cut back to the first; read back from a file it cannot be. */
TEST(verify_prune_cuts_back_to_the_first_holder)
{
	sample s;
	sr_verdict first, verdict;
	sr_error err;
	size_t dropped;
	for (int composed = 0; composed < 2; composed++) {
		test_case(composed ? "composed" : "read back");
		REQUIRE(sample_init(&s));
		sr_holder two[2] = { s.holders[0], { .who = SR_STR("Karl Venn"), .named = true, .cite = sample_cite(&s, 0, "Residents of Pell said the light on the point had been dark since Monday.") } };
		sr_str own = s.positions[0].statement;
		two[0].told = composed ? own.len : 0;
		s.update.note = (sr_str){ 0 };
		s.positions[0] = (sr_position){ sr_str_printf(s.f.arena, "%.*s; the light on the point had been dark", SR_FMT(own)), 1, two, 2 };
		REQUIRE(sr_verify_settle(&s.d, s.f.originals, 2, 2, s.f.arena, &first, &verdict, &dropped, &err) == SR_OK);
		CHECK_INT(verdict.failure_count, 0);
		CHECK_INT(s.d.conflict_count, composed);
		if (composed) {
			CHECK_INT(s.positions[0].held_by_count, 1);
			CHECK_STR(s.positions[0].statement, own);
		}
		fixture_deinit(&s.f);
	}
}

TEST(verify_prune_names_who_is_named)
{
	sample s;
	sr_verdict v;
	REQUIRE(sample_init(&s));
	s.holders[1].named = s.quote.named = false;
	CHECK_INT(sample_failures(&s, &v), 2);
	CHECK_INT(sr_verify_prune(&s.d, &v), 0);
	CHECK(s.holders[1].named && s.quote.named);
	CHECK_INT(s.d.conflict_count, 1);
	CHECK_INT(s.d.quote_count, 1);
	CHECK_INT(sample_failures(&s, &v), 0);
	fixture_deinit(&s.f);
}

TEST(verify_prune_leaves_what_holds)
{
	sample s;
	sr_verdict v;
	REQUIRE(sample_init(&s));
	spoil_line_text(&s);
	spoil_quote_word(&s);
	spoil_holder(&s);
	spoil_low(&s);
	spoil_update_text(&s);
	spoil_place(&s);
	CHECK(sample_failures(&s, &v) >= 6);
	CHECK_INT(sr_verify_prune(&s.d, &v), 0);
	CHECK_INT(s.d.brief[0].line_count, SAMPLE_LINES - 1);
	CHECK_INT(s.d.quote_count, 0);
	CHECK_INT(s.d.conflict_count, 0);
	CHECK_INT(s.d.figures[0].series_count, 1);
	CHECK_INT(s.d.update_count, 0);
	CHECK_INT(s.d.place_count, 0);
	CHECK_INT(s.d.unknown_count, 1);
	/* what is left holds: the measure named both words, one of which went with its point */
	s.figure.measure = SR_STR("dead");
	sample_failures(&s, &v);
	for (size_t i = 0; i < v.failure_count; i++)
		test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[i].where), SR_FMT(v.failures[i].reason));
	fixture_deinit(&s.f);
}

TEST(verify_idle_cite_goes_alone)
{
	sample s;
	sr_verdict v;
	size_t dropped;
	REQUIRE(sample_init(&s));
	s.line_cites[1][1] = s.update_cite;
	s.lines[1].cites.count = 2;
	REQUIRE(sr_verify_settle(&s.d, s.f.originals, 2, 2, s.f.arena, NULL, &v, &dropped, NULL) == SR_OK);
	CHECK_INT(v.failure_count, 0);
	CHECK_INT(dropped, 1);
	CHECK_INT(s.section.line_count, SAMPLE_LINES);
	CHECK_INT(s.lines[1].cites.count, 1);
	CHECK_INT(s.lines[1].cites.items[0].source, 1);
	fixture_deinit(&s.f);
}

/* What failed without room to say so has not held: it goes in a later round. */
TEST(verify_more_failures_than_are_told)
{
	enum { MANY = SR_VERIFY_FAILURES_MAX + 700 };
	sample s;
	sr_verdict v;
	size_t dropped;
	REQUIRE(sample_init(&s));
	sr_unknown *many = SR_NEW_ARRAY(s.f.arena, sr_unknown, MANY);
	sr_quote *quotes = SR_NEW_ARRAY(s.f.arena, sr_quote, MANY);
	sr_cite *nowhere = SR_NEW(s.f.arena, sr_cite);
	REQUIRE(many && quotes && nowhere);
	*nowhere = (sr_cite){ .source = 99, .span = { 0, 1 } };
	for (size_t i = 0; i < MANY; i++) {
		many[i] = (sr_unknown){ .text = SR_STR("The bridge fell."), .cites = { &s.unknown_cite, 1 } };
		quotes[i] = (sr_quote){ .text = SR_STR("The bridge fell."), .speaker = SR_STR("Nobody"), .origins = 1, .cites = { nowhere, 1 } };
	}
	s.d.unknown = many;
	s.d.quotes = quotes;
	s.d.unknown_count = s.d.quote_count = MANY;
	REQUIRE(sr_verify_settle(&s.d, s.f.originals, 2, 2, s.f.arena, NULL, &v, &dropped, NULL) == SR_OK);
	CHECK_INT(v.failure_count, 0);
	CHECK_INT(s.d.unknown_count, 0);
	CHECK_INT(s.d.quote_count, 0);
	CHECK_INT(dropped, 2 * MANY);
	fixture_deinit(&s.f);
}

TEST(verify_settle_takes_rounds)
{
	sample s;
	sr_verdict v;
	size_t dropped;
	REQUIRE(sample_init(&s));
	spoil_holder(&s); /* takes its position, that the conflict, and that the note that names him */
	REQUIRE(sr_verify_settle(&s.d, s.f.originals, 2, 2, s.f.arena, NULL, &v, &dropped, NULL) == SR_OK);
	CHECK_INT(v.failure_count, 0);
	CHECK_INT(s.d.conflict_count, 0);
	CHECK_INT(s.d.update_count, 1);
	CHECK_INT(s.update.note.len, 0);
	fixture_deinit(&s.f);
}

/* What is not shown to be over is open. */
TEST(verify_settle_opens_a_conflict)
{
	sample s;
	sr_verdict v;
	size_t dropped;
	REQUIRE(sample_init(&s));
	spoil_settled_by_admission(&s);
	REQUIRE(sr_verify_settle(&s.d, s.f.originals, 2, 2, s.f.arena, NULL, &v, &dropped, NULL) == SR_OK);
	CHECK_INT(v.failure_count, 0);
	REQUIRE(s.d.conflict_count == 1);
	CHECK_INT(s.conflict.status, SR_CONFLICT_OPEN);
	CHECK_INT(s.conflict.settled_by, SR_SETTLED_BY_NONE);
	fixture_deinit(&s.f);
}

TEST(verify_prune_cannot_cure_sources)
{
	sample s;
	sr_verdict v;
	REQUIRE(sample_init(&s));
	spoil_publisher(&s);
	CHECK_INT(sample_failures(&s, &v), 1);
	CHECK_INT(sr_verify_prune(&s.d, &v), 1);
	fixture_deinit(&s.f);
}

TEST(verify_out_of_memory)
{
	sample s;
	sr_verdict v;
	REQUIRE(sample_init(&s));
	int failed = 0, last = 0;
	for (int n = 0; n < 2000; n++) {
		sr_error err = { 0 };
		sr_arena_fail_after(n);
		sr_status status = sr_verify(&s.d, s.f.originals, 2, 2, s.f.arena, &v, &err);
		sr_arena_fail_after(-1);
		CHECK(status == SR_OK || status == SR_E_NOMEM);
		failed += status != SR_OK;
		last = status != SR_OK ? n + 1 : last;
		/* memory that fails must never read as "all holds" of fewer things */
		if (status == SR_OK)
			CHECK_INT(v.failure_count, 0);
	}
	/* no allocation that fails goes unnoticed, and there are as many as a dossier of this size takes */
	CHECK_INT(failed, last);
	CHECK(last > 900);
	fixture_deinit(&s.f);
}

/* What is wrong does not hold for want of memory to say so. */
TEST(verify_spoiled_out_of_memory)
{
	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
		sample s;
		sr_verdict v;
		test_case(spoils[i].name);
		REQUIRE(sample_init(&s));
		spoils[i].spoil(&s);
		for (int n = (int)(i % 7); n < 1200; n += 7) {
			sr_error err = { 0 };
			sr_arena_fail_after(n);
			sr_status status = sr_verify(&s.d, s.f.originals, 2, 2, s.f.arena, &v, &err);
			sr_arena_fail_after(-1);
			CHECK(status == SR_E_NOMEM || (status == SR_OK && v.failure_count > 0));
		}
		fixture_deinit(&s.f);
	}
}
