/* A dossier that is tampered with where no words change: numbers of origins, how a conflict stands, reasons, lists. */
#include "harness.h"
#include "sample.h"

/* A position is held from as many origins as its holders' sources, and who relays them, come from. */
TEST(verify_origins_of_a_position)
{
	static const struct {
		const char *label, *site, *via;
		uint32_t second, told;
		bool holds;
	} rows[] = {
		{ "two pages", "The Ferry Post", "", 2, 2, true },
		{ "two pages told as one", "The Ferry Post", "", 2, 1, false },
		{ "two pages told as three", "The Ferry Post", "", 2, 3, false },
		{ "a reprint", "The Ferry Post", "", 1, 1, true },
		{ "a reprint told as two", "The Ferry Post", "", 1, 2, false },
		{ "an outlet that is relayed", "The Ferry Post", "Harbour Weekly", 1, 2, true },
		{ "the page that is relayed", "Harbour Weekly", "Harbour Weekly", 2, 1, true },
		{ "the page that is relayed told as two", "Harbour Weekly", "Harbour Weekly", 2, 2, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sample s;
		sr_verdict v;
		test_case(rows[i].label);
		REQUIRE(sample_init(&s));
		const char *second = rows[i].via[0] ? "The owner says the ship was sound." : "Then the lights went out, and nobody came";
		sr_holder two[2] = { { .who = SR_STR("Nora Quill"), .named = true, .cite = sample_cite(&s, 0, "Its lawyer, Nora Quill, said the ship had passed an inspection") },
			                 { .via = sr_str_c(rows[i].via), .cite = sample_cite(&s, 1, second) } };
		s.f.docs[0].site = s.f.sources[0].publisher = sr_str_c(rows[i].site);
		s.f.sources[1].origin = rows[i].second;
		s.d.origins = rows[i].second;
		s.positions[0] = (sr_position){ SR_STR("the ship had passed an inspection"), rows[i].told, two, 2 };
		s.conflict.question = rows[i].via[0] ? SR_STR("Whether the ship was sound") : SR_STR("Whether the ship had passed an inspection or the lights went out");
		s.update.note = (sr_str){ 0 };
		sample_failures(&s, &v);
		CHECK_INT(v.failure_count, !rows[i].holds);
		for (size_t k = 0; k < v.failure_count; k++)
			if (rows[i].holds || !sr_str_eq(v.failures[k].where, SR_STR("conflicts[0].positions[0]")))
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[k].where), SR_FMT(v.failures[k].reason));
		/* a wrong number is put right where nothing else is wrong */
		REQUIRE(v.failure_count == 0 || sr_verify_prune(&s.d, &v) == 0);
		CHECK_INT(sample_failures(&s, &v), 0);
		CHECK_INT(s.d.conflict_count, 1);
		fixture_deinit(&s.f);
	}
}

