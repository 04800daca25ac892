/// What can be asked of the vault or happens to it: the verb of an access decision and of an audit entry.
///
/// The raw value is the name in the log and never changes its meaning.
package enum Action: String, CaseIterable, Sendable, Hashable {
    // The vault's own life
    case vaultInit = "vault.init"
    case vaultStart = "vault.start"
    case vaultStop = "vault.stop"
    case vaultUnseal = "vault.unseal"
    case vaultSeal = "vault.seal"
    case vaultStatus = "vault.status"
    case vaultFound = "vault.found"
    case vaultHealth = "vault.health"
    case refusals = "vault.refusals"
    // Sessions
    case login = "session.login"
    case passwd = "session.passwd"
    case logout = "session.logout"
    case enrol = "session.enrol"
    case whoami = "session.whoami"
    // Principals
    case enlist = "principal.enlist"
    case disable = "principal.disable"
    case enable = "principal.enable"
    case amendPrincipal = "principal.amend"
    case rebind = "principal.rebind"
    case reenlist = "principal.reenlist"
    case leave = "principal.leave"
    case principalList = "principal.list"
    case principalShow = "principal.show"
    case grant = "principal.grant"
    case revoke = "principal.revoke"
    // Files
    case create = "record.create"
    case find = "record.find"
    case read = "record.read"
    case list = "record.list"
    case amend = "record.amend"
    case history = "record.history"
    case quarantine = "record.quarantine"
    // Keys
    case keyStatus = "key.status"
    case rotateStorage = "key.rotate-storage"
    // Audit
    case auditEpoch = "audit.epoch"
    case auditRead = "audit.read"
    case auditExport = "audit.export"
    case auditCheckpoint = "audit.checkpoint"
    case auditVerify = "audit.verify"
    case auditGrants = "audit.grants"
}
