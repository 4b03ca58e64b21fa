// Everything that matters can be reached without a mouse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { go } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo()])))
after(() => Promise.all([browser?.close(), server?.stop()]))

/** Presses Tab until the focused thing matches; fails when it has come round without meeting it. */
async function tabTo(page, selector, most = 120) {
  for (let step = 1; step <= most; step++) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)
    if (there) return step
  }
  assert.fail(`Tab does not reach ${selector}`)
}

test('the first Tab skips to the content', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals`)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
  await closePage(page)
})

test('search, export and the first partner are reached by Tab', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals`)
  await tabTo(page, '#csv')
  await tabTo(page, '#q')
  await tabTo(page, 'table.goals a[href^="/partners/"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/partners\/\d+$/)
  await closePage(page)
})

test('a season is planned without a mouse', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/season`)
  await tabTo(page, '#plan button.primary', 600)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/season\/\d+/, { timeout: 60_000 })
  await closePage(page)
})

test('what has the focus is seen to have it', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/import`)
  await tabTo(page, 'nav a')
  const style = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement)
    return { outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0, boxShadow }
  })
  assert.ok(style.outlined || style.boxShadow !== 'none', JSON.stringify(style))
  await closePage(page)
})

test('keys of their own: search, go to a page, help', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals`)
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q')
  await page.keyboard.press('Escape')
  await page.locator('h1').click()
  await page.keyboard.press('?')
  assert.ok(await page.locator('#shortcuts').isVisible())
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.waitForURL(/\/season/)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL(/\/model/)
  await closePage(page)
})
