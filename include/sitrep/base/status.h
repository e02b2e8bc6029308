/* Status codes and error detail.
 *
 * Every function that can fail returns an sr_status, which must be checked. Detail, where there
 * is any to give, goes into the caller's sr_error, which is always the last argument and may be
 * NULL. The library never prints and never exits. */
#ifndef SITREP_BASE_STATUS_H
#define SITREP_BASE_STATUS_H

#include <stddef.h>

typedef enum sr_status {
	SR_OK = 0,
	SR_E_NOMEM,       /* allocation failed, or an arena's ceiling was reached */
	SR_E_LIMIT,       /* a ceiling on bytes, depth, entries or time was reached */
	SR_E_INVALID,     /* input that is not what it claims to be */
	SR_E_UNSUPPORTED, /* input of a kind that is known but not read here */
	SR_E_IO,          /* the operating system could not read or write */
	SR_E_NOT_FOUND,
	SR_E_REFUSED,     /* policy says no: private address, failed verification */
	SR_E_BUSY,        /* another writer holds the store */
	SR_E_CORRUPT,     /* stored data is damaged */
	SR_E_USAGE        /* the caller's request makes no sense */
} sr_status;

#define SR_MUST_CHECK __attribute__((warn_unused_result))

#define SR_ERROR_MAX 512

/* Detail of one failure; the message is NUL-terminated, one line, without a trailing dot. */
typedef struct sr_error {
	sr_status status;
	char message[SR_ERROR_MAX];
} sr_error;

/* A short fixed name ("out of memory", "limit reached"); never NULL. */
const char *sr_status_name(sr_status status);

/* Stores the formatted message in err (if not NULL) and returns status. Control characters are
 * replaced, so that a message may quote hostile input. */
sr_status sr_fail(sr_error *err, sr_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the message that err already holds. */
void sr_error_prefix(sr_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define SR_TRY(expr)                       \
	do {                                   \
		sr_status sr_try_status_ = (expr); \
		if (sr_try_status_ != SR_OK)       \
			return sr_try_status_;         \
	} while (0)

#endif
