/* What an engine of the store implements: one function for each of store.h's, with the same meaning. The
 * dispatch (store.c) has checked the transaction, the ceilings on names, and that err is not NULL. An engine's own
 * record begins with an sr_store. */
#ifndef SITREP_STORE_OPS_H
#define SITREP_STORE_OPS_H

#include "sitrep/store.h"

struct sr_store {
	const struct sr_store_ops *ops;
	sr_time now;     /* of the open transaction */
	bool read_only, writing;
	sr_error broken; /* status other than SR_OK: what made the transaction void */
};

typedef struct sr_store_ops {
	void (*close)(sr_store *);
	sr_status (*begin)(sr_store *, sr_error *);
	sr_status (*commit)(sr_store *, sr_error *);
	void (*rollback)(sr_store *);
	sr_status (*changed)(sr_store *, bool *, sr_error *);

	sr_status (*put_original)(sr_store *, const sr_store_original *, int64_t *, sr_error *);
	sr_status (*get_original)(sr_store *, int64_t, sr_arena *, sr_store_original *, sr_error *);
	sr_status (*original_bytes)(sr_store *, int64_t, sr_buf *, sr_error *);
	sr_status (*put_source)(sr_store *, sr_str, sr_str, uint32_t, sr_error *);
	sr_status (*known_source)(sr_store *, sr_str, sr_str, bool *, uint32_t *, sr_error *);

	sr_status (*lookup)(sr_store *, const sr_document *, sr_str, sr_store_added *, sr_error *);
	sr_status (*add)(sr_store *, const sr_store_document *, sr_store_added *, sr_error *);
	sr_status (*put_analysis)(sr_store *, int64_t, const sr_store_document *, sr_error *);
	sr_status (*put_status)(sr_store *, int64_t, sr_doc_status, sr_str, sr_error *);
	sr_status (*load)(sr_store *, int64_t, uint32_t, unsigned, sr_arena *, sr_store_loaded *, sr_error *);
	sr_status (*load_many)(sr_store *, const int64_t *, size_t, unsigned, unsigned, sr_arena *, sr_store_loaded *, sr_error *);
	sr_status (*find_document)(sr_store *, sr_str, int64_t *, sr_error *);
	sr_status (*documents)(sr_store *, int64_t, size_t, sr_arena *, sr_store_ids *, sr_error *);
	sr_status (*revisions)(sr_store *, int64_t, sr_arena *, sr_store_revision **, size_t *, sr_error *);

	sr_status (*new_story)(sr_store *, sr_str, int64_t *, sr_error *);
	sr_status (*find_story)(sr_store *, sr_str, int64_t *, bool *, sr_error *);
	sr_status (*place)(sr_store *, int64_t, int64_t, sr_error *);
	sr_status (*put_origins)(sr_store *, const int64_t *, const uint32_t *, size_t, sr_error *);
	sr_status (*members)(sr_store *, int64_t, sr_arena *, sr_store_ids *, uint32_t **, sr_error *);
	sr_status (*join)(sr_store *, int64_t, int64_t, sr_error *);
	sr_status (*put_about)(sr_store *, int64_t, const sr_store_about *, sr_error *);
	sr_status (*get_story)(sr_store *, int64_t, sr_arena *, sr_store_story *, sr_error *);

	sr_status (*put_edition)(sr_store *, int64_t, sr_str, sr_str, uint32_t *, sr_error *);
	sr_status (*get_edition)(sr_store *, int64_t, uint32_t, sr_arena *, sr_store_edition *, sr_error *);
	sr_status (*edition_at)(sr_store *, int64_t, sr_time, uint32_t *, sr_error *);
	sr_status (*editions)(sr_store *, int64_t, sr_arena *, sr_store_edition **, size_t *, sr_error *);

	sr_status (*correct)(sr_store *, sr_store_correction *, sr_arena *, sr_error *);
	sr_status (*corrections)(sr_store *, int64_t, sr_arena *, sr_store_correction **, size_t *, sr_error *);

	sr_status (*put_state)(sr_store *, sr_str, sr_str, sr_error *);
	sr_status (*get_state)(sr_store *, sr_str, sr_buf *, sr_error *);
	sr_status (*put_profile)(sr_store *, sr_str, int64_t, int64_t, sr_str, sr_error *);
	sr_status (*each_profile)(sr_store *, sr_str, int64_t, sr_status (*)(void *, const sr_store_profile *, sr_error *), void *,
	                          sr_error *);
	sr_status (*drop_profiles)(sr_store *, sr_str, int64_t, sr_error *);

	sr_status (*search_documents)(sr_store *, const sr_store_query *, sr_arena *, sr_store_hits *, sr_error *);
	sr_status (*search_stories)(sr_store *, const sr_store_query *, sr_arena *, sr_store_hits *, sr_error *);

	sr_status (*get_stats)(sr_store *, sr_arena *, sr_store_stats *, sr_error *);
	sr_status (*check)(sr_store *, sr_arena *, sr_str **, size_t *, sr_error *);
} sr_store_ops;

/* The engines. The URI has lost its scheme. */
sr_status sr_store_open_sqlite(const char *path, const sr_store_options *options, sr_store **out, sr_error *err) SR_MUST_CHECK;
sr_status sr_store_salvage_sqlite(const char *from, const char *to, sr_arena *arena, sr_store_salvaged *out, sr_error *err)
	SR_MUST_CHECK;

#endif
