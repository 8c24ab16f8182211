//! Tests only: as much of JSON Schema as our own schemas use. An unknown keyword is a complaint, so that the check never
//! lets through what it doesn't understand.

use serde_json::Value;

/// What another of our schemas may refer to.
const REPORT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/report.schema.json"));

/// Everything about `value` that the schema doesn't allow, with its path.
pub(super) fn complaints(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "$", &mut found);
    found
}

fn check(schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            found.push(format!("{path}: not allowed"));
        }
        return;
    };
    for (keyword, rule) in rules {
        let fits = match keyword.as_str() {
            "$schema" | "$id" | "title" | "description" => true,
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_of(one, value)),
                one => is_of(one, value),
            },
            "$ref" => {
                let own = (rule == "report.schema.json").then(|| serde_json::from_str::<Value>(REPORT));
                match own {
                    Some(Ok(own)) => check(&own, value, path, found),
                    _ => found.push(format!("{path}: nothing is known of {rule}")),
                }
                true
            }
            "const" => rule == value,
            "enum" => rule.as_array().is_some_and(|values| values.contains(value)),
            "minimum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|least| number >= least)),
            "maximum" => value.as_f64().is_none_or(|number| rule.as_f64().is_some_and(|most| number <= most)),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap_or(0)),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap_or(0)),
            "format" => value.as_str().is_none_or(|text| match rule.as_str() {
                Some("date-time") => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
                Some("date") => text.parse::<chrono::NaiveDate>().is_ok(),
                _ => false,
            }),
            "required" => value.as_object().is_none_or(|object| {
                let names = rule.as_array().cloned().unwrap_or_default();
                names.iter().all(|name| name.as_str().is_some_and(|name| object.contains_key(name)))
            }),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(rule, item, &format!("{path}[{n}]"), found);
                }
                true
            }
            "properties" => {
                for (name, rule) in rule.as_object().into_iter().flatten() {
                    if let Some(member) = value.get(name) {
                        check(rule, member, &format!("{path}.{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let named = |name: &str| rules.get("properties").is_some_and(|known| known.get(name).is_some());
                for (name, member) in value.as_object().into_iter().flatten().filter(|(name, _)| !named(name)) {
                    check(rule, member, &format!("{path}.{name}"), found);
                }
                true
            }
            _ => false,
        };
        if !fits {
            found.push(format!("{path}: {value} doesn't fit {keyword} {rule}"));
        }
    }
}

fn is_of(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_does_not_fit_is_found() {
        let schema = json!({"type": "object", "required": ["a"], "additionalProperties": false,
            "properties": {"a": {"type": ["integer", "null"], "minimum": 0}}});
        assert!(complaints(&schema, &json!({"a": 1})).is_empty());
        for wrong in [json!({}), json!({"a": -1}), json!({"a": "1"}), json!({"a": 1, "b": 2}), json!([])] {
            assert!(!complaints(&schema, &wrong).is_empty(), "{wrong}");
        }
        assert!(!complaints(&json!({"oneOf": []}), &json!(1)).is_empty(), "an unknown keyword");
    }
}
