// The main job on real input, as a reader does it: hand in the files, look, take them in, plan a season, read the result, undo.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { go, number } from '../frame/pages.mjs'
import { serve, sharedFolder } from '../frame/server.mjs'

const shared = sharedFolder()
const skip = shared ? false : 'the shared test material does not lie beside this repository'
const files = ['pams.csv', 'partners.csv', 'contacts.csv', 'products.csv', 'quotas.csv', 'sellout.csv']

test('the shared test material is there in a continuous build', { skip: !process.env.CI && 'not a continuous build' }, () => {
  assert.ok(shared, 'a continuous build must have the shared test material, or the main job is not tested')
})

let browser, server, page
before(async () => {
  if (!shared) return
  ;[browser, server] = await Promise.all([openBrowser(), serve()])
  page = await openPage(browser, { language: 'en' })
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const total = async (name) => number(await page.locator('.totals-grid div', { hasText: name }).locator('dd').first().innerText())

test('files are read and shown before anything is written', { skip }, async () => {
  await go(page, `${server.address}/import`)
  await page.locator('#files').setInputFiles(files.map((name) => join(shared, 'data', 'adventureworks', name)))
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.locator('table.counts').waitFor({ timeout: 120_000 })
  const rows = await page.locator('table.counts tbody tr').allInnerTexts()
  const counts = Object.fromEntries(rows.map((row) => row.split('\t')).map(([what, ...numbers]) => [what.trim(), numbers.map(number)]))
  const fresh = (what) => counts[what]?.[0]
  assert.deepEqual(
    [fresh('Partners'), fresh('Contacts'), fresh('PAMs'), fresh('Sale lines'), fresh('Quotas')],
    [701, 753, 17, 60_855, 163],
    JSON.stringify(counts),
  )
  assert.ok(rows.every((row) => row.trimEnd().endsWith('0')), 'no row is wrong')
})

test('taken in, the revenue is right to the cent', { skip }, async () => {
  await page.getByRole('button', { name: /^Import/ }).click()
  await page.locator('#revenue').waitFor({ timeout: 120_000 })
  assert.equal(number(await page.locator('#revenue').innerText()), 80_450_596.98)
  assert.match(await page.locator('#revenue').innerText(), /80,450,596\.98/)
  assert.deepEqual([await total('Partners'), await total('Contacts'), await total('Sale lines')], [701, 753, 60_855])
})

test('in Swedish the revenue is written as Swedes write it', { skip }, async () => {
  const swedish = await openPage(browser, { language: 'sv' })
  await go(swedish, `${server.address}/import`)
  assert.match((await swedish.locator('#revenue').innerText()).replace(/\s/g, ' '), /80 450 596,98/)
  await closePage(swedish)
})

test('nobody whose margin is not positive is worth a visit', { skip }, async () => {
  await go(page, `${server.address}/open-goals`)
  const gains = await page.locator('td.gain .figure').allInnerTexts()
  assert.ok(gains.length > 0)
  for (const gain of gains) assert.ok(!gain.includes('-') && !gain.includes('−'), gain)
})

test('a season is planned, and the referee finds no fault', { skip }, async () => {
  await go(page, `${server.address}/season`)
  await page.locator('#plan button.primary').click()
  await page.waitForURL(/\/season\/\d+/, { timeout: 180_000 })
  assert.match(await page.locator('.verdict.passed').innerText(), /The plan holds/)
  const visits = number(await page.locator('.figure-box', { hasText: 'Visits' }).locator('.big').innerText())
  assert.ok(visits > 0, 'a plan without a visit')
  assert.equal(await page.locator('li.stop').count() > 0, true)
  const leftOut = number(await page.locator('#left-out h2 .count').innerText())
  const visited = new Set(await page.locator('li.stop .whom > a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
  assert.ok(visited.size > 0 && leftOut > 0 && leftOut < 701)
})

test('the same files again change nothing', { skip }, async () => {
  await go(page, `${server.address}/import`)
  await page.locator('#files').setInputFiles(files.map((name) => join(shared, 'data', 'adventureworks', name)))
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.locator('table.counts').waitFor({ timeout: 120_000 })
  assert.match(await page.locator('main').innerText(), /Nothing to write/)
})

test('an import is undone whole', { skip }, async () => {
  await go(page, `${server.address}/import`)
  page.on('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await page.locator('.undone').waitFor({ timeout: 120_000 })
  assert.equal(await page.locator('#revenue').count() ? number(await page.locator('#revenue').innerText()) : 0, 0)
  await closePage(page)
})
