//! A real mail server: a Postfix of the test's own, with its settings, queue and mailboxes in a folder of its own and on a free
//! port of this machine. It wants STARTTLS and a log-in, takes mail for three domains into Maildirs, lets nothing out, and is
//! set to refuse whatever isn't lawful: bare line feeds, commands sent too early, 8-bit bodies that nobody announced.
//!
//! It is gone with its test however that ends: a shell waits for the end of its standard input and then stops the one process
//! that it started, whose children end with it. The machine's own /etc/postfix is neither read nor changed.

use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use callbrief::config::secret::Secret;
use callbrief::config::settings::{Encryption, Relay, Smtp, SmtpTimeouts, Transport};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::installed::{is_root, program};
use crate::program::free_port;

const HOW_TO_INSTALL: &str = "Postfix (postconf) or SASL's saslpasswd2 weren't found on PATH or in /usr/sbin. \
                              Install them with: apt-get install postfix libsasl2-modules sasl2-bin";
const ROOT_ONLY: &str = "Postfix starts as root only: its parts run as users of their own. Run these tests as root, in a \
                         container for instance: tests/run postfix::";

/// Who may log in; the password is [`PASSWORD`].
pub const USER: &str = "reports@test.example";
pub const PASSWORD: &str = "a long pass=word";
/// Debian's nobody: mailboxes are theirs, and what `pipe` starts runs as them.
pub const NOBODY: u32 = 65_534;

const MAIN: &str = "\
compatibility_level = 3.6
queue_directory = $config_directory/queue
data_directory = $config_directory/data
maillog_file = $config_directory/log
maillog_file_prefixes = $config_directory
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
default_transport = error:5.1.2 nothing leaves this machine
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
fast_flush_domains =

# Nothing is added that a mail lacks.
local_header_rewrite_clients =
virtual_mailbox_domains = acme.example, bounces.test.example, test.example
virtual_mailbox_base = $config_directory/mail
virtual_mailbox_maps = inline:{ @acme.example=acme.example/, @bounces.test.example=bounces.test.example/, @test.example=test.example/ }
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534

smtpd_tls_chain_files = $config_directory/key.pem, $config_directory/cert.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_security_options = noanonymous
cyrus_sasl_config_path = $config_directory/sasl
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access texthash:$config_directory/refused

smtpd_helo_required = yes
smtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname
strict_rfc821_envelopes = yes
strict_8bitmime_body = yes
strict_mime_encoding_domain = yes
smtpd_forbid_unauth_pipelining = yes
smtpd_forbid_bare_newline = yes
smtpd_forbid_bare_newline_exclusions =
";

/// One connection a process, so that a table that changed is read for the next one.
const MASTER: &str = "\
127.0.0.1:PORT inet n - n - - smtpd -o max_use=1
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
";

const SASL: &str = "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: ";

/// Makes the queue's folders, starts the server in a process group of its own, waits for the end of standard input, stops the
/// server and cleans up.
const WATCH: &str = r#"
cd "$2/queue" && mkdir -m 700 active bounce corrupt defer deferred flush hold incoming private saved trace &&
  mkdir -m 710 public && mkdir -m 755 pid && chown postfix -- * ../data ../passwords && chown root pid && chgrp postdrop public &&
  cd / || exit 1
MAIL_CONFIG="$2" setsid "$1/master" -d >"$2/said" 2>&1 </dev/null &
server=$!
read -r _
kill -TERM "$server"
wait "$server"
rm -rf "$2"
"#;

/// What a Postfix does otherwise than the others.
#[derive(Debug, Default)]
pub struct Otherwise<'a> {
    /// Mail for these addresses goes on to these servers.
    pub onward: &'a [(&'a str, SocketAddr)],
    /// More lines for main.cf.
    pub main: String,
    /// A command line that takes all mail for bounces.test.example, as `pipe` writes it.
    pub pipe: Option<String>,
}

/// A running server.
#[derive(Debug)]
pub struct Postfix {
    pub port: u16,
    folder: PathBuf,
    /// Held open as long as it is to run; see [`WATCH`].
    stdin: Option<ChildStdin>,
    watch: Child,
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.log());
        }
        drop(self.stdin.take());
        let _ = self.watch.wait();
    }
}

impl Postfix {
    /// One that delivers everything that it takes.
    pub async fn start() -> Self {
        Self::otherwise(Otherwise::default()).await
    }

    /// A port that was free may be taken a moment later: then another one.
    pub async fn otherwise(how: Otherwise<'_>) -> Self {
        assert!(is_root(), "{ROOT_ONLY}");
        let daemons = Command::new(program("postconf", HOW_TO_INSTALL)).args(["-dh", "daemon_directory"]).output();
        let daemons = String::from_utf8(daemons.expect("postconf runs").stdout).expect("a path");
        let mut log = String::new();
        for _ in 0..3 {
            let mut started = Self::spawn(Path::new(daemons.trim()), &how);
            if started.answers().await {
                return started;
            }
            log = started.log();
        }
        panic!("Postfix doesn't answer:\n{log}");
    }

