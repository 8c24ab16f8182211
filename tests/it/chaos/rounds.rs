//! An installation lives by the hour while its processes are killed; after each hour the three readings are compared.
//!
//! Two replicas see to everything. In each hour one of them, or two more beside it, are told where to die; the other stands
//! still, works beside them, or is killed too. Whatever is alive afterwards has to bring the hour to its end.

use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant as Stopwatch};

use callbrief::domain::instant::Instant;

use super::agree::{self, Read};
use super::dice::Dice;
use super::points::{AFTER_A_CRASH, ANYWHERE, IN_AN_HOUR, OF_COMMANDS, Tally};
use super::proxy::Line;
use super::replica::{Replica, SIGKILL};
use super::script;
use super::stage::{LEASE_SEC, Stage};
use crate::support::http::Act;
use crate::support::smtp::{self, At};
use crate::support::{Engine, ledger};

/// The exit code of a command that found the database busy or away.
const TRY_LATER: i32 = 75;

/// How long somebody who is to die may take to come by the point, at least; on a machine that others use too, so many times what
/// it takes to start.
const TO_DIE: Duration = Duration::from_secs(4);
const STARTS_TO_DIE: u32 = 8;

/// What somebody holds.
const CLAIMS: &str = "select 'delivery ' || id || ' ' || state from deliveries where state in ('claimed', 'handed')
    union all select 'run ' || id from runs where state = 'building' or lease_token is not null";

/// One installation's life.
pub struct Life {
    pub stage: Stage,
    seed: u64,
    dice: Dice,
    begin: Instant,
    number: usize,
    /// The replica that nobody tells where to die.
    keeper: Replica,
    read: Read,
    pub tally: Tally,
    /// Points that are still to be died at before any is picked by chance.
    wanted: Vec<&'static str>,
}

impl Life {
    pub async fn begin(engine: Engine, seed: u64) -> Self {
        Self::on(Stage::set(engine, script::SETUP).await, seed).await
    }

    /// The same in a place of its own.
    pub async fn on(mut stage: Stage, seed: u64) -> Self {
        eprintln!("seed {seed} on {:?}", stage.world.engine);
        script::prologue(&stage).await;
        let keeper = stage.running(None).await;
        let begin = Instant::from_seconds((stage.world.now().as_seconds() / 3_600 + 1) * 3_600);
        stage.settle(begin.plus_seconds(-1)).await;
        Self {
            stage,
            seed,
            dice: Dice::of(seed),
            begin,
            number: 0,
            keeper,
            read: Read::default(),
            tally: Tally::default(),
            wanted: Vec::new(),
        }
    }

    /// Dies at each of these before chance decides.
    pub fn want(&mut self, points: impl IntoIterator<Item = &'static str>) {
        self.wanted = points.into_iter().collect();
    }

    /// What it hasn't died at yet.
    pub fn wants(&self) -> &[&'static str] {
        &self.wanted
    }

