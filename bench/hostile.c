/* What pages made to be slow cost, beside an ordinary page of ten megabytes in the same run: bench-hostile. Processor time of one
 * thread, the least of three. */
#include "extract/hostile.h"
#include "sitrep/extract.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define TRIES 3
#define ORDINARY "ten-megabytes"

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double extract(sr_str page)
{
	sr_documents docs = { 0 };
	sr_error err = { 0 };
	sr_input input = { .bytes = page, .path = SR_STR("hostile"), .type = SR_INPUT_HTML };
	sr_arena *arena = sr_arena_new(0);
	double begun = now();
	if (!arena || sr_extract(&input, arena, &docs, &err) != SR_OK)
		fprintf(stderr, "%s\n", err.message);
	double took = now() - begun;
	sr_arena_free(arena);
	return took;
}

static double least(const hostile_page *page)
{
	double best = 0;
	sr_buf b;
	sr_buf_init(&b, 0);
	hostile_build(page, &b);
	for (int i = 0; i < TRIES; i++) {
		double took = extract(sr_buf_str(&b));
		best = i == 0 || took < best ? took : best;
	}
	sr_buf_deinit(&b);
	return best;
}

int main(void)
{
	size_t count;
	double ordinary = 0, worst = 0;
	const hostile_page *pages = hostile_pages(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(pages[i].name, ORDINARY) == 0)
			ordinary = least(&pages[i]);
	for (size_t i = 0; i < count; i++) {
		double took = least(&pages[i]);
		worst = took > worst ? took : worst;
		printf("%-26s %6.1f ms  %5.2f of an ordinary page of 10 MB\n", pages[i].name, took, took / ordinary);
	}
	printf("slowest hostile page: %.0f ms, an ordinary one of 10 MB %.0f ms\n", worst, ordinary);
	return 0;
}
