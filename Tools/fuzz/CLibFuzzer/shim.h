/// What libFuzzer offers to a program with a main function of its own. The library comes with clang, without headers.

#include <stddef.h>
#include <stdint.h>

/// Feeds inputs to `run` until an option in the arguments says that it is enough; returns the exit code.
int LLVMFuzzerRunDriver(int *argument_count, char ***arguments, int (*run)(const uint8_t *data, size_t size));

/// Changes the `size` bytes at `data`, which has room for `maximum_size`, in one of the library's ways; returns how
/// many bytes there are then.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum_size);
