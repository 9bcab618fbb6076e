import Commands
import GenerateCommands
import Platform

ProcessExit.end(
    CommandLineProgram.run(RecsysGenerate.self, arguments: Array(CommandLine.arguments.dropFirst())))