/* What settles a conflict, and why something is not known, is shown by what is cited. */
TEST(verify_standing_that_holds)
{
	static const char *const rows[] = { "shares of one whole", "shares turned to open", "overtaken by the same voice", "overtaken by another voice", "not named", "disputed by a conflict", "one origin" };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sample s;
		sr_verdict v;
		test_case(rows[i]);
		REQUIRE(sample_init(&s));
		s.update.note = (sr_str){ 0 };
		if (i < 2) {
			s.holders[0] = (sr_holder){ .who = SR_STR("the coastguard"), .cite = sample_cite(&s, 0, "About 40 per cent of the passengers were children, the coastguard said.") };
			s.holders[1] = (sr_holder){ .who = SR_STR("the steward"), .cite = sample_cite(&s, 0, "Some 60 per cent of the passengers were grown, the steward said.") };
			s.positions[0].statement = SR_STR("About 40 per cent of the passengers were children");
			s.positions[1].statement = SR_STR("Some 60 per cent of the passengers were grown");
			s.conflict.question = SR_STR("Whether the passengers were children or were grown");
			s.conflict.kind = SR_CONFLICT_STATE;
			s.conflict.status = SR_CONFLICT_SETTLED;
			s.conflict.settled_by = i ? SR_SETTLED_BY_NONE : SR_SETTLED_BY_SHARES;
		} else if (i < 4) {
			s.holders[0] = (sr_holder){ .who = SR_STR("the coastguard"), .said = sr_time_date(2026, 3, 14), .cite = s.point_cites[0] };
			s.holders[1] = (sr_holder){ .who = i == 2 ? SR_STR("The coastguard") : (sr_str){ 0 }, .said = sr_time_date(2026, 3, 16), .cite = s.point_cites[1] };
			s.positions[0].statement = SR_STR("at least three of them were killed");
			s.positions[1].statement = SR_STR("the number of dead at five");
			s.conflict.question = SR_STR("How many of them were killed?");
			s.conflict.kind = SR_CONFLICT_QUANTITY;
			s.conflict.status = SR_CONFLICT_SUPERSEDED;
		} else if (i == 4) {
			s.unknown_cite = sample_cite(&s, 0, "Residents of Pell said the light on the point had been dark since Monday.");
			s.unknown = (sr_unknown){ sample_text(&s, s.unknown_cite), SR_UNKNOWN_UNNAMED, { &s.unknown_cite, 1 } };
		} else if (i == 5) {
			s.unknown_cite = s.holders[1].cite;
			s.unknown = (sr_unknown){ sample_text(&s, s.unknown_cite), SR_UNKNOWN_DISPUTED, { &s.unknown_cite, 1 } };
		} else {
			s.unknown_cite = sample_cite(&s, 0, "A fitter of the yard said the bolts were old.");
			s.unknown = (sr_unknown){ sample_text(&s, s.unknown_cite), SR_UNKNOWN_SINGLE_ORIGIN, { &s.unknown_cite, 1 } };
		}
		CHECK_INT(sample_failures(&s, &v), i == 1 || i == 3);
		for (size_t k = 0; i != 1 && i != 3 && k < v.failure_count; k++)
			test_fail(__FILE__, __LINE__, "%.*s: %.*s", SR_FMT(v.failures[k].where), SR_FMT(v.failures[k].reason));
		fixture_deinit(&s.f);
	}
}

