// A PAM's day on a phone with the network cut: everything readable, everything written once it comes back, nothing lost on the way.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
const profile = mkdtempSync(join(tmpdir(), 'spelplan-profile-'))
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo()])))
after(async () => {
  await Promise.all([browser?.close(), server?.stop()])
  rmSync(profile, { recursive: true, force: true })
})

const phone = { width: 390, height: 844, hasTouch: true, isMobile: true }

/** Looks as the first PAM of the demo; returns its number. */
async function asPam(page) {
  await go(page, `${server.address}/meetings`)
  const pam = page.locator('.look select option', { hasText: '(PAM' }).first()
  await page.locator('.look select').selectOption(await pam.getAttribute('value'))
  await page.locator('.look button').click()
  await page.waitForLoadState('load')
  await go(page, `${server.address}/today`)
}

const kept = (page) => page.locator('[data-keep][data-kept=yes]').waitFor({ timeout: 60_000 })

/** The demo's profile, opened again and again as a phone's browser is. */
async function openPhone() {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'sv-SE',
  })
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}

async function api(page, path, body) {
  const options = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return page.evaluate(async ([path, options]) => (await fetch(path, options)).json(), [path, options])
}

/** Four confirmed meetings today and no others, with partners of the PAM's; their numbers. */
async function fourToday(page) {
  const day = await page.locator('h1 time').getAttribute('datetime')
  const all = [...(await api(page, '/api/meetings')), ...(await api(page, '/api/meetings?show=past'))]
  const own = all.filter((one) => one.day === day && one.stage === 'confirmed')
  const partners = [...new Set(all.map((one) => one.partner))].filter((partner) => !own.some((one) => one.partner === partner))
  const made = []
  for (const partner of partners.slice(0, 4)) {
    made.push((await api(page, '/api/meetings', { partner, day, begins: '15:00', length: 45, stage: 'confirmed' })).id)
  }
  for (const { id, version } of own) await api(page, `/api/meetings/${id}/steps`, { version, step: 'cancel', reason: 'x' })
  return made
}

/** The server takes in what comes first, but its answer is lost on the way; the answer's function waits until it was. */
async function losesTheFirstReceipt(page) {
  let resolve
  const lost = new Promise((done) => { resolve = done })
  await page.route('**/api/operations', async (route) => {
    await route.fetch()
    await route.abort()
    resolve()
  }, { times: 1 })
  return () => lost
}

