#include "sitrep/base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *sr_status_name(sr_status status)
{
	static const char *const names[] = {
		[SR_OK] = "ok",
		[SR_E_NOMEM] = "out of memory",
		[SR_E_LIMIT] = "limit reached",
		[SR_E_INVALID] = "invalid input",
		[SR_E_UNSUPPORTED] = "not supported",
		[SR_E_IO] = "input/output error",
		[SR_E_NOT_FOUND] = "not found",
		[SR_E_REFUSED] = "refused",
		[SR_E_BUSY] = "busy",
		[SR_E_CORRUPT] = "damaged",
		[SR_E_USAGE] = "bad usage",
	};
	size_t i = (size_t)status;
	return i < sizeof names / sizeof *names && names[i] ? names[i] : "unknown status";
}

/* Messages go to terminals and logs: control characters from hostile input must not get there. */
static void tidy(char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = ' ';
}

sr_status sr_fail(sr_error *err, sr_status status, const char *format, ...)
{
	if (err) {
		va_list args;
		va_start(args, format);
		vsnprintf(err->message, sizeof err->message, format, args);
		va_end(args);
		tidy(err->message);
		err->status = status;
	}
	return status;
}

void sr_error_prefix(sr_error *err, const char *format, ...)
{
	if (!err)
		return;
	char joined[SR_ERROR_MAX];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(joined, sizeof joined, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof joined - 3)
		return;
	snprintf(joined + n, sizeof joined - (size_t)n, ": %.*s", (int)(sizeof joined - (size_t)n - 3), err->message);
	tidy(joined);
	memcpy(err->message, joined, sizeof joined);
}
