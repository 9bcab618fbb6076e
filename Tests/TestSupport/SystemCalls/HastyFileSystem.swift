package import Platform
package import SystemPackage

/// The system's calls, without ever waiting for the disk: what a test writes need not outlive the machine.
package struct HastyFileSystem: ForwardingFileSystem {
    package let base: any FileSystemCalls

    package init(_ base: any FileSystemCalls = FileSystem.calls) {
        self.base = base
    }

    package func synchronise(_ descriptor: FileDescriptor) throws(Errno) {}

    package func synchroniseFileSystem(of descriptor: FileDescriptor) throws(Errno) {}
}
