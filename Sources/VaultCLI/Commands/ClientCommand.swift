import ArgumentParser

/// A command that does something. `run` of the parser is not used, because it can neither be handed
/// the world nor throw a typed error.
protocol ClientCommand: ParsableCommand {
    /// What every command takes.
    var common: CommonOptions { get }
    /// Does it.
    /// - Returns: how the program ends, usually `.success`.
    func perform(_ client: Client) throws(ClientError) -> ExitStatus
}
