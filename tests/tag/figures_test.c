/* The model's figures on development data, where it is present: as CoNLL-18's scorer and the exact-span F1 count them. */
#include "harness.h"
#include "sitrep/base/utf8.h"
#include "sitrep/embed.h"
#include "sitrep/render/records.h"
#include "sitrep/tag.h"

#include <math.h>
#include <stdlib.h>

/* A word by the non-blank bytes before and in it; words of one written word share its span and count up. */
typedef struct gold_word {
	uint32_t start, end, part, head; /* head: index of the word in the file, UINT32_MAX for the root */
	uint8_t upos, deprel;
	bool starts;
} gold_word;

typedef SR_VEC(gold_word) gold_words;

static uint32_t solid(sr_str s)
{
	uint32_t n = 0;
	for (size_t p = 0; p < s.len;)
		n += !sr_cp_is_space(sr_utf8_next(s, &p));
	return n;
}

static long number(sr_str s) { return strtol(s.ptr, NULL, 10); }

typedef struct corpus {
	sr_arena *arena;
	gold_words gold;
	SR_VEC(sr_document) docs;
	sr_buf text; /* of the document being read */
} corpus;

static void end_document(corpus *c)
{
	if (c->docs.count && c->text.len)
		c->docs.items[c->docs.count - 1].text = sr_str_dup(c->arena, sr_buf_str(&c->text));
	sr_buf_clear(&c->text);
}

static void comment(corpus *c, sr_str line)
{
	if (sr_str_starts(line, SR_STR("# newdoc"))) {
		end_document(c);
		(void)SR_PUSH(c->arena, &c->docs);
	} else if (sr_str_starts(line, SR_STR("# newpar"))) {
		sr_buf_add_c(&c->text, c->text.len ? "\n\n" : "");
	} else if (sr_str_starts(line, SR_STR("# text = "))) {
		bool fresh = c->text.len == 0 || c->text.ptr[c->text.len - 1] == '\n';
		sr_buf_add_c(&c->text, fresh ? "" : " ");
		sr_buf_add(&c->text, sr_str_trim(sr_str_slice(line, 9, line.len)));
	}
}

static void read_gold(corpus *c, sr_str rest)
{
	uint32_t at = 0, sentence = 0, group_end = 0, group_start = 0, group_solid = 0;
	bool starts = true;
	for (sr_str line, f[10]; sr_str_next_line(&rest, &line);) {
		size_t n = 0;
		if (line.len == 0) {
			starts = true;
			group_end = 0;
		} else if (line.ptr[0] == '#') {
			comment(c, line);
		} else {
			while (n < 10 && sr_str_next_field(&line, '\t', &f[n]))
				n++;
		}
		if (n < 10 || sr_str_find_char(f[0], '.', 0) != SIZE_MAX)
			continue;
		size_t dash = sr_str_find_char(f[0], '-', 0);
		if (starts)
			sentence = (uint32_t)c->gold.count;
		if (dash != SIZE_MAX) {
			group_start = (uint32_t)number(f[0]);
			group_end = (uint32_t)number(sr_str_slice(f[0], dash + 1, f[0].len));
			group_solid = solid(f[1]);
			at += group_solid;
			continue;
		}
		uint32_t id = (uint32_t)number(f[0]), head = (uint32_t)number(f[6]);
		gold_word *w = SR_PUSH(c->arena, &c->gold);
		sr_upos upos = SR_UPOS_NONE;
		sr_deprel deprel = SR_DEPREL_NONE;
		(void)sr_upos_parse(f[3], &upos);
		(void)sr_deprel_parse(f[7], &deprel);
		*w = (gold_word){ .upos = (uint8_t)upos, .deprel = (uint8_t)deprel, .starts = starts, .head = head ? sentence + head - 1 : UINT32_MAX };
		if (group_end && id >= group_start && id <= group_end) {
			w->start = at - group_solid;
			w->end = at;
			w->part = id - group_start;
		} else {
			w->start = at;
			w->end = at += solid(f[1]);
		}
		starts = false;
	}
	end_document(c);
}

