// Where time goes: a PAM taps a correction and takes it back; whoever leads sees totals; both read well on a phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo()])))
after(() => Promise.all([browser?.close(), server?.stop()]))

/** Borrows the eyes of somebody of the demo whose line matches. */
async function lookAs(page, role) {
  await go(page, `${server.address}/time`)
  const line = await page.locator('.look option').filter({ hasText: role }).first().getAttribute('value')
  await page.locator('.look select').selectOption(line)
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.locator('.look button').click()])
  await page.waitForLoadState()
  await go(page, `${server.address}/time`)
}

async function reads(page, name) {
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${name} is ${wider} pixels wider than the screen`)
  assert.deepEqual(await findings(page), [], name)
  if (process.env.SPELPLAN_SCREENS) await page.screenshot({ path: `${process.env.SPELPLAN_SCREENS}/time-${name}.png`, fullPage: true })
}

test('a PAM corrects a week by a tap and takes it back', async () => {
  const page = await openPage(browser, { width: 390, height: 844, hasTouch: true, isMobile: true })
  await lookAs(page, /\(PAM/)
  const shown = () => page.locator('#administration').innerText()
  const before = await shown()
  await Promise.all([page.waitForURL(/#week$/), page.locator('form.taps:has([value=administration]) button[value="120"]').tap()])
  assert.notEqual(await shown(), before)
  await reads(page, 'pam-390-sv')
  await page.locator('.corrections button').first().tap()
  await page.locator('.corrections').waitFor({ state: 'detached' })
  assert.equal(await shown(), before)
  await closePage(page)
})

test('a season of a PAM on a desk, in English', async () => {
  const page = await openPage(browser, { language: 'en' })
  await lookAs(page, /\(PAM/)
  await page.locator('.period select').selectOption({ index: 1 })
  await Promise.all([page.waitForURL(/season=\d/), page.locator('.period button').click()])
  const busy = page.locator('table.hours tbody tr:not(.sum)').filter({ has: page.locator('td:nth-child(2)', { hasText: /^[1-9]/ }) })
  await Promise.all([page.waitForURL(/week=/), busy.first().locator('a').click()])
  assert.match(await page.locator('.classes').innerText(), /visit of the plan/i)
  await reads(page, 'pam-1400-en')
  await closePage(page)
})

test('whoever leads sees totals and nothing finer', async () => {
  for (const [width, language] of [[390, 'en'], [1400, 'sv']]) {
    const page = await openPage(browser, { width, language })
    await lookAs(page, language === 'sv' ? /\((Kanalc|C)hef/i : /manager/i)
    assert.equal(await page.locator('form.taps').count(), 0)
    assert.ok((await page.locator('table.hours tbody tr').count()) > 2)
    await page.locator('#assumptions summary').click()
    await reads(page, `manager-${width}-${language}`)
    await closePage(page)
  }
})
