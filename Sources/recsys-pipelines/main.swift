import Commands
import Platform

ProcessExit.end(RecsysPipelines.main(arguments: Array(CommandLine.arguments.dropFirst())))
