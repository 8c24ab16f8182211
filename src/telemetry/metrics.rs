//! Counters and gauges in the Prometheus text format. No project, address or endpoint is ever a label: they would tell
//! strangers about customers, and there is no bound to how many there are.

use std::collections::BTreeMap;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use super::Stage;

/// What became of something that this process worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Fired,
    PassedOver,
    Built,
    Skipped,
    Failed,
    Accepted,
    Refused,
    Uncertain,
    Suppressed,
    Released,
    Fetched,
    Partly,
}

impl Outcome {
    const fn name(self) -> &'static str {
        match self {
            Self::Fired => "fired",
            Self::PassedOver => "passed_over",
            Self::Built => "built",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Suppressed => "suppressed",
            Self::Released => "released",
            Self::Fetched => "fetched",
            Self::Partly => "partly",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobLabel {
    job: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StageLabel {
    stage: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabel {
    kind: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabel {
    state: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LaneLabel {
    lane: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabel {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct VersionLabel {
    version: String,
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    runs: Family<OutcomeLabel, Counter>,
    deliveries: Family<OutcomeLabel, Counter>,
    money_fetches: Family<OutcomeLabel, Counter>,
    pass_seconds: Family<JobLabel, Histogram, fn() -> Histogram>,
    pass_errors: Family<JobLabel, Counter>,
    stage_seconds: Family<StageLabel, Histogram, fn() -> Histogram>,
    open_runs: Family<StateLabel, Gauge>,
    open_deliveries: Family<StateLabel, Gauge>,
    lane_shut: Family<LaneLabel, Gauge>,
    overdue: Gauge,
    held: Gauge,
    holds: Gauge,
    zone_data: Family<VersionLabel, Gauge>,
    unprintable: Counter,
    removed: Family<KindLabel, Counter>,
    bell_listens: Gauge,
    bell_heard: Counter,
    bell_lost: Counter,
    requests: Family<RequestLabel, Counter>,
    request_seconds: Family<RouteLabel, Histogram, fn() -> Histogram>,
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 4.0, 9))
}

/// From a tenth of a millisecond on.
fn short_seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_1, 4.0, 10))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("callbrief");
        let metrics = Self {
            runs: Family::default(),
            deliveries: Family::default(),
            money_fetches: Family::default(),
            pass_seconds: Family::new_with_constructor(seconds as fn() -> Histogram),
            pass_errors: Family::default(),
            stage_seconds: Family::new_with_constructor(short_seconds as fn() -> Histogram),
            open_runs: Family::default(),
            open_deliveries: Family::default(),
            lane_shut: Family::default(),
            overdue: Gauge::default(),
            held: Gauge::default(),
            holds: Gauge::default(),
            zone_data: Family::default(),
            unprintable: Counter::default(),
            removed: Family::default(),
            bell_listens: Gauge::default(),
            bell_heard: Counter::default(),
            bell_lost: Counter::default(),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(seconds as fn() -> Histogram),
            registry: Registry::default(),
        };
        let build: Family<VersionLabel, Gauge> = Family::default();
        build.get_or_create(&VersionLabel { version: env!("CARGO_PKG_VERSION").to_owned() }).set(1);
        registry.register("build_info", "The version that runs", build);
        registry.register("zone_data_info", "The version of the time zone data in use", metrics.zone_data.clone());
        registry.register("runs", "Runs that this process worked on, by what became of them", metrics.runs.clone());
        registry.register(
            "deliveries",
            "Deliveries that this process worked on, by what became of them",
            metrics.deliveries.clone(),
        );
        registry.register(
            "money_fetches",
            "Looks into databases that tell what balances are, by what became of them",
            metrics.money_fetches.clone(),
        );
        registry.register("pass_seconds", "How long each job's passes take", metrics.pass_seconds.clone());
        registry.register("pass_errors", "Passes that ended in an error", metrics.pass_errors.clone());
        registry.register(
            "stage_seconds",
            "How long the parts of a report's way take, waits included",
            metrics.stage_seconds.clone(),
        );
        registry.register("open_runs", "Runs in a state that isn't final, now", metrics.open_runs.clone());
        registry.register(
            "open_deliveries",
            "Deliveries in a state that isn't final, now",
            metrics.open_deliveries.clone(),
        );
        registry.register("lane_shut", "1 while a lane is shut or held", metrics.lane_shut.clone());
        registry.register("overdue_schedules", "Schedules that should have fired and haven't", metrics.overdue.clone());
        registry.register(
            "unprintable_characters",
            "Different characters of a report that no font of its PDF has",
            metrics.unprintable.clone(),
        );
        registry.register("removed_rows", "Rows older than they are kept, removed", metrics.removed.clone());
        registry.register(
            "bell_listening",
            "1 while other processes' work is announced by the database; else it is found by polling",
            metrics.bell_listens.clone(),
        );
        registry.register("bell_heard", "Announcements of work by other processes", metrics.bell_heard.clone());
        registry.register("bell_lost", "How often the line for announcements broke", metrics.bell_lost.clone());
        registry.register(
            "api_requests",
            "Calls of /v1, by route, method and status; `other` is no route",
            metrics.requests.clone(),
        );
        registry.register("api_request_seconds", "How long calls of /v1 take", metrics.request_seconds.clone());
        registry.register("holds", "Holds of sending that are in force", metrics.holds.clone());
        registry.register("held_runs", "Runs held for missing calls beyond their time", metrics.held.clone());
        Self { registry, ..metrics }
    }
}

impl Metrics {
    /// Counts runs.
    pub fn count_runs(&self, outcome: Outcome, count: u64) {
        if count > 0 {
            self.runs.get_or_create(&OutcomeLabel { outcome: outcome.name() }).inc_by(count);
        }
    }

    /// Counts deliveries.
    pub fn count_deliveries(&self, outcome: Outcome, count: u64) {
        if count > 0 {
            self.deliveries.get_or_create(&OutcomeLabel { outcome: outcome.name() }).inc_by(count);
        }
    }

    /// Counts a look into a database of somebody else's.
    pub fn count_money_fetch(&self, outcome: Outcome) {
        self.money_fetches.get_or_create(&OutcomeLabel { outcome: outcome.name() }).inc();
    }

    /// Notes how long a job's pass took, and whether it failed.
    pub fn count_pass(&self, job: &'static str, seconds: f64, failed: bool) {
        self.pass_seconds.get_or_create(&JobLabel { job }).observe(seconds);
        if failed {
            self.pass_errors.get_or_create(&JobLabel { job }).inc();
        }
    }

    /// Notes how long a part of a report's way took.
    pub(super) fn count_stage(&self, stage: Stage, took: Duration) {
        self.stage_seconds.get_or_create(&StageLabel { stage: stage.name() }).observe(took.as_secs_f64());
    }

    /// Counts characters that a report's reader can't see.
    pub fn count_unprintable(&self, characters: u64) {
        self.unprintable.inc_by(characters);
    }

    /// Counts rows that were removed because they are older than they are kept, by kind.
    pub fn count_removed(&self, rows: &BTreeMap<&str, u64>) {
        for (kind, count) in rows {
            self.removed.get_or_create(&KindLabel { kind: (*kind).to_owned() }).inc_by(*count);
        }
    }

    /// Notes whether announcements of work are heard.
    pub fn set_bell_listens(&self, listens: bool) {
        self.bell_listens.set(i64::from(listens));
    }

    /// Counts an announcement of work.
    pub fn count_bell(&self) {
        self.bell_heard.inc();
    }

    /// Counts a call of the HTTP interface; `route` is the pattern of its address and holds nobody's name.
    pub fn count_request(&self, route: &str, method: &'static str, status: u16, seconds: f64) {
        self.requests.get_or_create(&RequestLabel { route: route.to_owned(), method, status }).inc();
        self.request_seconds.get_or_create(&RouteLabel { route: route.to_owned() }).observe(seconds);
    }

    /// Counts that the line for announcements broke.
    pub fn count_bell_lost(&self) {
        self.bell_lost.inc();
        self.bell_listens.set(0);
    }

    /// Sets the gauges to what the database says now.
    pub fn set_open(&self, runs: &[(String, i64)], deliveries: &[(String, i64)], overdue: i64) {
        for (family, counts) in [(&self.open_runs, runs), (&self.open_deliveries, deliveries)] {
            family.clear();
            for (state, count) in counts {
                family.get_or_create(&StateLabel { state: state.clone() }).set(*count);
            }
        }
        self.overdue.set(overdue);
    }

    /// Sets how many runs are held for missing calls beyond their time.
    pub fn set_held(&self, count: i64) {
        self.held.set(count);
    }

    /// Sets how many holds of sending are in force.
    pub fn set_holds(&self, count: usize) {
        self.holds.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Sets whether each lane is shut.
    pub fn set_lanes<'a>(&self, lanes: impl Iterator<Item = (&'a str, bool)>) {
        self.lane_shut.clear();
        for (lane, is_shut) in lanes {
            self.lane_shut.get_or_create(&LaneLabel { lane: lane.to_owned() }).set(i64::from(is_shut));
        }
    }

    /// Names the zone data in use.
    pub fn set_zone_data(&self, version: &str) {
        self.zone_data.clear();
        self.zone_data.get_or_create(&VersionLabel { version: version.to_owned() }).set(1);
    }

    /// Everything in the Prometheus (OpenMetrics) text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String can't fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_shown() {
        let metrics = Metrics::default();
        metrics.count_runs(Outcome::Built, 3);
        metrics.count_pass("build_reports", 0.2, true);
        metrics.set_open(&[("due".to_owned(), 4)], &[], 2);
        metrics.count_unprintable(5);
        metrics.set_lanes([("email/main", true)].into_iter());
        let text = metrics.text();
        for line in [
            "callbrief_runs_total{outcome=\"built\"} 3",
            "callbrief_pass_errors_total{job=\"build_reports\"} 1",
            "callbrief_open_runs{state=\"due\"} 4",
            "callbrief_overdue_schedules 2",
            "callbrief_unprintable_characters_total 5",
            "callbrief_lane_shut{lane=\"email/main\"} 1",
        ] {
            assert!(text.contains(line), "{line} isn't in\n{text}");
        }
        metrics.set_open(&[], &[], 0);
        assert!(!metrics.text().contains("state=\"due\""), "a state without rows is gone");
    }
}
