/* Text views, spans and the growing buffer.
 *
 * sr_str is a view: it owns nothing, is valid UTF-8 from ingest on, and is not NUL-terminated by
 * promise. sr_span is a half-open byte range into the text of a document. sr_buf owns its bytes
 * and never grows past its ceiling. */
#ifndef SITREP_BASE_STR_H
#define SITREP_BASE_STR_H

#include "sitrep/base/arena.h"
#include "sitrep/base/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sr_str {
	const char *ptr;
	size_t len;
} sr_str;

typedef struct sr_span {
	uint32_t start, end;
} sr_span;

#define SR_STR(literal) ((sr_str){ "" literal, sizeof(literal) - 1 })
/* For static initialisers, where a compound literal is not allowed. */
#define SR_STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* For printf("%.*s", SR_FMT(s)). */
#define SR_FMT(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

static inline sr_str sr_str_make(const char *ptr, size_t len) { return (sr_str){ ptr, len }; }
sr_str sr_str_c(const char *nul_terminated); /* NULL gives the empty view */
static inline bool sr_str_empty(sr_str s) { return s.len == 0; }
bool sr_str_eq(sr_str a, sr_str b);
bool sr_str_eq_nocase(sr_str a, sr_str b); /* ASCII case only */
int sr_str_cmp(sr_str a, sr_str b);        /* bytes, shorter first */
bool sr_str_starts(sr_str s, sr_str prefix);
bool sr_str_ends(sr_str s, sr_str suffix);
bool sr_str_starts_nocase(sr_str s, sr_str prefix);
bool sr_str_ends_nocase(sr_str s, sr_str suffix);
/* Index of the first occurrence at or after from, or SIZE_MAX. */
size_t sr_str_find(sr_str s, sr_str needle, size_t from);
size_t sr_str_find_nocase(sr_str s, sr_str needle, size_t from);
size_t sr_str_find_char(sr_str s, char c, size_t from);
sr_str sr_str_slice(sr_str s, size_t start, size_t end); /* clamped to s */
sr_str sr_str_trim(sr_str s);                            /* ASCII and Unicode white space */
uint64_t sr_str_hash(sr_str s);                          /* FNV-1a, stable across runs */
/* Copies into the arena, NUL-terminated for convenience; {NULL,0} when out of memory or empty. */
sr_str sr_str_dup(sr_arena *arena, sr_str s);
/* s with its first letter (ASCII only) as a capital or not: s itself if it is so already, else in the arena (empty without memory). */
sr_str sr_str_with_capital(sr_arena *arena, sr_str s, bool capital);
sr_str sr_str_printf(sr_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
sr_str sr_str_vprintf(sr_arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* Takes the next line off *rest (without its end, LF, CR or CRLF); false at the end. */
bool sr_str_next_line(sr_str *rest, sr_str *line);
/* Takes the next field up to the separator off *rest; false at the end. */
bool sr_str_next_field(sr_str *rest, char separator, sr_str *field);
sr_str sr_str_last_word(sr_str s); /* what stands behind the last space */
size_t sr_str_count_words(sr_str s); /* stretches without a space or a line end */

static inline bool sr_span_empty(sr_span s) { return s.end <= s.start; }
static inline bool sr_span_has(sr_span outer, sr_span inner) { return outer.start <= inner.start && inner.end <= outer.end; }
static inline bool sr_span_overlap(sr_span a, sr_span b) { return a.start < b.end && b.start < a.end; }
sr_str sr_span_of(sr_str text, sr_span span); /* clamped to text */

typedef struct sr_buf {
	char *ptr;
	size_t len, capacity, ceiling;
	bool failed; /* sticky: a write found no memory or the ceiling; later writes are ignored */
} sr_buf;

/* ceiling 0: SR_BUF_CEILING. The buffer starts empty and allocates on the first write. */
#define SR_BUF_CEILING ((size_t)1 << 30)
void sr_buf_init(sr_buf *buf, size_t ceiling);
void sr_buf_deinit(sr_buf *buf);
void sr_buf_clear(sr_buf *buf);
void sr_buf_add(sr_buf *buf, sr_str s);
void sr_buf_add_c(sr_buf *buf, const char *nul_terminated);
void sr_buf_add_char(sr_buf *buf, char c);
void sr_buf_printf(sr_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline sr_str sr_buf_str(const sr_buf *buf) { return (sr_str){ buf->ptr, buf->len }; }
/* SR_OK, or SR_E_LIMIT/SR_E_NOMEM if any write was lost. */
sr_status sr_buf_status(const sr_buf *buf) SR_MUST_CHECK;

#endif
