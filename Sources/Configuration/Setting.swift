/// One key's value and where the key is written.
struct Setting: Sendable {
    let place: Place
    let value: TOMLValue
}
