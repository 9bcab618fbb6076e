#ifndef CMAPPING_H
#define CMAPPING_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__cplusplus)
extern "C" {
#endif

/// A memory map whose pages may turn out to be unreadable: the file became shorter, or its device fails. The system
/// tells by SIGBUS, at the instruction that reads; by itself that ends the process.
///
/// Of a map that is guarded the whole is replaced by zeros then, the map is marked, and the instruction goes on. So
/// whoever reads guarded memory must ask afterwards, before using what was read, whether the map has failed.
typedef struct recsys_guard recsys_guard;

/// Guards `byte_count` bytes from `start` on, which are mapped for reading and begin at a page. May be called by any
/// thread.
///
/// With `last_words`, for maps whose readers cannot ask: the process writes them to standard error when a page cannot
/// be read, and ends with `exit_status`. They are copied.
///
/// Returns NULL, with errno set, if there is no memory or no handler can be installed.
recsys_guard *recsys_guard_begin(void *start, size_t byte_count, const char *last_words, int exit_status);

/// True if a page of the map could not be read since it was guarded.
bool recsys_guard_has_failed(const recsys_guard *guard);

/// Ends the guarding. To be called before the map is taken away, and once.
void recsys_guard_end(recsys_guard *guard);

#if defined(__cplusplus)
}
#endif

#endif
