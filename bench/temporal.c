/* How much news text a second the reading of times gets through on one core: bench-temporal
 * [FILE] reads lines of text (the default is made up), repeats them to 32 MB and reads them as
 * documents of some 4 kB. */
#include "sitrep/base/file.h"
#include "sitrep/temporal.h"

#include <stdio.h>
#include <time.h>

#define TOTAL ((size_t)32 << 20)
#define ARTICLE ((size_t)4 << 10)

static const char sample[] =
	"The ferry sank at 8:05 p.m. on Tuesday off the northern coast, two days after the harbour master had warned that its hull was worn out.\n"
	"Rescuers said on Wednesday that six people were still missing and that the search, now in its second day, would go on until the weekend.\n"
	"The company, founded in March 1994, has run the line for more than three decades and carried 1.2 million passengers last year.\n"
	"Residents of the island gathered near the pier with candles and blankets, while fishermen from the villages searched the bay with lamps.\n"
	"It was the third such accident since Nov. 4, 2021, and the ministry has promised a report within six months, a spokesman told reporters.\n"
	"Officials denied that the vessel was overloaded and said that the cause of the accident would be known only when divers reach the wreck.\n";

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	sr_error err = { 0 };
	sr_buf input;
	sr_buf_init(&input, 0);
	if (argc > 1 && sr_file_read(argv[1], TOTAL, &input, &err) != SR_OK) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	if (argc < 2)
		sr_buf_add_c(&input, sample);
	sr_buf text;
	sr_buf_init(&text, 0);
	while (text.len < ARTICLE)
		sr_buf_add(&text, sr_buf_str(&input));
	double start = now();
	sr_temporal *t = sr_temporal_new(&err);
	sr_arena *arena = sr_arena_new(0);
	if (!t || !arena)
		return 1;
	double loaded = now();
	size_t bytes = 0, found = 0;
	while (bytes < TOTAL)
		for (size_t at = 0; at < text.len && bytes < TOTAL; at += ARTICLE) {
			sr_document doc = { .text = sr_str_slice(sr_buf_str(&text), at, at + ARTICLE),
			                    .published = sr_time_date(2025, 11, 5) };
			sr_reading reading = { .doc = &doc };
			sr_arena_reset(arena);
			if (sr_temporal_read(t, arena, &reading, &err) != SR_OK)
				return 1;
			bytes += doc.text.len;
			found += reading.time_count;
		}
	double seconds = now() - loaded;
	printf("temporal: %.1f MB/s, %zu expressions in %.1f MB, rules compiled in %.1f ms\n",
	       (double)bytes / 1e6 / seconds, found, (double)bytes / 1e6, (loaded - start) * 1e3);
	sr_arena_free(arena);
	sr_temporal_free(t);
	sr_buf_deinit(&text);
	sr_buf_deinit(&input);
	return 0;
}
