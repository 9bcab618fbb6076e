/// A disk, and the part of it that the processes see and that has not reached it: which bytes and names are there, and
/// which of them would outlive a crash of the machine.
///
/// Only what was synchronised is sure to: the bytes of a file when the file is, the names in a folder when the folder
/// is. That a file is synchronised says nothing of its name.
package struct Disk: Sendable {
    struct File {
        var content: [UInt8]
        var durableContent: [UInt8]
    }

    struct Folder {
        /// The nodes by their names.
        var entries: [String: Int]
        var durableEntries: [String: Int]
    }

    /// A name in a folder.
    struct Place: Hashable, Comparable {
        let folder: Int
        let name: String

        static func < (left: Place, right: Place) -> Bool {
            (left.folder, left.name) < (right.folder, right.name)
        }
    }

    private struct Opening {
        let node: Int
        var position: Int
    }

    private(set) var files: [Int: File] = [:]
    private(set) var folders: [Int: Folder] = [Disk.root: Folder(entries: [:], durableEntries: [:])]
    private var openings: [Int: Opening] = [:]
    private var nodeCount = 1

    static let root = 0

    /// A disk that all of the image has reached.
    package init(_ image: DiskImage) {
        for (name, content) in image.entries.sorted(by: { $0.key < $1.key }) {
            if let content {
                let node = create(name)
                files[node] = File(content: content.bytes, durableContent: content.bytes)
            } else {
                createFolder(name)
            }
        }
        synchroniseAll()
    }

    /// The same disk after the call.
    package func applying(_ call: NotedCall) -> Disk {
        var disk = self
        disk.apply(call)
        return disk
    }

    /// Does what the call does.
    package mutating func apply(_ call: NotedCall) {
        switch call {
        case .open(let handle, let path, let isTruncating):
            let node = node(path) ?? create(path)
            if isTruncating { files[node]?.content = [] }
            openings[handle] = Opening(node: node, position: 0)
        case .write(let handle, let bytes): write(bytes, handle)
        case .synchronise(let handle): if let opening = openings[handle] { synchronise(opening.node) }
        case .synchroniseAll: synchroniseAll()
        case .close(let handle): openings[handle] = nil
        case .rename(let path, let newPath):
            set(newPath, to: node(path))
            if newPath != path { set(path, to: nil) }
        case .link(let path, let newPath): set(newPath, to: node(path))
        case .remove(let path), .removeFolder(let path): set(path, to: nil)
        case .createFolder(let path): createFolder(path)
        }
    }

    /// All processes have ended: nothing is open any more, and what they wrote is still on its way to the disk.
    package mutating func endProcesses() {
        openings = [:]
    }

    /// The names that do not reach as they are seen: those that another node has, or that only one side has.
    var unsynchronisedPlaces: [Place] {
        folders.flatMap { number, folder in
            Set(folder.entries.keys).union(folder.durableEntries.keys)
                .filter { folder.entries[$0] != folder.durableEntries[$0] }.map { Place(folder: number, name: $0) }
        }.sorted()
    }

    /// What is found if each name is the one that is seen or the one that has reached the disk, and likewise contents.
    func image(names isSeen: (Place) -> Bool, contentsAreSeen: Bool) -> DiskImage {
        var image = DiskImage()
        add(Disk.root, "", to: &image, isSeen, contentsAreSeen)
        return image
    }

    private func add(
        _ number: Int, _ prefix: String, to image: inout DiskImage, _ isSeen: (Place) -> Bool, _ contentsAreSeen: Bool,
    ) {
        guard let folder = folders[number] else { return }
        for name in Set(folder.entries.keys).union(folder.durableEntries.keys) {
            let entries = isSeen(Place(folder: number, name: name)) ? folder.entries : folder.durableEntries
            guard let node = entries[name] else { continue }
            if let file = files[node] {
                image.entries[prefix + name] = DiskImage.Content(contentsAreSeen ? file.content : file.durableContent)
            } else {
                image.entries[prefix + name] = .some(nil)
                add(node, prefix + name + "/", to: &image, isSeen, contentsAreSeen)
            }
        }
    }

    private mutating func write(_ bytes: [UInt8], _ handle: Int) {
        guard let opening = openings[handle], var file = files[opening.node] else { return }
        let end = opening.position + bytes.count
        let tail = file.content.count > end ? Array(file.content[end...]) : []
        file.content = Array(file.content.prefix(opening.position)) + bytes + tail
        files[opening.node] = file
        openings[handle]?.position = end
    }

    private mutating func synchronise(_ node: Int) {
        if let file = files[node] { files[node]?.durableContent = file.content }
        if let folder = folders[node] { folders[node]?.durableEntries = folder.entries }
    }

    private mutating func synchroniseAll() {
        for node in Array(files.keys) + Array(folders.keys) { synchronise(node) }
    }

    private mutating func create(_ path: String) -> Int {
        let node = nodeCount
        nodeCount += 1
        files[node] = File(content: [], durableContent: [])
        set(path, to: node)
        return node
    }

    private mutating func createFolder(_ path: String) {
        let node = nodeCount
        nodeCount += 1
        folders[node] = Folder(entries: [:], durableEntries: [:])
        set(path, to: node)
    }

    private mutating func set(_ path: String, to node: Int?) {
        let names = path.split(separator: "/")
        guard let name = names.last, let folder = self.node(names.dropLast().joined(separator: "/")) else { return }
        folders[folder]?.entries[String(name)] = node
    }

    private func node(_ path: String) -> Int? {
        var node = Disk.root
        for name in path.split(separator: "/") {
            guard let next = folders[node]?.entries[String(name)] else { return nil }
            node = next
        }
        return node
    }
}
