import VaultPlatform
import VaultRecords
import VaultText
import VaultWire

/// Why a command failed, sorted by whose fault it is. No case carries a secret or client data.
enum ClientError: Error, Equatable, Sendable {
    // The person at the keyboard
    /// The command line says something that cannot be.
    case usage(UsageProblem)
    /// Text that was given is not what it should be.
    case input(InputProblem)
    /// A question got no answer.
    case prompt(PromptError)

    // The service
    /// The daemon could not be asked.
    case connection(ConnectionError)
    /// The daemon said no.
    case service(VaultWireError)
    /// The daemon opened nothing with a secret that is not the person's own.
    case wrongSecret(SecretPlace)
    /// The account with this uid is not on the list of those that may unseal.
    case mayNotUnseal(uid: UInt32)
    /// There is no login here, or the one kept here is over.
    case loginNeeded(LoginProblem)

    // This machine
    /// A file or device.
    case platform(PlatformError)
    /// No directory in memory for the token of the login.
    case noRuntimeDirectory(tried: [UnsuitablePlace], user: UInt32)

    // Evidence
    /// A checkpoint does not continue what was seen before.
    case evidence(EvidenceProblem)
}

extension ClientError {
    /// The same, with what was asked for where that decides what helps.
    func asked(for place: SecretPlace) -> ClientError {
        self == .service(.wrongSecret) ? .wrongSecret(place) : self
    }
}

/// What was asked for when it opened nothing.
enum SecretPlace: Equatable, Sendable {
    /// The secret of a slot, to unseal.
    case slot
    /// The one-time code, to enrol.
    case code
}

/// Why there is no login.
enum LoginProblem: Error, Equatable, Sendable {
    /// Nobody logged in here; the name of the login where one was given.
    case none(login: String?)
    /// The login kept here is over; the daemon's reason as a code.
    case stale(reason: String)
}

/// What a command line says that cannot be.
enum UsageProblem: Error, Equatable, Sendable {
    /// In the words of the parser; the command that was probably meant instead of a mistyped one.
    case parser(String, command: String, meant: String? = nil)
    /// Help is asked for about a word that is no command.
    case unknownCommand(String, under: String)
    /// No purpose of use has this name.
    case unknownPurpose(String)
    /// No kind of record has this name.
    case unknownKind(String)
    /// No part of the sample.
    case notAPart(String)
    /// No language of the catalogue.
    case unknownLanguage(String)
    /// Client data stands on the command line.
    case clientDataAsArgument
    /// An identifier with a typing error.
    case malformedIdentifier(String)
    /// A reference with a typing error.
    case malformedReference(String)
    /// A number is out of its range.
    case outOfRange(option: String, range: ClosedRange<Int64>)
    /// Two options exclude each other.
    case excludes(String, String)
    /// Two inputs are to come from standard input.
    case standardInputTwice
    /// Not a date.
    case notADate(option: String)
    /// No role has this name.
    case unknownRole(String)
    /// No compartment has this name.
    case unknownCompartment(String)
    /// An option is missing.
    case missing(option: String)
    /// A person is to be added to the file of a person.
    case personIsThere
    /// A line of the shell.
    case shell(ShellProblem)
}

/// What is wrong with text that was given.
enum InputProblem: Error, Equatable, Sendable {
    /// A record, with every problem and the line of each where there is one.
    case record([LocatedProblem])
    /// JSON that is not acceptable; the offset in bytes where it is known.
    case json(at: Int?)
    /// JSON that is no object.
    case notAnObject
    /// Nothing was given.
    case empty(source: String)
    /// Not UTF-8.
    case notText(source: String)
    /// A secret of another number of words.
    case wordCount(expected: Int, found: Int)
    /// A word that is not of the list; its place from 1, and itself where it is no secret.
    case unknownWord(place: Int, typed: String? = nil)
    /// A file that is no key file.
    case notAKeyFile(source: String)
    /// Somebody has the number of a person who was to be added, who is not another one.
    case numberInUse
    /// The person dropped what they typed.
    case dropped
    /// An amendment would change nothing.
    case unchanged
    /// What was sent may be stored or not, and was not sent again.
    case uncertain
    /// No editor is named in the environment.
    case noEditor
    /// The editor ended with a status that is not 0.
    case editorFailed(String, status: Int32)
    /// A file that is no record of how far a batch was loaded.
    case notAProgressFile(source: String)
    /// A file that is no checkpoint.
    case notACheckpoint(source: String)
    /// An evidence file stands where a checkpoint must.
    case evidenceAsCheckpoint(source: String)
    /// A file to verify is not an evidence file.
    case notEvidence(source: String, VerifyMessages.OtherFile)
    /// A principal that the vault does not know by this name or beginning of an identifier.
    case unknownPrincipal(String)
    /// The beginning of an identifier that several principals share.
    case ambiguousPrincipal(String)
    /// A reference that no entry of the log has.
    case unknownReference(String)
    /// A grant to somebody who has not enrolled yet.
    case notEnrolled(String)
    /// A grant to somebody whose account is disabled.
    case isDisabled(String)
    /// The founding lacks the enrolment of an office.
    case founderMissing(role: String)
    /// The caller is not one of the two who sign.
    case notAFounder
    /// A secret must be typed and there is no terminal.
    case noTerminalForSecret
    /// A new secret must be shown and there is no terminal.
    case noTerminalForWords
}

/// A problem of a record at a line of the input.
struct LocatedProblem: Equatable, Sendable {
    /// The line, from 1; nil where the input has none for it.
    var line: Int?
    /// The field, with dots.
    var field: String?
    /// What is wrong, in words to follow the name of the field.
    var problem: String
    /// What would be right.
    var expected: String?
    /// What is wrong, as a stable code, where there is one.
    var code: String?
    /// The kind of the record, where it is known.
    var kind: String?
}

/// What speaks against evidence.
enum EvidenceProblem: Error, Equatable, Sendable {
    /// The signature does not verify with the key that was pinned or given.
    case badSignature(source: String)
    /// The log is shorter than what was seen before.
    case shrunk(seen: UInt64, found: UInt64)
    /// The log has the same size as before and another root.
    case forked(size: UInt64)
    /// The checkpoint is of another log than the one pinned here.
    case otherLog(source: String)
}
