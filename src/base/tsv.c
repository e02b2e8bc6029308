#include "sitrep/base/data.h"

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
