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
