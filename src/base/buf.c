#include "sitrep/base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sr_buf_init(sr_buf *buf, size_t ceiling) { *buf = (sr_buf){ .ceiling = ceiling ? ceiling : SR_BUF_CEILING }; }

void sr_buf_deinit(sr_buf *buf)
{
	if (!buf)
		return;
	free(buf->ptr);
	*buf = (sr_buf){ .ceiling = buf->ceiling };
}

void sr_buf_clear(sr_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

static bool reserve(sr_buf *buf, size_t more)
{
	if (buf->failed || more > buf->ceiling - buf->len) {
		buf->failed = true;
		return false;
	}
	size_t need = buf->len + more + 1;
	if (need <= buf->capacity)
		return true;
	size_t capacity = buf->capacity ? buf->capacity : 256;
	while (capacity < need)
		capacity += capacity / 2;
	char *grown = realloc(buf->ptr, capacity);
	if (!grown) {
		buf->failed = true;
		return false;
	}
	buf->ptr = grown;
	buf->capacity = capacity;
	return true;
}

void sr_buf_add(sr_buf *buf, sr_str s)
{
	if (s.len == 0 || !reserve(buf, s.len))
		return;
	memcpy(buf->ptr + buf->len, s.ptr, s.len);
	buf->len += s.len;
	buf->ptr[buf->len] = 0;
}

void sr_buf_add_c(sr_buf *buf, const char *s) { sr_buf_add(buf, sr_str_c(s)); }

void sr_buf_add_char(sr_buf *buf, char c) { sr_buf_add(buf, sr_str_make(&c, 1)); }

void sr_buf_printf(sr_buf *buf, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0 && reserve(buf, (size_t)n)) {
		vsnprintf(buf->ptr + buf->len, (size_t)n + 1, format, again);
		buf->len += (size_t)n;
	}
	va_end(again);
}

sr_status sr_buf_status(const sr_buf *buf)
{
	if (!buf->failed)
		return SR_OK;
	return buf->len >= buf->ceiling / 2 ? SR_E_LIMIT : SR_E_NOMEM;
}
