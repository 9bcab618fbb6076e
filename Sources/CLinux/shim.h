/// System calls of Linux that Swift's own module of the C library leaves out.

#ifdef __linux__
/// Makes everything durable that was written to the file system of an open file.
extern int syncfs(int descriptor);
#endif
