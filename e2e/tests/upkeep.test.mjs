// Upkeep on a phone: from the list to a logged call in one tap, and back in one more.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ plan: false })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

test('a call is logged in one tap and taken back in one', async () => {
  const page = await openPage(browser, { width: 390, height: 844, hasTouch: true, isMobile: true })
  await go(page, `${server.address}/upkeep`)
  // What somebody promised stays until it is kept, whoever calls.
  const first = page.locator('li.upkeep', { hasNotText: /lovat/ }).first()
  const partner = await first.getAttribute('id')
  assert.ok((await first.locator('.why li').first().innerText()).length > 20, 'a reason in words')
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${wider} pixels wider than the screen`)
  await first.locator('summary').tap()
  assert.match(await first.locator('textarea').inputValue(), /^Hej/)
  await first.locator('button.primary').tap()
  await page.waitForURL(/logged=\d+/)
  assert.equal(await page.locator(`#${partner}`).count(), 0, 'no longer due')
  await page.locator('form.logged-now button').tap()
  await page.waitForURL(/undone=1/)
  assert.equal(await page.locator(`#${partner}`).count(), 1, 'due again')
  assert.deepEqual(await findings(page), [])
  await closePage(page)
})
