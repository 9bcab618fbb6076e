import Platform
package import SystemPackage

/// Files and folders below a folder: names and contents, as they are found after a crash.
package struct DiskImage: Hashable, Sendable {
    /// What is known by a path relative to the folder: the bytes of a file, nil for a folder.
    package var entries: [String: Content?] = [:]

    /// The bytes of a file.
    package struct Content: Hashable, Sendable {
        package let bytes: [UInt8]

        package init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        package func hash(into hasher: inout Hasher) {
            // Enough to tell most contents apart; equality looks at all bytes.
            hasher.combine(bytes.count)
            for byte in bytes.prefix(8) { hasher.combine(byte) }
            for byte in bytes.suffix(8) { hasher.combine(byte) }
        }
    }

    package init() {}

    /// What is below a folder now.
    package init(below folder: FilePath) throws {
        try add(folder, "")
    }

    private mutating func add(_ folder: FilePath, _ prefix: String) throws {
        for name in try Directory.names(in: folder) {
            let path = folder.appending(name)
            if try Directory.exists(path) {
                entries[prefix + name] = .some(nil)
                try add(path, prefix + name + "/")
            } else {
                entries[prefix + name] = Content(try File.read(path))
            }
        }
    }

    /// Makes the folder, which must be there, hold this and nothing else. What it holds already stays.
    package func write(to folder: FilePath) throws {
        let present = try DiskImage(below: folder)
        // What is in a folder comes before the folder.
        for (name, content) in present.entries.sorted(by: { $0.key > $1.key }) where entries[name] != .some(content) {
            let path = folder.appending(name)
            if content == nil { try FileSystem.calls.removeFolder(path) } else { try File.remove(path) }
        }
        for (name, content) in entries.sorted(by: { $0.key < $1.key }) where present.entries[name] != .some(content) {
            let path = folder.appending(name)
            guard let content else {
                try FileSystem.calls.createFolder(path)
                continue
            }
            let descriptor = try File.open(path, .writeOnly, options: [.create, .exclusiveCreate])
            defer { File.discard(descriptor) }
            try File.write(content.bytes.rawSpan, to: descriptor, path: path)
        }
    }

    /// The bytes of a file, or nil if there is none of that name.
    package func bytes(_ name: String) -> [UInt8]? { (entries[name] ?? nil)?.bytes }

    /// The names of the files in order, but for unfinished ones.
    package var finishedNames: [String] {
        entries.filter { $0.value != nil && !DiskImage.isUnfinished($0.key) }.keys.sorted()
    }

    /// The names of the unfinished files, in order.
    package var unfinishedNames: [String] {
        entries.filter { $0.value != nil && DiskImage.isUnfinished($0.key) }.keys.sorted()
    }

    /// The same without unfinished files, which nobody reads.
    package var withoutUnfinished: DiskImage {
        var image = self
        image.entries = entries.filter { !DiskImage.isUnfinished($0.key) }
        return image
    }

    private static func isUnfinished(_ name: String) -> Bool {
        name.split(separator: "/").last?.hasPrefix(AtomicFile.temporaryPrefix) == true
    }
}
