//! What a warning is about, for machines: the same facts as its sentences tell, as fields. Sums are texts of decimal digits, days
//! are ISO 8601 dates of the project's zone.

use serde_json::{Map, Value, json};

use super::{Alert, News, Shown};
use crate::domain::forecast::Forecast;

/// The fields; without sums unless `shows_money`.
pub fn figures(alert: &Alert, shows_money: bool) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("zone", json!(alert.zone));
    match &alert.news {
        News::PaidUntil { last, pay_by } => {
            put("paid_until", json!(last));
            put("pay_by", json!(pay_by));
        }
        News::PaidOver { last } | News::PaidAgain { last } => {
            put("paid_until", json!(last));
        }
        News::TrialEnds { last } | News::TrialOver { last } => {
            put("trial_until", json!(last));
        }
        News::TopupFailed { sum, why } => {
            put("topup", json!({ "amount": shows_money.then_some(sum), "failed_for": why }));
        }
        News::TopupLate { sum, since } => {
            put("topup", json!({ "amount": shows_money.then_some(sum), "due_since": since }));
        }
        News::Suspended { since } | News::Reactivated { since } | News::Archived { since } => {
            put("since", json!(since));
        }
        News::Funds | News::Low | News::Negative | News::Recovered => {}
    }
    if let Some(balance) = &alert.balance {
        put("balance", of_balance(balance, shows_money));
        if let Forecast::Lasts(outlook) = &balance.forecast {
            let ends = json!({ "earliest_end": outlook.earliest.day(), "expected_end": outlook.expected.day() });
            put("forecast", ends);
        }
        put("pay_by", json!(balance.pay_by));
        if let Some((sum, until)) = balance.to_add.filter(|_| shows_money) {
            put("to_add", json!({ "amount": sum, "currency": balance.currency, "covers_until": until }));
        }
    }
    put("next_reminder", json!(alert.next));
    Value::Object(fields)
}

fn of_balance(balance: &Shown, shows_money: bool) -> Value {
    let Shown { name, currency, amount, credit_limit, low, as_of, is_stale, untold_since, .. } = balance;
    let mut fields = json!({ "name": name, "as_of": as_of, "is_stale": is_stale, "usage_untold_since": untold_since });
    if shows_money {
        fields["currency"] = json!(currency);
        fields["amount"] = json!(amount);
        fields["credit_limit"] = json!(credit_limit);
        fields["low"] = json!(low);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::sample::alerts_told;

    #[test]
    fn machines_get_sums_and_days_as_fields_and_without_the_right_no_sum() {
        let (_, funds, _) = alerts_told().into_iter().find(|(name, ..)| *name == "alert-funds").expect("a sample");
        let told = figures(&funds, true);
        assert_eq!(told["balance"]["amount"], "84.60");
        assert_eq!(told["balance"]["currency"], "EUR");
        assert_eq!(told["to_add"], json!({ "amount": "280.00", "currency": "EUR", "covers_until": "2026-06-30" }));
        assert_eq!(told["forecast"]["earliest_end"], "2026-06-06");
        assert_eq!(told["pay_by"], "2026-06-04");
        for (_, alert, _) in alerts_told() {
            let said = figures(&alert, false).to_string();
            assert!(!said.contains("amount\":\"") && !said.contains("EUR"), "{said}");
        }
    }
}
