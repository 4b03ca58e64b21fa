// Real calendar programs for the tests: vdirsyncer fetches the feed, khal reads it, Radicale serves a calendar of its own.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from './server.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const programs = process.env.SPELPLAN_CALENDAR_CLIENTS ?? join(root, 'target', 'calendar-clients')

async function program(name, words, folder) {
  const file = join(programs, 'bin', name)
  if (!existsSync(file)) throw new Error(`${file} is not there: run \`cargo xtask setup\``)
  const environment = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder, LC_ALL: 'C.UTF-8', TZ: 'Europe/Stockholm' }
  return promisify(execFile)(file, words, { env: environment, maxBuffer: 64 << 20 })
}

/** A vdirsyncer and khal of their own, subscribed to one address. vdirsyncer tells entries apart by their content; khal, when it takes the
 * text in itself, by their identity. */
export function subscriber(folder, address) {
  const [kept, taken] = [join(folder, 'kept'), join(folder, 'taken')]
  for (const one of [kept, taken]) mkdirSync(one, { recursive: true })
  const [sync, read] = [join(folder, 'vdirsyncer'), join(folder, 'khal')]
  writeFileSync(sync, [
    '[general]', `status_path = "${join(folder, 'status')}"`,
    '[pair feed]', 'a = "away"', 'b = "here"', 'collections = null',
    '[storage away]', 'type = "http"', `url = "${address}"`,
    '[storage here]', 'type = "filesystem"', `path = "${kept}"`, 'fileext = ".ics"', '',
  ].join('\n'))
  writeFileSync(read, [
    '[calendars]', '[[feed]]', `path = ${kept}`, 'readonly = True', '[[taken]]', `path = ${taken}`,
    '[locale]', 'timeformat = %H:%M', 'dateformat = %Y-%m-%d', 'longdateformat = %Y-%m-%d', 'datetimeformat = %Y-%m-%d %H:%M',
    'longdatetimeformat = %Y-%m-%d %H:%M', 'local_timezone = Europe/Stockholm', 'default_timezone = Europe/Stockholm',
    '[sqlite]', `path = ${join(folder, 'khal.db')}`, '',
  ].join('\n'))
  return {
    /** Fetches what has changed. */
    async sync() {
      await program('vdirsyncer', ['-c', sync, 'discover', 'feed'], folder)
      await program('vdirsyncer', ['-c', sync, 'sync', 'feed'], folder)
    },
    /** Takes the text in by khal alone. */
    async takeIn() {
      const file = join(folder, 'feed.ics')
      writeFileSync(file, await (await fetch(address)).text())
      await program('khal', ['-c', read, 'import', '--batch', '-a', 'taken', file], folder)
    },
    /** Events of one of the two calendars (`feed`, `taken`) as khal understands them. */
    async events(calendar, from, to) {
      const shape = '{uid}|{start-date}|{start-time}|{end-time}|{title}|{location}|{status}'
      const { stdout } = await program('khal', ['-c', read, 'list', '-a', calendar, '--notstarted', '--day-format', '', '--format', shape, from, to], folder)
      const lines = stdout.split('\n').filter((line) => line.includes('|'))
      return lines.map((line) => {
        const [uid, date, begins, ends, title, location, status] = line.split('|')
        return { uid, date, begins, ends, title, location, cancelled: /CANCELLED/i.test(status) }
      })
    },
    /** The text of every entry of the feed, by identity. */
    async told() {
      const text = (await (await fetch(address)).text()).replace(/\r\n[ \t]/g, '')
      const entries = text.match(/BEGIN:VEVENT[^]*?END:VEVENT/g) ?? []
      return new Map(entries.map((entry) => [entry.match(/^UID:(.*?)\r?$/m)[1], entry]))
    },
  }
}

/** A Radicale server with an empty calendar; `put` and `drop` change it. */
export async function radicale(folder) {
  const port = await freePort()
  const config = join(folder, 'radicale')
  writeFileSync(config, [
    '[server]', `hosts = 127.0.0.1:${port}`, '[auth]', 'type = none', '[rights]', 'type = owner_only',
    '[storage]', `filesystem_folder = ${join(folder, 'collections')}`, '[logging]', 'level = warning', '',
  ].join('\n'))
  const child = spawn(join(programs, 'bin', 'radicale'), ['--config', config], { stdio: 'ignore' })
  process.on('exit', () => child.kill('SIGKILL'))
  const calendar = `http://127.0.0.1:${port}/eva/meetings/`
  const login = { authorization: `Basic ${Buffer.from('eva:x').toString('base64')}` }
  const ask = (method, address, body, type = 'text/calendar; charset=utf-8') => fetch(address, { method, body, headers: { ...login, 'content-type': type } })
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      const made = await ask('MKCALENDAR', calendar, undefined, 'application/xml')
      if (made.status === 201) break
      throw new Error(`Radicale answered ${made.status}`)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((done) => setTimeout(done, 200))
    }
  }
  const wrapped = (events) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//eva//calendar//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')
  return {
    /** The address that is subscribed to, with its login. */
    address: calendar.replace('://', '://eva:x@'),
    async put(name, events) {
      const answer = await ask('PUT', `${calendar}${name}.ics`, wrapped(events))
      if (answer.status !== 201 && answer.status !== 204) throw new Error(`PUT ${name}: ${answer.status} ${await answer.text()}`)
    },
    async drop(name) {
      await ask('DELETE', `${calendar}${name}.ics`)
    },
    stop() {
      child.kill('SIGTERM')
    },
  }
}
