#include "sitrep/base/data.h"

#include <string.h>

/* Defined by the assembly file that the build writes: name, start and end of each file. */
typedef struct embedded {
	const char *name, *start, *end;
} embedded;
extern const embedded sr_embedded_files[];

sr_str sr_data(const char *name)
{
	for (const embedded *e = sr_embedded_files; e->name; e++)
		if (strcmp(e->name, name) == 0)
			return sr_str_make(e->start, (size_t)(e->end - e->start));
	return (sr_str){ 0 };
}

size_t sr_tsv_next(sr_str *rest, sr_str *fields, size_t max)
{
	sr_str line, field;
	while (sr_str_next_line(rest, &line)) {
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		size_t n = 0;
		while (n < max && sr_str_next_field(&line, '\t', &field))
			fields[n++] = field;
		for (size_t i = n; i < max; i++)
			fields[i] = (sr_str){ 0 };
		return n;
	}
	return 0;
}
