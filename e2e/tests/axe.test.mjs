// No page has a finding of axe that is serious or critical, with partners or without: one language wide, the other narrow.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { EMPTY_PAGES, everyPage, go } from '../frame/pages.mjs'
import { serve, serveDemo } from '../frame/server.mjs'

let browser, demo, empty
before(async () => ([browser, demo, empty] = await Promise.all([openBrowser(), serveDemo(), serve()])))
after(() => Promise.all([browser?.close(), demo?.stop(), empty?.stop()]))

async function check(server, paths, { width, language }) {
  const page = await openPage(browser, { width, language })
  const seen = []
  for (const path of await paths(page)) {
    await go(page, server.address + path)
    await page.locator('main details').evaluateAll((all) => all.forEach((one) => (one.open = true)))
    for (const finding of await findings(page)) seen.push(`${path}: ${finding}`)
  }
  assert.deepEqual(seen, [])
  await closePage(page)
}

for (const [language, width] of [['en', 1400], ['sv', 390]]) {
  describe(`${language} at ${width} pixels`, () => {
    test('pages of a market', () => check(demo, (page) => everyPage(page, demo.address), { width, language }))
    test('pages without partners', () => check(empty, () => EMPTY_PAGES, { width, language }))
  })
}