    fn spawn(daemons: &Path, how: &Otherwise<'_>) -> Self {
        let folder = tempfile::Builder::new().prefix("callbrief-postfix-").tempdir().expect("a folder").keep();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("permissions");
        let port = free_port();
        configure(&folder, port, how);
        let mut watch = Command::new("/bin/sh")
            .args(["-c", WATCH, "watch"])
            .args([daemons, &folder])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Whoever ends the tests by a signal to all of them leaves it to clean up.
            .process_group(0)
            .spawn()
            .expect("sh runs");
        let stdin = watch.stdin.take();
        Self { port, folder, stdin, watch }
    }

    /// Whether it greets before it ends or a minute has passed.
    async fn answers(&mut self) -> bool {
        for _ in 0..3_000 {
            if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)).await {
                let mut greeting = [0; 64];
                let read = stream.read(&mut greeting).await.unwrap_or(0);
                return greeting[..read].starts_with(b"220 mx.test.example");
            }
            if self.log().contains("fatal: ") {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    /// What it wrote down so far.
    pub fn log(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        read("said") + &read("log")
    }

    /// The certificate that it shows, for `localhost`.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("cert.pem")
    }

    /// A relay that leads here, encrypted and logged in.
    pub fn relay(&self) -> Relay {
        let minute = Duration::from_secs(60);
        Relay {
            id: "postfix".to_owned(),
            transport: Transport::Smtp(Smtp {
                host: "localhost".to_owned(),
                port: self.port,
                encryption: Encryption::Starttls,
                username: Some(USER.to_owned()),
                password: Some(Secret::new(PASSWORD)),
                hello_name: None,
                ca_file: Some(self.certificate()),
                timeouts: SmtpTimeouts { connect: minute, command: minute, data: minute, body: minute },
            }),
            per_second: 10_000.0,
            connections: 2,
        }
    }

    /// The same, changed.
    pub fn relay_with(&self, change: impl FnOnce(&mut Smtp)) -> Relay {
        let mut relay = self.relay();
        if let Transport::Smtp(smtp) = &mut relay.transport {
            change(smtp);
        }
        relay
    }

    /// From the next connection on, RCPT to these addresses is answered so, and to all others with 250.
    pub fn refuses(&self, answers: &[(&str, &str)]) {
        let text: String = answers.iter().map(|(address, answer)| format!("{address} {answer}\n")).collect();
        let draft = self.folder.join("refused.draft");
        std::fs::write(&draft, text).expect("the table is written");
        std::fs::rename(draft, self.folder.join("refused")).expect("the table is shown");
    }

    /// Mails that lie in a domain's mailbox, in the order in which they came.
    pub fn mailbox(&self, domain: &str) -> Vec<Vec<u8>> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.join("mail").join(domain).join("new"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| (entry.metadata().and_then(|meta| meta.modified()).expect("its time"), entry.path()))
            .collect();
        files.sort();
        files.iter().map(|(_, path)| std::fs::read(path).expect("the mail can be read")).collect()
    }

    /// The same, once there are so many.
    pub async fn mails_in(&self, domain: &str, count: usize) -> Vec<Vec<u8>> {
        for _ in 0..1_200 {
            let mails = self.mailbox(domain);
            if mails.len() >= count {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} mails of {count} came to {domain}", self.mailbox(domain).len());
    }
}

fn configure(folder: &Path, port: u16, how: &Otherwise<'_>) {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file of Postfix");
    for name in ["queue", "data", "mail", "sasl", "passwords"] {
        std::fs::create_dir(folder.join(name)).expect("a folder of Postfix");
    }
    chown(folder.join("mail"), Some(NOBODY), Some(NOBODY)).expect("the mailboxes' owner");
    let (mut main, mut master) = (format!("{MAIN}{}\n", how.main), MASTER.replace("PORT", &port.to_string()));
    let mut routes: Vec<String> =
        how.onward.iter().map(|(address, to)| format!("{{{address}=smtp:[{}]:{}}}", to.ip(), to.port())).collect();
    if let Some(argv) = &how.pipe {
        routes.push("{bounces.test.example=bounces:}".to_owned());
        // As config/guide/bounces.md says, but for the user.
        master.push_str(&format!("bounces unix - n n - - pipe flags=R user=nobody argv={argv}\n"));
        main.push_str("bounces_destination_recipient_limit = 1\n");
    }
    if !routes.is_empty() {
        main.push_str(&format!("transport_maps = inline:{{ {} }}\n", routes.join(", ")));
    }
    write("main.cf", &main);
    write("master.cf", &master);
    write("refused", "");
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    write("cert.pem", &certified.cert.pem());
    write("key.pem", &certified.signing_key.serialize_pem());
    let passwords = folder.join("passwords/sasldb");
    write("sasl/smtpd.conf", &format!("{SASL}{}\n", passwords.display()));
    let (user, realm) = USER.split_once('@').expect("an address");
    let mut keeper = Command::new(program("saslpasswd2", HOW_TO_INSTALL))
        .args(["-p", "-c", "-u", realm, "-f"])
        .arg(&passwords)
        .arg(user)
        .stdin(Stdio::piped())
        .spawn()
        .expect("saslpasswd2 runs");
    keeper.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("it reads the password");
    assert!(keeper.wait().is_ok_and(|ended| ended.success()), "saslpasswd2 failed");
    // Postfix reads it as its own user.
    std::fs::set_permissions(&passwords, std::fs::Permissions::from_mode(0o644)).expect("permissions");
}
