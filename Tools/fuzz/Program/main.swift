import CLibFuzzer
import Foundation
import FuzzTargets

// libFuzzer reads the arguments; the environment says which reader is fed, so that processes it starts know it too.
var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
exit(
    unsafe LLVMFuzzerRunDriver(&argumentCount, &arguments) { bytes, count in
        unsafe Fuzzing.run(UnsafeBufferPointer(start: bytes, count: count))
    })