static sr_tag_model *model(void)
{
	static sr_tag_model *m;
	sr_error err;
	if (!m && sr_tag_model_open(test_path("share/sitrep/reading.model"), &m, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return m;
}

static sr_reading *read_all(sr_document *docs, size_t n, sr_arena *arena)
{
	sr_error err;
	sr_reading *readings = SR_NEW_ARRAY(arena, sr_reading, n + 1);
	sr_tag_job *jobs = SR_NEW_ARRAY(arena, sr_tag_job, n + 1);
	for (size_t i = 0; i < n; i++)
		jobs[i] = (sr_tag_job){ .doc = &docs[i], .arena = arena, .reading = &readings[i] };
	if (model() && sr_tag_documents(model(), jobs, n, 0, &err) == SR_OK)
		return readings;
	test_fail(__FILE__, __LINE__, "not read");
	return NULL;
}

static int order(const gold_word *a, const gold_word *b)
{
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return a->part < b->part ? -1 : a->part > b->part;
}

static bool same_head(const gold_words *a, size_t i, const gold_words *b, size_t j)
{
	uint32_t x = a->items[i].head, y = b->items[j].head;
	if (x == UINT32_MAX || y == UINT32_MAX)
		return x == y;
	return x < a->count && y < b->count && order(&a->items[x], &b->items[y]) == 0;
}

/* Past the end of the sentence that begins at word i. */
static size_t sentence_end(const gold_words *w, size_t i)
{
	for (i++; i < w->count && !w->items[i].starts;)
		i++;
	return i;
}

static double count_sentences(const gold_words *a, const gold_words *b)
{
	size_t i = 0, j = 0, in_a = 0, in_b = 0, both = 0;
	for (size_t k = 0; k < b->count; k++)
		in_b += b->items[k].starts;
	while (i < a->count) {
		size_t end = sentence_end(a, i);
		in_a++;
		while (j < b->count && b->items[j].start < a->items[i].start)
			j = sentence_end(b, j);
		if (j < b->count && b->items[j].start == a->items[i].start && b->items[sentence_end(b, j) - 1].end == a->items[end - 1].end)
			both++;
		i = end;
	}
	return 200.0 * (double)both / (double)(in_a + in_b);
}

typedef struct figures {
	double words, sentences, upos, las, names, likeness;
} figures;

static void count_words(const gold_words *a, const gold_words *b, figures *f)
{
	size_t i = 0, j = 0, both = 0, upos = 0, las = 0;
	while (i < a->count && j < b->count) {
		int o = order(&a->items[i], &b->items[j]);
		if (o == 0) {
			both++;
			upos += a->items[i].upos == b->items[j].upos;
			las += a->items[i].deprel == b->items[j].deprel && same_head(a, i, b, j);
		}
		i += o <= 0;
		j += o >= 0;
	}
	double per = 200.0 / (double)(a->count + b->count);
	f->words = per * (double)both;
	f->upos = per * (double)upos;
	f->las = per * (double)las;
	f->sentences = count_sentences(a, b);
}

static void measure_syntax(const char *path, figures *f)
{
	corpus gold = { .arena = sr_arena_new(0) }, got = { .arena = gold.arena };
	sr_buf out;
	sr_buf_init(&gold.text, 0);
	sr_buf_init(&got.text, 0);
	sr_buf_init(&out, 0);
	read_gold(&gold, test_read(path));
	sr_reading *readings = read_all(gold.docs.items, gold.docs.count, gold.arena);
	for (size_t i = 0; readings && i < gold.docs.count; i++)
		sr_render_conllu(&out, &readings[i]);
	read_gold(&got, sr_buf_str(&out));
	count_words(&gold.gold, &got.gold, f);
	sr_buf_deinit(&gold.text);
	sr_buf_deinit(&got.text);
	sr_buf_deinit(&out);
	sr_arena_free(gold.arena);
}

typedef struct name_span {
	uint32_t start, end;
	int type;
} name_span;

typedef SR_VEC(name_span) name_spans;

static int name_type(sr_str tag)
{
	static const char *const types[] = { "PER", "ORG", "LOC" };
	for (int t = 0; t < 3; t++)
		if (tag.len == 5 && sr_str_ends(tag, sr_str_c(types[t])))
			return t;
	return -1;
}

/* The gold names of one sentence, in non-blank characters, and the sentence as a document. */
static void measure_names(const char *path, figures *f)
{
	sr_arena *arena = sr_arena_new(0);
	sr_str rest = test_read(path), line, field[3];
	SR_VEC(sr_document) docs = { 0 };
	SR_VEC(name_spans) gold = { 0 };
	name_spans *g = NULL;
	uint32_t at = 0;
	int open = -1;
	while (sr_str_next_line(&rest, &line)) {
		if (sr_str_starts(line, SR_STR("# text = "))) {
			sr_document *d = SR_PUSH(arena, &docs);
			g = SR_PUSH(arena, &gold);
			REQUIRE(d && g);
			*d = (sr_document){ .text = sr_str_trim(sr_str_slice(line, 9, line.len)) };
			at = 0;
			open = -1;
		}
		size_t n = 0;
		while (line.len && line.ptr[0] != '#' && n < 3 && sr_str_next_field(&line, '\t', &field[n]))
			n++;
		if (n < 3 || !g)
			continue;
		int type = name_type(field[2]);
		if (type >= 0 && (field[2].ptr[0] == 'B' || type != open)) {
			name_span *begun = SR_PUSH(arena, g);
			REQUIRE(begun != NULL);
			*begun = (name_span){ at, at, type };
		}
		open = type;
		at += solid(field[1]);
		if (type >= 0 && g->items)
			g->items[g->count - 1].end = at;
	}
	sr_reading *readings = read_all(docs.items, docs.count, arena);
	size_t in_gold = 0, found = 0, right = 0;
	for (size_t i = 0; readings && i < docs.count; i++) {
		const sr_reading *r = &readings[i];
		in_gold += gold.items[i].count;
		for (size_t e = 0; e < r->entity_count; e++) {
			sr_span s = r->entities[e].span;
			if (r->entities[e].type == SR_ENTITY_MISC)
				continue;
			uint32_t start = solid(sr_str_slice(docs.items[i].text, 0, s.start)), end = start + solid(sr_span_of(docs.items[i].text, s));
			found++;
			for (size_t k = 0; k < gold.items[i].count; k++) {
				name_span x = gold.items[i].items[k];
				right += x.start == start && x.end == end && x.type == (int)r->entities[e].type;
			}
		}
	}
	f->names = 200.0 * (double)right / (double)(in_gold + found);
	sr_arena_free(arena);
}

/* Pearson's r between the scores of the pairs and their likeness. */
static void measure_likeness(const char *path, figures *f)
{
	sr_arena *arena = sr_arena_new(0);
	SR_VEC(sr_document) docs = { 0 };
	SR_VEC(double) scores = { 0 };
	sr_str rest = test_read(path), line, score, side;
	while (sr_str_next_line(&rest, &line)) {
		if (!sr_str_next_field(&line, '\t', &score) || score.len == 0)
			continue;
		double *value = SR_PUSH(arena, &scores);
		REQUIRE(value != NULL);
		*value = strtod(score.ptr, NULL);
		for (int k = 0; k < 2; k++) {
			sr_document *d = SR_PUSH(arena, &docs);
			REQUIRE(d != NULL);
			*d = (sr_document){ .text = sr_str_next_field(&line, '\t', &side) ? side : (sr_str){ 0 } };
		}
	}
	sr_reading *r = read_all(docs.items, docs.count, arena);
	double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0, n = (double)scores.count;
	for (size_t i = 0; r && i < scores.count; i++) {
		double x = (double)sr_embed_likeness(&r[2 * i], &r[2 * i + 1]), y = scores.items[i];
		sx += x, sy += y, xx += x * x, yy += y * y, xy += x * y;
	}
	f->likeness = 100.0 * (n * xy - sx * sy) / sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
	sr_arena_free(arena);
}

TEST(tag_figures_hold)
{
	const char *syntax = test_shared("data/syntax/en_ewt-ud-dev.conllu"), *names = test_shared("data/entities/en_ewt-ner-dev.iob2"),
	           *likeness = test_shared("data/similarity/headlines-2015.tsv");
	if (!syntax || !names || !likeness) {
		test_skip("the development data are not here");
		return;
	}
	figures f = { 0 };
	measure_syntax(syntax, &f);
	measure_names(names, &f);
	measure_likeness(likeness, &f);
	struct {
		const char *name;
		double got;
	} all[] = { { "words", f.words }, { "sentences", f.sentences }, { "upos", f.upos },
		        { "las", f.las },     { "names", f.names },         { "likeness", f.likeness } };
	sr_str rest = test_read(test_path("tests/tag/figures.tsv")), field[2];
	while (test_next_row(&rest, field, 2) == 2)
		for (size_t i = 0; i < sizeof all / sizeof *all; i++)
			if (sr_str_eq(field[0], sr_str_c(all[i].name))) {
				test_case(all[i].name);
				double want = strtod(field[1].ptr, NULL);
				if (!(all[i].got >= want - 0.5))
					test_fail(__FILE__, __LINE__, "%s is %.2f, was %.2f", all[i].name, all[i].got, want);
			}
}
