import Logging
import VaultEngine
import VaultPlatform
import VaultSocket

extension VaultEngine.Diagnostic {
    var level: Logger.Level {
        switch self {
        case .unsealed, .logAvailable, .rotation: .notice
        case .sealed(let reason):
            switch reason {
            case .asked, .shutdown: .notice
            case .storeUncertain, .statements, .log: .critical
            }
        case .unsealFailed, .clockMoved: .warning
        case .logUnavailable, .storeUnavailable, .quarantined: .error
        case .storeDiffers: .critical
        }
    }

    var name: String {
        switch self {
        case .unsealed: "vault unsealed"
        case .sealed: "vault sealed"
        case .unsealFailed: "unseal failed"
        case .logUnavailable: "audit log cannot be written"
        case .logAvailable: "audit log can be written again"
        case .storeUnavailable: "store cannot be used"
        case .quarantined: "row quarantined"
        case .storeDiffers: "store differs from what was committed"
        case .clockMoved: "clock was moved"
        case .rotation: "storage rotation"
        }
    }

    var values: [(key: String, value: LogValue)] {
        switch self {
        case .unsealed(let adopted, let statements, let recovered):
            [
                ("adopted", .count(UInt64(adopted))), ("statements", .count(statements)),
                ("recovered", .count(UInt64(recovered))),
            ]
        case .sealed(let reason): [("reason", .code(reason.rawValue))]
        case .unsealFailed(let uid): [("uid", .uid(uid))]
        case .logUnavailable(let detail), .storeUnavailable(let detail):
            [("detail", .detail(detail))]
        case .logAvailable, .storeDiffers: []
        case .clockMoved(let microseconds): [("by_us", .count(microseconds))]
        case .quarantined(let space, let reference):
            [("space", .code(space)), ("reference", .code(reference))]
        case .rotation(let state, let done):
            [("state", .code(state)), ("done", .count(UInt64(done)))]
        }
    }
}

extension SocketDiagnostic {
    var level: Logger.Level {
        switch self {
        case .unanswered, .unknownPeer: .error
        case .refused: .warning
        case .brokenMessage, .unfinishedMessage, .stalledReader, .drainOverdue: .info
        }
    }

    var name: String {
        switch self {
        case .refused(.tooManyConnections, _): "connection refused: too many"
        case .refused(.tooManyConnectionsOfUser, _): "connection refused: too many of one user"
        case .refused(.stopping, _): "connection refused: stopping"
        case .unknownPeer: "connection refused: unknown peer"
        case .brokenMessage: "connection closed: broken message"
        case .unfinishedMessage: "connection closed: unfinished message"
        case .stalledReader: "connection closed: replies not read"
        case .drainOverdue: "connection closed: deadline for ending"
        case .unanswered: "connection closed: a call was not answered"
        }
    }

    var values: [(key: String, value: LogValue)] {
        switch self {
        case .refused(_, let user): [("uid", .uid(user))]
        case .unknownPeer(let error): [error.logged]
        case .brokenMessage(let error, let id, let peer):
            // The case alone: a broken message is a stranger's text.
            [
                ("uid", .uid(peer.user)), ("connection", .count(id.rawValue)),
                ("problem", .code(error.code)),
            ]
        case .unfinishedMessage(let id, let peer), .stalledReader(let id, let peer),
            .drainOverdue(let id, let peer), .unanswered(let id, let peer):
            [("uid", .uid(peer.user)), ("connection", .count(id.rawValue))]
        }
    }
}
