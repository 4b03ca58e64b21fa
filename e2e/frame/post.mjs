// A real mail server for the tests: takes what comes and keeps it, parsed.
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { freePort } from './server.mjs'

/** A server on this machine; `letters` is what has come, `next` waits until there are so many. */
export async function postOffice() {
  const port = await freePort()
  const letters = []
  let came = () => {}
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream).then((letter) => {
        letters.push({ letter, to: session.envelope.rcptTo.map((one) => one.address), from: session.envelope.mailFrom.address })
        done()
        came()
      }, done)
    },
  })
  await new Promise((done) => server.listen(port, '127.0.0.1', done))
  return {
    port,
    letters,
    words: ['--smtp-host', '127.0.0.1', '--smtp-port', `${port}`, '--smtp-tls', 'none', '--smtp-from', 'plan@company.example'],
    async next(count) {
      while (letters.length < count) await new Promise((done) => (came = done))
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
