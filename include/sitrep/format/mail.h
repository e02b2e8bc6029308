/* Mail with a text to read (newsletters): RFC 5322 header fields, RFC 2047 encoded words, MIME parts
 * (RFC 2045-2046) with quoted-printable and base64, any charset. */
#ifndef SITREP_FORMAT_MAIL_H
#define SITREP_FORMAT_MAIL_H

#include "sitrep/base/str.h"
#include "sitrep/base/time.h"

#define SR_MAIL_DEPTH_MAX 12  /* parts within parts */
#define SR_MAIL_PARTS_MAX 200u

typedef struct sr_mail {
	sr_str subject, from_name, from_address, message_id;
	sr_str list;     /* name of the List-Id field */
	sr_str url;      /* Archived-At: where the same text stands on the web */
	sr_str language; /* Content-Language */
	sr_time date;
	sr_str html, plain; /* the first body of each kind, decoded; either may be empty */
	sr_str *notes;
	size_t note_count;
} sr_mail;

/* The mail lives in the arena and may point into bytes. SR_E_INVALID if it has no header or no text
 * in it; SR_E_NOMEM. */
sr_status sr_mail_read(sr_str bytes, sr_arena *arena, sr_mail **out, sr_error *err) SR_MUST_CHECK;

#endif
