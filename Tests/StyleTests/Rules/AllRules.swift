/// The rules that this package keeps to.
let allRules: [any Rule] = [
    LineLengthRule(),
    FileLengthRule(),
    FunctionLengthRule(),
    DocumentationRule(),
    LeftoverRule(),
    DeadFileRule(),
    ImportOrderRule(),
    SystemImportRule(),
    UnsafeMemoryRule(),
    ConcurrencyRule(),
    ClockRule(),
    PrintRule(),
    CrashRule(),
    FoundationRule(),
    MachinePathRule(),
]
