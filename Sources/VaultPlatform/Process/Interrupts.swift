import CPlatform

/// SIGINT (^C) as news instead of the end of the process, for a program that goes on.
package enum Interrupts {
    /// From now on SIGINT is noted. Questions at a terminal end with `interrupted` as before.
    package static func hold() throws(PlatformError) {
        try check(.controlProcess, "SIGINT", cp_interrupts_hold())
    }

    /// Whether SIGINT came since the last call of this.
    package static func take() -> Bool { cp_interrupts_take() == 1 }

    /// Whether SIGINT came since the last call of `take`.
    package static var came: Bool { cp_interrupts_came() == 1 }

    /// Waits on a socket; SIGINT ends the waiting by shutting the socket down.
    ///
    /// - Parameter socket: stays open until the body returns.
    package static func breaking<Result, Failure: Error>(
        _ socket: borrowing OwnedDescriptor, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        cp_interrupts_break(socket.rawValue)
        defer { cp_interrupts_break(-1) }
        return try body()
    }
}
