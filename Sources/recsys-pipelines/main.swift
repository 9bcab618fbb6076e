import Commands
import Platform

ProcessExit.end(
    CommandLineProgram.run(RecsysPipelines.self, arguments: Array(CommandLine.arguments.dropFirst())))
