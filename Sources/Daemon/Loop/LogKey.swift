/// The keys of the log's metadata: one name for one thing, over the whole daemon.
package enum LogKey: String, CaseIterable, Sendable {
    case server
    case identity
    case version
    case mode
    case error
    case reason
    case cause
    case login
    case address
    case limit
    case spent
    case before
    case wanted
    case statement
    case trigger
    case outcome
    case window
    case guardRail = "guard_rail"
    case hosts
    case advice
    case retryIn = "retry_in"
    case path
    case targetGroup = "target_group"
    case interval
    case detection
    case newTarget = "new_target"
    case privilege
    case name
    case via
    case period
    case finding
    case holder
    case endpoint
    case action
    case added
    case changed
    case id
    case key
    case movedTo = "moved_to"
    case overdue
    case record
    case removed
}
