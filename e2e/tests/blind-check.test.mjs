// The blind check: nothing of ours is on the page until the figures are given; then both stand side by side and one is chosen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, number } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 90 })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

for (const width of [390, 1400]) {
  test(`figures are given blind, shown beside ours and weighed in, at ${width} pixels`, async () => {
    const page = await openPage(browser, { width, height: 844, language: 'en' })
    await go(page, `${server.address}/potential`)
    assert.deepEqual(await findings(page), [])
    await page.getByRole('link', { name: 'Take the blind check' }).click()
    const answered = await page.locator('table.answers tbody tr').count()
    const fields = page.locator('table.questions input')
    assert.equal(await fields.count(), 8)
    assert.equal(await page.locator('.blind').getByText('Ours', { exact: true }).count(), 0)
    assert.deepEqual(await findings(page), [])
    await fields.nth(0).fill('2 500 000')
    await fields.nth(1).fill('40000')
    await page.getByLabel('How sure are you?').selectOption('0.2')
    await page.getByRole('button', { name: 'Answer and show ours' }).click()
    await page.waitForURL(/#answers$/)
    const rows = page.locator('table.answers tbody tr')
    assert.equal(await rows.count(), answered + 2)
    assert.deepEqual(await findings(page), [])
    const given = rows.filter({ hasText: '2,500,000' }).first()
    assert.match(await given.innerText(), /times (ours|yours)|as good as equal/)
    const partner = await given.locator('th a').getAttribute('href')
    await given.getByRole('button', { name: /Weigh mine in/ }).click()
    await page.waitForLoadState()
    assert.equal(await page.getByText('yours is weighed in').count() > 0, true)
    await page.getByRole('button', { name: /Take ours/ }).first().click()
    await page.waitForLoadState()
    assert.equal(await page.getByText('ours holds').count() > 0, true)
    await go(page, server.address + partner)
    const told = await page.locator('#potential').innerText()
    assert.match(told, /Our own estimate is/)
    await page.getByText('Withdraw the figure').click()
    await page.waitForLoadState()
    assert.doesNotMatch(await page.locator('#potential').innerText(), /Our own estimate is/)
    await closePage(page)
  })
}

test('a partner’s categories add up to its potential on the page', async () => {
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${server.address}/potential`)
  await page.locator('table.possible th a').first().click()
  await page.waitForLoadState()
  const column = (rows) => page.locator(`#potential table.categories ${rows} td:nth-child(4)`).allInnerTexts()
  const parts = (await column('tbody tr')).map(number).reduce((sum, part) => sum + part, 0)
  const [sum] = (await column('tfoot tr')).map(number)
  assert.ok(Math.abs(parts / sum - 1) < 0.02, `${parts} and ${sum}`)
  await closePage(page)
})
