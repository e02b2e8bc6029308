/* The encodings of MIME: base64, quoted-printable, and encoded words. */
#ifndef SITREP_SRC_FORMAT_MAIL_CODEC_H
#define SITREP_SRC_FORMAT_MAIL_CODEC_H

#include "sitrep/base/str.h"

/* A body by its Content-Transfer-Encoding; the body itself where it needs none. *failed: no memory. */
sr_str mail_decode_body(sr_arena *arena, sr_str encoding, sr_str body, bool *failed);
/* A header value with its encoded words (RFC 2047) decoded, as valid UTF-8. */
sr_str mail_decode_words(sr_arena *arena, sr_str value, bool *failed);

#endif
