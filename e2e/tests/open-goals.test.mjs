// The list of open goals: its filter lives in the address, its exports have exactly its rows.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { go, number } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 120 })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const shown = async (page) => number(await page.locator('#found .summary strong').first().innerText())
const names = (page) => page.locator('table.goals td.partner a').allInnerTexts()

/** Waits until the list says another number than before. */
async function filtered(page, before) {
  await page.waitForFunction(
    (before) => document.querySelector('#found .summary strong')?.textContent !== before,
    before,
    { timeout: 10_000 },
  )
}

/** How many rows the file holds; pressed as slowly as a thumb does, so that nothing may be swapped under it. */
async function csvRows(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#csv').click({ delay: 500 })])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/)
  return lines.length - 1
}

test('a filter stands in the address and survives a reload and a link', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals?show=all`)
  const all = await page.locator('#found .summary strong').first().innerText()
  assert.equal(number(all), 120)
  const details = page.locator('#filter details')
  if (!(await details.getAttribute('open')) && !(await page.locator('select[name=country]').isVisible())) await details.locator('summary').click()
  await page.locator('select[name=country]').selectOption('SE')
  await filtered(page, all)
  const swedish = await names(page)
  assert.match(page.url(), /country=SE/)
  assert.match(page.url(), /show=all/)
  assert.ok((await shown(page)) < 120)
  await page.reload()
  assert.deepEqual(await names(page), swedish)
  assert.equal(await page.locator('select[name=country]').inputValue(), 'SE')
  const other = await openPage(browser, { language: 'en' })
  await go(other, page.url())
  assert.deepEqual(await names(other), swedish)
  await closePage(other)
  await closePage(page)
})

test('the export has exactly the rows the filter lets through', async () => {
  const page = await openPage(browser)
  for (const filter of ['', '?show=all', '?show=all&country=NO', '?show=never-visited', '?show=not-worth']) {
    await go(page, `${server.address}/open-goals${filter}`)
    assert.equal(await csvRows(page), await shown(page), filter || 'no filter')
  }
  await closePage(page)
})

test('the export follows a filter that was changed on the page', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals?show=all`)
  const all = await page.locator('#found .summary strong').first().innerText()
  await page.locator('#q').fill('ab')
  await filtered(page, all)
  assert.equal(await csvRows(page), await shown(page))
  await closePage(page)
})

test('a search that finds nobody says what to do', async () => {
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${server.address}/open-goals?q=nobody-is-called-this`)
  await page.getByRole('link', { name: 'Show all partners' }).click()
  assert.equal(await shown(page), 120)
  await closePage(page)
})

test('list, map and export show the same partners', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals?country=SE`)
  const listed = await shown(page)
  await go(page, `${server.address}/map?country=SE`)
  const unplaced = page.locator('#unplaced .count')
  const away = (await unplaced.count()) ? number(await unplaced.innerText()) : 0
  assert.equal((await shown(page)) + away, listed)
  await closePage(page)
})
