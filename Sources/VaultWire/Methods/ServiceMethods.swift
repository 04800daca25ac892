/// The methods of `org.varlink.service` in the order of its file.
let serviceMethods: [any WireMethod.Type] = [
    ServiceGetInfo.self,
    ServiceGetInterfaceDescription.self,
]

/// Get a list of all the interfaces a service provides and information about the implementation.
package enum ServiceGetInfo: WireMethod {
    package static let interface = Interface.service
    package static let member = "GetInfo"

    package typealias Parameters = NoFields

    /// What the service answers.
    package struct Reply: WireObject {
        package var vendor: String = ""
        package var product: String = ""
        package var version: String = ""
        package var url: String = ""
        package var interfaces: [String] = []

        package init() {}

        package init(
            vendor: String, product: String, version: String, url: String, interfaces: [String]
        ) {
            self.vendor = vendor
            self.product = product
            self.version = version
            self.url = url
            self.interfaces = interfaces
        }

        package static let members: [WireMember<Self>] = [
            WireMember("vendor", \.vendor),
            WireMember("product", \.product),
            WireMember("version", \.version),
            WireMember("url", \.url),
            WireMember("interfaces", \.interfaces),
        ]
    }
}

/// Get the description of an interface that is implemented by this service.
package enum ServiceGetInterfaceDescription: WireMethod {
    package static let interface = Interface.service
    package static let member = "GetInterfaceDescription"

    /// What the caller says.
    package struct Parameters: WireObject {
        package var interface: String = ""

        package init() {}

        package init(interface: String) {
            self.interface = interface
        }

        package static let members: [WireMember<Self>] = [
            WireMember("interface", \.interface)
        ]
    }

    /// What the service answers.
    package struct Reply: WireObject {
        package var description: String = ""

        package init() {}

        package init(description: String) {
            self.description = description
        }

        package static let members: [WireMember<Self>] = [
            WireMember("description", \.description)
        ]
    }
}
