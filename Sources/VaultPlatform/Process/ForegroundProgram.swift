import CPlatform

/// A program that a person uses at this process's terminal, such as an editor.
package enum ForegroundProgram {
    /// Runs it and waits for its end. ^C and ^\ are for the program alone meanwhile.
    ///
    /// - Parameters:
    ///   - executable: a path; nothing is searched for.
    ///   - arguments: without the program's own name.
    ///   - environment: all of it, as `NAME=value`.
    /// - Returns: the exit status, or 128 and the signal that ended it.
    /// - Throws: `system` when it cannot be started; `invalidPath` for a NUL in a text.
    package static func run(
        _ executable: String, arguments: [String], environment: [String]
    ) throws(PlatformError) -> Int32 {
        let arguments = [executable] + arguments
        let argumentBlock = try PseudoTerminal.block(arguments)
        let environmentBlock = try PseudoTerminal.block(environment)
        let result = unsafe cp_run(
            try whole(executable), argumentBlock, arguments.count, environmentBlock,
            environment.count)
        return try check(.startProgram, executable, result)
    }
}
