/* Preloaded into the program: what it changes below one folder is counted, and at one of these calls
 * it is killed, refused, or nothing; every call can be logged with its bytes.
 *
 *   FAULTS_PROGRAM   the name of the program; other programs that inherit the environment are left alone
 *   FAULTS_FOLDER    the folder, as an absolute path without links
 *   FAULTS_KILL_AT   SIGKILL instead of this call, counted from 1; half of a write is done before
 *   FAULTS_FAIL_AT   this call fails: ENOSPC where it needs room, EIO otherwise
 *   FAULTS_LOG       a file that all calls are written to, for power_cuts.py
 *   FAULTS_TOTAL     a file that the number of calls is written to at the end
 *   FAULTS_NO_SYNC   fsync does nothing
 *
 * A call's place in the count is certain only where one thread makes them all. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 4096

static char folder[PATH_MAX];
static size_t folder_length;
static long kill_at, fail_at, count;
static int log_file = -1, no_sync;
/* Whether a descriptor is of a file below the folder. */
static char watched[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long number(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *program = getenv("FAULTS_PROGRAM"), *path = getenv("FAULTS_FOLDER");
  if (!program || !path || strcmp(program, program_invocation_short_name) != 0) return;
  snprintf(folder, sizeof folder, "%s", path);
  folder_length = strlen(folder);
  kill_at = number("FAULTS_KILL_AT");
  fail_at = number("FAULTS_FAIL_AT");
  no_sync = number("FAULTS_NO_SYNC") != 0;
  const char *log_path = getenv("FAULTS_LOG");
  if (log_path)
    log_file = REAL(open)(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULTS_TOTAL");
  FILE *file = folder_length && path ? fopen(path, "w") : NULL;
  if (file && (fprintf(file, "%ld\n", count) < 0 || fclose(file) != 0)) abort();
}

/* The path without a link or a dot, or NULL where it is not below the folder. */
static const char *inside(int directory, const char *path, char *buffer) {
  if (!folder_length || !path) return NULL;
  int size;
  if (path[0] == '/') {
    size = snprintf(buffer, PATH_MAX, "%s", path);
  } else if (directory == AT_FDCWD) {
    char *current = getcwd(NULL, 0);
    size = snprintf(buffer, PATH_MAX, "%s/%s", current ? current : "", path);
    free(current);
  } else {
    char link[64], above[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t read = readlink(link, above, sizeof above);
    if (read < 0) return NULL;
    size = snprintf(buffer, PATH_MAX, "%.*s/%s", (int)read, above, path);
  }
  if (size < 0 || size >= PATH_MAX) return NULL;
  size_t length = strlen(buffer);
  while (length > 1 && buffer[length - 1] == '/') buffer[--length] = 0;
  if (strncmp(buffer, folder, folder_length) != 0) return NULL;
  return buffer[folder_length] == '/' || buffer[folder_length] == 0 ? buffer : NULL;
}

static int is_watched(int descriptor) {
  return descriptor >= 0 && descriptor < MOST_FILES && watched[descriptor];
}

static void note(const char *format, ...) {
  if (log_file < 0) return;
  char line[2 * PATH_MAX + 64];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (REAL(write)(log_file, line, length) != length) abort();
}

static void note_bytes(const void *bytes, size_t size) {
  if (log_file >= 0 && REAL(write)(log_file, bytes, size) != (ssize_t)size) abort();
}

/* Counts a call: kills at its place, and returns whether it is to fail, and why. */
static int fault(int reason) {
  count++;
  if (count == kill_at) kill(getpid(), SIGKILL);
  if (count != fail_at) return 0;
  errno = reason;
  return 1;
}

static int opened(int descriptor, int flags, const char *path) {
  int reason = errno;
  if (descriptor >= 0 && descriptor < MOST_FILES) {
    watched[descriptor] = 1;
    note("open\t%d\t%d\t%s\n", descriptor, flags, path);
  }
  errno = reason;
  return descriptor;
}

static int open_inside(int directory, const char *path, int flags, mode_t mode) {
  char buffer[PATH_MAX];
  const char *found = inside(directory, path, buffer);
  if (!found) return REAL(openat)(directory, path, flags, mode);
  pthread_mutex_lock(&lock);
  int descriptor = -1;
  /* What is only read is not counted, and logged because a folder is flushed through it. */
  if (!(flags & (O_CREAT | O_TRUNC)) || !fault(ENOSPC))
    descriptor = opened(REAL(openat)(directory, path, flags, mode), flags, found);
  pthread_mutex_unlock(&lock);
  return descriptor;
}

static mode_t mode_argument(int flags, va_list arguments) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_inside(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_inside(AT_FDCWD, path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_inside(directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_argument(flags, arguments);
  va_end(arguments);
  return open_inside(directory, path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  if (!is_watched(descriptor)) {
    /* What the program tells the person is promised: the log holds when. */
    if (folder_length && descriptor == 2) {
      pthread_mutex_lock(&lock);
      note("tell\t%zu\n", size);
      note_bytes(bytes, size);
      pthread_mutex_unlock(&lock);
    }
    return REAL(write)(descriptor, bytes, size);
  }
  pthread_mutex_lock(&lock);
  if (count + 1 == kill_at || count + 1 == fail_at)
    if (REAL(write)(descriptor, bytes, size / 2) < 0) abort();
  ssize_t written = -1;
  if (!fault(ENOSPC)) {
    written = REAL(write)(descriptor, bytes, size);
    if (written > 0) {
      note("write\t%d\t%zd\n", descriptor, written);
      note_bytes(bytes, written);
    }
  }
  pthread_mutex_unlock(&lock);
  return written;
}

/* The simulation of power_cuts.py does not know these. */
ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  if (is_watched(descriptor)) abort();
  return REAL(pwrite)(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
  if (is_watched(descriptor)) abort();
  return REAL(pwrite64)(descriptor, bytes, size, offset);
}

#define ON_DESCRIPTOR(reason, call, ...)            \
  if (!is_watched(descriptor)) return call;         \
  pthread_mutex_lock(&lock);                        \
  int result = -1;                                  \
  if (!fault(reason)) {                             \
    result = call;                                  \
    if (result == 0) note(__VA_ARGS__);             \
  }                                                 \
  pthread_mutex_unlock(&lock);                      \
  return result;

int fsync(int descriptor) {
  ON_DESCRIPTOR(EIO, no_sync ? 0 : REAL(fsync)(descriptor), "sync\t%d\n", descriptor)
}

int fdatasync(int descriptor) {
  ON_DESCRIPTOR(EIO, no_sync ? 0 : REAL(fdatasync)(descriptor), "sync\t%d\n", descriptor)
}

int ftruncate(int descriptor, off_t length) {
  ON_DESCRIPTOR(
      EIO, REAL(ftruncate)(descriptor, length), "truncate\t%d\t%lld\n", descriptor, (long long)length)
}

int ftruncate64(int descriptor, off64_t length) {
  ON_DESCRIPTOR(
      EIO, REAL(ftruncate64)(descriptor, length), "truncate\t%d\t%lld\n", descriptor,
      (long long)length)
}

int close(int descriptor) {
  if (is_watched(descriptor)) {
    pthread_mutex_lock(&lock);
    watched[descriptor] = 0;
    note("close\t%d\n", descriptor);
    pthread_mutex_unlock(&lock);
  }
  return REAL(close)(descriptor);
}

#define ON_PATH(directory, path, reason, call, operation) \
  char buffer[PATH_MAX];                                  \
  const char *found = inside(directory, path, buffer);    \
  if (!found) return call;                                \
  pthread_mutex_lock(&lock);                              \
  int result = -1;                                        \
  if (!fault(reason)) {                                   \
    result = call;                                        \
    int after = errno;                                    \
    if (result == 0) note(operation "\t%s\n", found);     \
    errno = after;                                        \
  }                                                       \
  pthread_mutex_unlock(&lock);                            \
  return result;

int mkdir(const char *path, mode_t mode) {
  ON_PATH(AT_FDCWD, path, ENOSPC, REAL(mkdir)(path, mode), "mkdir")
}

int mkdirat(int directory, const char *path, mode_t mode) {
  ON_PATH(directory, path, ENOSPC, REAL(mkdirat)(directory, path, mode), "mkdir")
}

int unlink(const char *path) { ON_PATH(AT_FDCWD, path, EIO, REAL(unlink)(path), "unlink") }

int rmdir(const char *path) { ON_PATH(AT_FDCWD, path, EIO, REAL(rmdir)(path), "rmdir") }

int unlinkat(int directory, const char *path, int flags) {
  if (flags & AT_REMOVEDIR) {
    ON_PATH(directory, path, EIO, REAL(unlinkat)(directory, path, flags), "rmdir")
  }
  ON_PATH(directory, path, EIO, REAL(unlinkat)(directory, path, flags), "unlink")
}

static int rename_inside(int old_directory, const char *old, int new_directory, const char *new) {
  char from[PATH_MAX], to[PATH_MAX];
  const char *source = inside(old_directory, old, from);
  const char *target = inside(new_directory, new, to);
  if (!source && !target) return REAL(renameat)(old_directory, old, new_directory, new);
  pthread_mutex_lock(&lock);
  int result = -1;
  if (!fault(ENOSPC)) {
    result = REAL(renameat)(old_directory, old, new_directory, new);
    if (result == 0) note("rename\t%s\t%s\n", source ? source : old, target ? target : new);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int rename(const char *old, const char *new) { return rename_inside(AT_FDCWD, old, AT_FDCWD, new); }

int renameat(int old_directory, const char *old, int new_directory, const char *new) {
  return rename_inside(old_directory, old, new_directory, new);
}
