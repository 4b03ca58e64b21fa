// Real calendars: vdirsyncer and khal subscribe to a PAM's feed and see what the plan says, before and after it is planned
// anew; a Radicale server's calendar is subscribed to, and no visit is planned over it.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { radicale, subscriber } from '../frame/calendars.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { command, serveDemo, temporaryFolder } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 90, plan: true })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

/** Visits of the latest plan: who, whom, when. */
async function planned() {
  const rows = (await command('report', 'season-plan', '--format', 'json', '--db', server.database))
  const found = JSON.parse(rows)
  const list = Array.isArray(found) ? found : found.rows
  return list.map((row) => ({ pam: row.pam, partner: row.partner, date: row.date, begins: row.begins, ends: row.ends }))
}

const key = (one) => `${one.date} ${one.begins}-${one.ends} ${one.partner}`

function season(visits) {
  const dates = visits.map((visit) => visit.date).sort()
  return [dates[0], dates.at(-1)]
}

const plus = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

async function planAgain(page) {
  await go(page, `${server.address}/season`)
  const [from, to] = (await page.locator('.title-range').innerText()).split(' – ')
  await command('plan', '--season', `${from}..${to}`, '--db', server.database)
}

/** What khal shows of visits, compared with the plan of the PAM. */
async function assertSame(calendar, pam) {
  const visits = (await planned()).filter((visit) => visit.pam === pam)
  const [from, to] = season(visits)
  await calendar.sync()
  await calendar.takeIn()
  let events
  for (const which of ['feed', 'taken']) {
    events = await calendar.events(which, plus(from, -40), plus(to, 40))
    const seen = events.filter((event) => event.title.startsWith('Besök: ') && !event.cancelled)
    const said = seen.map((event) => key({ ...event, partner: event.title.slice('Besök: '.length) }))
    assert.deepEqual(said.sort(), visits.map(key).sort(), `${which}: khal sees the visits of the plan and no others`)
    assert.equal(new Set(seen.map((event) => event.uid)).size, seen.length, 'every visit has an identity of its own')
  }
  return { visits, events }
}

test('a calendar sees the plan, what moved and what fell out of it', async () => {
  const page = await openPage(browser, { width: 1400 })
  await go(page, `${server.address}/calendar`)
  const pam = await page.locator('select[name=pam] option:checked').innerText()
  await page.getByRole('button', { name: 'Skapa adress' }).click()
  const address = await page.locator('input.address').inputValue()
  assert.match(address, /\/calendar\/[0-9a-f]{64}\.ics$/)
  assert.deepEqual(await findings(page), [])
  await go(page, `${server.address}/calendar`)
  assert.equal(await page.locator('input.address').count(), 0, 'the secret is shown once')
  assert.ok(!(await page.content()).includes(address.split('/').at(-1)))

  const calendar = subscriber(temporaryFolder(), address)
  const before = await assertSame(calendar, pam)
  const nights = before.events.filter((event) => event.title.startsWith('Natt i '))
  assert.ok(nights.every((night) => night.begins === ''), 'nights are whole days')
  assert.ok(before.events.some((event) => event.title.startsWith('Förberedelse')), 'preparation stands in the calendar')
  const first = await calendar.told()

  // The PAM is away in the week of the first visit, so visits move or fall out.
  const folder = temporaryFolder()
  const pamKey = (await command('report', 'season-plan', '--db', server.database)).split('\n').find((line) => line.includes(pam)).split(',')[0]
  const [from] = season(before.visits)
  writeFileSync(join(folder, 'absences.csv'), `pam_id,from,to,reason\n${pamKey},${from},${plus(from, 4)},course\n`)
  await command('import', join(folder, 'absences.csv'), '--db', server.database)
  await planAgain(page)
  const later = await assertSame(calendar, pam)
  assert.notDeepEqual(later.visits.map(key).sort(), before.visits.map(key).sort(), 'the plan is another one')
  const second = await calendar.told()
  const sequence = (text) => Number(text.match(/^SEQUENCE:(\d+)/m)[1])
  const start = (text) => text.match(/^DTSTART[^:]*:(.*?)\r?$/m)[1]
  const visits = (kept) => [...kept].filter(([uid]) => uid.includes('-visit-'))
  const moved = visits(second).filter(([uid, text]) => first.has(uid) && !/STATUS:CANCELLED/.test(text) && start(text) !== start(first.get(uid)))
  const gone = visits(second).filter(([, text]) => /STATUS:CANCELLED/.test(text))
  for (const [uid, text] of [...moved, ...gone]) assert.ok(sequence(text) > sequence(first.get(uid)), `${uid} counts its change`)
  for (const [uid] of first) assert.ok(second.has(uid), `${uid} is still told of`)
  const same = (a, b) => a.filter((one) => b.includes(one)).length
  console.log(`# ${before.visits.length} visits, then ${later.visits.length}: ${moved.length} moved, ${gone.length} cancelled, ${same(visits(first).map(([uid]) => uid), visits(second).map(([uid]) => uid))} identities kept`)
  assert.ok(moved.length > 0 && moved.length + gone.length > 0)
  for (const text of second.values()) assert.doesNotMatch(text, /ATTENDEE|ORGANIZER|METHOD:/)

  // Nothing new is told as nothing new; a closed address tells nothing at all.
  const answer = await fetch(address)
  const again = await fetch(address, { headers: { 'if-none-match': answer.headers.get('etag') } })
  assert.deepEqual([answer.status, again.status], [200, 304])
  await go(page, `${server.address}/calendar`)
  await page.getByRole('button', { name: 'Byt adress' }).click()
  const renewed = await page.locator('input.address').inputValue()
  assert.deepEqual([(await fetch(address)).status, (await fetch(renewed)).status], [404, 200])
  await go(page, `${server.address}/calendar`)
  await page.getByRole('button', { name: 'Stäng adressen' }).click()
  await page.getByText('Adressen är stängd.').waitFor()
  assert.equal((await fetch(renewed)).status, 404)
  await closePage(page)
})

