import Commands
import DumpCommands
import Platform

ProcessExit.end(
    CommandLineProgram.run(RecsysDump.self, arguments: Array(CommandLine.arguments.dropFirst())))
