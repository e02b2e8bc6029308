#include "harness.h"
#include "sitrep/render/records.h"
#include "sitrep/tag.h"

#include <string.h>

/* One model for all tests of this file, never freed: tests run one after the other. */
static sr_tag_model *model(void)
{
	static sr_tag_model *m;
	sr_error err;
	if (!m && sr_tag_model_open(test_path("share/sitrep/reading.model"), &m, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return m;
}

static bool read_text(sr_str text, sr_arena *arena, sr_document *doc, sr_reading *r)
{
	sr_error err;
	*doc = (sr_document){ .id = SR_STR("t"), .text = text };
	*r = (sr_reading){ 0 };
	if (model() && sr_tag_document(model(), doc, arena, r, &err) == SR_OK)
		return true;
	test_fail(__FILE__, __LINE__, "not read");
	return false;
}

static void corpus(const char *path, bool sentences)
{
	sr_str rest = test_read(test_path(path)), f[2];
	while (test_next_row(&rest, f, 2) == 2) {
		char label[64];
		size_t n = f[0].len < 40 ? f[0].len : 40;
		while (n && ((unsigned char)f[0].ptr[n] & 0xC0) == 0x80)
			n--;
		memcpy(label, f[0].ptr, n);
		label[n] = 0;
		test_case(label);
		sr_arena *arena = sr_arena_new(0);
		sr_document doc;
		sr_reading r;
		sr_buf out;
		sr_buf_init(&out, 0);
		if (read_text(f[0], arena, &doc, &r)) {
			size_t count = sentences ? r.sentence_count : r.token_count;
			for (size_t i = 0; i < count; i++) {
				if (i)
					sr_buf_add_c(&out, sentences ? " | " : " ");
				sr_buf_add(&out, sr_span_of(doc.text, sentences ? r.sentences[i].span : r.tokens[i].span));
			}
			CHECK_STR(sr_buf_str(&out), f[1]);
		}
		sr_buf_deinit(&out);
		sr_arena_free(arena);
	}
}

TEST(tag_tokens) { corpus("tests/tag/tokens.tsv", false); }

TEST(tag_sentences) { corpus("tests/tag/sentences.tsv", true); }

TEST(tag_reads_a_sentence)
{
	sr_arena *arena = sr_arena_new(0);
	sr_document doc;
	sr_reading r;
	REQUIRE(read_text(SR_STR("The bridge was destroyed by troops in Brazil, General Maria Lopes said on Monday."), arena, &doc, &r));
	REQUIRE(r.sentence_count == 1 && r.token_count == 16);
	CHECK_INT(r.tokens[1].upos, SR_UPOS_NOUN);
	CHECK_INT(r.tokens[1].deprel, SR_DEPREL_nsubj);
	CHECK(r.tokens[1].passive);
	CHECK_INT(r.tokens[1].head, 3);
	CHECK_STR(r.tokens[2].lemma, SR_STR("be"));
	CHECK_STR(r.tokens[3].lemma, SR_STR("destroy"));
	CHECK_STR(r.tokens[12].lemma, SR_STR("say"));
	CHECK_INT(r.tokens[10].head, 12);
	CHECK_INT(r.tokens[10].deprel, SR_DEPREL_nsubj);
	CHECK_INT(r.entity_count, 2);
	REQUIRE(r.entity_count == 2);
	CHECK_STR(r.entities[0].name, SR_STR("Brazil"));
	CHECK_INT(r.entities[0].type, SR_ENTITY_LOC);
	CHECK_STR(r.entities[1].name, SR_STR("Maria Lopes"));
	CHECK_INT(r.entities[1].type, SR_ENTITY_PER);
	sr_arena_free(arena);
}

TEST(tag_addresses_are_no_names)
{
	static const struct {
		const char *text, *name; /* NULL: none */
	} cases[] = { { "Write to franz371@gmail.com if you want the tickets.", NULL },
		          { "Go to Goldstar.com and get tickets for about a third of the price.", NULL },
		          { "Amazon.com said on Monday that it would pay a fine.", "Amazon.com" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_arena *arena = sr_arena_new(0);
		sr_document doc;
		sr_reading r;
		test_case(cases[i].text);
		REQUIRE(read_text(sr_str_c(cases[i].text), arena, &doc, &r));
		CHECK_INT(r.entity_count, cases[i].name != NULL);
		if (r.entity_count && cases[i].name)
			CHECK_STR(r.entities[0].name, sr_str_c(cases[i].name));
		sr_arena_free(arena);
	}
}

/* A town and its region are two names, also without a comma; "Lake" and "Western" are no towns. */
TEST(tag_parts_towns_from_regions)
{
	static const char *const want[] = { "Miramar", "California", "Kansas City", "Missouri", "Lake Ontario", "Western Australia", "Gulf of Mexico" };
	sr_arena *arena = sr_arena_new(0);
	sr_document doc;
	sr_reading r;
	REQUIRE(read_text(SR_STR("We drove from Miramar California to Kansas City Missouri and Lake Ontario, then to Western Australia. The Gulf of Mexico was far."),
	                  arena, &doc, &r));
	REQUIRE(r.entity_count == sizeof want / sizeof *want);
	for (size_t i = 0; i < r.entity_count; i++)
		CHECK_STR(r.entities[i].name, sr_str_c(want[i]));
	sr_arena_free(arena);
}

TEST(tag_storms_are_no_persons)
{
	sr_arena *arena = sr_arena_new(0);
	sr_document doc;
	sr_reading r;
	REQUIRE(read_text(SR_STR("Typhoon Mawar hit Guam on Wednesday. Mawar was expected to weaken. Tropical Storm Betty followed, and Betty killed 12 "
	                         "people. Betty Lund of the weather service said that the storm Lund had seen was the worst."), arena, &doc, &r));
	for (size_t i = 0; i < r.entity_count; i++) {
		bool storm = sr_str_eq(r.entities[i].name, SR_STR("Mawar")) || sr_str_eq(r.entities[i].name, SR_STR("Betty"));
		if (storm || sr_str_ends(r.entities[i].name, SR_STR("Lund")))
			CHECK_INT(r.entities[i].type, storm ? SR_ENTITY_MISC : SR_ENTITY_PER);
	}
	CHECK(r.entity_count >= 5);
	sr_arena_free(arena);
}

/* One root, heads within the sentence, no cycles, spans in order. */
static void check_shape(const sr_reading *r)
{
	for (size_t s = 0; s < r->sentence_count; s++) {
		const sr_token *t = r->tokens + r->sentences[s].first_token;
		int32_t n = (int32_t)r->sentences[s].token_count;
		int roots = 0;
		for (int32_t i = 0; i < n; i++) {
			roots += t[i].head == -1;
			int32_t at = i, steps = 0;
			while (at >= 0 && at < n && steps++ <= n)
				at = t[at].head;
			CHECK_INT(at, -1);
			CHECK((t[i].head == -1) == (t[i].deprel == SR_DEPREL_root));
		}
		CHECK_INT(roots, 1);
	}
	for (size_t i = 1; i < r->token_count; i++)
		CHECK(r->tokens[i - 1].span.end <= r->tokens[i].span.start);
}

TEST(tag_survives_odd_text)
{
	static const char *const texts[] = { "", " ", "\n\n\n", ".", "...", "?!?!", "\"", "'s", "n't", "$", "a", "http://", "@", "-- --", "((((((((((((((",
		                                 "))))))))))))))", "\xC2\xA0\xC2\xA0", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87",
		                                 "\xF0\x9F\x9A\x92\xF0\x9F\x9A\x92 fire", "one\ntwo\nthree", "A.B.C.D.E.F.G.H.", "1-2-3-4-5-6-7-8-9-0", "'''''''''" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		sr_arena *arena = sr_arena_new(0);
		sr_document doc;
		sr_reading r;
		if (read_text(sr_str_c(texts[i]), arena, &doc, &r))
			check_shape(&r);
		sr_arena_free(arena);
	}
}

TEST(tag_long_runs)
{
	static const char *const units[] = { "word ", "word", "Yes! ", "((\"", "a-", "don't", "9,", "x.", "\xC3\xA9" };
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		sr_buf text;
		sr_buf_init(&text, 0);
		while (text.len < 6000)
			sr_buf_add_c(&text, units[u]);
		sr_arena *arena = sr_arena_new(0);
		sr_document doc;
		sr_reading r;
		if (read_text(sr_buf_str(&text), arena, &doc, &r)) {
			check_shape(&r);
			CHECK(r.token_count > 0);
			CHECK_INT(r.tokens[r.token_count - 1].span.end, units[u][strlen(units[u]) - 1] == ' ' ? text.len - 1 : text.len);
		}
		sr_arena_free(arena);
		sr_buf_deinit(&text);
	}
}

#define DOCS 9u

/* Everything that a reading says, as bytes. */
static void dump(sr_buf *out, const sr_reading *r)
{
	sr_render_conllu(out, r);
	for (size_t i = 0; i < r->entity_count; i++)
		sr_buf_printf(out, "%u %u %d\n", r->entities[i].span.start, r->entities[i].span.end, (int)r->entities[i].type);
	sr_buf_add(out, sr_str_make((const char *)r->vectors, r->sentence_count * r->vector_width * sizeof(float)));
}

TEST(tag_same_on_any_threads_and_batch)
{
	static const char *const parts[] = { "The council of Ostmark voted to close the mine. ", "Mayor Ida Lund said on Tuesday that 40 people were hurt. ",
		                                 "No one claimed it. ", "\n\nRain fell for six days, the weather service said. " };
	sr_buf texts[DOCS], alone, together;
	sr_document docs[DOCS];
	sr_error err;
	REQUIRE(model());
	sr_buf_init(&alone, 0);
	for (size_t i = 0; i < DOCS; i++) {
		sr_buf_init(&texts[i], 0);
		for (size_t k = 0; k <= i * 2; k++)
			sr_buf_add_c(&texts[i], parts[(k * 3 + i) % 4]);
		sr_arena *arena = sr_arena_new(0);
		sr_reading r;
		if (read_text(sr_buf_str(&texts[i]), arena, &docs[i], &r))
			dump(&alone, &r);
		sr_arena_free(arena);
	}
	for (unsigned threads = 1; threads <= 4; threads++) {
		sr_arena *arena = sr_arena_new(0);
		sr_reading readings[DOCS] = { 0 };
		sr_tag_job jobs[DOCS];
		for (size_t i = 0; i < DOCS; i++)
			jobs[i] = (sr_tag_job){ .doc = &docs[i], .arena = arena, .reading = &readings[i] };
		CHECK_INT(sr_tag_documents(model(), jobs, DOCS, threads, &err), SR_OK);
		sr_buf_init(&together, 0);
		for (size_t i = 0; i < DOCS; i++)
			dump(&together, &readings[i]);
		CHECK(sr_str_eq(sr_buf_str(&together), sr_buf_str(&alone)));
		sr_buf_deinit(&together);
		sr_arena_free(arena);
	}
	sr_buf_deinit(&alone);
	for (size_t i = 0; i < DOCS; i++)
		sr_buf_deinit(&texts[i]);
}

TEST(tag_vectors_compare)
{
	sr_arena *arena = sr_arena_new(0);
	sr_document doc;
	sr_reading r;
	REQUIRE(read_text(SR_STR("Flood waters destroyed two bridges in the valley.\n\nTwo bridges in the valley were destroyed by the floods.\n\n"
	                         "The striker scored three goals on Saturday."),
	                  arena, &doc, &r));
	REQUIRE(r.sentence_count == 3);
	float like = 0, unlike = 0, length = 0;
	for (size_t k = 0; k < r.vector_width; k++) {
		length += r.vectors[k] * r.vectors[k];
		like += r.vectors[k] * r.vectors[r.vector_width + k];
		unlike += r.vectors[k] * r.vectors[2 * r.vector_width + k];
	}
	CHECK_NEAR(length, 1.0, 1e-4);
	CHECK(like > 0.7f);
	CHECK(unlike < 0.4f);
	sr_arena_free(arena);
}

TEST(tag_names_end_where_they_should)
{
	static const struct {
		const char *text, *names; /* | after each */
	} cases[] = { { "I enjoyed working with all of you during the past five years at Enron/Azurix, and I wish you well.", "Enron|Azurix|" },
		          { "Nina Hale, 19, said on Monday that her family had left the city of Tyre for Beirut.", "Nina Hale|Tyre|Beirut|" },
		          { "The Minister of Infrastructure, Paula Retz, blamed the owner of the dam.", "Paula Retz|" },
		          { "He ran the campaign of Walter \"Red\" Hollis in Denver.", "Walter \"Red\" Hollis|Denver|" },
		          { "He ran the campaign of Walter “Red” Hollis in Denver.", "Walter “Red” Hollis|Denver|" },
		          { "She called Walter \"Red\" and left.", "Walter|" },
		          { "Reporters asked for it in The Boston Globe, and the Boston Globe sent it.", "The Boston Globe|Boston Globe|" },
		          { "\"The Boston Globe has it,\" he said.", "Boston Globe|" },
		          { "Shells fell on the Kerch peninsula on Monday.", "Kerch peninsula|" },
		          { "Shells fell in the Kerch area on Monday.", "Kerch|" },
		          { "The shop is at 220 South Michigan Ave. in Chicago.", "Chicago|" },
		          { "In 2008 Wall Street fell.", "Wall Street|" },
		          { "Send it to PO Box 27 Cedar Lane, Texas", "Cedar Lane|Texas|" },
		          { "He works for Kestrel Corp. Europe in London.", "Kestrel Corp. Europe|London|" },
		          { "Write to Ann Keller@Millco.org today.", "Ann|" },
		          { "He called Walter \"Red Ann Hollis\" at noon.", "Walter|Red Ann Hollis|" },
		          { "The shop is on Michigan Avenue in Chicago.", "Michigan Avenue|Chicago|" },
		          { "They moved to Chillicothe, OH last year.", "Chillicothe|OH|" },
		          { "Sent by: Ann Keller@MILLCO", "Ann Keller@MILLCO|" },
		          { "He wrote: \"Pascoe, Ruth\".", "Pascoe, Ruth|" },
		          { "From: \"Keller, Ann\" <ann.keller@example.org>", "Keller, Ann|" },
		          { "From: \"Ganzo\" <ganzo@example.org>", "Ganzo|" },
		          { "From: \"The Cat Album\" <album@example.org>", "" },
		          { "As of January 10, 2005, my source of income changed from The Mill Foundation to Kestrel, Inc. of Mountain View, California.",
		            "The Mill Foundation|Kestrel, Inc.|Mountain View|California|" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sr_arena *arena = sr_arena_new(0);
		sr_document doc;
		sr_reading r;
		sr_buf got;
		test_case(cases[i].text);
		REQUIRE(read_text(sr_str_c(cases[i].text), arena, &doc, &r));
		sr_buf_init(&got, 0);
		for (size_t k = 0; k < r.entity_count; k++)
			sr_buf_printf(&got, "%.*s|", SR_FMT(sr_span_of(doc.text, r.entities[k].span)));
		CHECK_STR(sr_buf_str(&got), sr_str_c(cases[i].names));
		sr_buf_deinit(&got);
		sr_arena_free(arena);
	}
}

TEST(tag_names_agree_within_a_document)
{
	sr_arena *arena = sr_arena_new(0);
	sr_document doc;
	sr_reading r;
	REQUIRE(read_text(SR_STR("Ida Lund leads the council of Ostmark. Lund said on Monday that Ostmark was safe. Reporters met Lund in Ostmark. "
	                         "Lund left Ostmark at noon.\n\nWrite to \"Ida Lund\" <ida@example.org>."),
	                  arena, &doc, &r));
	size_t lund = 0, ostmark = 0;
	for (size_t i = 0; i < r.entity_count; i++) {
		if (sr_str_ends(r.entities[i].name, SR_STR("Lund"))) {
			lund++;
			CHECK_INT(r.entities[i].type, SR_ENTITY_PER);
		}
		if (sr_str_eq(r.entities[i].name, SR_STR("Ostmark"))) {
			ostmark++;
			CHECK_INT(r.entities[i].type, SR_ENTITY_LOC);
		}
		if (i)
			CHECK(r.entities[i - 1].span.end <= r.entities[i].span.start);
	}
	CHECK_INT(lund, 5);
	CHECK_INT(ostmark, 4);
	sr_arena_free(arena);
}
