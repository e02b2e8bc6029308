#include "store/fixture.h"

#include "sitrep/base/file.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

uint32_t dice(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

sr_time at(const char *time)
{
	sr_time t = SR_TIME_NONE;
	if (!sr_time_parse(sr_str_c(time), &t))
		test_fail(__FILE__, __LINE__, "%s is no time", time);
	return t;
}

static const char *const words[] = {
	"The",     "council", "said",   "the",  "old",    "bridge", "across", "river", "will",   "close",  "again", "after", "heavy",
	"rain",    "damaged", "its",    "last", "pillar", "while",  "workers", "from", "harbour", "waited", "for",   "new",   "orders",
	"engineer", "reported", "twelve", "boats", "lost", "near",   "mill",   "and",   "schools", "stayed", "shut",  "until", "Friday",
};
enum { WORDS = sizeof words / sizeof *words, SENTENCE_WORDS = 14, TOKENS_MAX = 20000, VECTOR = 8 };

typedef struct maker {
	sr_arena *arena;
	sr_buf text;
	uint32_t seed;
	made *m;
} maker;

static sr_span write_word(maker *k, const char *word)
{
	sr_token *tokens = k->m->reading.tokens;
	size_t n = k->m->reading.token_count++;
	sr_span span = { (uint32_t)k->text.len, (uint32_t)(k->text.len + strlen(word)) };
	sr_buf_add_c(&k->text, word);
	tokens[n].span = span;
	tokens[n].lemma = n % 3 ? sr_str_c(word) : n % 2 ? SR_STR("lemma of its own") : (sr_str){ 0 };
	tokens[n].upos = (uint8_t)(n % SR_UPOS_COUNT);
	tokens[n].deprel = (uint8_t)(n % SR_DEPREL_COUNT);
	tokens[n].passive = n % 5 == 0;
	tokens[n].head = (int32_t)(n % SENTENCE_WORDS) - 1;
	return span;
}

static void write_sentence(maker *k, uint32_t block, const char *own)
{
	sr_sentence *s = &k->m->reading.sentences[k->m->reading.sentence_count++];
	*s = (sr_sentence){ .first_token = (uint32_t)k->m->reading.token_count, .block = block };
	s->span.start = (uint32_t)k->text.len;
	for (unsigned i = 0; i < SENTENCE_WORDS; i++) {
		if (i)
			sr_buf_add_char(&k->text, ' ');
		write_word(k, i == 5 && own ? own : words[dice(&k->seed) % WORDS]);
	}
	sr_buf_add_char(&k->text, '.');
	s->span.end = (uint32_t)k->text.len;
	s->token_count = SENTENCE_WORDS;
}

static void write_text(maker *k, unsigned n, unsigned paragraphs)
{
	made *m = k->m;
	const char *own = sr_str_printf(k->arena, "Quayside%u", n).ptr;
	m->doc.blocks = SR_NEW_ARRAY(k->arena, sr_block, paragraphs + 1);
	m->reading.sentences = SR_NEW_ARRAY(k->arena, sr_sentence, paragraphs * 3 + 1);
	m->reading.tokens = SR_NEW_ARRAY(k->arena, sr_token, TOKENS_MAX);
	for (unsigned b = 0; b < paragraphs; b++) {
		if (b)
			sr_buf_add_c(&k->text, "\n\n");
		m->doc.blocks[b] = (sr_block){ .kind = b % 4 == 3 ? SR_BLOCK_UPDATE : SR_BLOCK_PARAGRAPH, .group = b % 4 == 3 ? b : 0,
			                           .time = b % 4 == 3 ? at("2025-11-04T10:30:00+02:00") : SR_TIME_NONE,
			                           .until = b % 5 == 4 ? at("2025-11") : SR_TIME_NONE };
		m->doc.blocks[b].span.start = (uint32_t)k->text.len;
		for (int i = 0; i < 3; i++) {
			if (i)
				sr_buf_add_char(&k->text, ' ');
			write_sentence(k, b, b == 0 && i == 0 ? own : NULL);
		}
		m->doc.blocks[b].span.end = (uint32_t)k->text.len;
	}
	m->doc.block_count = paragraphs;
}

static void fill_document(maker *k, unsigned n)
{
	sr_document *d = &k->m->doc;
	sr_arena *a = k->arena;
	char hex[SR_SHA256_HEX + 1];
	d->path = sr_str_printf(a, "/news/page-%u.html", n);
	d->id = d->path;
	d->url = sr_str_printf(a, "https://outlet%u.example/news/%u?page=1", n % 5, n);
	d->canonical = sr_str_printf(a, "https://outlet%u.example/news/%u", n % 5, n);
	d->title = sr_str_printf(a, "Bridge report number %u: Kovalivka cut off", n);
	d->site = sr_str_printf(a, "Outlet %u Daily", n % 5);
	d->section = SR_STR("Region");
	d->language = SR_STR("en");
	d->bylines = SR_NEW_ARRAY(a, sr_str, 2);
	d->bylines[0] = SR_STR("Olena Marchuk");
	d->bylines[1] = SR_STR("Jean Dupré");
	d->byline_count = 2;
	d->published = sr_time_add_days(at("2025-11-01"), (int32_t)(n % 28));
	d->modified = at("2025-12-01T08:00:00Z");
	d->kind = n % 3 == 2 ? SR_DOC_LIVE : SR_DOC_ARTICLE;
	d->credit = SR_STR("AFP");
	d->dateline = SR_STR("KOVALIVKA");
	d->paywalled = n % 2;
	d->images = SR_NEW_ARRAY(a, sr_image, 1);
	d->images[0] = (sr_image){ SR_STR("https://img.example/1.jpg"), SR_STR("The bridge"), (sr_str){ 0 } };
	d->image_count = 1;
	d->relays = SR_NEW_ARRAY(a, sr_relay, 1);
	d->relays[0] = (sr_relay){ .number = 3, .publisher = SR_STR("Harbour Post"), .title = SR_STR("Closed") };
	d->relay_count = 1;
	d->marks = SR_NEW_ARRAY(a, sr_relay_mark, 1);
	d->marks[0] = (sr_relay_mark){ 40, 3 };
	d->mark_count = 1;
	d->notes = SR_NEW_ARRAY(a, sr_str, 1);
	d->notes[0] = SR_STR("a note");
	d->note_count = 1;
	d->text = sr_str_dup(a, sr_buf_str(&k->text));
	sr_sha256_hex(d->text, hex);
	d->sha256 = sr_str_dup(a, sr_str_c(hex));
}

static sr_spans one_span(sr_arena *a, uint32_t start, uint32_t end)
{
	sr_spans s = { SR_NEW(a, sr_span), 1 };
	*s.items = (sr_span){ start, end };
	return s;
}

static void fill_reading(maker *k, unsigned n)
{
	sr_reading *r = &k->m->reading;
	sr_arena *a = k->arena;
	r->doc = &k->m->doc;
	r->entities = SR_NEW_ARRAY(a, sr_entity, 3);
	r->entity_count = 3;
	r->entities[0] = (sr_entity){ { 0, 3 }, SR_ENTITY_PER, SR_STR("Olena Marchuk"), 1 };
	r->entities[1] = (sr_entity){ { 4, 9 }, SR_ENTITY_LOC, n % 2 ? SR_STR("Kovalivka") : SR_STR("Port Éloi"), 2 };
	r->entities[2] = (sr_entity){ { 10, 12 }, SR_ENTITY_ORG, SR_STR("Harbour Office"), 3 };
	r->times = SR_NEW_ARRAY(a, sr_timex, 2);
	r->time_count = 2;
	r->times[0] = (sr_timex){ { 5, 9 }, SR_TIMEX_DATE, SR_STR("2025-11-03"), at("2025-11-03"), at("2025-11-03"), false };
	r->times[1] = (sr_timex){ { 12, 15 }, SR_TIMEX_DURATION, SR_STR("P3M"), SR_TIME_NONE, SR_TIME_NONE, true };
	r->quantities = SR_NEW_ARRAY(a, sr_quantity, 1);
	r->quantity_count = 1;
	r->quantities[0] = (sr_quantity){ { 3, 8 }, 12.5, INFINITY, SR_STR("km"), SR_STR("the bridge"), { 9, 12 } };
	r->attributions = SR_NEW_ARRAY(a, sr_attribution, 1);
	r->attribution_count = 1;
	r->attributions[0] = (sr_attribution){ .source = one_span(a, 0, 3), .cue = one_span(a, 4, 7), .content = one_span(a, 8, 30),
		                                   .kind = SR_QUOTE_MIXED, .speaker = SR_STR("Olena Marchuk"), .role = SR_STR("engineer"),
		                                   .named = true, .collective = false, .via = SR_STR("Harbour Post"),
		                                   .stance = SR_STANCE_DENIES, .certainty = SR_CERTAINTY_HEDGED };
	float *vectors = SR_NEW_ARRAY(a, float, r->sentence_count * VECTOR);
	for (size_t i = 0; i < r->sentence_count * VECTOR; i++)
		vectors[i] = ((float)(dice(&k->seed) % 255) - 127.0f) / 512.0f; /* whole steps, as core/vector.h has them */
	r->vectors = vectors;
	r->vector_width = VECTOR;
}

static void fill_claims(maker *k)
{
	made *m = k->m;
	m->claims = SR_NEW_ARRAY(k->arena, sr_claim, 2);
	m->claim_count = 2;
	for (uint32_t i = 0; i < 2; i++)
		m->claims[i] = (sr_claim){ .sentence = i, .sentence_span = m->reading.sentences[i].span,
			                       .span = { m->reading.sentences[i].span.start + 1, m->reading.sentences[i].span.end - 1 },
			                       .attribution = i ? SR_NO_ATTRIBUTION : 0, .speaker = i ? m->doc.site : SR_STR("Olena Marchuk"),
			                       .role = SR_STR("engineer"), .named = i == 0, .collective = i == 1, .via = SR_STR("Harbour Post"),
			                       .relay = i, .stance = SR_STANCE_WARNS, .certainty = SR_CERTAINTY_UNVERIFIED, .negated = i == 1,
			                       .direct = i == 0, .said = m->doc.published, .said_stated = i == 1, .when = at("2025-11-02"),
			                       .until = at("2025-11"), .when_stated = i == 0 };
}

made *make_document(sr_arena *arena, unsigned n, unsigned paragraphs)
{
	maker k = { .arena = arena, .seed = n * 2654435761u + 1, .m = SR_NEW(arena, made) };
	sr_buf_init(&k.text, 0);
	write_text(&k, n, paragraphs);
	fill_document(&k, n);
	fill_reading(&k, n);
	fill_claims(&k);
	sr_buf_deinit(&k.text);
	made *m = k.m;
	m->places[0] = (sr_place){ .name = SR_STR("Kovalivka Rayon"), .country = SR_STR("UA"), .lat = 48.1, .lon = 37.2, .resolved = true };
	m->in = (sr_store_document){ .doc = &m->doc, .reading = &m->reading, .claims = m->claims, .claim_count = m->claim_count,
		                         .places = m->places, .place_count = 1 };
	return m;
}

made *make_changed(sr_arena *arena, unsigned n, unsigned paragraphs, const char *sentence)
{
	made *m = make_document(arena, n, paragraphs);
	sr_document *d = &m->doc;
	char hex[SR_SHA256_HEX + 1];
	uint32_t start = (uint32_t)d->text.len + 2;
	d->text = sr_str_printf(arena, "%.*s\n\n%s", SR_FMT(d->text), sentence);
	d->blocks[d->block_count++] = (sr_block){ .kind = SR_BLOCK_PARAGRAPH, .span = { start, (uint32_t)d->text.len } };
	d->modified = at("2025-12-02T09:00:00Z");
	sr_sha256_hex(d->text, hex);
	d->sha256 = sr_str_dup(arena, sr_str_c(hex));
	return m;
}

/* ---- a folder ---- */

static char folder[256], paths[2][512];
static unsigned next_path;

const char *folder_open(void)
{
	const char *base = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/sitrep-store-XXXXXX", base && *base ? base : "/tmp");
	if (!mkdtemp(folder))
		abort();
	return folder;
}

const char *folder_file(const char *name)
{
	char *path = paths[next_path++ % 2];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

void folder_close(void)
{
	DIR *dir = opendir(folder);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		char path[600];
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(folder);
}

/* ---- a store ---- */

sr_store *open_store(const char *path, const char *vfs)
{
	sr_store *store = NULL;
	sr_error err = { 0 };
	const sr_store_options options = { .uri = path, .create = true, .vfs = vfs, .busy_ms = 2000 };
	if (sr_store_open(&options, &store, &err) != SR_OK)
		test_fail(__FILE__, __LINE__, "%s", err.message);
	return store;
}

sr_status add_range(sr_store *store, unsigned first, unsigned end, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_status status = sr_store_begin(store, at("2025-12-10T12:00:00Z"), err);
	for (unsigned n = first; status == SR_OK && n < end; n++) {
		sr_store_added added;
		sr_arena_reset(arena);
		status = sr_store_add(store, &make_document(arena, n, 4)->in, &added, err);
	}
	if (status == SR_OK)
		status = sr_store_commit(store, err);
	if (status != SR_OK)
		sr_store_rollback(store);
	sr_arena_free(arena);
	return status;
}

sr_status check_range(sr_store *store, unsigned first, unsigned end, unsigned *whole, sr_error *err)
{
	sr_arena *arena = sr_arena_new(0);
	sr_status status = SR_OK;
	*whole = 0;
	for (unsigned n = first; status == SR_OK && n < end; n++) {
		int64_t id;
		sr_store_loaded l;
		sr_arena_reset(arena);
		const made *m = make_document(arena, n, 4);
		status = sr_store_find_document(store, m->doc.url, &id, err);
		if (status == SR_OK)
			status = sr_store_load(store, id, 0, SR_STORE_DOCUMENT | SR_STORE_READING | SR_STORE_CLAIMS, arena, &l, err);
		if (status == SR_OK && same_document(l.doc, &m->doc) && l.analysed && l.claim_count == m->claim_count &&
		    l.reading.token_count == m->reading.token_count)
			(*whole)++;
		else if (status == SR_OK)
			test_fail(__FILE__, __LINE__, "document %u came back as another", n);
	}
	sr_arena_free(arena);
	return status;
}
