// The program, run for one test file: on a free loopback port, with a database of its own, ended by its own process id.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const binary = process.env.SPELPLAN_BINARY ?? join(root, 'target', 'debug', 'spelplan')

/** Test material beside the repository; undefined where it is not there. */
export function sharedFolder() {
  const shared = resolve(root, '..', 'shared')
  return existsSync(join(shared, 'data')) ? shared : undefined
}

/** Runs one command of the program and returns what it printed. */
export async function command(...words) {
  const { stdout } = await promisify(execFile)(binary, words, { maxBuffer: 64 << 20 })
  return stdout
}

/** A folder for databases that goes away with the test process. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'spelplan-e2e-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Sessions of servers in which an admin has been signed in; every page that is opened gets them. */
export const sessions = []

/** The admin that tests sign in as. */
export const ADMIN = { email: 'ada@example.test', name: 'Ada Admin', password: 'sju grå älgar sover' }

/** Signs the tests' admin in, as a browser would by an invitation's link. The demo needs none: it opens by itself. */
async function signIn(address, database) {
  const { link } = JSON.parse(await command('people', 'invite', ADMIN.email, '--name', ADMIN.name, '--role', 'admin', '--address', address, '--db', database, '--json'))
  const answer = await fetch(link, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ password: ADMIN.password }) })
  const [name, value] = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('session')).split(';')[0].split('=')
  sessions.push({ name, value, url: address, httpOnly: true, sameSite: 'Lax' })
}

/** Serves a database (a new, empty one by default) and resolves when it answers, with an admin signed in; `words` are further words of the command, `environment` what it finds
 * there beside this process's own. */
export async function serve(database = join(temporaryFolder(), 'empty.db'), { signedIn = true, port, words = [], environment = {} } = {}) {
  port ??= await freePort()
  const child = spawn(binary, ['serve', '--db', database, '--listen', `127.0.0.1:${port}`, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let told = ''
  child.stderr.on('data', (bytes) => (told += bytes))
  const ended = new Promise((done) => child.once('exit', done))
  process.on('exit', () => child.kill('SIGKILL'))
  const address = `http://127.0.0.1:${port}`
  await answers(address, child, () => told)
  if (signedIn) await signIn(address, database)
  return {
    address,
    database,
    async stop() {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(impatient)
    },
  }
}

/** A server on an invented market of that many partners, with a planned season. */
export async function serveDemo({ partners = 60, months = 24, plan = true, words = [] } = {}) {
  const database = join(temporaryFolder(), 'demo.db')
  await command('demo', '--partners', `${partners}`, '--months', `${months}`, '--seed', '1', '--db', database, '--no-serve', ...(plan ? [] : ['--no-plan']))
  return serve(database, { signedIn: false, words })
}

/** A loopback port that nobody listens on. */
export async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

async function answers(address, child, told) {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${told()}`)
    try {
      await fetch(address, { redirect: 'manual' })
      return
    } catch {
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  throw new Error(`the server did not answer within a minute: ${told()}`)
}
