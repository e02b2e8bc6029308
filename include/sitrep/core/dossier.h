/* The dossier: the page of one story, as records. Shapes follow the contract's JSON.
 *
 * Everything belongs to the arena that the dossier was composed (or read back) in. A cite points
 * into the text of a source by bytes; sentences without cites are not allowed. */
#ifndef SITREP_CORE_DOSSIER_H
#define SITREP_CORE_DOSSIER_H

#include "sitrep/core/reading.h"

typedef struct sr_cite {
	uint32_t source; /* sr_source.n, from 1 */
	sr_span span;
} sr_cite;

typedef struct sr_cites {
	sr_cite *items;
	size_t count;
} sr_cites;

/* A sentence of the dossier. */
typedef struct sr_line {
	sr_str text;
	sr_cites cites;
	sr_str who; /* of a change: who says so, where the text does not tell; empty in a brief */
} sr_line;

typedef struct sr_section {
	sr_str heading; /* made of a source's words: heading_cites says which */
	sr_cites heading_cites;
	sr_line *lines;
	size_t line_count;
} sr_section;

typedef enum sr_conflict_kind {
	SR_CONFLICT_QUANTITY,
	SR_CONFLICT_STATE,
	SR_CONFLICT_DENIAL,
	SR_CONFLICT_BLAME,
	SR_CONFLICT_DATE
} sr_conflict_kind;
typedef enum sr_conflict_status { SR_CONFLICT_OPEN, SR_CONFLICT_SUPERSEDED, SR_CONFLICT_SETTLED } sr_conflict_status;
/* Why both sides of what is settled may be right: SHARES: "85% is taken", "20% is still held" are about one whole. */
typedef enum sr_settled_by { SR_SETTLED_BY_NONE, SR_SETTLED_BY_SHARES, SR_SETTLED_BY_ADMISSION } sr_settled_by;

typedef struct sr_holder {
	sr_str who, role, via;
	bool named;
	sr_time said;
	sr_cite cite;
	size_t told; /* bytes of the statement up to where this holder's words end; 0 in a dossier read back */
} sr_holder;

typedef struct sr_position {
	sr_str statement; /* a source's words */
	uint32_t origins;
	sr_holder *held_by;
	size_t held_by_count;
} sr_position;

typedef struct sr_conflict {
	sr_str id;
	sr_str question; /* a fixed frame filled from the cited spans */
	sr_conflict_kind kind;
	sr_conflict_status status;
	sr_settled_by settled_by;
	sr_position *positions;
	size_t position_count;
} sr_conflict;

typedef enum sr_unknown_reason {
	SR_UNKNOWN_UNVERIFIED,
	SR_UNKNOWN_SINGLE_ORIGIN,
	SR_UNKNOWN_UNNAMED,
	SR_UNKNOWN_DISPUTED
} sr_unknown_reason;

typedef struct sr_unknown {
	sr_str text;
	sr_unknown_reason reason;
	sr_cites cites;
} sr_unknown;

typedef struct sr_quote {
	sr_str text; /* without the outer quotation marks */
	sr_str speaker, role, via;
	bool named;
	sr_time said;
	uint32_t origins;
	sr_cites cites; /* one a witness */
} sr_quote;

typedef struct sr_figure_point {
	sr_time as_of;
	double low, high;
	sr_str who;
	sr_str text; /* the words of the source around the number */
	sr_cites cites;
} sr_figure_point;

typedef struct sr_figure {
	sr_str measure, unit;
	sr_figure_point *series;
	size_t series_count;
} sr_figure;

typedef struct sr_event {
	sr_time date, until; /* until: only for a stretch of time */
	sr_str text;
	uint32_t origins;
	sr_cites cites;
} sr_event;

typedef struct sr_update {
	sr_time at;
	sr_str text;
	sr_str note; /* fixed frame: what it contradicts or confirms; may be empty */
	sr_cites cites;
} sr_update;

typedef struct sr_changes {
	uint32_t since; /* edition; 0 if nothing to compare with */
	sr_line *added, *strengthened, *contradicted, *withdrawn;
	size_t added_count, strengthened_count, contradicted_count, withdrawn_count;
} sr_changes;

typedef struct sr_source {
	uint32_t n;
	sr_str title, publisher, url, path, credit, description, sha256;
	sr_time published, retrieved;
	uint32_t origin;
	sr_doc_kind kind;
	sr_doc_status status;
} sr_source;

typedef struct sr_place {
	sr_str name, country; /* ISO 3166-1 alpha-2; empty if not resolved */
	double lat, lon;
	bool resolved;
} sr_place;

typedef struct sr_story_entity {
	sr_str name;
	sr_entity_type type;
	uint32_t mentions;
} sr_story_entity;

/* One statement of a speaker, with all that bear witness to it. */
typedef struct sr_statement {
	sr_str text;  /* in its longest form; an ellipsis marks what stands between parts; with its quotation marks */
	bool direct;  /* a quotation */
	sr_stance stance; /* of the saying: of a denial, text is what is denied */
	sr_certainty certainty;
	sr_str via;   /* who relays it, if not the source itself */
	sr_time said; /* when it was said or reported */
	sr_time when, until; /* what it speaks of, where that is stated */
	uint32_t origins;
	sr_cites cites; /* one a source; the first holds the text */
} sr_statement;

/* A speaker and what he says. */
typedef struct sr_voice {
	sr_str name; /* or a description, if not named; empty: nobody that could be told */
	sr_str role;
	bool named, collective;
	sr_statement *statements; /* oldest first */
	size_t statement_count;
} sr_voice;

typedef struct sr_dossier {
	sr_str id, title;
	sr_cites title_cites;
	uint32_t edition;
	sr_time first_reported, updated;
	uint32_t documents, origins;
	sr_place *places;
	size_t place_count;
	sr_story_entity *entities;
	size_t entity_count;
	sr_section *brief;
	size_t brief_count;
	sr_conflict *conflicts;
	size_t conflict_count;
	sr_unknown *unknown;
	size_t unknown_count;
	sr_quote *quotes;
	size_t quote_count;
	sr_figure *figures;
	size_t figure_count;
	sr_event *timeline;
	size_t timeline_count;
	sr_update *updates;
	size_t update_count;
	sr_changes changes;
	sr_voice *voices; /* only on the page of who said what (sr_compose_voices) */
	size_t voice_count;
	sr_source *sources;
	size_t source_count;
} sr_dossier;

const char *sr_conflict_kind_name(sr_conflict_kind kind);
const char *sr_conflict_status_name(sr_conflict_status status);
const char *sr_settled_by_name(sr_settled_by by); /* "shares", "admission"; empty for none */
const char *sr_unknown_reason_name(sr_unknown_reason reason);
bool sr_conflict_kind_parse(sr_str s, sr_conflict_kind *out);
bool sr_conflict_status_parse(sr_str s, sr_conflict_status *out);
bool sr_settled_by_parse(sr_str s, sr_settled_by *out);
bool sr_unknown_reason_parse(sr_str s, sr_unknown_reason *out);

#endif
