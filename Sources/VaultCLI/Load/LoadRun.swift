import VaultCoding
import VaultPlatform
import VaultRecords
import VaultSodium
import VaultText
import VaultWire

/// Loads a batch over one connection, many lines in flight.
///
/// Replies come in the order of the calls. A record waits until its person has an identifier; lines
/// after it go ahead meanwhile. Every call carries an id that is always the same for the same line, so
/// whatever is sent again, after a broken connection or by another run, is stored once.
struct LoadRun: ~Copyable {
    /// What to load and how.
    struct Plan {
        /// The caller's name for the batch; nil to know lines by id and content.
        var batch: String?
        /// The purpose of lines that state none.
        var purpose: String?
        var stopsAtFirst = false
    }

    /// Calls in flight: as many as the daemon works on at once for a connection.
    private static let window = 32
    /// Lines that may wait for their person.
    private static let patience = 4_096
    /// How often a broken connection is made anew without a single answer in between.
    private static let attempts: UInt32 = 4

    private struct Flight {
        let line: BatchLine
        let subject: String?
        let idempotency: String
    }

    private let client: Client
    private let plan: Plan
    private var source: BatchSource
    private var progress: BatchProgress
    private var report: LoadReport
    private var book = BatchBook()
    private var ready: [Flight] = []
    private var waiting: [String: [BatchLine]] = [:]
    private var waitingCount = 0
    private var flying: [Flight] = []
    private var hasEnded = false
    private var broken: UInt32 = 0

    init(
        _ client: Client, _ plan: Plan, source: consuming BatchSource,
        progress: consuming BatchProgress
    ) {
        self.client = client
        self.plan = plan
        self.source = source
        self.progress = progress
        report = LoadReport(client)
    }

    /// Loads everything.
    consuming func run() throws(ClientError) -> LoadReport {
        _ = try client.loggedIn()
        do throws(ClientError) {
            try work()
        } catch {
            try? progress.flush()
            report.stop()
            throw error
        }
        try progress.flush()
        report.stop()
        if hasStopped { report.left = try rest() }
        return report
    }

    private var hasStopped: Bool { plan.stopsAtFirst && report.failed > 0 }

    private mutating func work() throws(ClientError) {
        while true {
            while flying.count < Self.window, let next = try next() { try send(next) }
            guard !flying.isEmpty else { return }
            try receive()
        }
    }

    /// The lines that nobody tried any more.
    private mutating func rest() throws(ClientError) -> Int {
        var count = waitingCount
        while try source.next() != nil { count += 1 }
        return count
    }

    // MARK: Lines

    private mutating func next() throws(ClientError) -> Flight? {
        // What was read before a line failed goes all the same.
        if !ready.isEmpty { return ready.removeFirst() }
        if hasStopped { return nil }
        while !hasEnded, waitingCount < Self.patience {
            guard let text = try source.next() else {
                hasEnded = true
                return nil
            }
            if let flight = take(text, source.number) { return flight }
            if hasStopped { return nil }
        }
        return nil
    }

    /// Reads a line; nil if it failed, is loaded already, or waits.
    private mutating func take(_ text: BatchSource.Line, _ number: Int) -> Flight? {
        let line: BatchLine
        do throws(BatchLine.Problem) {
            line = try book.enter(text, number)
        } catch {
            report.fail(number, error.messages)
            return nil
        }
        if let known = progress.identifier(of: line.id) {
            if line.subject == nil { book.know(line.id, known) }
            report.skip()
            return nil
        }
        guard let subject = line.subject else { return flight(line, nil) }
        switch book.place(of: subject) {
        case .known(let identifier): return flight(line, identifier)
        case .pending:
            waiting[subject, default: []].append(line)
            waitingCount += 1
        case .failed(let other): report.fail(number, [LoadMessages.subjectFailed(line: other)])
        case .unknown: report.fail(number, [LoadMessages.unknownSubject])
        }
        return nil
    }

    private func flight(_ line: BatchLine, _ subject: String?) -> Flight {
        Flight(line: line, subject: subject, idempotency: idempotency(line, subject))
    }

