import SystemPackage

/// Why a piece of a file's frame - header, tail, footer, section table - is not what it must be.
struct FrameDamage: Error, Equatable {
    let code: FormatError.Code
    /// What is wrong and where.
    let detail: String

    init(_ code: FormatError.Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension FormatError {
    /// The error of a file whose frame is damaged.
    init(_ damage: FrameDamage, of path: FilePath) {
        self.init(damage.code, path, damage.detail)
    }
}
