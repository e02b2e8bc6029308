/* Quotations, attributions and claims over small invented texts. */
#include "harness.h"

#include "sitrep/claim.h"
#include "sitrep/lang.h"
#include "sitrep/tag.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct fixture {
	sr_arena *arena;
	sr_claim_rules *rules;
	sr_document doc;
	sr_reading reading;
} fixture;

static void add_blocks(fixture *f)
{
	SR_VEC(sr_block) blocks = { 0 };
	sr_str rest = f->doc.text, line;
	while (sr_str_next_line(&rest, &line)) {
		sr_block *b = line.len ? SR_PUSH(f->arena, &blocks) : NULL;
		if (b)
			b->span = (sr_span){ (uint32_t)(line.ptr - f->doc.text.ptr), (uint32_t)(line.ptr - f->doc.text.ptr + (ptrdiff_t)line.len) };
	}
	f->doc.blocks = blocks.items;
	f->doc.block_count = blocks.count;
}

/* With the tagger's words if there is a model. Blank lines part the paragraphs; the first is a paragraph like others. */
static bool setup_tagged(fixture *f, sr_str text, const sr_tag_model *model)
{
	*f = (fixture){ .arena = sr_arena_new(0), .rules = sr_claim_rules_new(NULL), .doc = { .text = text } };
	f->reading.doc = &f->doc;
	if (!f->arena || !f->rules)
		return false;
	add_blocks(f);
	sr_tag_job job = { .doc = &f->doc, .arena = f->arena, .reading = &f->reading };
	sr_status words = model ? sr_tag_documents(model, &job, 1, 1, NULL) : sr_lang_segment(f->arena, &f->reading, NULL);
	return words == SR_OK && sr_claim_read(f->rules, f->arena, &f->reading, NULL) == SR_OK;
}

static bool setup(fixture *f, sr_str text) { return setup_tagged(f, text, NULL); }

static void teardown(fixture *f)
{
	sr_claim_rules_free(f->rules);
	sr_arena_free(f->arena);
}

static sr_str joined(const fixture *f, sr_spans spans)
{
	sr_buf b;
	sr_buf_init(&b, 0);
	for (size_t i = 0; i < spans.count; i++) {
		if (i)
			sr_buf_add_c(&b, " | ");
		sr_buf_add(&b, sr_span_of(f->doc.text, spans.items[i]));
	}
	sr_str out = sr_str_dup(f->arena, sr_buf_str(&b));
	sr_buf_deinit(&b);
	return out;
}

/* attributions.tsv: name, text, number of attributions, and of one of them (index) source, cue, content,
 * kind, speaker, role, named/unnamed/collective, via, stance, certainty; an empty field is not checked. */
static void check_row(const sr_str *c, const sr_tag_model *model)
{
	fixture f;
	REQUIRE(setup_tagged(&f, c[1], model));
	size_t want = (size_t)(c[2].len ? c[2].ptr[0] - '0' : 0), at = (size_t)(c[3].len ? c[3].ptr[0] - '0' : 0);
	CHECK_INT(f.reading.attribution_count, want);
	if (at < f.reading.attribution_count) {
		const sr_attribution *a = &f.reading.attributions[at];
		sr_str got[] = { joined(&f, a->source), joined(&f, a->cue), joined(&f, a->content), sr_str_c(sr_quote_kind_name(a->kind)),
			             a->speaker, a->role, a->collective ? SR_STR("collective") : a->named ? SR_STR("named") : SR_STR("unnamed"),
			             a->via, sr_str_c(sr_stance_name(a->stance)), sr_str_c(sr_certainty_name(a->certainty)) };
		for (size_t i = 0; i < sizeof got / sizeof *got; i++)
			if (c[4 + i].len)
				CHECK_STR(got[i], sr_str_eq(c[4 + i], SR_STR("-")) ? SR_STR("") : c[4 + i]);
	}
	teardown(&f);
}

static void check_rows(const char *file, const sr_tag_model *model)
{
	sr_str rest = test_read(test_path(file)), c[14];
	size_t rows = 0;
	while (test_next_row(&rest, c, 14)) {
		char label[64];
		snprintf(label, sizeof label, "%.*s", SR_FMT(c[0]));
		test_case(label);
		check_row(c, model);
		rows++;
	}
	CHECK(rows >= 10);
}

TEST(claim_attributions) { check_rows("tests/claim/attributions.tsv", NULL); }

