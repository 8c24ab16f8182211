//! Where a request goes: a web address, taken apart once. Hosts are read as browsers read them, so an address in octal, in
//! hex, as one number or in full-width digits is the address that it is (WHATWG URL, "host parsing").

use std::fmt;
use std::net::IpAddr;

/// An address that requests may go to, as far as its spelling tells; `guard` judges what it leads to.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    pub is_encrypted: bool,
    /// In lower case and ASCII; an address of IPv6 without brackets.
    pub host: String,
    /// The host, where it is an address and no name.
    pub address: Option<IpAddr>,
    pub port: u16,
    /// Path and query: may hold a secret.
    path: String,
}

/// Why a text isn't one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    #[error("this isn't a web address; it looks like `https://hooks.example.com/path`")]
    Shape,
    #[error("a web address begins with `https:` (or `http:`, for hosts that `net.allow` names)")]
    Scheme,
    #[error("a web address holds no user name or password; put what logs in into a header")]
    Login,
    #[error("a web address to send to has nothing behind `#`")]
    Fragment,
}

impl Target {
    /// Reads a web address.
    pub fn parse(text: &str) -> Result<Self, InvalidTarget> {
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(InvalidTarget::Shape);
        }
        let url = url::Url::parse(text).map_err(|_| InvalidTarget::Shape)?;
        let is_encrypted = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(InvalidTarget::Scheme),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidTarget::Login);
        }
        if url.fragment().is_some() {
            return Err(InvalidTarget::Fragment);
        }
        let (host, address) = match url.host().ok_or(InvalidTarget::Shape)? {
            // One dot at the end names the same host.
            url::Host::Domain(name) => (name.trim_end_matches('.').to_ascii_lowercase(), None),
            url::Host::Ipv4(address) => (address.to_string(), Some(IpAddr::V4(address))),
            url::Host::Ipv6(address) => (address.to_string(), Some(IpAddr::V6(address))),
        };
        if host.is_empty() {
            return Err(InvalidTarget::Shape);
        }
        let port = url.port_or_known_default().ok_or(InvalidTarget::Shape)?;
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        Ok(Self { is_encrypted, host, address, port, path })
    }

    /// Path and query, for the request alone.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// As the `Host` header says it.
    pub fn authority(&self) -> String {
        let usual = if self.is_encrypted { 443 } else { 80 };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}

/// Host and port only: the path may be the secret.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.authority())
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({}, …)", self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::guard::not_public;

    #[test]
    fn whatever_the_spelling_it_is_the_address_that_it_is() {
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.1.",
            "①②⑦.⓪.⓪.①",
            "１２７.0.0.1",
            "127。0。0。1",
            "%31%32%37.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "169.254.169.254",
            "0xa9fea9fe",
            "[fd00:ec2::254]",
            "0",
            "0.0.0.0",
        ] {
            let target = Target::parse(&format!("https://{host}/x")).unwrap_or_else(|error| panic!("{host}: {error}"));
            let address = target.address.unwrap_or_else(|| panic!("{host} is an address"));
            assert!(not_public(address).is_some(), "{host} leads to {address}");
        }
    }

    #[test]
    fn what_can_mislead_is_refused() {
        use InvalidTarget::{Fragment, Login, Scheme, Shape};
        for (text, why) in [
            ("hooks.example.com", Shape),
            ("", Shape),
            ("https://", Shape),
            ("https:///x y", Shape),
            ("https://good.example@127.0.0.1/", Login),
            ("https://user:pw@good.example/", Login),
            ("ftp://a.example/", Scheme),
            ("file:///etc/passwd", Scheme),
            ("javascript:alert(1)", Scheme),
            ("https://a.example/#frag", Fragment),
            ("https://a.example/\r\nHost: b", Shape),
            ("https://a.example\t/", Shape),
            ("https://1.2.3.4.5/", Shape),
            ("https://256.1.1.1/", Shape),
            ("https://[::1/", Shape),
            ("https://a example/", Shape),
        ] {
            assert_eq!(Target::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn the_secret_part_never_shows() {
        let target = Target::parse("https://Hooks.Slack.com/services/T0/B0/geheim?sig=geheim").expect("valid");
        assert_eq!(target.path(), "/services/T0/B0/geheim?sig=geheim");
        assert_eq!((target.to_string(), target.port), ("hooks.slack.com".to_owned(), 443));
        assert!(!format!("{target:?} {target}").contains("geheim"));
        assert_eq!(Target::parse("http://[fd00::1]:8080/").expect("valid").authority(), "[fd00::1]:8080");
        assert_eq!(Target::parse("https://bücher.example./").expect("valid").host, "xn--bcher-kva.example");
    }
}
