//! Bytes as UTF-8 text, whatever they were: packed or not, UTF-8, UTF-16, Windows-1252 and its relatives.
//! Read as a stream, as often as asked: a packed file of millions of lines is never unpacked whole.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::IntakeError;
use crate::errors::Complaint;

/// Bytes handled at a time.
const CHUNK: usize = 64 * 1024;

/// A file's bytes and how they are to be read as text.
#[derive(Debug, Clone)]
pub(crate) struct TextBytes<'a> {
    name: &'a str,
    bytes: &'a [u8],
    encoding: &'static Encoding,
}

impl<'a> TextBytes<'a> {
    /// Looks at all bytes once and decides how they are written.
    pub fn recognise(name: &'a str, bytes: &'a [u8], country: Option<&str>) -> Result<TextBytes<'a>, IntakeError> {
        let mut head = vec![0u8; CHUNK];
        let n_head = fill(&mut *unpacked(bytes), &mut head).map_err(|error| damaged(name, &error))?;
        head.truncate(n_head);
        if n_head == 0 {
            return Err(empty(name));
        }
        let encoding = match Encoding::for_bom(&head).map(|(encoding, _)| encoding).or_else(|| wide(&head)) {
            Some(encoding) => encoding,
            None if head.contains(&0) => return Err(not_text(name)),
            None => narrow(name, bytes, country)?,
        };
        Ok(TextBytes { name, bytes, encoding })
    }

    /// The text from its beginning, as UTF-8 without byte order mark, every line ended by one line feed.
    pub fn read(&self) -> OneLineEnd<Box<dyn Read + 'a>> {
        OneLineEnd { inner: self.decoded(), last: b'\n' }
    }

    fn decoded(&self) -> Box<dyn Read + 'a> {
        if self.encoding == UTF_8 {
            return Box::new(WithoutMark { inner: unpacked(self.bytes), begun: false });
        }
        Box::new(Recoded {
            inner: unpacked(self.bytes),
            decoder: self.encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            ready: Vec::with_capacity(CHUNK * 3),
            at: 0,
            ended: false,
        })
    }

    /// The beginning of the text.
    pub fn head(&self) -> Result<String, IntakeError> {
        let mut head = vec![0u8; CHUNK];
        let n = fill(&mut self.read(), &mut head).map_err(|error| damaged(self.name, &error))?;
        head.truncate(n);
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    /// The file's name, for messages.
    pub fn name(&self) -> &'a str {
        self.name
    }
}

/// Is it packed by gzip?
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The bytes, unpacked on the way where they are packed.
pub(crate) fn unpacked<'a>(bytes: &'a [u8]) -> Box<dyn Read + 'a> {
    if is_packed(bytes) { Box::new(flate2::read::MultiGzDecoder::new(bytes)) } else { Box::new(bytes) }
}

/// The complaint about a file that breaks off or does not unpack.
pub(crate) fn damaged(name: &str, error: &dyn std::fmt::Display) -> IntakeError {
    Complaint::new(
        "I007",
        (format!("the file is damaged ({error})"), "Fetch or export it again"),
        (format!("filen är skadad ({error})"), "Hämta eller exportera den igen"),
    )
    .of_file(name)
}

/// The complaint about a file without content.
pub(crate) fn empty(name: &str) -> IntakeError {
    Complaint::new(
        "I001",
        ("the file is empty".to_owned(), "Export it again, with a header and rows"),
        ("filen är tom".to_owned(), "Exportera den igen, med rubrik och rader"),
    )
    .of_file(name)
}

/// The complaint about a file that is no table.
pub(crate) fn not_text(name: &str) -> IntakeError {
    Complaint::new(
        "I002",
        (
            "this is not a table that can be read".to_owned(),
            "Hand in CSV, XLSX or Parquet; CSV may also be packed as .gz",
        ),
        (
            "det här är inte en tabell som går att läsa".to_owned(),
            "Lämna CSV, XLSX eller Parquet; CSV får vara packad som .gz",
        ),
    )
    .of_file(name)
}

