import Foundation
package import Platform
import SystemPackage

/// A file whose bytes are replaced many times: in place, so that it need not be opened anew as long as it does not
/// change its length.
package final class DamagedFile {
    private let folder = TemporaryFolder()
    private let path: FilePath
    private let access: FileAccess
    private let handle: FileHandle
    private var file: DataFile

    package init(_ access: FileAccess = .mapped) throws {
        path = try folder.write([], as: "damaged")
        self.access = access
        guard let handle = FileHandle(forUpdatingAtPath: path.string) else {
            preconditionFailure("a file that was just written can be opened")
        }
        self.handle = handle
        file = try DataFile(path: path, access: access)
    }

    /// The file with these bytes, until the next call.
    package func with(_ bytes: [UInt8]) throws -> DataFile {
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: Data(bytes))
        if bytes.count != file.byteCount {
            try handle.truncate(atOffset: UInt64(bytes.count))
            file = try DataFile(path: path, access: access)
        }
        return file
    }
}
