#include "claim_internal.h"
sr_status tree_sentence(work *w, uint32_t sent) { return surface_sentence(w, sent); }
