/// System calls of Linux that Swift's own module of the C library leaves out.

#ifdef __linux__
/// Makes everything durable that was written to the file system of an open file.
extern int syncfs(int descriptor);

/// Which processors a process, 0 for this one, may run on: a bit each, in so many bytes.
extern int sched_getaffinity(int process, unsigned long byte_count, unsigned long *mask);

/// Opens a terminal that a program plays, gives its device to this user, unlocks the device, and names it.
extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern char *ptsname(int descriptor);
#endif