/// UTF-16 without a byte order mark shows itself by its zeros.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4096) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), head.len() / 2 * 6 / 10);
    match (even > most && most > 0, odd > most && most > 0) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 where all of it is, else what the letters look like.
fn narrow(name: &str, bytes: &[u8], country: Option<&str>) -> Result<&'static Encoding, IntakeError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut stream, mut chunk, mut carried) = (unpacked(bytes), vec![0u8; CHUNK], 0);
    let mut is_utf8 = true;
    loop {
        let n = fill(&mut *stream, &mut chunk[carried..]).map_err(|error| damaged(name, &error))? + carried;
        if n == carried && (n == 0 || is_utf8) {
            break;
        }
        let last = n < CHUNK;
        match std::str::from_utf8(&chunk[..n]) {
            Ok(_) if is_utf8 => carried = 0,
            Err(error) if is_utf8 && error.error_len().is_none() && !last => {
                chunk.copy_within(error.valid_up_to()..n, 0);
                carried = n - error.valid_up_to();
            }
            _ => (is_utf8, carried) = (false, 0),
        }
        if !is_utf8 {
            detector.feed(&chunk[..n], last);
        }
        if last {
            break;
        }
    }
    if is_utf8 && carried == 0 {
        return Ok(UTF_8);
    }
    let home = country.unwrap_or("SE").to_ascii_lowercase();
    let guessed = detector.guess(Some(home.as_bytes()), Utf8Detection::Deny);
    // Short Nordic texts are sometimes taken for eastern European ones; the home country's own reading is safer.
    Ok(if guessed.is_single_byte() && is_western(&home) { encoding_rs::WINDOWS_1252 } else { guessed })
}

fn is_western(country: &str) -> bool {
    !["ee", "lv", "lt", "pl", "cz", "sk", "hu", "ro", "bg", "gr", "hr", "si", "ua", "tr", "jp", "cn", "kr"]
        .contains(&country)
}

/// Reads until the buffer is full or the stream ends.
fn fill(stream: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match stream.read(&mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

/// Text whose lines end in one line feed each, the last one too, whatever they ended in: so that lines can be counted.
pub(crate) struct OneLineEnd<R> {
    inner: R,
    last: u8,
}

impl<R: Read> Read for OneLineEnd<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let n = self.inner.read(out)?;
            if n == 0 {
                let is_missing = !out.is_empty() && !matches!(self.last, b'\n' | b'\r');
                if is_missing {
                    (out[0], self.last) = (b'\n', b'\n');
                }
                return Ok(usize::from(is_missing));
            }
            if self.last != b'\r' && !out[..n].contains(&b'\r') {
                self.last = out[n - 1];
                return Ok(n);
            }
            let kept = self.compact(&mut out[..n]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

impl<R> OneLineEnd<R> {
    /// Turns returns into line feeds and drops the line feed after a return; how many bytes are left.
    fn compact(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let (byte, before) = (bytes[at], self.last);
            self.last = byte;
            if byte == b'\n' && before == b'\r' {
                continue;
            }
            bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
        kept
    }
}

/// UTF-8 without its byte order mark.
struct WithoutMark<'a> {
    inner: Box<dyn Read + 'a>,
    begun: bool,
}

impl Read for WithoutMark<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.begun || out.len() < 3 {
            return self.inner.read(out);
        }
        self.begun = true;
        let n = fill(&mut *self.inner, &mut out[..3])?;
        if out[..n] == [0xEF, 0xBB, 0xBF] { self.inner.read(out) } else { Ok(n) }
    }
}

/// Another encoding, turned into UTF-8 on the way.
struct Recoded<'a> {
    inner: Box<dyn Read + 'a>,
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Recoded<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            let n = fill(&mut *self.inner, &mut self.raw)?;
            self.ended = n < self.raw.len();
            let mut text = String::with_capacity(n * 3 + 16);
            let (result, _, _) = self.decoder.decode_to_string(&self.raw[..n], &mut text, self.ended);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            (self.ready, self.at) = (text.into_bytes(), 0);
        }
        let n = out.len().min(self.ready.len() - self.at);
        out[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