/* The same with the tagger, as the program reads: what needs the tree. */
TEST(claim_spoken)
{
	sr_tag_model *model;
	sr_error err;
	if (sr_tag_model_open(test_path("share/sitrep/reading.model"), &model, &err) != SR_OK) {
		test_fail(__FILE__, __LINE__, "%s", err.message);
		return;
	}
	check_rows("tests/claim/spoken.tsv", model);
	sr_tag_model_free(model);
}

TEST(claim_of_sentences)
{
	fixture f;
	REQUIRE(setup(&f, SR_STR("The mill burned down on Friday. Nobody was hurt, the mayor said. The cause could not be verified.")));
	sr_claim *claims;
	size_t n;
	REQUIRE(sr_claims_of(f.rules, &f.reading, 3, f.arena, &claims, &n, NULL) == SR_OK);
	REQUIRE(n == 3);
	CHECK_INT(claims[0].attribution, SR_NO_ATTRIBUTION);
	CHECK_INT(claims[0].doc, 3);
	CHECK_INT(claims[1].attribution, 0);
	CHECK_STR(sr_span_of(f.doc.text, claims[1].span), SR_STR("Nobody was hurt"));
	CHECK(claims[1].negated && !claims[0].negated);
	CHECK_INT(claims[2].certainty, SR_CERTAINTY_UNVERIFIED);
	teardown(&f);
}

/* What is left unsaid is not denied. */
TEST(claim_leaves_out)
{
	fixture f;
	REQUIRE(setup(&f, SR_STR("The mayor told him of the mill but not about the dam. The mayor spoke of the mill, but not well. It is not about the dam.")));
	sr_claim *claims;
	size_t n;
	REQUIRE(sr_claims_of(f.rules, &f.reading, 0, f.arena, &claims, &n, NULL) == SR_OK);
	REQUIRE(n == 3);
	CHECK(!claims[0].negated && claims[1].negated && claims[2].negated);
	teardown(&f);
}

/* asserted.tsv: what of a sentence is claimed by whom; "-" for nobody but the outlet. */
static void check_asserted(const sr_str *row, const sr_tag_model *model)
{
	fixture f;
	sr_claim *claims;
	size_t n, said = 0;
	REQUIRE(setup_tagged(&f, row[0], model));
	REQUIRE(sr_claims_of(f.rules, &f.reading, 0, f.arena, &claims, &n, NULL) == SR_OK);
	for (size_t i = 0; i < n; i++) {
		if (claims[i].attribution == SR_NO_ATTRIBUTION)
			continue;
		said++;
		CHECK_STR(claims[i].speaker, row[1]);
		CHECK_STR(sr_str_c(sr_stance_name(claims[i].stance)), row[2]);
	}
	CHECK_INT(said, !sr_str_eq(row[1], SR_STR("-")));
	teardown(&f);
}

TEST(claim_asserted)
{
	sr_tag_model *model;
	sr_str rest = test_read(test_path("tests/claim/asserted.tsv")), row[3];
	size_t rows = 0;
	REQUIRE(sr_tag_model_open(test_path("share/sitrep/reading.model"), &model, NULL) == SR_OK);
	for (; test_next_row(&rest, row, 3); rows++) {
		char label[64];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[0]));
		test_case(label);
		check_asserted(row, model);
	}
	CHECK(rows >= 8);
	sr_tag_model_free(model);
}

/* "NOUN:2:nsubj" or "2:nsubj" into t; heads are given from 1. */
static bool set_token(sr_token *t, sr_str given)
{
	sr_str rest = given, part[3];
	size_t n = 0;
	sr_upos upos = SR_UPOS_NONE;
	sr_deprel deprel;
	while (n < 3 && sr_str_next_field(&rest, ':', &part[n]))
		n++;
	if (n < 2 || (n == 3 && !sr_upos_parse(part[0], &upos)) || !sr_deprel_parse(part[n - 1], &deprel))
		return false;
	*t = (sr_token){ .span = t->span, .upos = (uint8_t)upos, .head = (int32_t)strtol(part[n - 2].ptr, NULL, 10) - 1, .deprel = (uint8_t)deprel };
	return true;
}

