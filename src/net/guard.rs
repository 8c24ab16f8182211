//! Which addresses may be connected to. Pure: a table of networks that aren't public, by the registries of IANA
//! (iana-ipv4-special-registry, iana-ipv6-special-registry), and the exceptions that the settings make.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that aren't public: first address, bits, what they are.
const V4: &[([u8; 4], u8, &str)] = &[
    ([0, 0, 0, 0], 8, "this network"),
    ([10, 0, 0, 0], 8, "private"),
    ([100, 64, 0, 0], 10, "a provider's own"),
    ([127, 0, 0, 0], 8, "this machine"),
    ([169, 254, 0, 0], 16, "link-local, where clouds keep their metadata"),
    ([172, 16, 0, 0], 12, "private"),
    ([192, 0, 0, 0], 24, "reserved for protocols"),
    ([192, 0, 2, 0], 24, "for documentation"),
    ([192, 31, 196, 0], 24, "reserved for protocols"),
    ([192, 52, 193, 0], 24, "reserved for protocols"),
    ([192, 88, 99, 0], 24, "a relay to IPv6"),
    ([192, 168, 0, 0], 16, "private"),
    ([192, 175, 48, 0], 24, "reserved for protocols"),
    ([198, 18, 0, 0], 15, "for benchmarks"),
    ([198, 51, 100, 0], 24, "for documentation"),
    ([203, 0, 113, 0], 24, "for documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([240, 0, 0, 0], 4, "reserved"),
];

/// The same of IPv6. What carries an address of IPv4 inside (mapped, NAT64, 6to4, Teredo) leads there, and isn't public.
const V6: &[([u16; 8], u8, &str)] = &[
    ([0, 0, 0, 0, 0, 0, 0, 0], 96, "this machine, or an address of IPv4"),
    ([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, "an address of IPv4"),
    ([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, "an address of IPv4"),
    ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, "an address of IPv4 (NAT64)"),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, "an address of IPv4 (NAT64)"),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "discarded"),
    ([0x100, 0, 0, 1, 0, 0, 0, 0], 64, "discarded"),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "reserved for protocols"),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, "for documentation"),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, "an address of IPv4 (6to4)"),
    ([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48, "reserved for protocols"),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "for documentation"),
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "reserved for protocols"),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "private"),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "link-local"),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "private"),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "multicast"),
];

/// What an address is when it isn't public; `None`: it is.
pub fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => {
            let found = V4.iter().find(|(net, bits, _)| Network::v4(*net, *bits).holds(IpAddr::V4(address)));
            found.map(|(_, _, what)| *what)
        }
        IpAddr::V6(address) => {
            let held = |(net, bits, _): &&([u16; 8], u8, &str)| {
                Network { first: IpAddr::V6(Ipv6Addr::from(*net)), bits: *bits }.holds(IpAddr::V6(address))
            };
            V6.iter().find(held).map(|(_, _, what)| *what).or_else(|| {
                // Global unicast is 2000::/3; nothing else was ever given out.
                (address.segments()[0] & 0xe000 != 0x2000).then_some("reserved")
            })
        }
    }
}

/// `10.0.0.0/8`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    const fn v4(first: [u8; 4], bits: u8) -> Self {
        Self { first: IpAddr::V4(Ipv4Addr::new(first[0], first[1], first[2], first[3])), bits }
    }

    fn holds(self, address: IpAddr) -> bool {
        let same = |a: u128, b: u128, width: u32| {
            let shift = width - u32::from(self.bits).min(width);
            a.checked_shr(shift).unwrap_or(0) == b.checked_shr(shift).unwrap_or(0)
        };
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(other)) => {
                same(u128::from(u32::from(first)), u128::from(u32::from(other)), 32)
            }
            (IpAddr::V6(first), IpAddr::V6(other)) => same(u128::from(first), u128::from(other), 128),
            _ => false,
        }
    }
}

/// One line of `net.allow`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Exception {
    Network(Network, Option<u16>),
    /// In lower case.
    Host(String, Option<u16>),
}

/// What may be reached although it isn't public, or without encryption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions(Vec<Exception>);

/// Why a line of `net.allow` isn't one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidException {
    #[error(
        "an exception is a network (`10.0.0.0/8`), an address (`10.1.2.3`, `[fd00::1]:8080`) or a host (`hooks.corp.example:8080`)"
    )]
    Shape,
    #[error("a network's first address has no bits behind its length: `10.0.0.0/8`, not `10.1.2.3/8`")]
    NotFirst,
    #[error("this would except everything; name what is meant")]
    Everything,
}

impl Exceptions {
    /// Reads the lines of `net.allow`, each as `read` gives it.
    pub fn add(&mut self, text: &str) -> Result<(), InvalidException> {
        self.0.push(exception(text.trim())?);
        Ok(())
    }

