// With nothing in, every page says what to do next; the demo comes by one button and goes by one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { LEADING_PAGES, go } from '../frame/pages.mjs'
import { serve } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serve()])))
after(() => Promise.all([browser?.close(), server?.stop()]))

for (const [language, words] of [['sv', 'Prova demon'], ['en', 'Try the demo']]) {
  test(`every empty page leads on, in ${language}`, async () => {
    const page = await openPage(browser, { language })
    for (const path of LEADING_PAGES) {
      await go(page, server.address + path)
      assert.ok(await page.getByRole('button', { name: words }).isVisible(), `${path} offers no demo`)
      assert.ok(await page.locator('a[href="/import"], form[action="/import"]').count(), `${path} leads nowhere`)
      assert.equal(await page.locator('html').getAttribute('lang'), language)
    }
    await closePage(page)
  })
}

test('the language is chosen by a link and remembered', async () => {
  const page = await openPage(browser, { language: 'sv' })
  await go(page, `${server.address}/season`)
  await page.locator('a[hreflang=en]').click()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await go(page, `${server.address}/import`)
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await closePage(page)
})

test('the demo comes by one button and goes by one', async () => {
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${server.address}/open-goals`)
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await page.locator('table.goals').waitFor({ timeout: 120_000 })
  assert.match(await page.locator('.banner').innerText(), /demo/i)
  page.on('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: 'Clear the demo' }).click()
  await page.getByRole('button', { name: 'Try the demo' }).waitFor({ timeout: 60_000 })
  assert.equal(await page.locator('table.goals').count(), 0)
  await closePage(page)
})

test('a page that is not there says so and leads back', async () => {
  const page = await openPage(browser, { language: 'en' })
  const answer = await page.goto(`${server.address}/nowhere`)
  assert.equal(answer.status(), 404)
  assert.match(await page.locator('main').innerText(), /W404/)
  page.watch.errors.length = 0
  await closePage(page)
})
