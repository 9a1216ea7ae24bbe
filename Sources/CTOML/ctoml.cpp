#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1

// toml++ asserts what some texts break, "[[[a]]]" for one: it would abort, and in a release build it
// would go on with a wrong assumption. So an assertion throws, in both builds.
// Source: https://github.com/marzer/tomlplusplus/pull/301
#undef NDEBUG
#define TOML_ASSERT(expression) require(static_cast<bool>(expression))

namespace {

struct broken_assertion {};

constexpr void require(bool holds) {
    if (!holds) {
        throw broken_assertion{};
    }
}

}  // namespace

#include "ctoml.h"

// The name of the header in every 3.x; `toml.hpp` came with 3.3.
#include <toml++/toml.h>

#include <string_view>

namespace {

struct walker {
    const ctoml_callbacks &callbacks;
    void *context;

    void report(ctoml_event &event, const toml::key *key, const toml::node &node) const {
        if (key) {
            event.key = key->str().data();
            event.key_length = key->str().size();
            event.key_line = key->source().begin.line;
        }
        event.line = node.source().begin.line;
        event.column = node.source().begin.column;
        callbacks.on_event(context, &event);
    }

    void end() const {
        ctoml_event event{};
        event.kind = CTOML_END;
        callbacks.on_event(context, &event);
    }

    void walk(const toml::key *key, const toml::node &node) const {
        ctoml_event event{};
        switch (node.type()) {
        case toml::node_type::table:
            event.kind = CTOML_BEGIN_TABLE;
            report(event, key, node);
            for (auto &&[child_key, child] : *node.as_table()) {
                walk(&child_key, child);
            }
            return end();
        case toml::node_type::array:
            event.kind = CTOML_BEGIN_ARRAY;
            report(event, key, node);
            for (auto &&child : *node.as_array()) {
                walk(nullptr, child);
            }
            return end();
        case toml::node_type::string: {
            const std::string_view text = node.as_string()->get();
            event.kind = CTOML_STRING;
            event.text = text.data();
            event.text_length = text.size();
            break;
        }
        case toml::node_type::integer:
            event.kind = CTOML_INTEGER;
            event.integer = node.as_integer()->get();
            break;
        case toml::node_type::floating_point:
            event.kind = CTOML_FLOAT;
            event.number = node.as_floating_point()->get();
            break;
        case toml::node_type::boolean:
            event.kind = CTOML_BOOLEAN;
            event.boolean = node.as_boolean()->get();
            break;
        case toml::node_type::date:
            event.kind = CTOML_DATE;
            break;
        case toml::node_type::time:
            event.kind = CTOML_TIME;
            break;
        case toml::node_type::date_time:
            event.kind = CTOML_DATE_TIME;
            break;
        case toml::node_type::none:
            return;
        }
        report(event, key, node);
    }

    void fail(std::string_view description, toml::source_position at) const {
        callbacks.on_error(context, description.data(), description.size(), at.line, at.column);
    }
};

}  // namespace

extern "C" void ctoml_parse(
    const char *text, size_t length, const ctoml_callbacks *callbacks, void *context) {
    const walker walk{*callbacks, context};
    try {
        const toml::parse_result result = toml::parse(std::string_view{text, length});
        if (result) {
            walk.walk(nullptr, result.table());
        } else {
            walk.fail(result.error().description(), result.error().source().begin);
        }
    } catch (const broken_assertion &) {
        walk.fail("a mistake that toml++ cannot place, such as a third bracket in a table's header", {0, 0});
    } catch (...) {
        // toml++ itself throws nothing else in this build, so this is the allocator.
        walk.fail("out of memory", {0, 0});
    }
}
