import Platform
import SystemPackage
import TestSupport
import Testing

/// A file appears whole or not at all; a device takes the bytes as they come.
@Suite struct OutputFileTests {
    private struct Failed: Error {}
    private let folder = TemporaryFolder()

    @Test func aFileAppearsWhenAllIsWritten() throws {
        let path = folder.path.appending("new/out")
        let result = try OutputFile.write(to: path) { write in
            try write(([1, 2] as [UInt8]).rawSpan)
            #expect(try !File.exists(path))
            try write(([3] as [UInt8]).rawSpan)
            return "done"
        }
        #expect(result == "done")
        #expect(try File.read(path) == [1, 2, 3])
        #expect(folder.fileNames == ["new/out"])
    }

    @Test func aFailureLeavesTheOldFile() throws {
        let path = try folder.write([9], as: "out")
        #expect(throws: Failed.self) {
            try OutputFile.write(to: path) { write in
                try write(([1, 2] as [UInt8]).rawSpan)
                throw Failed()
            }
        }
        #expect(try File.read(path) == [9])
        #expect(folder.fileNames == ["out"])
    }

    @Test func aDeviceStaysADevice() throws {
        try OutputFile.write(to: "/dev/null") { try $0(([1, 2] as [UInt8]).rawSpan) }
        #expect(try File.status(at: "/dev/null")?.isRegularFile == false)
        #expect(throws: StorageError.self) {
            try OutputFile.write(to: "/dev/full") { try $0(([1, 2] as [UInt8]).rawSpan) }
        }
    }
}
