//! What the environment asks for, as configurations that offer that and nothing else.
use crate::Failure;
use rustls::crypto::{ring, CryptoProvider, SupportedKxGroup};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, KeyLogFile, RootCertStore, ServerConfig, SupportedCipherSuite, SupportedProtocolVersion};
use std::env;
use std::sync::Arc;

/// The variable of a request.
pub fn asked(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("{name} is not set").into())
}

pub struct Request {
    provider: Arc<CryptoProvider>,
    versions: Vec<&'static SupportedProtocolVersion>,
}

impl Request {
    /// Fails with "rustls has no ..." for what it can't do.
    pub fn read() -> Result<Request, Failure> {
        let (suite, group, version) = (asked("SUITE")?, asked("GROUP")?, asked("VERSION")?);
        let mut provider = ring::default_provider();
        if version.is_empty() {
            return Ok(Request { provider: Arc::new(provider), versions: rustls::DEFAULT_VERSIONS.to_vec() });
        }
        provider.cipher_suites.retain(|known| name_of(known) == suite);
        if provider.cipher_suites.is_empty() {
            return Err(format!("rustls has no {suite}").into());
        }
        provider.kx_groups.retain(|known| group.is_empty() || group_name(*known) == group);
        if provider.kx_groups.is_empty() {
            return Err(format!("rustls has no {group}").into());
        }
        Ok(Request { provider: Arc::new(provider), versions: vec![if version == "1.3" { &TLS13 } else { &TLS12 }] })
    }

    pub fn client(&self) -> Result<ClientConfig, Failure> {
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_file_iter(asked("CA")?)? {
            roots.add(root?)?;
        }
        let mut config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&self.versions)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.key_log = Arc::new(KeyLogFile::new());
        Ok(config)
    }

    pub fn server(&self) -> Result<ServerConfig, Failure> {
        let chain = CertificateDer::pem_file_iter(asked("CERTIFICATE")?)?.collect::<Result<Vec<_>, _>>()?;
        let mut config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&self.versions)?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_file(asked("KEY")?)?)?;
        config.key_log = Arc::new(KeyLogFile::new());
        Ok(config)
    }
}

/// Lists what the provider has, in IANA's names.
pub fn capabilities() {
    let provider = ring::default_provider();
    for suite in &provider.cipher_suites {
        let version = if suite.tls13().is_some() { "tls1.3" } else { "tls1.2" };
        println!("suite {version} {}", name_of(suite));
    }
    for group in &provider.kx_groups {
        println!("group {}", group_name(*group));
    }
}

// rustls writes TLS13_AES_128_GCM_SHA256 and X25519.
fn name_of(suite: &SupportedCipherSuite) -> String {
    format!("{:?}", suite.suite()).replace("TLS13_", "TLS_")
}

fn group_name(group: &dyn SupportedKxGroup) -> String {
    let name = format!("{:?}", group.name());
    if name == "X25519" { name.to_lowercase() } else { name }
}
