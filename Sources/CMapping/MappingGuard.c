#include "CMapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// The handler may run at any instruction of any thread, so it takes no lock and calls nothing that might: guards live
// in a list that only grows, and a guard that has ended waits there for its next use.
struct recsys_guard {
    _Atomic uintptr_t start; // 0 while the guard is free.
    _Atomic size_t byte_count;
    atomic_bool has_failed;
    char *last_words; // NULL where readers ask.
    int exit_status;
    recsys_guard *next; // Never changes once the guard is in the list.
};

static _Atomic(recsys_guard *) guards;
static struct sigaction previous_action;
static int installation_error;

// Puts zeros in the place of a map. `mmap` is a bare system call everywhere, though no standard lists it as safe here.
static bool replace_by_zeros(uintptr_t start, size_t byte_count) {
    void *zeros = mmap((void *)start, byte_count, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    return zeros != MAP_FAILED;
}

static _Noreturn void end_process(const recsys_guard *guard) {
    // What cannot be written is lost; the status tells as well.
    const ssize_t count = write(STDERR_FILENO, guard->last_words, strlen(guard->last_words));
    (void)count;
    _exit(guard->exit_status);
}

static void handle_bus_error(int signal_number, siginfo_t *information, void *context) {
    (void)context;
    const int saved_error = errno;
    const uintptr_t address = (uintptr_t)information->si_addr;
    for (recsys_guard *guard = atomic_load(&guards); guard != NULL; guard = guard->next) {
        const uintptr_t start = atomic_load(&guard->start);
        const size_t byte_count = atomic_load(&guard->byte_count);
        if (start == 0 || address < start || address - start >= byte_count) continue;
        // In between the guard may have gone over to another map; then the two do not belong together.
        if (atomic_load(&guard->start) != start) continue;
        if (guard->last_words != NULL) end_process(guard);
        atomic_store(&guard->has_failed, true);
        if (replace_by_zeros(start, byte_count)) {
            errno = saved_error;
            return;
        }
    }
    // Not ours: the instruction runs again, and meets whoever was there before.
    sigaction(signal_number, &previous_action, NULL);
    errno = saved_error;
}

static void install_handler(void) {
    struct sigaction action = {0};
    action.sa_sigaction = handle_bus_error;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, &action, &previous_action) != 0) installation_error = errno;
}

// A guard that nobody uses, marked as taken by a start that no address is at, or NULL.
static recsys_guard *take_free_guard(void) {
    for (recsys_guard *guard = atomic_load(&guards); guard != NULL; guard = guard->next) {
        uintptr_t expected = 0;
        if (atomic_load(&guard->start) == 0 && atomic_compare_exchange_strong(&guard->start, &expected, UINTPTR_MAX))
            return guard;
    }
    return NULL;
}

static recsys_guard *add_guard(void) {
    recsys_guard *guard = calloc(1, sizeof(recsys_guard));
    if (guard == NULL) return NULL;
    atomic_store(&guard->start, UINTPTR_MAX);
    guard->next = atomic_load(&guards);
    while (!atomic_compare_exchange_weak(&guards, &guard->next, guard)) {}
    return guard;
}

// Gives a guard back to those that are free.
static void release(recsys_guard *guard) {
    free(guard->last_words);
    guard->last_words = NULL;
    atomic_store(&guard->byte_count, 0);
    atomic_store(&guard->start, 0);
}

recsys_guard *recsys_guard_begin(void *start, size_t byte_count, const char *last_words, int exit_status) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install_handler);
    if (installation_error != 0) {
        errno = installation_error;
        return NULL;
    }
    recsys_guard *guard = take_free_guard();
    if (guard == NULL) guard = add_guard();
    if (guard == NULL) return NULL;
    if (last_words != NULL) {
        guard->last_words = strdup(last_words);
        if (guard->last_words == NULL) {
            release(guard);
            return NULL;
        }
    }
    guard->exit_status = exit_status;
    atomic_store(&guard->has_failed, false);
    atomic_store(&guard->byte_count, byte_count);
    atomic_store(&guard->start, (uintptr_t)start);
    return guard;
}

bool recsys_guard_has_failed(const recsys_guard *guard) {
    // What was read of the map before stays before: it may be zeros that the flag is about.
    atomic_thread_fence(memory_order_acquire);
    return atomic_load(&guard->has_failed);
}

void recsys_guard_end(recsys_guard *guard) {
    release(guard);
}