for (const width of [1400, 390]) {
  test(`no visit is planned over a calendar that Radicale serves, at ${width} pixels`, async () => {
    const eva = await radicale(temporaryFolder())
    const page = await openPage(browser, { width })
    await go(page, `${server.address}/calendar`)
    const pam = await page.locator('select[name=pam] option:checked').innerText()
    const own = async () => (await planned()).filter((visit) => visit.pam === pam)
    const taken = (await own())[0]
    const clock = (date, time) => `${date.replaceAll('-', '')}T${time.replace(':', '')}00`
    await eva.put('secret', [
      'BEGIN:VEVENT', 'UID:secret', 'DTSTAMP:20260101T000000Z', 'CLASS:PRIVATE', 'SUMMARY:Läkartid Hemlig',
      `DTSTART;TZID=Europe/Stockholm:${clock(taken.date, taken.begins)}`, `DTEND;TZID=Europe/Stockholm:${clock(taken.date, taken.ends)}`,
      'END:VEVENT',
    ])
    await eva.put('weekly', [
      'BEGIN:VEVENT', 'UID:weekly', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Möte', 'RRULE:FREQ=WEEKLY;BYDAY=TU', `EXDATE;TZID=Europe/Stockholm:20270112T100000`,
      'DTSTART;TZID=Europe/Stockholm:20260106T100000', 'DTEND;TZID=Europe/Stockholm:20260106T113000', 'END:VEVENT',
    ])
    await page.locator('input[name=address]').fill(eva.address)
    await page.getByRole('button', { name: 'Lägg till och läs' }).click()
    await page.getByText('upptagna tider').waitFor({ timeout: 30_000 })
    const shown = await page.content()
    assert.ok(!shown.includes('Läkartid') && !shown.includes('eva:x'), 'neither title nor login is shown')
    assert.deepEqual(await findings(page), [])
    const wider = await tooWide(page)
    assert.ok(wider <= 0, `${wider} pixels wider than the screen`)

    await planAgain(page)
    const visits = await own()
    const overlaps = (visit, from, to) => visit.begins < to && from < visit.ends
    const tuesday = (date) => new Date(`${date}T12:00Z`).getUTCDay() === 2 && date !== '2027-01-12'
    assert.deepEqual(visits.filter((visit) => visit.date === taken.date && overlaps(visit, taken.begins, taken.ends)), [])
    assert.deepEqual(visits.filter((visit) => tuesday(visit.date) && overlaps(visit, '10:00', '11:30')), [])
    await command('check', '--db', server.database)

    await eva.drop('weekly')
    await eva.drop('secret')
    await go(page, `${server.address}/calendar`)
    await page.getByRole('button', { name: 'Läs nu' }).click()
    await page.getByText('· 0 upptagna tider').waitFor({ timeout: 30_000 })
    eva.stop()
    await page.getByRole('button', { name: 'Läs nu' }).click()
    await page.locator('.tag.bad', { hasText: 'A401' }).waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: /^Ta bort/ }).click()
    await page.getByRole('button', { name: 'Ångra' }).click()
    await page.getByRole('button', { name: /^Ta bort/ }).click()
    await page.getByText('Ingen kalender är tillagd än.').waitFor()
    await closePage(page)
  })
}
