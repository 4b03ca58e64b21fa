// Territories: proposed, looked at on the map, taken over, undone; wide and narrow, with and without scripts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, number, tooWide } from '../frame/pages.mjs'
import { command, serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 260, months: 24, plan: false })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const handovers = (card) => card.locator('dl > div').nth(2).locator('dd').innerText().then(number)
const driving = (card) => card.locator('dl > div').first().locator('dd').innerText().then((text) => number(text.split('h')[0]))

for (const width of [1400, 390]) {
  test(`proposed, previewed, taken over and undone at ${width} pixels`, async () => {
    const page = await openPage(browser, { width })
    page.on('dialog', (dialog) => dialog.accept())
    await go(page, `${server.address}/territories?cap=20`)
    assert.deepEqual(await findings(page), [])
    const wider = await tooWide(page)
    assert.ok(wider <= 0, `${wider} pixels wider than the screen`)

    const cards = page.locator('.proposal')
    const count = await cards.count()
    assert.ok(count >= 2 && count <= 7, `${count} proposals`)
    const today = await driving(cards.first())
    assert.equal(await handovers(cards.first()), 0, 'today stands first')

    await cards.nth(1).locator('h2 a').click()
    await page.locator('#map[data-ready=yes]').waitFor({ timeout: 30_000 })
    const moved = await handovers(cards.nth(1))
    const proposed = await driving(cards.nth(1))
    assert.equal(await page.locator('.handovers li').count(), moved, 'every handover is listed with its price')
    const address = await page.locator('#map').getAttribute('data-territories')
    const map = await page.evaluate(async (address) => (await fetch(address)).json(), address)
    const marked = map.partners.filter((one) => one.moved)
    assert.equal(marked.filter((one) => one.from !== null).length, moved, 'every handover is marked on the map with from and to')
    assert.equal(Number(await page.locator('#map').getAttribute('data-moved')), marked.length)
    assert.ok((await page.locator('.loads li svg.load-bar').count()) > 1, 'loads before and after')

    await cards.nth(1).locator('button').click()
    await page.locator('[role=status]').waitFor()
    assert.equal(number(await page.locator('[role=status] strong').innerText()), marked.length)
    assert.equal(await driving(page.locator('.proposal').first()), proposed, 'what was proposed is today’s now')

    await page.locator('[role=status] button').click()
    await page.waitForURL(/undone=/)
    assert.equal(await driving(page.locator('.proposal').first()), today, 'undone, it is what it was')
    await closePage(page)
  })
}

test('a stale proposal is refused and says what to do', async () => {
  const [one, other] = [await openPage(browser, { language: 'en' }), await openPage(browser, { language: 'en' })]
  for (const page of [one, other]) {
    page.on('dialog', (dialog) => dialog.accept())
    await page.goto(`${server.address}/territories`, { waitUntil: 'domcontentloaded' })
    await page.locator('.proposal').first().waitFor()
  }
  const take = (page) => page.locator('.proposal').nth(1).locator('button').click()
  await take(one)
  await one.locator('[role=status]').waitFor()
  const answer = other.waitForResponse((response) => response.request().method() === 'POST')
  await take(other)
  assert.equal((await answer).status(), 422)
  assert.match(await other.locator('main').innerText(), /A170/)
  await one.locator('[role=status] button').click()
  await one.waitForURL(/undone=/)
  other.watch.errors.length = 0
  await Promise.all([one, other].map(closePage))
})

test('it works without scripts, and a cap that is no number is explained', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false })
  await page.goto(`${server.address}/territories?cap=10`)
  while (new URL(page.url()).pathname.startsWith('/jobs/')) await page.reload()
  await page.locator('.terms input[name=cap]').fill('5')
  await page.locator('.terms button:not([name])').click()
  while (new URL(page.url()).pathname.startsWith('/jobs/')) await page.reload()
  assert.match(page.url(), /cap=5/)
  assert.equal(await page.locator('.terms input[name=cap]').inputValue(), '5')
  assert.equal((await page.goto(`${server.address}/territories?cap=many`)).status(), 422)
  page.watch.errors.length = 0
  await closePage(page)
})

test('the command line tells the same', async () => {
  const told = JSON.parse(await command('territories', '--cap', '20%', '--json', '--db', server.database))
  const page = await openPage(browser)
  await go(page, `${server.address}/territories?cap=20`)
  const shown = await Promise.all((await page.locator('.proposal').all()).map(handovers))
  assert.deepEqual(shown, told.proposals.map((proposal) => proposal.handovers))
  await closePage(page)
})
