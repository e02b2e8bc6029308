#include "sitrep/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define WALK_DEPTH_MAX 32

sr_path_kind sr_path_kind_of(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return SR_PATH_MISSING;
	if (S_ISREG(st.st_mode))
		return SR_PATH_FILE;
	return S_ISDIR(st.st_mode) ? SR_PATH_FOLDER : SR_PATH_OTHER;
}

static sr_status read_all(int fd, size_t ceiling, sr_buf *buf, sr_error *err)
{
	char block[65536];
	for (;;) {
		ssize_t n = read(fd, block, sizeof block);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sr_fail(err, SR_E_IO, "cannot read: %s", strerror(errno));
		if (n == 0)
			return SR_OK;
		if ((size_t)n > ceiling - buf->len)
			return sr_fail(err, SR_E_LIMIT, "larger than the limit of %zu MB", ceiling >> 20);
		sr_buf_add(buf, sr_str_make(block, (size_t)n));
		if (buf->failed)
			return sr_fail(err, SR_E_NOMEM, "out of memory");
	}
}

static bool is_link(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

sr_status sr_file_read(const char *path, size_t ceiling, sr_buf *buf, sr_error *err)
{
	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, ceiling, buf, err);
	/* O_NONBLOCK: opening a FIFO that nobody writes to must not hang */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return sr_fail(err, errno == ENOENT ? SR_E_NOT_FOUND : SR_E_IO, "cannot open: %s", strerror(errno));
	struct stat st;
	sr_status status;
	if (fstat(fd, &st) != 0)
		status = sr_fail(err, SR_E_IO, "cannot read: %s", strerror(errno));
	else if (S_ISDIR(st.st_mode))
		status = sr_fail(err, SR_E_INVALID, is_link(path) ? "is a link to a folder, which is not followed: name that folder" : "is a folder");
	else if (!S_ISREG(st.st_mode))
		status = sr_fail(err, SR_E_INVALID, "is not a regular file");
	else if ((size_t)st.st_size > ceiling)
		status = sr_fail(err, SR_E_LIMIT, "%zu MB is larger than the limit of %zu MB", (size_t)st.st_size >> 20,
		                 ceiling >> 20);
	else
		status = read_all(fd, ceiling, buf, err);
	close(fd);
	return status;
}

static sr_status write_all(int fd, sr_str data, sr_error *err)
{
	while (data.len) {
		ssize_t n = write(fd, data.ptr, data.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sr_fail(err, SR_E_IO, "cannot write: %s", strerror(errno));
		data = sr_str_make(data.ptr + n, data.len - (size_t)n);
	}
	if (fsync(fd) != 0)
		return sr_fail(err, SR_E_IO, "cannot sync: %s", strerror(errno));
	return SR_OK;
}

sr_status sr_file_write(const char *path, sr_str data, sr_error *err)
{
	char temporary[PATH_MAX];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= sizeof temporary)
		return sr_fail(err, SR_E_INVALID, "path is too long");
	int fd = mkstemp(temporary);
	if (fd < 0)
		return sr_fail(err, SR_E_IO, "cannot create: %s", strerror(errno));
	sr_status status = write_all(fd, data, err);
	fchmod(fd, 0644);
	close(fd);
	if (status == SR_OK && rename(temporary, path) != 0)
		status = sr_fail(err, SR_E_IO, "cannot rename: %s", strerror(errno));
	if (status != SR_OK)
		unlink(temporary);
	return status;
}

sr_status sr_mapping_open(sr_mapping *mapping, const char *path, sr_error *err)
{
	*mapping = (sr_mapping){ 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return sr_fail(err, errno == ENOENT ? SR_E_NOT_FOUND : SR_E_IO, "cannot open: %s", strerror(errno));
	struct stat st;
	sr_status status = SR_OK;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		status = sr_fail(err, SR_E_IO, "is not a regular file");
	} else if (st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p == MAP_FAILED)
			status = sr_fail(err, SR_E_IO, "cannot map: %s", strerror(errno));
		else
			mapping->data = sr_str_make(p, (size_t)st.st_size);
	}
	close(fd);
	return status;
}

void sr_mapping_close(sr_mapping *mapping)
{
	if (!mapping || !mapping->data.ptr)
		return;
	union {
		const char *in;
		void *out;
	} u = { .in = mapping->data.ptr };
	munmap(u.out, mapping->data.len);
	*mapping = (sr_mapping){ 0 };
}