test('from the pocket to the briefing in two taps, and no finding of axe', async () => {
  const page = await openPage(browser, phone)
  await asPam(page)
  await go(page, `${server.address}/today`) // the first tap: the icon
  await page.locator('[data-briefing]').first().tap()
  await page.waitForURL(/\/partners\/\d+\/briefing$/)
  await go(page, `${server.address}/today`)
  assert.deepEqual(await findings(page), [])
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${wider} pixels wider than the screen`)
  await closePage(page)
})

test('a whole day without a network: read, written, the browser restarted, and all of it arrives once', async () => {
  let { context, page } = await openPhone()
  await asPam(page)
  const meetings = await fourToday(page)
  await go(page, `${server.address}/today`)
  await kept(page)
  const briefing = await page.locator('[data-briefing]').first().getAttribute('href')

  await context.setOffline(true)
  await page.goto(`${server.address}/today`)
  await page.locator('[data-keep].cut').waitFor()
  assert.equal(await page.locator('.today-day').first().locator('a[href$="/log"]').count(), 4, 'the day is read without a network')
  await page.goto(server.address + briefing)
  assert.match(await page.locator('#half-year').innerText(), /\d/, 'the briefing is read without a network')
  await page.goto(`${server.address}/meetings/${meetings[0]}`)
  assert.match(await page.locator('h1').innerText(), /Bekräftat/)

  // Four outcomes with a commitment each, four ratings, two corrected times: by the forms, as on any day.
  for (const [n, meeting] of meetings.entries()) {
    await page.goto(`${server.address}/meetings/${meeting}/log`)
    await page.locator('label.answer', { has: page.locator('[value=partly]') }).tap()
    await page.locator('#words').fill(`Skrivet utan nät ${n}`)
    await page.locator('fieldset.promise [name=what]').nth(n % 2).fill(`Löfte ${n}`)
    await page.locator('.log-form button.primary').tap()
    await page.locator('.log-form .verdict.passed').waitFor()
    for (const name of ['useful', 'prepared', 'trust']) await page.locator(`[name=${name}][value="4"]`).check()
    await page.locator('form[data-operation=rating] button').tap()
    await page.locator('form[data-operation=rating] .verdict.passed').waitFor()
    if (n > 1) continue
    await page.locator('form[data-operation=time] [name=length]').fill('75')
    await page.locator('form[data-operation=time] button').tap()
    await page.locator('form[data-operation=time] .verdict.passed').waitFor()
  }
  await page.goto(`${server.address}/today`)
  await page.locator('section[data-unsent] h2', { hasText: '10 osända' }).waitFor()
  assert.deepEqual(await findings(page), [])
  await context.close()

  // The battery died; the network is still away, then it comes back, and the page sends twice what it may have sent once.
  ;({ context, page } = await openPhone())
  await context.setOffline(true)
  await page.goto(`${server.address}/today`)
  await page.locator('section[data-unsent] h2', { hasText: '10 osända' }).waitFor()
  await page.goto(`${server.address}/meetings/${meetings[2]}/log`)
  await page.waitForFunction(() => document.querySelector('#words').value === 'Skrivet utan nät 2')
  await context.setOffline(false)
  const lost = await losesTheFirstReceipt(page)
  await page.goto(`${server.address}/today`)
  await lost()
  await page.goto(`${server.address}/today`)
  await page.locator('html[data-unsent="0"]').waitFor({ timeout: 30_000 })
  const all = await api(page, '/api/meetings')
  for (const [n, meeting] of meetings.entries()) {
    const { stage, length, version } = all.find((found) => found.id === meeting)
    assert.deepEqual({ stage, length }, { stage: 'held', length: n < 2 ? 75 : 45 })
    assert.equal(version, n < 2 ? 3 : 2, 'made, held, and its time corrected: each once')
    await page.goto(`${server.address}/meetings/${meeting}`)
    const shown = await page.locator('main').innerText()
    assert.match(shown, new RegExp(`Skrivet utan nät ${n}`))
    assert.match(shown, /värt tiden 4/)
    assert.equal(await page.locator('.promises li', { hasText: `Löfte ${n}` }).count(), 1)
  }

  // Another person on the same device sees nothing of what waits and none of the kept pages.
  await context.setOffline(true)
  const log = `/meetings/${meetings[0]}/log`
  await page.goto(server.address + log)
  // The page on the device may be of before the answer was taken in, with nothing chosen yet.
  await page.locator('label.answer', { has: page.locator('[value=partly]') }).tap()
  await page.locator('#words').fill('Bara för den första')
  await page.locator('.log-form button.primary').tap()
  await page.locator('.log-form .verdict.passed').waitFor()
  await context.setOffline(false)
  const other = page.locator('.look select option', { hasText: '(PAM' }).nth(1)
  await page.route('**/api/operations', (route) => route.abort())
  await page.locator('.look select').selectOption(await other.getAttribute('value'))
  await page.locator('.look button').click()
  await page.waitForLoadState('load')
  await page.goto(`${server.address}/today`)
  await kept(page)
  assert.equal(await page.locator('html').getAttribute('data-unsent'), '0')
  await context.setOffline(true)
  await page.goto(server.address + log)
  assert.match(await page.locator('h1').innerText(), /Inget nät/, "the other's pages are gone")
  await context.setOffline(false)
  await context.close()
})

test('two devices that edit one meeting: both values are kept and shown, and one is chosen by keys alone', async () => {
  const [one, other] = [await openPage(browser), await openPage(browser)]
  for (const page of [one, other]) await asPam(page)
  const logs = await one.locator('a[href$="/log"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  const log = logs.at(-1)
  await go(one, `${server.address}/meetings`)
  const toLog = await one.locator('#to-log ~ ul a[href$="/log"]').first().getAttribute('href').catch(() => log)
  for (const page of [one, other]) await go(page, server.address + toLog)
  for (const [page, words] of [[one, 'Första svaret'], [other, 'Andra svaret']]) {
    await page.locator('#words').focus()
    await page.keyboard.type(words)
    await page.locator('[name=reached][value=yes]').focus()
    await page.keyboard.press('Space')
    await page.locator('.log-form button.primary').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/meetings\/\d+$/)
  }
  const both = other.locator('.clash')
  await both.waitFor()
  const shown = await both.innerText()
  assert.match(shown, /Första svaret/)
  assert.match(shown, /Andra svaret/)
  assert.deepEqual(await findings(other), [])
  await both.locator('button').nth(1).focus()
  await other.keyboard.press('Enter')
  await other.waitForFunction(() => !document.querySelector('.clash'))
  assert.match(await other.locator('main').innerText(), /Andra svaret/)
  for (const page of [one, other]) await closePage(page)
})
