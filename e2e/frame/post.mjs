// A real mail server for the tests: takes what comes and keeps it, parsed.
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { freePort } from './server.mjs'

/** So many milliseconds a letter may take. */
const PATIENCE = 20_000

/**
 * A server on this machine; `letters` is what has come, `next` waits until there are so many, and fails where they do not come. With a
 * `certificate` it hides the way, by STARTTLS or (`wrapped`) from the first byte; with a `login` of name and secret it takes letters of nobody else.
 */
export async function postOffice({ certificate, wrapped = false, login } = {}) {
  const port = await freePort()
  const letters = []
  const server = new SMTPServer({
    authOptional: !login,
    disabledCommands: [...(certificate && !wrapped ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    secure: wrapped,
    ...(certificate && { key: certificate.private, cert: certificate.cert }),
    onAuth({ username, password }, session, done) {
      const right = username === login.name && password === login.secret
      if (right) return done(null, { user: username })
      done(Object.assign(new Error('Wrong name or secret'), { responseCode: 535 }))
    },
    onData(stream, session, done) {
      simpleParser(stream).then((letter) => {
        letters.push({ letter, secure: session.secure, user: session.user, to: session.envelope.rcptTo.map((one) => one.address), from: session.envelope.mailFrom.address })
        done()
      }, done)
    },
  })
  // A talk that breaks off is for the other side to tell.
  server.on('error', () => {})
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return {
    port,
    letters,
    words: ['--smtp-host', '127.0.0.1', '--smtp-port', `${port}`, '--smtp-tls', 'none', '--smtp-from', 'plan@company.example'],
    async next(count) {
      const until = Date.now() + PATIENCE
      while (letters.length < count) {
        if (Date.now() > until) throw new Error(`${letters.length} letters have come, not ${count}`)
        await new Promise((done) => setTimeout(done, 50))
      }
      return letters[count - 1]
    },
    stop: () => new Promise((done) => server.close(done)),
  }
}

/** A calendar's text as its fields, unfolded. */
export function fields(text) {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  return Object.fromEntries(lines.filter((line) => line.includes(':')).map((line) => [line.split(/[;:]/)[0], line.slice(line.indexOf(':') + 1)]))
}