typedef struct walk {
	sr_arena *arena;
	size_t max_files;
	SR_VEC(sr_str) files;
	sr_error *err;
} walk;

static int by_bytes(const void *a, const void *b)
{
	return sr_str_cmp(*(const sr_str *)a, *(const sr_str *)b);
}

static sr_status add_path(walk *w, sr_str path)
{
	if (w->files.count >= w->max_files)
		return sr_fail(w->err, SR_E_LIMIT, "more than %zu files", w->max_files);
	sr_str *slot = path.ptr ? SR_PUSH(w->arena, &w->files) : NULL;
	if (!slot)
		return sr_fail(w->err, SR_E_NOMEM, "out of memory");
	*slot = path;
	return SR_OK;
}

static sr_status walk_folder(walk *w, const char *folder, int depth);

static sr_status walk_entry(walk *w, const char *folder, const char *name, int depth)
{
	size_t n = strlen(folder);
	sr_str path = sr_str_printf(w->arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
	struct stat st;
	if (!path.ptr)
		return sr_fail(w->err, SR_E_NOMEM, "out of memory");
	if (lstat(path.ptr, &st) != 0)
		return SR_OK; /* gone since it was listed */
	if (S_ISLNK(st.st_mode) && (stat(path.ptr, &st) != 0 || S_ISDIR(st.st_mode)))
		return add_path(w, path); /* not followed; who reads it says so */
	if (S_ISDIR(st.st_mode))
		return walk_folder(w, path.ptr, depth + 1);
	return S_ISREG(st.st_mode) ? add_path(w, path) : SR_OK;
}

/* A folder within that cannot be looked into, or is a link to one, stands among the files, so that who reads them says so, and reads the others. */
static sr_status walk_folder(walk *w, const char *folder, int depth)
{
	DIR *dir = depth > WALK_DEPTH_MAX ? NULL : opendir(folder);
	if (!dir && depth > 0)
		return add_path(w, sr_str_dup(w->arena, sr_str_c(folder)));
	if (!dir)
		return sr_fail(w->err, SR_E_IO, "cannot open: %s", strerror(errno));
	sr_status status = SR_OK;
	for (struct dirent *e; status == SR_OK && (e = readdir(dir));)
		if (e->d_name[0] != '.')
			status = walk_entry(w, folder, e->d_name, depth);
	closedir(dir);
	return status;
}

sr_status sr_folder_walk(const char *folder, size_t max_files, sr_arena *arena, sr_str **paths, size_t *count,
                         sr_error *err)
{
	walk w = { .arena = arena, .max_files = max_files, .err = err };
	SR_TRY(walk_folder(&w, folder, 0));
	if (w.files.count)
		qsort(w.files.items, w.files.count, sizeof *w.files.items, by_bytes);
	*paths = w.files.items;
	*count = w.files.count;
	return SR_OK;
}

#ifndef SITREP_SHARE_DIR
#define SITREP_SHARE_DIR "/usr/local/share/sitrep"
#endif

sr_status sr_share_path(const char *name, sr_arena *arena, sr_str *path, sr_error *err)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
	program[n > 0 ? n : 0] = 0;
	const char *given = getenv("SITREP_SHARE");
	if (given && *given) {
		*path = sr_str_printf(arena, "%s/%s", given, name);
		return path->ptr && access(path->ptr, R_OK) == 0
		           ? SR_OK
		           : sr_fail(err, SR_E_NOT_FOUND, "%s is not in $SITREP_SHARE (%s)", name, given);
	}
	/* a build tree holds the program in build/ or build/PRESET/ (tests one deeper) below the source */
	for (int up = 0; up < 5; up++) {
		char *slash = strrchr(program, '/');
		if (!slash)
			break;
		*slash = 0;
		*path = sr_str_printf(arena, "%s/share/sitrep/%s", program, name);
		if (path->ptr && access(path->ptr, R_OK) == 0)
			return SR_OK;
	}
	*path = sr_str_printf(arena, "%s/%s", SITREP_SHARE_DIR, name);
	if (path->ptr && access(path->ptr, R_OK) == 0)
		return SR_OK;
	return sr_fail(err, SR_E_NOT_FOUND, "%s is neither beside the program nor in %s; set SITREP_SHARE", name,
	               SITREP_SHARE_DIR);
}