    fn point(&mut self, among: &[(&'static str, usize)]) -> String {
        let wanted: Vec<_> =
            among.iter().filter(|(name, _)| self.wanted.contains(name)).map(|(name, _)| (*name, 1)).collect();
        let (name, most) = if wanted.is_empty() { self.dice.pick(among) } else { self.dice.pick(&wanted) };
        format!("{name}:{}", 1 + self.dice.below(most))
    }

    /// One hour with its kills, up to the comparison.
    pub async fn hour(&mut self) {
        let at = script::hour(self.begin, self.number);
        let (five, end) = (at.plus_seconds(300), at.plus_seconds(3_599));
        let doomed = 1 + usize::from(self.dice.chance(50));
        let mut replicas = Vec::new();
        for _ in 0..doomed {
            let point = self.point(IN_AN_HOUR);
            replicas.push(self.stage.replica(Some(point)));
        }
        for replica in &mut replicas {
            self.stage.is_up(replica).await;
        }
        let is_alone = self.dice.chance(65);
        if is_alone {
            self.keeper_stands_still().await;
        }
        if self.dice.chance(25) {
            self.servers_are_difficult();
        }
        self.stage.set_clock(at);
        self.tell_facts().await;
        if self.dice.chance(15) {
            self.break_the_line().await;
        }
        self.wait_for_deaths(&mut replicas).await;
        self.stage.set_clock(five);
        self.tell_calls(at).await;
        self.wait_for_deaths(&mut replicas).await;
        if is_alone && self.dice.chance(40) && replicas.iter_mut().all(Replica::has_died) {
            // Who comes to help dies as well.
            let point = self.point(AFTER_A_CRASH);
            let helper = self.stage.running(Some(point)).await;
            self.stage.set_clock(five.plus_seconds(LEASE_SEC + 1));
            let mut helpers = vec![helper];
            self.wait_for_deaths(&mut helpers).await;
            replicas.append(&mut helpers);
        }
        self.end_of(&mut replicas).await;
        if is_alone {
            self.keeper.go_on();
        }
        if self.dice.chance(15) {
            self.keeper.kill();
            self.tally.killed(ANYWHERE);
            self.keeper = self.stage.running(None).await;
        }
        self.stage.settle(end).await;
        self.compare().await;
        self.number += 1;
    }

    /// One hour in which nobody is killed, with two replicas; when everything has fallen due, something else happens.
    pub async fn hour_with(&mut self, trouble: impl AsyncFnOnce(&Stage)) {
        let at = script::hour(self.begin, self.number);
        let mut other = self.stage.running(None).await;
        self.stage.set_clock(at);
        script::tell(&self.stage, self.number).await;
        trouble(&self.stage).await;
        self.stage.set_clock(at.plus_seconds(300));
        script::import(&self.stage, at.plus_seconds(-3_600), at).await;
        self.stage.settle(at.plus_seconds(3_599)).await;
        self.compare().await;
        other.terminate();
        let ended = other.end(Duration::from_secs(60)).await;
        assert!(ended.success(), "{ended}: {}", other.log());
        self.number += 1;
    }

    /// One hour in which the only one at work is told to stop, twice, at any moment: it ends in good order and holds nothing.
    pub async fn hour_of_stops(&mut self) {
        let at = script::hour(self.begin, self.number);
        for begin in [at, at.plus_seconds(300)] {
            let mut replica = self.stage.running(None).await;
            self.keeper.terminate();
            assert!(self.keeper.end(Duration::from_secs(60)).await.success(), "seed {}", self.seed);
            self.stage.set_clock(begin);
            match begin == at {
                true => script::tell(&self.stage, self.number).await,
                false => script::import(&self.stage, at.plus_seconds(-3_600), at).await,
            }
            tokio::time::sleep(Duration::from_millis(self.dice.below(900) as u64)).await;
            replica.terminate();
            let ended = replica.end(Duration::from_secs(60)).await;
            assert!(ended.success(), "seed {}: {ended}: {}", self.seed, replica.log());
            let left = self.stage.world.texts(CLAIMS).await;
            assert!(left.is_empty(), "seed {}: it left {left:?}: {}", self.seed, replica.log());
            self.keeper = self.stage.running(None).await;
        }
        self.stage.settle(at.plus_seconds(3_599)).await;
        self.compare().await;
        self.number += 1;
    }

    async fn compare(&mut self) {
        let expected = script::expected(self.begin, self.number);
        let compared = agree::compare(&self.stage, &expected, &mut self.read).await;
        match compared {
            Ok(found) => self.tally.found.add(found),
            Err(wrong) => self.fails(&wrong).await,
        }
        self.tally.hours += 1;
    }

    /// A last hour without kills, a day in which owners hear what they must, and the law of the ledger.
    pub async fn end(mut self) -> Tally {
        let at = script::hour(self.begin, self.number);
        self.stage.set_clock(at);
        script::tell(&self.stage, self.number).await;
        self.stage.set_clock(at.plus_seconds(300));
        script::import(&self.stage, at.plus_seconds(-3_600), at).await;
        self.stage.settle(at.plus_seconds(3_599)).await;
        self.compare().await;
        // From here on no report falls due; what waits for its hour, and for an owner's next day, comes.
        self.stage.world.execute("update schedules set paused = true, next_fire_at = null").await;
        self.stage.settle(at.plus_seconds(26 * 3_600)).await;
        self.stage.set_clock(at.plus_seconds(26 * 3_600));
        for _ in 0..400 {
            if agree::owners_know(&self.stage, self.begin).await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if let Err(wrong) = agree::owners_know(&self.stage, self.begin).await {
            self.fails(&wrong).await;
        }
        self.stage.settle(at.plus_seconds(27 * 3_600)).await;
        self.keeper.terminate();
        let ended = self.keeper.end(Duration::from_secs(60)).await;
        assert!(ended.success(), "seed {}: {ended}", self.seed);
        ledger::assert_lawful(&self.stage.world).await;
        self.tally
    }

    /// It stands still between two transactions, not in one: whoever holds a lock on a file and stands still holds up
    /// everybody, and on a server as long as that takes it for alive.
    async fn keeper_stands_still(&self) {
        loop {
            self.keeper.stand_still();
            if !self.stage.is_somebody_in_a_transaction().await {
                return;
            }
            self.keeper.go_on();
            tokio::time::sleep(Duration::from_millis(7)).await;
        }
    }

    /// Facts come in while everybody is up; at times by a command that dies and is given again.
    async fn tell_facts(&mut self) {
        let dies = self.wanted.contains(&"facts.stored") || self.dice.chance(8);
        if !dies {
            return script::tell(&self.stage, self.number).await;
        }
        for args in script::facts(&self.stage, self.number) {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            self.dies(&args, "facts.stored");
            self.again(&args).await;
        }
    }

    async fn tell_calls(&mut self, at: Instant) {
        let of_import = &OF_COMMANDS[1..];
        let wanted = of_import.iter().find(|point| self.wanted.contains(point)).copied();
        let point = wanted.or_else(|| self.dice.chance(12).then(|| self.dice.pick(of_import)));
        let from = at.plus_seconds(-3_600);
        let Some(point) = point else { return script::import(&self.stage, from, at).await };
        std::fs::write(self.stage.world.folder().join("hour.csv"), script::rows(from)).expect("a file");
        let covers = format!("{from}..{at}");
        let args = [
            "import",
            "hour.csv",
            "--project",
            "bravo",
            "--format",
            "native",
            "--source",
            "Main PBX",
            "--covers",
            &covers,
        ];
        self.dies(&args, point);
        self.again(&args).await;
    }

    /// The same command given again, until the database isn't busy.
    async fn again(&self, args: &[&str]) {
        for _ in 0..20 {
            let ended = self.stage.run(args, None);
            if ended.success() {
                return;
            }
            assert_eq!(ended.code(), Some(TRY_LATER), "seed {}: {args:?} given again", self.seed);
            // Whoever stands still may hold what it asks for.
            self.keeper.go_on();
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("seed {}: {args:?} is put off for ever", self.seed);
    }

    /// A command that is to die at a point.
    fn dies(&mut self, args: &[&str], point: &str) {
        let ended = self.stage.run(args, Some(&format!("{point}:1")));
        if ended.signal() == Some(SIGKILL) {
            self.tally.killed(point);
            self.wanted.retain(|wanted| *wanted != point);
        } else {
            assert!(ended.success() || ended.code() == Some(TRY_LATER), "seed {}: {args:?}: {ended}", self.seed);
        }
    }

    /// A server that says no at first, or takes an event and doesn't answer.
    fn servers_are_difficult(&mut self) {
        let yes = Act::Say("HTTP/1.1 204 No Content\r\n\r\n".to_owned());
        match self.dice.below(3) {
            0 => self.stage.http.does([Act::answer("503 Service Unavailable", "", ""), yes]),
            1 => self.stage.http.does([Act::Close, yes]),
            _ => self.stage.smtp.also(At::Rcpt, 2, smtp::Act::Say("451 4.3.0 later")),
        }
        self.tally.difficult += 1;
    }

    async fn break_the_line(&mut self) {
        let Some(proxy) = &self.stage.proxy else { return };
        tokio::time::sleep(Duration::from_millis(self.dice.below(150) as u64)).await;
        match self.dice.below(3) {
            0 => proxy.cut(),
            1 => {
                proxy.set(Line::Stalled);
                tokio::time::sleep(Duration::from_millis(200)).await;
                proxy.set(Line::Open);
            }
            _ => {
                proxy.set(Line::Refused);
                proxy.cut();
                tokio::time::sleep(Duration::from_millis(100)).await;
                proxy.set(Line::Open);
            }
        }
        self.tally.cuts += 1;
    }

    /// Until all have died, or nothing is left to do by which they could.
    async fn wait_for_deaths(&mut self, replicas: &mut [Replica]) {
        let begun = Stopwatch::now();
        let mut quiet = 0;
        let to_die = TO_DIE.max(self.stage.start_took * STARTS_TO_DIE);
        while begun.elapsed() < to_die && quiet < 4 {
            if replicas.iter_mut().all(Replica::has_died) {
                return;
            }
            quiet = if self.stage.is_quiet().await { quiet + 1 } else { 0 };
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Counts who died at the point; whoever lives is killed wherever it is, or asked to stop.
    async fn end_of(&mut self, replicas: &mut Vec<Replica>) {
        for mut replica in replicas.drain(..) {
            if replica.has_died() {
                let point = replica.dies_at.clone().unwrap_or_default();
                let name = point.split(':').next().unwrap_or_default();
                self.tally.killed(name);
                self.wanted.retain(|wanted| *wanted != name);
            } else if self.dice.chance(50) {
                replica.kill();
                self.tally.killed(ANYWHERE);
            } else {
                replica.terminate();
                let ended = replica.end(Duration::from_secs(60)).await;
                if ended.signal() == Some(SIGKILL) {
                    // Its point lay on the way out.
                    self.tally
                        .killed(replica.dies_at.as_deref().and_then(|at| at.split(':').next()).unwrap_or(ANYWHERE));
                } else {
                    assert!(ended.success(), "seed {}: SIGTERM: {ended}: {}", self.seed, replica.log());
                    self.tally.stopped += 1;
                }
            }
        }
    }

    async fn fails(&self, wrong: &[String]) -> ! {
        panic!(
            "seed {} on {:?}, hour {} ({}): the rules, the servers and the ledger differ:\n  {}\n{}\nOnce more: SEED={} KILLS={} tests/run chaos::long",
            self.seed,
            self.stage.world.engine,
            self.number,
            script::hour(self.begin, self.number),
            wrong.join("\n  "),
            self.stage.left_over().await,
            self.seed,
            self.tally.all_kills() + 10,
        );
    }
}
