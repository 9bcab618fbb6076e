import CLinux
import Foundation

/// A terminal that nobody looks at: what programs write to it can be read.
package final class PseudoTerminal: @unchecked Sendable {
    /// The device that programs take for a terminal.
    package let path: String
    private let master: FileHandle
    /// Keeps the terminal, and what was written to it, while no program has it open.
    private let slave: FileHandle
    private let lock = NSLock()
    private var bytes: [UInt8] = []

    /// - Parameter columnCount: How wide it is; 0 for one that does not say.
    /// - Throws: If the system has none to give.
    package init(columnCount: Int) throws {
        let descriptor = posix_openpt(O_RDWR | O_NOCTTY)
        guard descriptor >= 0, grantpt(descriptor) == 0, unlockpt(descriptor) == 0,
            let name = unsafe ptsname(descriptor)
        else { throw CocoaError(.fileReadUnknown) }
        master = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        path = unsafe String(cString: name)
        slave = try FileHandle(forUpdatingAtPath: path) ?? { throw CocoaError(.fileReadNoSuchFile) }()
        var size = winsize(ws_row: 24, ws_col: UInt16(columnCount), ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
        master.readabilityHandler = { [weak self] handle in self?.append(handle.availableData) }
    }

    deinit {
        master.readabilityHandler = nil
    }

    private func append(_ data: Data) {
        lock.withLock { bytes += data }
    }

    /// What was written, once it ends in `end`, which is waited for; what there is if that does not happen.
    package func text(endingIn end: String) -> String {
        for _ in 0..<500 {
            if currentText.hasSuffix(end) { break }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return currentText
    }

    /// What was written so far. The terminal begins each line with a return of the carriage.
    package var currentText: String {
        lock.withLock { String(decoding: bytes, as: UTF8.self) }
    }
}
