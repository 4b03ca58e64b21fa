//! A mail server of a few lines on this machine: takes letters, refuses them, puts them off, or says nothing.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    RefusesReaders,
    NotNow,
    Silent,
    HangsUp,
}

/// The server: where it listens and what it took.
pub struct Sink {
    pub port: u16,
    pub taken: Arc<Mutex<Vec<String>>>,
}

pub async fn sink(mood: Mood) -> Sink {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let taken = Arc::<Mutex<Vec<String>>>::default();
    let kept = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, mood, kept.clone()));
        }
    });
    Sink { port, taken }
}

async fn talk(stream: TcpStream, mood: Mood, taken: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    match mood {
        Mood::Silent => return stream.read_u8().await.ok().map(|_| ()),
        Mood::HangsUp => return None,
        _ => {}
    }
    answer(&mut stream, "220 sink").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let said = match (word.as_str(), mood) {
            ("EHLO", _) => "250-sink\r\n250 8BITMIME",
            ("RCPT", Mood::RefusesReaders) => "550 5.1.1 nobody of that name",
            ("RCPT", Mood::NotNow) => "451 4.7.1 come back later",
            ("DATA", _) => "354 go on",
            ("QUIT", _) => "221 bye",
            _ => "250 ok",
        };
        answer(&mut stream, said).await?;
        if word == "DATA" {
            let letter = letter(&mut stream).await?;
            taken.lock().ok()?.push(letter);
            answer(&mut stream, "250 taken").await?;
        }
    }
}

async fn letter(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 || line == ".\r\n" {
            return Some(text);
        }
        text += &line;
    }
}

async fn answer(stream: &mut BufReader<TcpStream>, said: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{said}\r\n").as_bytes()).await.ok()
}
