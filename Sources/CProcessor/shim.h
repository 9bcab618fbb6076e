/// What the processor can do and Swift has no word for.

#ifndef RECSYS_CPROCESSOR_H
#define RECSYS_CPROCESSOR_H

/// Begins to fetch the memory at an address that will be read soon. The address may be any.
static inline void recsys_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