static void check_mended(const sr_str *row)
{
	fixture f = { .arena = sr_arena_new(0), .rules = sr_claim_rules_new(NULL), .doc = { .text = row[0] } };
	f.reading.doc = &f.doc;
	REQUIRE(f.arena && f.rules);
	add_blocks(&f);
	REQUIRE(sr_lang_segment(f.arena, &f.reading, NULL) == SR_OK && f.reading.sentence_count == 1);
	sr_str given = row[1], want = row[2], word;
	for (size_t i = 0; i < f.reading.token_count; i++)
		REQUIRE(sr_str_next_field(&given, ' ', &word) && set_token(&f.reading.tokens[i], word));
	CHECK_INT(sr_claim_read(f.rules, f.arena, &f.reading, NULL), SR_OK);
	for (size_t i = 0; i < f.reading.token_count; i++) {
		sr_token t = { 0 };
		REQUIRE(sr_str_next_field(&want, ' ', &word) && set_token(&t, word));
		CHECK_INT(f.reading.tokens[i].head, t.head);
		CHECK_STR(sr_str_c(sr_deprel_name(f.reading.tokens[i].deprel)), sr_str_c(sr_deprel_name(t.deprel)));
	}
	teardown(&f);
}

TEST(claim_trees_are_mended)
{
	sr_str rest = test_read(test_path("tests/claim/mended.tsv")), row[3];
	size_t rows = 0;
	for (; test_next_row(&rest, row, 3); rows++) {
		char label[64];
		snprintf(label, sizeof label, "%.*s", SR_FMT(row[1]));
		test_case(label);
		check_mended(row);
	}
	CHECK(rows >= 6);
}

TEST(claim_same_quotation)
{
	CHECK(sr_quote_same(SR_STR("\"We will rebuild this bridge, and soon\""), SR_STR("We will rebuild this bridge")));
	CHECK(sr_quote_same(SR_STR("I am tired. We will rebuild … and soon."), SR_STR("We will rebuild and soon")));
	CHECK(sr_quote_same(SR_STR("It\xE2\x80\x99s over for the mill, all of it"), SR_STR("it's over for the mill")));
	CHECK(!sr_quote_same(SR_STR("We will rebuild this bridge"), SR_STR("We will not sell that mill")));
	CHECK(!sr_quote_same(SR_STR("very bad"), SR_STR("very bad")));
	/* what differs may be no negation and no number */
	CHECK(!sr_quote_same(SR_STR("We will leave the old city of Oss by the bridge"), SR_STR("We will not leave the old city of Oss by the bridge")));
	CHECK(!sr_quote_same(SR_STR("We won't leave the old city of Oss by the bridge"), SR_STR("We will leave the old city of Oss by the bridge")));
	CHECK(!sr_quote_same(SR_STR("There were 20 people on the old bridge of Oss"), SR_STR("There were 30 people on the old bridge of Oss")));
	CHECK(!sr_quote_same(SR_STR("There were people on the old bridge of Oss"), SR_STR("There were twenty people on the old bridge of Oss")));
	CHECK(sr_quote_same(SR_STR("There were 20 people on the old bridge of Oss"), SR_STR("There were twenty people on the old bridge of Oss")));
	CHECK(sr_quote_same(SR_STR("We do not know who was on the old bridge of Oss"), SR_STR("We don't know who was on the old bridge of Oss")));
	CHECK(sr_quote_same(SR_STR("I am tired … We will rebuild the bridge"), SR_STR("I am tired. We will not wait. We will rebuild the bridge")));
	CHECK(sr_quote_same(SR_STR("We will rebuild the bridge"), SR_STR("We will not wait for 20 years. We will rebuild the bridge")));
}

/* A page that the tagger does not read may be one sentence of a megabyte; what looks at the sentence of each statement stays linear. */
TEST(claim_long_sentences_are_parted)
{
	sr_buf text;
	fixture f;
	sr_buf_init(&text, 0);
	for (int i = 0; i < 2000; i++)
		sr_buf_add_c(&text, "the mayor said that the mill is closed, and ");
	sr_buf_add_c(&text, "the mayor said that the mill is open.");
	REQUIRE(setup(&f, sr_buf_str(&text)));
	uint32_t tokens = 0, longest = 0;
	for (size_t i = 0; i < f.reading.sentence_count; i++) {
		const sr_sentence *s = &f.reading.sentences[i];
		CHECK_INT(s->first_token, tokens);
		CHECK_INT(s->span.start, f.reading.tokens[tokens].span.start);
		tokens += s->token_count;
		CHECK_INT(s->span.end, f.reading.tokens[tokens - 1].span.end);
		longest = s->token_count > longest ? s->token_count : longest;
	}
	CHECK_INT(tokens, f.reading.token_count);
	CHECK(longest <= 400);
	CHECK(f.reading.attribution_count >= 1900);
	teardown(&f);
	sr_buf_deinit(&text);
}

TEST(claim_without_memory)
{
	sr_arena_fail_after(3);
	sr_claim_rules *rules = sr_claim_rules_new(NULL);
	sr_arena_fail_after(-1);
	CHECK(rules == NULL);
	sr_claim_rules_free(rules);
}
