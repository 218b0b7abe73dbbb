//! rustls as an endpoint: "version", "capabilities", "check", "client" on descriptor 3, "server". What is asked stands in
//! the environment.
mod request;

use request::{asked, Request};
use rustls::{ClientConnection, ServerConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::FromRawFd;
use std::sync::{Arc, Mutex};
use std::{env, process, thread};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() {
    let done = match env::args().nth(1).as_deref() {
        Some("version") => Ok(println!("rustls {} with ring", env!("RUSTLS_VERSION"))),
        Some("capabilities") => Ok(request::capabilities()),
        Some("check") => Request::read().and_then(|request| request.client().map(|_| ())),
        Some("client") => client(),
        Some("server") => server(),
        _ => Err("version, capabilities, check, client or server?".into()),
    };
    if let Err(failure) = done {
        eprintln!("{failure}");
        process::exit(1);
    }
}

/// Passes standard input to the server and the server's words to standard output.
fn client() -> Result<(), Failure> {
    let config = Arc::new(Request::read()?.client()?);
    let peer = Arc::new(Mutex::new(ClientConnection::new(config, asked("SERVER_NAME")?.try_into()?)?));
    let mut plain = unsafe { TcpStream::from_raw_fd(3) };
    {
        let mut peer = peer.lock().unwrap();
        while peer.is_handshaking() || peer.wants_write() {
            peer.complete_io(&mut plain)?;
        }
    }
    let (speaker, mut out) = (peer.clone(), plain.try_clone()?);
    thread::spawn(move || {
        if let Err(failure) = speak(&speaker, &mut out) {
            eprintln!("{failure}");
            process::exit(1);
        }
    });
    // What came with the end of the handshake is there already.
    if hear(&peer, &mut &[][..], &mut plain)? {
        return Ok(());
    }
    let mut octets = [0; 16384];
    loop {
        let length = plain.read(&mut octets)?;
        if length == 0 || hear(&peer, &mut &octets[..length], &mut plain)? {
            return Ok(());
        }
    }
}

/// Passes on what is in these octets; true if the server has said goodbye.
fn hear(peer: &Mutex<ClientConnection>, octets: &mut &[u8], plain: &mut TcpStream) -> Result<bool, Failure> {
    let mut peer = peer.lock().unwrap();
    loop {
        if !octets.is_empty() {
            peer.read_tls(octets)?;
        }
        let state = peer.process_new_packets();
        // What it has to say about that comes first: an alert.
        while peer.wants_write() {
            peer.write_tls(plain)?;
        }
        let state = state?;
        let mut words = vec![0; state.plaintext_bytes_to_read()];
        peer.reader().read_exact(&mut words)?;
        io::stdout().write_all(&words)?;
        io::stdout().flush()?;
        if state.peer_has_closed() || octets.is_empty() {
            return Ok(state.peer_has_closed());
        }
    }
}

fn speak(peer: &Mutex<ClientConnection>, plain: &mut TcpStream) -> Result<(), Failure> {
    let mut octets = [0; 16384];
    loop {
        let length = io::stdin().read(&mut octets)?;
        let mut peer = peer.lock().unwrap();
        if length == 0 {
            peer.send_close_notify();
        }
        peer.writer().write_all(&octets[..length])?;
        while peer.wants_write() {
            peer.write_tls(plain)?;
        }
        if length == 0 {
            return Ok(());
        }
    }
}

/// Echoes whatever it receives.
fn server() -> Result<(), Failure> {
    let config = Arc::new(Request::read()?.server()?);
    let listener = TcpListener::bind(format!("{}:{}", asked("HOST")?, asked("PORT")?))?;
    for plain in listener.incoming() {
        let (plain, config) = (plain?, config.clone());
        thread::spawn(move || {
            if let Err(failure) = echo(plain, config) {
                eprintln!("{failure}");
            }
        });
    }
    Ok(())
}

fn echo(plain: TcpStream, config: Arc<rustls::ServerConfig>) -> Result<(), Failure> {
    let mut peer = StreamOwned::new(ServerConnection::new(config)?, plain);
    let mut octets = [0; 16384];
    loop {
        let length = peer.read(&mut octets)?;
        if length == 0 {
            peer.conn.send_close_notify();
            peer.conn.write_tls(&mut peer.sock)?;
            return Ok(());
        }
        peer.write_all(&octets[..length])?;
        peer.flush()?;
    }
}
