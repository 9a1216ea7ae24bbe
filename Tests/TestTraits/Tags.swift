package import Testing

extension Tag {
    /// Starts a real server.
    @Tag package static var server: Self
    /// Lets real time pass.
    @Tag package static var realTime: Self
}
