/// The lines of `text`, as a file at `path`, that break the rule.
func brokenLines(_ rule: some Rule, _ path: String, _ text: String) -> [Int] {
    rule.violations(in: SourceTree(files: [SourceFile(path: path, text: text)])).map(\.line)
}