    /// The id of a line's request. Within a batch that has a name it is that of the line, whatever
    /// it says; else that of the line and all it says, so that a corrected file may be loaded again.
    private func idempotency(_ line: BatchLine, _ subject: String?) -> String {
        var writer = ByteWriter()
        writer.put(framed: "carevault load 1")
        writer.put(framed: line.id)
        if let batch = plan.batch {
            writer.put(framed: "batch")
            writer.put(framed: batch)
        } else {
            writer.put(framed: "content")
            writer.put(framed: line.kind.name)
            writer.put(framed: subject ?? "")
            writer.put(framed: line.body.bytes)
        }
        let bytes = Array(SHA256.hash(writer.bytes).bytes.prefix(16))
        guard let id = IdempotencyID(bytes) else {
            preconditionFailure("internal error: 16 bytes that are no identifier")
        }
        return id.text
    }

    // MARK: Calls

    private mutating func send(_ flight: Flight) throws(ClientError) {
        flying.append(flight)
        do throws(ClientError) {
            try post(flight)
        } catch {
            try mend(error)
        }
    }

    private func post(_ flight: Flight) throws(ClientError) {
        var fields = flight.line.body.fields
        fields[RecordSchema.versionField] = nil
        let purpose = flight.line.purpose ?? plan.purpose
        let connection = try client.loggedIn()
        guard let subject = flight.subject else {
            return try connection.post(
                SubjectsAdd.self,
                .init(fields: fields, purpose: purpose, idempotency: flight.idempotency))
        }
        try connection.post(
            RecordsCreate.self,
            .init(
                subject: subject, kind: flight.line.kind.name, body: fields, purpose: purpose,
                idempotency: flight.idempotency))
    }

    private mutating func receive() throws(ClientError) {
        guard let flight = flying.first else { return }
        let identifier: String
        do throws(ClientError) {
            let connection = try client.loggedIn()
            if flight.subject == nil {
                identifier = try connection.collect(SubjectsAdd.self).subject
            } else {
                identifier = try connection.collect(RecordsCreate.self).record
            }
        } catch {
            return try judge(error, flight)
        }
        broken = 0
        flying.removeFirst()
        try progress.note(flight.line.id, identifier, isSubject: flight.subject == nil)
        report.load(isSubject: flight.subject == nil)
        if flight.subject == nil { settle(flight.line.id, identifier) }
    }

    /// The records of a person who has an identifier now may go.
    private mutating func settle(_ id: String, _ identifier: String) {
        book.know(id, identifier)
        guard let lines = waiting.removeValue(forKey: id) else { return }
        waitingCount -= lines.count
        ready += lines.map { flight($0, identifier) }
    }

    /// What an error means for its line.
    private mutating func judge(_ error: ClientError, _ flight: Flight) throws(ClientError) {
        switch error {
        case .connection: return try mend(error)
        case .service(.tooManyRequests(let retry)):
            flying.removeFirst()
            ready.insert(flight, at: 0)
            Pause.milliseconds(UInt32(clamping: min(max(retry / 1_000, 10), 5_000)))
        case .service(.outcomePending):
            flying.removeFirst()
            ready.insert(flight, at: 0)
            Pause.milliseconds(250)
        case .service(.invalidFields(let problems)):
            flying.removeFirst()
            fail(flight, problems.map { LocatedProblem($0, kind: flight.line.kind.name).message })
        case .service(.denied), .service(.notFound), .service(.conflict),
            .service(.idempotencyReused), .service(.quarantined):
            flying.removeFirst()
            fail(flight, [error.diagnostic.message])
        default: throw error
        }
    }

    private mutating func fail(_ flight: Flight, _ messages: [Message]) {
        report.fail(flight.line.number, messages)
        guard flight.subject == nil else { return }
        book.lose(flight.line.id)
        guard let lines = waiting.removeValue(forKey: flight.line.id) else { return }
        waitingCount -= lines.count
        for line in lines {
            report.fail(
                line.number, [LoadMessages.subjectFailed(line: flight.line.number)])
        }
    }

    /// Sends again, over a new connection, what got no answer.
    private mutating func mend(_ error: ClientError) throws(ClientError) {
        guard case .connection(let problem) = error else { throw error }
        if case .callTooLong = problem { throw error }
        var failure = error
        while broken < Self.attempts {
            broken += 1
            Pause.milliseconds(250 * broken * broken)
            client.forgetConnection()
            do throws(ClientError) {
                for flight in flying { try post(flight) }
                return
            } catch {
                failure = error
                guard case .connection = error else { throw error }
            }
        }
        throw failure
    }
}
