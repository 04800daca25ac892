/// The interfaces that this service speaks; the raw value is the full name.
package enum Interface: String, Sendable, CaseIterable {
    case service = "org.varlink.service"
    case vault = "io.carevault.Vault"
    case session = "io.carevault.Session"
    case directory = "io.carevault.Directory"
    case subjects = "io.carevault.Subjects"
    case records = "io.carevault.Records"
    case keys = "io.carevault.Keys"
    case audit = "io.carevault.Audit"

    /// The description text (UTF-8), which is also the documentation of the interface.
    package var text: [UInt8] {
        switch self {
        case .service: PackageResources.org_varlink_service_varlink
        case .vault: PackageResources.io_carevault_Vault_varlink
        case .session: PackageResources.io_carevault_Session_varlink
        case .directory: PackageResources.io_carevault_Directory_varlink
        case .subjects: PackageResources.io_carevault_Subjects_varlink
        case .records: PackageResources.io_carevault_Records_varlink
        case .keys: PackageResources.io_carevault_Keys_varlink
        case .audit: PackageResources.io_carevault_Audit_varlink
        }
    }

    /// The text, parsed once.
    package var description: InterfaceDescription {
        guard let description = Self.descriptions[self] else {
            preconditionFailure("internal error: every interface has a description")
        }
        return description
    }

    private static let descriptions: [Interface: InterfaceDescription] = {
        var parsed: [Interface: InterfaceDescription] = [:]
        for interface in allCases {
            do throws(DescriptionError) {
                parsed[interface] = try InterfaceDescription(parsing: interface.text)
            } catch {
                preconditionFailure(
                    "internal error: the embedded interface file \(interface.rawValue) is valid,"
                        + " yet line \(error.line) was refused: \(error.problem)")
            }
        }
        return parsed
    }()
}
