/* Whole-file reading and writing, folder walking, SHA-256, and where our data files are. */
#ifndef SITREP_BASE_FILE_H
#define SITREP_BASE_FILE_H

#include "sitrep/base/str.h"

/* Reads a file (or standard input for "-") of at most ceiling bytes into buf. Refuses folders,
 * sockets and devices. SR_E_IO, SR_E_LIMIT, SR_E_NOMEM, with the reason in err (not the path). */
sr_status sr_file_read(const char *path, size_t ceiling, sr_buf *buf, sr_error *err) SR_MUST_CHECK;
/* Writes through a temporary file in the same folder, synced and renamed. */
sr_status sr_file_write(const char *path, sr_str data, sr_error *err) SR_MUST_CHECK;

/* Maps a file read-only. The view is page-aligned and lives until unmapped. */
typedef struct sr_mapping {
	sr_str data;
} sr_mapping;
sr_status sr_mapping_open(sr_mapping *mapping, const char *path, sr_error *err) SR_MUST_CHECK;
void sr_mapping_close(sr_mapping *mapping);

typedef enum sr_path_kind { SR_PATH_MISSING, SR_PATH_FILE, SR_PATH_FOLDER, SR_PATH_OTHER } sr_path_kind;
sr_path_kind sr_path_kind_of(const char *path);

/* Every regular file below folder, sorted by bytes so that runs repeat, hidden entries
 * left out; at most max_files. A folder that cannot be opened, lies deeper than 32, or is reached by a symbolic link, and a link to
 * nothing, stand among them, so that reading them tells the reason. Paths live in the arena. */
sr_status sr_folder_walk(const char *folder, size_t max_files, sr_arena *arena, sr_str **paths,
                         size_t *count, sr_error *err) SR_MUST_CHECK;

#define SR_SHA256_HEX 64
/* FIPS 180-4; hex in lower case, NUL-terminated. */
void sr_sha256_hex(sr_str data, char out[SR_SHA256_HEX + 1]);

/* Tells a damaged file from a whole one, at memory speed; no protection against intent. Four
 * interleaved multiplicative lanes over 8-byte words, little-endian. Stable: model files carry it. */
uint64_t sr_checksum(sr_str data);
/* The same over a mapped file from the byte `from` on, without keeping its pages in memory. */
uint64_t sr_mapping_checksum(const sr_mapping *mapping, size_t from);

/* Full path of a data file (`model.bin`): $SITREP_SHARE, then share/sitrep beside the build tree
 * that holds the program, then the installed folder. SR_E_NOT_FOUND names the places tried. */
sr_status sr_share_path(const char *name, sr_arena *arena, sr_str *path, sr_error *err) SR_MUST_CHECK;

#endif