/* What was taken back is told as withdrawn and as nothing else; a correction is news. */
TEST(verify_what_was_taken_back)
{
	enum { UPDATE = 4 };
	static const struct {
		const char *label;
		int list; /* new, strengthened, contradicted, withdrawn; or UPDATE */
		sr_doc_status status;
		bool note, holds;
	} rows[] = {
		{ "new of a page that stands", 0, SR_DOC_USABLE, false, true },
		{ "new of a page that was withdrawn", 0, SR_DOC_WITHDRAWN, false, false },
		{ "contradicted of a page that was withdrawn", 2, SR_DOC_WITHDRAWN, false, false },
		{ "contradicted by nobody", 2, SR_DOC_USABLE, false, false },
		{ "strengthened by one", 1, SR_DOC_USABLE, false, false },
		{ "withdrawn of a page that was withdrawn", 3, SR_DOC_WITHDRAWN, false, true },
		{ "withdrawn of a page that was corrected", 3, SR_DOC_CORRECTED, false, true },
		{ "withdrawn of a page that stands", 3, SR_DOC_USABLE, false, false },
		{ "update of a page that stands", UPDATE, SR_DOC_USABLE, false, true },
		{ "update of a page that was withdrawn", UPDATE, SR_DOC_WITHDRAWN, false, false },
		{ "update that corrects", UPDATE, SR_DOC_CORRECTED, true, true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture f;
		sr_verdict v = { 0 };
		sr_error err = { 0 };
		test_case(rows[i].label);
		REQUIRE(fixture_init(&f));
		sr_cite c = fixture_cite(&f, 1, SR_STR("The coastguard put the number of dead at five."));
		sr_line line = { .text = sr_span_of(f.docs[1].text, c.span), .cites = { &c, 1 } };
		sr_update update = { .at = sr_time_date(2026, 3, 16), .text = line.text, .cites = { &c, 1 } };
		sr_dossier d = { .title = f.docs[0].title, .documents = 2, .origins = 2, .sources = f.sources, .source_count = 2 };
		f.docs[1].status = f.sources[1].status = rows[i].status;
		f.docs[1].correction = rows[i].note ? line.text : (sr_str){ 0 };
		d.changes = (sr_changes){ .since = 1, .added = &line, .strengthened = &line, .contradicted = &line, .withdrawn = &line,
			                      .added_count = rows[i].list == 0, .strengthened_count = rows[i].list == 1, .contradicted_count = rows[i].list == 2,
			                      .withdrawn_count = rows[i].list == 3 };
		d.updates = &update;
		d.update_count = rows[i].list == UPDATE;
		if (sr_verify(&d, f.originals, 2, 1, f.arena, &v, &err) != SR_OK)
			test_fail(__FILE__, __LINE__, "%s", err.message);
		CHECK_INT(v.failure_count > 0, !rows[i].holds);
		fixture_deinit(&f);
	}
}

/* "Not" stands in a question before what it denies in the cites. */
TEST(verify_negation_of_a_question)
{
	static const struct {
		const char *question;
		bool holds;
	} rows[] = {
		{ "Whether the ship had passed an inspection on 18 February and was not overloaded", true },
		{ "Whether the ship had passed an inspection", true },
		{ "Whether the ship was overloaded", false },
		{ "Whether the ship had not passed an inspection", false },
		{ "Whether the owner not passed", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sample s;
		sr_verdict v;
		test_case(rows[i].question);
		REQUIRE(sample_init(&s));
		s.update.note = (sr_str){ 0 };
		s.holders[0] = (sr_holder){ .who = SR_STR("Nora Quill"), .named = true, .cite = sample_cite(&s, 0, "Its lawyer, Nora Quill, said the ship had passed an inspection on 18 February and was not overloaded.") };
		s.positions[0].statement = SR_STR("the ship had passed an inspection on 18 February and was not overloaded");
		s.conflict.question = sr_str_c(rows[i].question);
		CHECK_INT(sample_failures(&s, &v), !rows[i].holds);
		fixture_deinit(&s.f);
	}
}

/* The number of a point is that of its measure, and no more exact or open than in the source. */
TEST(verify_number_of_a_figure)
{
	const double none = __builtin_inf();
	static const char *const wave = "The wave swept 26 people off the deck and injured nearly 250 more.";
	const struct {
		const char *label, *cite, *measure;
		double low, high;
		bool holds;
	} rows[] = {
		{ "of what it counts", wave, "people", 26, 26, true },
		{ "of something else", wave, "people", 250, 250, false },
		{ "behind its measure", wave, "injured", 250, 250, true },
		{ "before another measure", "The fire in Lund killed 5 people in a shed, the brigade said.", "people killed", 5, 5, true },
		{ "from one number to another", wave, "people", 26, 250, false },
		{ "open to one side", "at least three of them were killed, the coastguard said", "killed", 3, none, true },
		{ "opened to one side", "The fire in Lund killed 5 people in a shed, the brigade said.", "people killed", 5, none, false },
		{ "opened to the other", "The fire in Lund killed 5 people in a shed, the brigade said.", "people killed", -none, 5, false },
		{ "open to both", wave, "people", -none, none, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sample s;
		sr_verdict v;
		test_case(rows[i].label);
		REQUIRE(sample_init(&s));
		s.point_cites[0] = sample_cite(&s, sr_str_find(s.f.docs[0].text, sr_str_c(rows[i].cite), 0) == SIZE_MAX, rows[i].cite);
		s.points[0] = (sr_figure_point){ .low = rows[i].low, .high = rows[i].high, .cites = { &s.point_cites[0], 1 } };
		s.figure.measure = sr_str_c(rows[i].measure);
		s.figure.series_count = 1;
		CHECK_INT(sample_failures(&s, &v), !rows[i].holds);
		fixture_deinit(&s.f);
	}
}

/* A question is words of its holders as they stand there, in a frame; a charge may be told with another form of its verb. */
TEST(verify_order_of_a_question)
{
	static const struct {
		const char *question;
		bool holds;
	} rows[] = {
		{ "Whether the ship had passed an inspection on 18 February", true },
		{ "Whether the ship had passed on 18 February", false },
		{ "Whether the ship had passed an", false },
		{ "Whether an inspection had passed the ship", false },
		{ "the ship had passed an inspection", false },
		{ "Whether Karl Venn blames the owner", true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sample s;
		sr_verdict v;
		test_case(rows[i].question);
		REQUIRE(sample_init(&s));
		s.update.note = (sr_str){ 0 };
		s.holders[0] = (sr_holder){ .who = SR_STR("Nora Quill"), .named = true, .cite = sample_cite(&s, 0, "Its lawyer, Nora Quill, said the ship had passed an inspection on 18 February and was not overloaded.") };
		s.positions[0].statement = SR_STR("the ship had passed an inspection on 18 February and was not overloaded");
		s.conflict.question = sr_str_c(rows[i].question);
		CHECK_INT(sample_failures(&s, &v), !rows[i].holds);
		fixture_deinit(&s.f);
	}
}