    /// Whether this address, which `host` and `port` led to, is excepted.
    pub fn cover(&self, host: &str, port: u16, address: IpAddr) -> bool {
        self.0.iter().any(|exception| match exception {
            Exception::Network(network, only) => network.holds(address) && only.is_none_or(|only| only == port),
            Exception::Host(name, only) => name == host && only.is_none_or(|only| only == port),
        })
    }
}

fn exception(text: &str) -> Result<Exception, InvalidException> {
    if let Some((first, bits)) = text.split_once('/') {
        let first: IpAddr = first.trim_matches(['[', ']']).parse().map_err(|_| InvalidException::Shape)?;
        let bits: u8 = bits.parse().map_err(|_| InvalidException::Shape)?;
        let (width, value) = match first {
            IpAddr::V4(first) => (32, u128::from(u32::from(first))),
            IpAddr::V6(first) => (128, u128::from(first)),
        };
        return match u32::from(bits) {
            0 => Err(InvalidException::Everything),
            bits if bits > width => Err(InvalidException::Shape),
            bits_ if value & ((1_u128 << (width - bits_)) - 1) != 0 => Err(InvalidException::NotFirst),
            _ => Ok(Exception::Network(Network { first, bits }, None)),
        };
    }
    let alone = |address: IpAddr| Network { first: address, bits: if address.is_ipv4() { 32 } else { 128 } };
    if let Ok(address) = text.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Ok(Exception::Network(alone(address), None));
    }
    if let Ok(socket) = text.parse::<std::net::SocketAddr>() {
        return Ok(Exception::Network(alone(socket.ip()), Some(socket.port())));
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| InvalidException::Shape)?)),
        None => (text, None),
    };
    let is_name =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    // What ends in a number would be read as an address by whoever connects.
    let ends_in_letters = host.rsplit('.').next().is_some_and(|last| last.chars().any(|c| c.is_ascii_alphabetic()));
    match host.split('.').all(is_name) && ends_in_letters && !host.starts_with("0x") {
        true => Ok(Exception::Host(host.to_ascii_lowercase(), port)),
        false => Err(InvalidException::Shape),
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are() {
        let refused = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::1",
            "100::1",
            "100:0:0:1::1",
            "2001::1",
            "2001:db8::1",
            "2001:1ff:ffff::1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
            "1::1",
            "fd00:ec2::254",
        ];
        for text in refused {
            assert!(not_public(text.parse().expect("an address")).is_some(), "{text} must be refused");
        }
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860:4860::8888",
            "2001:200::1",
            "3ffe::1",
        ];
        for text in public {
            assert_eq!(not_public(text.parse().expect("an address")), None, "{text} is public");
        }
    }

    #[test]
    fn exceptions_are_as_narrow_as_they_are_written() {
        let mut allow = Exceptions::default();
        for line in [
            "10.0.0.0/8",
            "192.168.7.7",
            "192.168.7.8:8080",
            "hooks.corp.example:8080",
            "Gateway.Corp.Example",
            "fd00::/8",
        ] {
            allow.add(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
        let covers =
            |host: &str, port: u16, address: &str| allow.cover(host, port, address.parse().expect("an address"));
        assert!(covers("a.example", 443, "10.9.8.7") && !covers("a.example", 443, "11.0.0.1"));
        assert!(covers("x", 1, "192.168.7.7") && !covers("x", 8080, "192.168.7.9"));
        assert!(covers("x", 8080, "192.168.7.8") && !covers("x", 443, "192.168.7.8"));
        assert!(covers("hooks.corp.example", 8080, "127.0.0.1") && !covers("hooks.corp.example", 443, "127.0.0.1"));
        assert!(!covers("evil.hooks.corp.example", 8080, "127.0.0.1"));
        assert!(
            covers("gateway.corp.example", 443, "10.0.0.1") && covers("x", 1, "fd12::1") && !covers("x", 1, "fe80::1")
        );
        // A network of IPv4 doesn't open what only carries its addresses.
        assert!(!covers("x", 443, "::ffff:10.0.0.1"));
    }

    #[test]
    fn what_is_no_exception_is_refused() {
        use InvalidException::{Everything, NotFirst, Shape};
        for (line, why) in [
            ("", Shape),
            ("10.0.0.0/33", Shape),
            ("10.0.0.0/x", Shape),
            ("10.1.0.0/8", NotFirst),
            ("0.0.0.0/0", Everything),
            ("::/0", Everything),
            ("http://a.example", Shape),
            ("a.example:x", Shape),
            ("*.example", Shape),
            ("127.1", Shape),
            ("2130706433", Shape),
            ("a..example", Shape),
            ("0x7f.1", Shape),
            ("a b", Shape),
            ("[fd00::1]:8080x", Shape),
        ] {
            assert_eq!(Exceptions::default().add(line), Err(why), "{line}");
        }
        assert_eq!(Exceptions::default().add("[fd00::1]:8080"), Ok(()));
    }
}
